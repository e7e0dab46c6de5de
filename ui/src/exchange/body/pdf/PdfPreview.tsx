import { ExternalLink, FileText } from "lucide-react";
import { lazy, Suspense } from "react";
import { backend } from "../../../backend";
import type { BodyFacts } from "../../../bindings/BodyFacts";
import type { BodyName } from "../../../bindings/BodyName";
import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { Skeleton } from "../../../components/Skeleton";
import { useAttempt } from "../../../failure/attempt";
import { FailureNote } from "../../../failure/FailureNote";
import { MOST_BYTES, TOO_LARGE, type PdfTrouble } from "./trouble";

// Larger than the rest of the page, and most answers are no PDF.
const PdfView = lazy(() => import("./PdfView"));

/** A PDF as its pages, or why there are none. */
export function PdfPreview({ body, facts }: { body: BodyName; facts: BodyFacts }) {
  const instead = (trouble: PdfTrouble) => <Instead body={body} trouble={trouble} />;
  const waiting = <Skeleton label="The PDF is being read" lines={6} />;
  if (facts.size > MOST_BYTES) return instead(TOO_LARGE);
  if (!facts.whole) return waiting;
  return (
    <Suspense fallback={waiting}>
      <PdfView url={backend().bodyUrl(body)} instead={instead} />
    </Suspense>
  );
}

function Instead({ body, trouble }: { body: BodyName; trouble: PdfTrouble }) {
  const [failure, attempt] = useAttempt();
  return (
    <EmptyState icon={FileText} title={trouble.title} text={trouble.text}>
      <Button icon={ExternalLink} onClick={() => void attempt(() => backend().bodyOpen(body))}>
        Open with the system
      </Button>
      {failure ? <FailureNote failure={failure} /> : null}
    </EmptyState>
  );
}
