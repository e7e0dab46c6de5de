import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox, RadioGroup, Switch as RadixSwitch } from "radix-ui";
import { useId, type ReactNode } from "react";
import { Icon } from "./Icon";

interface OnOff {
  checked: boolean;
  onChange(checked: boolean): void;
}

export interface CheckboxProps extends OnOff {
  label: ReactNode;
  hideLabel?: boolean;
  testId?: string;
}

/** Part of something that is sent or saved. */
export function Checkbox({ label, hideLabel, checked, onChange, testId }: CheckboxProps) {
  const id = useId();
  return (
    <span className="check">
      <RadixCheckbox.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        data-testid={testId}
      >
        <RadixCheckbox.Indicator>
          <Icon of={Check} size={12} />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <label htmlFor={id} className={hideLabel ? "sr" : undefined}>
        {label}
      </label>
    </span>
  );
}

export interface SwitchProps extends OnOff {
  label: string;
}

/** Works at once. */
export function Switch({ label, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <span className="row">
      <RadixSwitch.Root id={id} className="switch" checked={checked} onCheckedChange={onChange}>
        <RadixSwitch.Thumb />
      </RadixSwitch.Root>
      <label htmlFor={id}>{label}</label>
    </span>
  );
}

export interface RadioProps<T extends string> {
  value: T;
  label: ReactNode;
  className?: string;
  testId?: string;
}

export function Radio<T extends string>({ value, label, className, testId }: RadioProps<T>) {
  return (
    <RadioGroup.Item value={value} className={className ?? "radio"} data-testid={testId}>
      <span className="radio-dot" />
      {label}
    </RadioGroup.Item>
  );
}

export interface RadiosProps<T extends string> {
  label: string;
  value: T | null;
  onChange(value: NoInfer<T>): void;
  className?: string;
  children: ReactNode;
}

export function Radios<T extends string>({ label, value, onChange, className, children }: RadiosProps<T>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      className={className}
      value={value ?? ""}
      onValueChange={(next) => onChange(next as T)}
    >
      {children}
    </RadioGroup.Root>
  );
}
