import { ChevronDown } from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";
import { Icon } from "./Icon";

export interface ComboboxProps {
  label: string;
  value: string;
  options: ReadonlyArray<string>;
  onChange(value: string): void;
  className?: string;
  testId?: string;
}

/** One of several, or whatever is typed. */
export function Combobox({ label, value, options, onChange, className, testId }: ComboboxProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const choose = (next: string) => {
    onChange(next);
    setOpen(false);
    setAt(-1);
  };
  const move = (by: number) => {
    setOpen(true);
    setAt((now) => (now < 0 && by < 0 ? options.length - 1 : (now + by + options.length) % options.length));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && open && at >= 0 && !event.ctrlKey) choose(options[at] ?? value);
    else if (event.key === "Escape" && open) {
      setOpen(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  return (
    <div
      className={`combo ${className ?? ""}`}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="none"
        aria-activedescendant={open && at >= 0 ? `${id}-${at}` : undefined}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
        onKeyDown={onKeyDown}
        data-testid={testId}
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Show ${label.toLowerCase()} list`}
        onClick={() => setOpen(!open)}
      >
        <Icon of={ChevronDown} size={14} />
      </button>
      {open ? (
        <ul className="pop combo-list" role="listbox" id={`${id}-list`} aria-label={label}>
          {options.map((option, place) => (
            <li
              key={option}
              id={`${id}-${place}`}
              role="option"
              aria-selected={option === value}
              className={`pop-item method ${option.toLowerCase()}`}
              data-highlighted={place === at ? "" : undefined}
              onMouseEnter={() => setAt(place)}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(option);
              }}
            >
              {option}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
