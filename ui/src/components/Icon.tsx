import type { LucideIcon } from "lucide-react";

const STROKE: Record<number, number> = { 12: 2.25, 14: 2, 16: 1.75, 20: 1.75, 24: 1.5 };

export interface IconProps {
  of: LucideIcon;
  size?: 12 | 14 | 16 | 20 | 24;
  className?: string;
}

/** A decorative icon; its meaning is always said in words beside it. */
export function Icon({ of: Drawing, size = 16, className = "" }: IconProps) {
  return <Drawing size={size} strokeWidth={STROKE[size] ?? 1.75} className={`icon ${className}`} aria-hidden="true" />;
}
