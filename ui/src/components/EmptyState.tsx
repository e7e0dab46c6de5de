import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  text: ReactNode;
  children?: ReactNode;
}

/** What belongs here, why it is empty, one step. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="empty">
      <Icon of={icon} size={24} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children ? <div className="row">{children}</div> : null}
    </div>
  );
}
