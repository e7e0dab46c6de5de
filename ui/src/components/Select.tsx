import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { Icon } from "./Icon";
import { styleNonce } from "./nonce";

export interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: ReadonlyArray<{ value: T; label: string }>;
  onChange(value: NoInfer<T>): void;
  small?: boolean;
  className?: string;
  testId?: string;
}

/** One of several; the menu opens below, typing finds. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  small,
  className,
  testId,
}: SelectProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)}>
      <Radix.Trigger
        className={`select ${small ? "s" : ""} ${className ?? ""}`}
        aria-label={label}
        data-testid={testId}
      >
        <Radix.Value />
        <Icon of={ChevronDown} size={14} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="pop over" position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport nonce={styleNonce()}>
            {options.map((option) => (
              <Radix.Item key={option.value} value={option.value} className="pop-item">
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className="pop-check">
                  <Icon of={Check} size={14} />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
