import { Check, LockKeyhole, Pencil } from "lucide-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import type { VariableUse } from "../bindings/VariableUse";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { CopyText } from "../failure/CopyText";
import { useStore } from "../store";
import { card, closeCard, holdCard, pointAway, type Card } from "./card_state";
import { originTag, placeOf, useVariableScope, type VariableScope } from "./scope";

const GAP = 6;
const EDGE = 8;

function Looked({ use }: { use: VariableUse }) {
  const hit = use.asked.findIndex((one) => one.value !== null);
  return (
    <div className="variable-looked">
      <h4>Where Sluice looked, first hit wins</h4>
      <dl>
        {use.asked.map((one, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- the order is the meaning
          <div key={place} className={place === hit ? "hit" : ""}>
            <dt>{placeOf(one.origin)}</dt>
            <dd className="mono-s">
              <span className="cut" title={one.value ?? undefined}>
                {one.value === null ? "not set" : place === hit ? one.value : <s>{one.value}</s>}
              </span>
              {place === hit ? <Icon of={Check} size={14} className="ok" /> : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Content({ name, use, scope }: { name: string; use: VariableUse | undefined; scope: VariableScope }) {
  const { set, settable } = scope;
  const edit = () => {
    closeCard();
    set?.(name);
  };
  const unknown = use?.problem ?? null;
  return (
    <>
      <div className="variable-head">
        <b className={`mono ${unknown ? "variable unknown" : "variable"}`}>{`{{${name}}}`}</b>
        {use?.origin ? <span className="tag info">{originTag(use.origin)}</span> : null}
        <span className="grow" />
        {use?.value && !use.secret ? <CopyText label="Copy the value" text={use.value} /> : null}
        {set && use?.origin?.scope === "environment" ? (
          <IconButton size="s" label={`Edit in ${settable ?? "its environment"}`} icon={Pencil} onClick={edit} />
        ) : null}
      </div>
      <div className="variable-value">
        {use === undefined ? <span className="dim">Not asked for yet.</span> : null}
        {unknown ? <span className="bad">{unknown}</span> : null}
        {use && !unknown ? <b className="mono-s">{use.value === "" ? "(empty)" : use.value}</b> : null}
        {unknown && set && settable ? (
          <Button size="s" onClick={edit}>
            Set in {settable}
          </Button>
        ) : null}
      </div>
      {use && use.asked.length > 0 ? <Looked use={use} /> : null}
      <div className="variable-foot">
        <Icon of={LockKeyhole} size={14} />
        Secret variables show •••• and their length, never the value.
      </div>
    </>
  );
}

function Shown({ open }: { open: Card }) {
  const scope = useVariableScope();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    const below = open.bottom + GAP;
    const fits = below + height + EDGE <= window.innerHeight || open.top < height + GAP + EDGE;
    element.style.top = `${Math.max(EDGE, fits ? below : open.top - GAP - height)}px`;
    element.style.left = `${Math.max(EDGE, Math.min(open.left, window.innerWidth - width - EDGE))}px`;
    if (open.back) element.focus();
  }, [open]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      closeCard();
    };
    const onDown = (event: Event) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) closeCard();
    };
    window.addEventListener("keydown", onKey, true);
    window.addEventListener("pointerdown", onDown, true);
    window.addEventListener("wheel", onDown, true);
    return () => {
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointerdown", onDown, true);
      window.removeEventListener("wheel", onDown, true);
    };
  }, []);
  return (
    <div
      ref={box}
      className="variable-card"
      role="group"
      aria-label={`Variable ${open.name}`}
      tabIndex={-1}
      data-testid="variable-card"
      onPointerEnter={holdCard}
      onPointerLeave={pointAway}
    >
      <Content name={open.name} use={scope.uses.get(open.name)} scope={scope} />
    </div>
  );
}

/** What a variable is and where Sluice looked for it. */
export function VariableCard() {
  const open = useStore(card, (state) => state.open);
  useEffect(() => closeCard, []);
  return open ? createPortal(<Shown open={open} />, document.body) : null;
}
