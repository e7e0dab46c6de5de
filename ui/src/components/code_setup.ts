import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { xml } from "@codemirror/lang-xml";
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { CodeLanguage } from "./CodeView";
import { styleNonce } from "./nonce";

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.tagName, tags.attributeName], color: "var(--key)" },
  { tag: [tags.string, tags.attributeValue], color: "var(--str)" },
  { tag: tags.number, color: "var(--teal)" },
  { tag: [tags.bool, tags.null, tags.keyword], color: "var(--violet)" },
  { tag: [tags.comment, tags.processingInstruction, tags.documentMeta], color: "var(--fg3)" },
  { tag: [tags.punctuation, tags.bracket, tags.angleBracket, tags.separator], color: "var(--fg3)" },
]);

const frame = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--fg)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "20px" },
  ".cm-content": { padding: "4px 0", caretColor: "var(--fg)" },
  ".cm-cursor": { borderLeftColor: "var(--fg)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--fg3)", border: "none", minWidth: "52px" },
  ".cm-lineNumbers": { minWidth: "34px" },
  ".cm-foldGutter": { width: "16px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  ".cm-foldPlaceholder": { background: "var(--box-bg)", border: "none", color: "var(--fg3)", padding: "0 4px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--info-el) 25%, transparent)",
  },
  ".cm-searchMatch": { backgroundColor: "var(--mark)", outline: "none" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--mark-on)", color: "var(--onmark)" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--info-el) 14%, transparent)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "transparent" },
  "&.cm-focused .cm-matchingBracket": { outline: "1px solid var(--ctl)" },
  ".cm-panels": { backgroundColor: "var(--well)", color: "var(--fg)", borderBottom: "1px solid var(--line)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "6px 32px 6px 8px", fontFamily: "var(--sans)", fontSize: "12px" },
  ".cm-panel.cm-search label": { fontSize: "12px", color: "var(--fg2)" },
  ".cm-panel.cm-search [name=close]": { color: "var(--fg2)", fontSize: "18px", width: "24px", height: "24px" },
  ".cm-textfield": {
    backgroundColor: "var(--panel)",
    border: "1px solid var(--ctl)",
    borderRadius: "6px",
    minHeight: "24px",
    fontSize: "12px",
    color: "var(--fg)",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--panel)",
    border: "1px solid var(--ctl)",
    borderRadius: "6px",
    minHeight: "24px",
    fontSize: "12px",
    color: "var(--fg)",
  },
});

const SVG = "http://www.w3.org/2000/svg";

function foldMarker(open: boolean): HTMLElement {
  const marker = document.createElement("span");
  marker.className = `fold ${open ? "open" : ""}`;
  const drawing = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: "12", height: "12" })) {
    drawing.setAttribute(name, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", open ? "m6 9 6 6 6-6" : "m9 18 6-6-6-6");
  drawing.append(path);
  marker.append(drawing);
  marker.setAttribute("aria-label", open ? "Fold" : "Unfold");
  return marker;
}

/** Everything an editor and a viewer have in common. */
export function codeBase(readOnly: boolean): Extension {
  const nonce = styleNonce();
  return [
    nonce ? EditorView.cspNonce.of(nonce) : [],
    lineNumbers(),
    codeFolding(),
    foldGutter({ markerDOM: foldMarker }),
    syntaxHighlighting(colours),
    bracketMatching(),
    highlightSelectionMatches(),
    search({ top: true }),
    keymap.of([...searchKeymap, ...foldKeymap]),
    frame,
    readOnly
      ? [EditorState.readOnly.of(true), EditorView.editable.of(false), keymap.of(defaultKeymap)]
      : [
          history(),
          drawSelection(),
          highlightActiveLine(),
          indentOnInput(),
          indentUnit.of("  "),
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        ],
  ];
}

/** The colouring of a language; the rare and large one is loaded when it is needed. */
export async function languageOf(language: CodeLanguage): Promise<Extension> {
  if (language === "json") return json();
  if (language === "xml") return xml();
  if (language === "html") return (await import("@codemirror/lang-html")).html();
  return [];
}
