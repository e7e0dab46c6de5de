import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import { Spinner } from "./Spinner";

export interface TagProps {
  tone?: "ok" | "warn" | "bad" | "info" | "plain";
  icon?: LucideIcon;
  busy?: boolean;
  /** Whether the running time stands beside the tag. */
  timed?: boolean;
  testId?: string;
  children: ReactNode;
}

export function Tag({ tone = "plain", icon, busy, timed, testId, children }: TagProps) {
  return (
    <span className={`tag ${tone}`} data-testid={testId}>
      {busy ? <Spinner size={12} timed={timed} /> : icon ? <Icon of={icon} size={12} /> : null}
      {children}
    </span>
  );
}
