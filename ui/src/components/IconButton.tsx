import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, Ref } from "react";
import { Icon } from "./Icon";
import { Tooltip } from "./Tooltip";

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  icon: LucideIcon;
  keys?: string;
  size?: "s" | "m" | "l";
  pressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button of one icon; always with a name and a tooltip. */
export function IconButton({ label, icon, keys, size = "m", pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={`iconbtn ${size} ${className ?? ""}`}
      >
        <Icon of={icon} size={size === "s" ? 14 : 16} />
      </button>
    </Tooltip>
  );
}
