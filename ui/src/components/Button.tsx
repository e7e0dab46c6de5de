import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, Ref } from "react";
import { Icon } from "./Icon";
import { Spinner } from "./Spinner";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: "primary" | "outlined" | "plain" | "link" | "danger";
  size?: "s" | "m" | "l";
  icon?: LucideIcon;
  keys?: string;
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  variant = "outlined",
  size = "m",
  icon,
  keys,
  busy,
  children,
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`btn ${variant} ${size} ${className ?? ""}`}
      aria-busy={busy || undefined}
    >
      {busy ? <Spinner /> : icon ? <Icon of={icon} size={size === "s" ? 14 : 16} /> : null}
      {children}
      {keys ? <kbd aria-hidden="true">{keys}</kbd> : null}
    </button>
  );
}
