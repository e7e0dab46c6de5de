/** Why a document is not shown, and what to do about it. */
export interface PdfTrouble {
  title: string;
  text: string;
}

/** The most that is read into the window; the shell hands over no more either. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** The most pages that are laid out. */
export const MOST_PAGES = 5000;

/** A document says it has more pages than are laid out. */
export class TooManyPages extends Error {
  constructor(readonly pages: number) {
    super(`It says it has ${pages.toLocaleString("en")} pages.`);
    this.name = "TooManyPages";
  }
}

export const TOO_LARGE: PdfTrouble = {
  title: "This PDF is too large to draw here",
  text: "Sluice draws documents up to 64 MiB. Another program opens larger ones.",
};

/** What the library's error means for the one who looks. */
export function troubleOf(thrown: unknown): PdfTrouble {
  const name = thrown instanceof Error ? thrown.name : "";
  if (thrown instanceof TooManyPages) {
    return {
      title: "This PDF has too many pages to draw here",
      text: `${thrown.message} Sluice draws up to ${MOST_PAGES.toLocaleString("en")}; another program may show more.`,
    };
  }
  if (name === "PasswordException") {
    return {
      title: "This PDF is protected by a password",
      text: "Sluice does not ask for passwords of documents. Open it with a program that does.",
    };
  }
  if (name === "InvalidPDFException" || name === "FormatError") {
    return {
      title: "This PDF is broken",
      text: "It begins like a PDF, but its pages cannot be found. Look at the bytes as Hex: the flow may have cut or re-encoded them, for example as text.",
    };
  }
  return {
    title: "This PDF could not be drawn",
    text: `${thrown instanceof Error ? thrown.message : String(thrown)} Another program may be able to show it.`,
  };
}
