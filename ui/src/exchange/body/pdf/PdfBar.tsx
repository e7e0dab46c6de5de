import { ChevronDown, ChevronUp, MoveHorizontal, ZoomIn, ZoomOut } from "lucide-react";
import { IconButton } from "../../../components/IconButton";

export interface PdfBarProps {
  page: number;
  pages: number;
  scale: number;
  fits: boolean;
  go(page: number): void;
  step(by: 1 | -1): void;
  fit(): void;
}

/** Which page, and how large. */
export function PdfBar({ page, pages, scale, fits, go, step, fit }: PdfBarProps) {
  return (
    <div className="pdf-bar" role="toolbar" aria-label="PDF">
      <IconButton
        size="s"
        label="Previous page"
        keys="←"
        icon={ChevronUp}
        disabled={page <= 1}
        onClick={() => go(page - 1)}
      />
      <IconButton
        size="s"
        label="Next page"
        keys="→"
        icon={ChevronDown}
        disabled={page >= pages}
        onClick={() => go(page + 1)}
      />
      <span className="pdf-count" aria-live="polite" data-testid="pdf-page">
        Page {page.toLocaleString("en")} of {pages.toLocaleString("en")}
      </span>
      <span className="grow" />
      <IconButton size="s" label="Smaller" keys="-" icon={ZoomOut} onClick={() => step(-1)} />
      <span className="pdf-scale" data-testid="pdf-scale">
        {Math.round(scale * 100)} %
      </span>
      <IconButton size="s" label="Larger" keys="+" icon={ZoomIn} onClick={() => step(1)} />
      <IconButton size="s" label="Fit the width" keys="0" icon={MoveHorizontal} pressed={fits} onClick={fit} />
    </div>
  );
}
