import { useEffect, useState, type ReactNode } from "react";
import { Skeleton } from "../../../components/Skeleton";
import { openDocument, sizeOf, type PageSize, type PdfDocument } from "./document";
import { PdfPages } from "./PdfPages";
import { troubleOf, type PdfTrouble } from "./trouble";
import "./pdf.css";

export interface PdfViewProps {
  url: string;
  /** What is shown in place of a document that cannot be drawn. */
  instead(trouble: PdfTrouble): ReactNode;
}

interface Opened {
  pdf: PdfDocument;
  first: PageSize;
}

async function open(url: string, signal: AbortSignal): Promise<Opened> {
  const pdf = await openDocument(url, signal);
  return { pdf, first: sizeOf(await pdf.getPage(1)) };
}

/** A document as its pages. */
export default function PdfView({ url, instead }: PdfViewProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [trouble, setTrouble] = useState<PdfTrouble | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const opening = open(url, signal);
    opening.then(
      (document) => signal.aborted || setOpened(document),
      (thrown: unknown) => signal.aborted || setTrouble(troubleOf(thrown)),
    );
    return () => {
      leaving.abort();
      setOpened(null);
      setTrouble(null);
      void opening.then(({ pdf }) => pdf.loadingTask.destroy()).catch(() => undefined);
    };
  }, [url]);
  if (trouble) return instead(trouble);
  if (!opened) return <Skeleton label="The PDF is being read" lines={6} />;
  return <PdfPages key={url} {...opened} />;
}
