import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { Prec, StateEffect, type Extension } from "@codemirror/state";
import { Decoration, EditorView, keymap, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { closeCard, pointAt, pointAway, showCard } from "./card_state";
import { variableOffers } from "./completion";
import { lookOf, NO_VARIABLES, type VariableScope } from "./scope";
import { splitText } from "./text";

/** What is known of the variables has changed; the marks are drawn anew. */
export const scopeChanged = StateEffect.define();

/** What an editor, which is made once, knows of the variables now. */
export function heldScope(): { get(): VariableScope; put(scope: VariableScope): void } {
  let held = NO_VARIABLES;
  return {
    get: () => held,
    put: (scope) => {
      held = scope;
    },
  };
}

function marksOf(view: EditorView, scope: () => VariableScope): DecorationSet {
  const found = view.visibleRanges.flatMap(({ from, to }) => {
    // A variable never goes over the end of a line, so whole lines miss none.
    const start = view.state.doc.lineAt(from).from;
    const end = view.state.doc.lineAt(to).to;
    return splitText(view.state.doc.sliceString(start, end)).flatMap((piece) =>
      piece.name === null
        ? []
        : [
            Decoration.mark({ class: lookOf(scope().uses.get(piece.name)) }).range(
              start + piece.from,
              start + piece.from + piece.text.length,
            ),
          ],
    );
  });
  return Decoration.set(found, true);
}

function marking(scope: () => VariableScope): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = marksOf(view, scope);
      }
      update(update: ViewUpdate) {
        const told = update.transactions.some((one) => one.effects.some((effect) => effect.is(scopeChanged)));
        if (told || update.docChanged || update.viewportChanged) this.decorations = marksOf(update.view, scope);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

/** The variable at a place of the text, and where it is drawn. */
function variableAt(view: EditorView, at: number): { name: string; box: DOMRect } | null {
  const line = view.state.doc.lineAt(at);
  const piece = splitText(line.text).find(
    ({ name, from, text }) => name !== null && at - line.from >= from && at - line.from <= from + text.length,
  );
  const box = piece ? view.coordsAtPos(line.from + piece.from) : null;
  if (!piece?.name || !box) return null;
  return { name: piece.name, box: new DOMRect(box.left, box.top, 0, box.bottom - box.top) };
}

function complete(scope: () => VariableScope, context: CompletionContext): CompletionResult | null {
  const started = context.matchBefore(/\{\{\s*[^{}\s]*/u);
  if (!started) return null;
  const typed = started.text.replace(/^\{\{\s*/u, "");
  const after = context.state.sliceDoc(context.pos, context.pos + 2);
  return {
    from: context.pos - typed.length,
    options: variableOffers(scope().all, typed).map(({ text, detail, origin }) => ({
      label: text,
      detail: [detail, origin].filter(Boolean).join(" · "),
      apply: after === "}}" ? text : `${text}}}`,
    })),
    filter: false,
  };
}

/** Marks, completes and explains the variables of an editor. */
export function variableMarks(scope: () => VariableScope): Extension {
  return [
    marking(scope),
    autocompletion({ override: [(context) => complete(scope, context)], icons: false }),
    EditorView.domEventHandlers({
      mousemove(event, view) {
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        const found = at === null ? null : variableAt(view, at);
        if (found) pointAt(found.name, found.box);
        else pointAway();
      },
      mouseleave: pointAway,
      keydown: (event) => {
        if (!event.ctrlKey && !event.metaKey) closeCard();
      },
    }),
    Prec.highest(
      keymap.of([
        {
          key: "Mod-i",
          run: (view) => {
            const found = variableAt(view, view.state.selection.main.head);
            if (found) showCard(found.name, found.box, view.contentDOM);
            return true;
          },
        },
      ]),
    ),
  ];
}
