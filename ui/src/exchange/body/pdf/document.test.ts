import { beforeAll, expect, it } from "vitest";
import { pdfText } from "../../../backend/memory_pdf";
import { readDocument, sizeOf } from "./document";
import { troubleOf } from "./trouble";

const read = (text: string) => readDocument(new TextEncoder().encode(text));
const trouble = async (text: string) => {
  const thrown: unknown = await read(text).then(
    () => null,
    (why: unknown) => why,
  );
  return troubleOf(thrown).title;
};

const WORKER: string = "pdfjs-dist/legacy/build/pdf.worker.min.mjs";

// Node 20, unlike the web views of today, has no such thing.
function withResolvers() {
  const made = {};
  const promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return { ...made, promise };
}

beforeAll(async () => {
  if (!("withResolvers" in Promise)) Object.assign(Promise, { withResolvers });
  // There are no workers here; the library then looks for this.
  const pdfjsWorker: unknown = await import(/* @vite-ignore */ WORKER);
  Object.assign(globalThis, { pdfjsWorker });
});

it("a document is read: its pages, their size in pixels, and what they say", async () => {
  const pdf = await read(pdfText([["Order 4500018237"], ["Second page"]]));
  expect(pdf.numPages).toBe(2);
  const page = await pdf.getPage(1);
  const { width, height } = sizeOf(page);
  expect([width, height].map(Math.round)).toEqual([793, 1123]);
  const { items } = await page.getTextContent();
  expect(items.map((item) => ("str" in item ? item.str : "")).join("")).toBe("Order 4500018237");
});

it("a broken document and one with a password say so", async () => {
  expect(await trouble("%PDF-1.7\nnothing of it is left")).toBe("This PDF is broken");
  const some = "(0123456789abcdef0123456789abcdef)";
  const locked = `/Encrypt << /Filter /Standard /V 1 /R 2 /O ${some} /U ${some} /P -4 >> /ID [(0123456789abcdef) (0123456789abcdef)] `;
  expect(await trouble(pdfText([["Hidden"]], { trailer: locked }))).toBe("This PDF is protected by a password");
});

it("a script or forms of a document do not make it another one", async () => {
  const script = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> ";
  const pdf = await read(pdfText([["Invoice"]], { catalog: script }));
  expect(pdf.numPages).toBe(1);
  expect(pdf.isPureXfa).toBe(false);
});

/** A document whose tree of pages says it has more of them than there are. */
function boastful(pages: number): string {
  const page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages} /Kids [4 0 R 3 0 R 5 0 R] >>`,
    `<< /Type /Pages /Parent 2 0 R /Count ${pages - 2} /Kids [4 0 R] >>`,
    page,
    page,
  ];
  let text = "%PDF-1.7\n";
  const entries = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const trailer = `trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return `${text}xref\n0 6\n0000000000 65535 f \n${entries.join("")}${trailer}`;
}

it("a document that says it has millions of pages is not laid out", async () => {
  expect((await read(boastful(4000))).numPages).toBe(4000);
  expect(await trouble(boastful(2_000_000))).toBe("This PDF has too many pages to draw here");
});
