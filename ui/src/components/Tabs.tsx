import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabOption<T extends string> {
  value: T;
  label: string;
  count?: number;
}

export interface TabsProps<T extends string> {
  label: string;
  value: T;
  options: ReadonlyArray<TabOption<T>>;
  onChange(value: NoInfer<T>): void;
  /** What stands at the right end of the tab line. */
  after?: ReactNode;
  className?: string;
  /** Only the tab line is there; choosing a tab opens it again. */
  closed?: boolean;
  children: ReactNode;
}

/** Section tabs; arrow keys move and the content follows. */
export function Tabs<T extends string>({
  label,
  value,
  options,
  onChange,
  after,
  className,
  closed = false,
  children,
}: TabsProps<T>) {
  return (
    <Radix.Root
      className={className ?? "tabbed"}
      value={closed ? "" : value}
      onValueChange={(next) => onChange(next as T)}
      // Focus that only passes by opens nothing.
      activationMode={closed ? "manual" : "automatic"}
    >
      <div className="tab-line">
        <Radix.List className="tabs grow" aria-label={label}>
          {options.map((option) => (
            <Radix.Trigger key={option.value} value={option.value}>
              {option.label}
              {option.count ? <span className="count">{option.count}</span> : null}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {after}
      </div>
      {closed ? null : (
        <Radix.Content className="tab-content" value={value} tabIndex={-1}>
          {children}
        </Radix.Content>
      )}
    </Radix.Root>
  );
}
