import {
  AnnotationMode,
  getDocument,
  GlobalWorkerOptions,
  TextLayer,
  VerbosityLevel,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";
// Its address is what the question mark asks for.
// oxlint-disable-next-line import/default
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { MOST_PAGES, TooManyPages } from "./trouble";

export type PdfDocument = PDFDocumentProxy;
export type PdfPage = PDFPageProxy;

/** Size of a page at 100 %, in CSS pixels. */
export interface PageSize {
  width: number;
  height: number;
}

/** Drawing that goes on; it ends when it is done or was stopped. */
export interface Drawing {
  done: Promise<void>;
  stop(): void;
}

/** PDF counts in points. */
const PIXELS_PER_POINT = 96 / 72;
/** What a canvas may have; WebKit draws nothing on a larger one. */
const MOST_PIXELS = 16_000_000;
/** A larger picture within a document is left out. */
const MOST_PICTURE = 64_000_000;

// The development server has the library's files where npm put them; a build has them beside the page.
const FILES = import.meta.env.DEV
  ? new URL("/node_modules/pdfjs-dist/", location.href)
  : new URL("pdf/", document.baseURI);

/** Reads a document; nothing it asks for is run, followed or loaded. */
export async function openDocument(url: string, signal: AbortSignal): Promise<PdfDocument> {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error("The body could not be read.");
  return readDocument(new Uint8Array(await answer.arrayBuffer()));
}

/** Reads a document that is there as a whole; one that cannot be shown leaves nothing behind. */
export async function readDocument(data: Uint8Array): Promise<PdfDocument> {
  GlobalWorkerOptions.workerSrc = workerUrl;
  const reading = getDocument({
    data,
    enableXfa: false,
    // The window's policy allows no WebAssembly; the same decoders are there in JavaScript.
    useWasm: false,
    // The fonts every PDF may name come along, so that a page looks the same on every computer.
    useSystemFonts: false,
    maxImageSize: MOST_PICTURE,
    cMapUrl: new URL("cmaps/", FILES).href,
    standardFontDataUrl: new URL("standard_fonts/", FILES).href,
    wasmUrl: new URL("wasm/", FILES).href,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const pdf = await reading.promise;
    // It is what the document says, whatever it holds; each page would be laid out.
    if (pdf.numPages > MOST_PAGES) throw new TooManyPages(pdf.numPages);
    await pdf.getPage(1);
    return pdf;
  } catch (thrown) {
    await reading.destroy();
    throw thrown;
  }
}

/** How large a page is at 100 %. */
export function sizeOf(page: PdfPage): PageSize {
  const { width, height } = page.getViewport({ scale: PIXELS_PER_POINT });
  return { width, height };
}

/** Draws a page, and lays its text over it so that it can be selected and read aloud. */
export function drawPage(page: PdfPage, scale: number, canvas: HTMLCanvasElement, text: HTMLElement): Drawing {
  const viewport = page.getViewport({ scale: scale * PIXELS_PER_POINT });
  const wanted = viewport.width * viewport.height;
  const density = Math.min(devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / wanted));
  canvas.width = Math.max(1, Math.floor(viewport.width * density));
  canvas.height = Math.max(1, Math.floor(viewport.height * density));
  const drawing = page.render({
    canvas,
    viewport,
    annotationMode: AnnotationMode.ENABLE,
    transform: [density, 0, 0, density, 0, 0],
  });
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  return {
    done: Promise.all([drawing.promise, layer.render()]).then(() => undefined),
    stop() {
      drawing.cancel();
      layer.cancel();
    },
  };
}
