import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const LIBRARY = new URL("./node_modules/pdfjs-dist/", import.meta.url);
/** Folders of the library, and what of them a document can need: fonts and maps of characters it names without
 *  bringing them, and decoders of two kinds of pictures. */
const NEEDED: Array<[folder: string, file: RegExp]> = [
  ["cmaps", /\.bcmap$|^LICENSE$/],
  ["standard_fonts", /\.(pfb|ttf)$|^LICENSE_/],
  ["wasm", /_nowasm_fallback\.js$|^LICENSE_.*(JBIG2|OPENJPEG)$/],
];

/** Puts what the PDF library loads by name beside the page, as `pdf/FOLDER/FILE`. */
export function pdfFiles(): Plugin {
  return {
    name: "sluice-pdf-files",
    apply: "build",
    generateBundle() {
      for (const [folder, wanted] of NEEDED) {
        const files = readdirSync(new URL(`${folder}/`, LIBRARY)).filter((file) => wanted.test(file));
        for (const file of files) {
          const source = readFileSync(fileURLToPath(new URL(`${folder}/${file}`, LIBRARY)));
          this.emitFile({ type: "asset", fileName: `pdf/${folder}/${file}`, source });
        }
      }
    },
  };
}
