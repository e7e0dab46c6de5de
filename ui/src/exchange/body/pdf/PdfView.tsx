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

async function open(url: string): Promise<Opened> {
  const pdf = await openDocument(url);
  return { pdf, first: sizeOf(await pdf.getPage(1)) };
}

/** A document as its pages. */
export default function PdfView({ url, instead }: PdfViewProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [trouble, setTrouble] = useState<PdfTrouble | null>(null);
  useEffect(() => {
    let current = true;
    const opening = open(url);
    opening.then(
      (document) => current && setOpened(document),
      (thrown: unknown) => current && setTrouble(troubleOf(thrown)),
    );
    return () => {
      current = false;
      setOpened(null);
      setTrouble(null);
      void opening.then(({ pdf }) => pdf.loadingTask.destroy()).catch(() => undefined);
    };
  }, [url]);
  if (trouble) return instead(trouble);
  if (!opened) return <Skeleton label="The PDF is being read" lines={6} />;
  return <PdfPages key={url} {...opened} />;
}
