import type { LucideIcon } from "lucide-react";
import { ContextMenu as Radix } from "radix-ui";
import type { ReactElement } from "react";
import { Icon } from "./Icon";

export interface ContextCommand {
  label: string;
  icon: LucideIcon;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Whether a line stands above it. */
  apart?: boolean;
  run(): void;
}

export interface ContextMenuProps {
  label: string;
  commands: ReadonlyArray<ContextCommand>;
  /** What the menu belongs to. */
  children: ReactElement;
}

/** The menu of the right mouse button and the menu key. */
export function ContextMenu({ label, commands, children }: ContextMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="pop" collisionPadding={8} aria-label={label}>
          {commands.map(({ label, icon, keys, danger, disabled, apart, run }) => (
            <div key={label} role="presentation">
              {apart ? <Radix.Separator className="pop-line" /> : null}
              <Radix.Item className={`pop-item ${danger ? "danger" : ""}`} disabled={disabled} onSelect={run}>
                <Icon of={icon} />
                {label}
                {keys ? <kbd aria-hidden="true">{keys}</kbd> : null}
              </Radix.Item>
            </div>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
