import { LoaderCircle, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

export interface TagProps {
  tone?: "ok" | "warn" | "bad" | "info" | "plain";
  icon?: LucideIcon;
  busy?: boolean;
  testId?: string;
  children: ReactNode;
}

export function Tag({ tone = "plain", icon, busy, testId, children }: TagProps) {
  return (
    <span className={`tag ${tone}`} data-testid={testId}>
      {busy ? <Icon of={LoaderCircle} size={12} className="spin" /> : icon ? <Icon of={icon} size={12} /> : null}
      {children}
    </span>
  );
}
