import {
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type InputHTMLAttributes,
  type KeyboardEvent,
  type PointerEvent,
} from "react";
import { closeCard, pointAt, pointAway, showCard } from "./card_state";
import { CompletionList } from "./CompletionList";
import { variableOffers, wordOffers, type Offer } from "./completion";
import { lookOf, useVariableScope } from "./scope";
import { finish, nameAt, splitText, startedAt } from "./text";

export interface VariableFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  value: string;
  onChange(value: string): void;
  /** Words that are often wanted here, for completion. */
  words?: ReadonlyArray<string>;
  /** The class of the box around; the field's own is `className`. */
  boxClass?: string;
  "data-testid"?: string;
}

/** The mark the pointer is on; the marks lie behind the field and cannot be pointed at themselves. */
function markAt(marks: HTMLElement | null, x: number, y: number): HTMLElement | null {
  const all = [...(marks?.querySelectorAll<HTMLElement>("[data-variable]") ?? [])];
  return (
    all.find((mark) =>
      [...mark.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom),
    ) ?? null
  );
}

/** A line of text whose variables are marked, completed after `{{`, and explained. */
export function VariableField({ value, onChange, words, boxClass, className, ...rest }: VariableFieldProps) {
  const scope = useVariableScope();
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const caretAfter = useRef<number | null>(null);
  const [offers, setOffers] = useState<Offer[]>([]);
  const [at, setAt] = useState(0);
  const pieces = splitText(value);
  const marked = pieces.some((piece) => piece.name !== null);
  const follow = () => {
    if (marks.current && input.current) marks.current.scrollLeft = input.current.scrollLeft;
  };
  useLayoutEffect(() => {
    if (caretAfter.current !== null) {
      input.current?.setSelectionRange(caretAfter.current, caretAfter.current);
      caretAfter.current = null;
    }
    follow();
  });
  const offer = (text: string, caret: number) => {
    const started = startedAt(text, caret);
    setOffers(started ? variableOffers(scope.all, started.typed) : words ? wordOffers(words, text) : []);
    setAt(0);
  };
  const choose = ({ text }: Offer) => {
    const caret = input.current?.selectionStart ?? value.length;
    const done = startedAt(value, caret) ? finish(value, caret, text) : { text, caret: text.length };
    caretAfter.current = done.caret;
    onChange(done.text);
    setOffers([]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = offers[at];
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "i") {
      const name = nameAt(value, event.currentTarget.selectionStart ?? 0);
      const mark = [...(marks.current?.querySelectorAll<HTMLElement>("[data-variable]") ?? [])].find(
        (one) => one.dataset.variable === name,
      );
      if (name && mark) showCard(name, mark.getBoundingClientRect(), event.currentTarget);
    } else if (control && event.key === " ") offer(value, event.currentTarget.selectionStart ?? 0);
    else if (!chosen || control || event.altKey) return rest.onKeyDown?.(event);
    else if (event.key === "ArrowDown") setAt((at + 1) % offers.length);
    else if (event.key === "ArrowUp") setAt((at + offers.length - 1) % offers.length);
    else if (
      event.key === "Enter" ||
      (event.key === "Tab" && startedAt(value, event.currentTarget.selectionStart ?? 0))
    )
      choose(chosen);
    else if (event.key === "Escape") setOffers([]);
    else return rest.onKeyDown?.(event);
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!marked) return;
    const mark = markAt(marks.current, event.clientX, event.clientY);
    if (mark?.dataset.variable) pointAt(mark.dataset.variable, mark.getBoundingClientRect());
    else pointAway();
  };
  const shown = offers.length > 0;
  return (
    <span className={`variable-box ${boxClass ?? ""}`} onPointerMove={onPointerMove} onPointerLeave={pointAway}>
      <input
        spellCheck={false}
        autoComplete="off"
        {...rest}
        ref={input}
        role={shown ? "combobox" : undefined}
        aria-expanded={shown || undefined}
        aria-controls={shown ? list : undefined}
        aria-activedescendant={shown ? `${list}-${at}` : undefined}
        aria-autocomplete={shown ? "list" : undefined}
        className={`${className ?? ""} ${marked ? "marked" : ""}`}
        value={value}
        onChange={(event) => {
          closeCard();
          onChange(event.target.value);
          offer(event.target.value, event.target.selectionStart ?? event.target.value.length);
        }}
        onKeyDown={onKeyDown}
        onScroll={follow}
        onSelect={follow}
        onBlur={(event) => {
          setOffers([]);
          rest.onBlur?.(event);
        }}
      />
      {marked ? (
        <div ref={marks} className={`variable-marks ${className ?? ""}`} aria-hidden="true">
          {pieces.map(({ text, from, name }) =>
            name === null ? (
              <span key={from}>{text}</span>
            ) : (
              <span key={from} className={lookOf(scope.uses.get(name))} data-variable={name}>
                {text}
              </span>
            ),
          )}
        </div>
      ) : null}
      {shown ? (
        <CompletionList id={list} anchor={input} offers={offers} at={at} onPoint={setAt} onChoose={choose} />
      ) : null}
    </span>
  );
}
