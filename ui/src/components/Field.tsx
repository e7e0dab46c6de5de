import { CircleX, type LucideIcon } from "lucide-react";
import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from "react";
import { Icon } from "./Icon";

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hideLabel?: boolean;
  wrong?: string | null;
  hint?: ReactNode;
  icon?: LucideIcon;
  mono?: boolean;
  large?: boolean;
  after?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

/** A line of text with its label, hint, and a sentence when it is wrong. */
export function Field(props: FieldProps) {
  const { label, hideLabel, wrong, hint, icon, mono, large, after, className, ...rest } = props;
  const id = useId();
  const note = wrong ?? hint;
  return (
    <div className={className}>
      <label className={hideLabel ? "sr" : "label"} htmlFor={id}>
        {label}
      </label>
      <div className="input-wrap">
        {icon ? <Icon of={icon} size={14} /> : null}
        <input
          id={id}
          type="text"
          spellCheck={false}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          {...rest}
          className={`input ${mono ? "mono" : ""} ${large ? "l" : ""}`}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
        />
        {after}
      </div>
      {note ? (
        <div id={`${id}-note`} className={`field-note ${wrong ? "wrong" : ""}`} role={wrong ? "alert" : undefined}>
          {wrong ? <Icon of={CircleX} size={14} /> : null}
          <span>{note}</span>
        </div>
      ) : null}
    </div>
  );
}
