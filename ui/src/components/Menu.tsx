import { Check, type LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { Icon } from "./Icon";

export interface MenuProps {
  trigger: ReactElement;
  label: string;
  align?: "start" | "end";
  children: ReactNode;
}

export function Menu({ trigger, label, align = "end", children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="pop" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface MenuItemProps {
  icon?: LucideIcon;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
  onSelect(): void;
  children: ReactNode;
}

export function MenuItem({ icon, keys, danger, disabled, checked, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={`pop-item ${danger ? "danger" : ""}`} disabled={disabled} onSelect={onSelect}>
      {icon ? <Icon of={icon} /> : null}
      {children}
      {keys ? <kbd aria-hidden="true">{keys}</kbd> : null}
      {checked ? <Icon of={Check} size={14} className="pop-check" /> : null}
    </DropdownMenu.Item>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="pop-line" />;
}

export function MenuHead({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="pop-head">{children}</DropdownMenu.Label>;
}
