import { X } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { closePage } from "../navigation";

export interface PageHeadProps {
  icon: LucideIcon;
  /** From the collection down. */
  crumbs: ReadonlyArray<string>;
  children?: ReactNode;
}

/** Says that a page differs from its file. */
export function Unsaved() {
  return (
    <span className="row dim small">
      <span className="tree-dot" aria-hidden="true" />
      not saved
    </span>
  );
}

/** Where a page of a collection stands, and what can be done there. */
export function PageHead({ icon, crumbs, children }: PageHeadProps) {
  return (
    <div className="page-head">
      <Icon of={icon} />
      <h1 className="page-crumbs mono cut grow">
        {crumbs.map((crumb, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={at}>
            {at > 0 ? <span className="dim"> / </span> : null}
            {crumb}
          </Fragment>
        ))}
      </h1>
      {children}
      <IconButton label="Close" icon={X} onClick={closePage} />
    </div>
  );
}
