import { Save } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import type { Error as Failure } from "../bindings/Error";
import { Button } from "../components/Button";
import { Skeleton } from "../components/Skeleton";
import { FailureNote } from "../failure/FailureNote";
import { PageHead, Unsaved } from "./PageHead";

export interface EditedPageProps {
  ref?: Ref<HTMLDivElement>;
  icon: LucideIcon;
  /** From the collection down. */
  crumbs: ReadonlyArray<string>;
  /** More steps, before Save. */
  steps?: ReactNode;
  /** Whether it differs from what is written. */
  changed: boolean;
  /** Whether it cannot be written as it stands. */
  blocked?: boolean;
  onSave(): void;
  failure: Failure | null;
  /** What is read while there is nothing to show: "Reading the variables". */
  reading: string;
  /** None while it is read. */
  children: ReactNode;
}

/** A page of which nothing is written before Save. */
export function EditedPage(props: EditedPageProps) {
  const { ref, icon, crumbs, steps, changed, blocked = false, onSave, failure, reading, children } = props;
  return (
    <div className="page" ref={ref}>
      <PageHead icon={icon} crumbs={crumbs}>
        {changed ? <Unsaved /> : null}
        {steps}
        <Button
          variant="primary"
          icon={Save}
          keys="Ctrl S"
          disabled={!changed || blocked}
          onClick={onSave}
          data-testid="page-save"
        >
          Save
        </Button>
      </PageHead>
      {failure ? (
        <div className="page-notes">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      {children ?? (failure ? null : <Skeleton label={reading} lines={6} />)}
    </div>
  );
}
