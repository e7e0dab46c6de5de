const FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const FIRST_PAGE = 4;

const drawn = (lines: string[]): string =>
  lines.map((line, at) => `BT /F1 ${at === 0 ? 24 : 12} Tf 72 ${760 - at * 32} Td (${line}) Tj ET`).join("\n");

/** A small document, each page given by its lines, with more entries for its catalog and its trailer. */
export function pdfText(pages: string[][], more: { catalog?: string; trailer?: string } = {}): string {
  const kids = pages.map((_, at) => `${FIRST_PAGE + at * 2} 0 R`).join(" ");
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${more.catalog ?? ""}>>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    FONT,
    ...pages.flatMap((lines, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${FIRST_PAGE + at * 2 + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${drawn(lines).length} >>\nstream\n${drawn(lines)}\nendstream`,
    ]),
  ];
  let text = "%PDF-1.7\n";
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const entries = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const count = objects.length + 1;
  return `${text}xref\n0 ${count}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${count} /Root 1 0 R ${more.trailer ?? ""}>>\nstartxref\n${text.length}\n%%EOF\n`;
}

/** The delivery note of the story, seven pages of it. */
export function deliveryNote(): string {
  const page = (at: number) => [
    `Delivery note 80012345, page ${at + 1}`,
    "Acme Foods, Rotterdam",
    ...Array.from(
      { length: 20 },
      (_, line) => `${(at * 20 + line + 1) * 10}   TG-${line % 2 ? 14 : 11}   ${line + 3} PC`,
    ),
  ];
  return pdfText(Array.from({ length: 7 }, (_, at) => page(at)));
}
