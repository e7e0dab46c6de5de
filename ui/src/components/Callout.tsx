import { CircleCheck, CircleX, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import { Spinner } from "./Spinner";

export type Tone = "ok" | "info" | "warn" | "bad";

const ICONS: Record<Tone, LucideIcon> = { ok: CircleCheck, info: Info, warn: TriangleAlert, bad: CircleX };

export interface CalloutProps {
  tone: Tone;
  title?: ReactNode;
  icon?: LucideIcon;
  /** Something goes on; takes the place of the icon. */
  spin?: boolean;
  actions?: ReactNode;
  testId?: string;
  children?: ReactNode;
}

/** For things that stay true, in place. */
export function Callout({ tone, title, icon, spin, actions, testId, children }: CalloutProps) {
  return (
    <div className={`callout ${tone}`} data-testid={testId} role={tone === "bad" ? "alert" : undefined}>
      {spin ? <Spinner className="icon" /> : <Icon of={icon ?? ICONS[tone]} />}
      <div className="grow">
        {title ? <div className="title">{title}</div> : null}
        {children}
      </div>
      {actions ? <div className="callout-actions">{actions}</div> : null}
    </div>
  );
}
