import { useLayoutEffect, useRef, type RefObject } from "react";
import { createPortal } from "react-dom";
import type { Offer } from "./completion";

export interface CompletionListProps {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  offers: ReadonlyArray<Offer>;
  at: number;
  onPoint(at: number): void;
  onChoose(offer: Offer): void;
}

/** What could be meant, below the field that is typed in. */
export function CompletionList({ id, anchor, offers, at, onPoint, onChoose }: CompletionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const field = anchor.current?.getBoundingClientRect();
    const element = list.current;
    if (!field || !element) return;
    const { width, height } = element.getBoundingClientRect();
    const below = field.bottom + 4;
    const fits = below + height + 8 <= window.innerHeight;
    element.style.top = `${fits ? below : Math.max(8, field.top - 4 - height)}px`;
    element.style.left = `${Math.max(8, Math.min(field.left, window.innerWidth - width - 8))}px`;
  }, [anchor, offers]);
  useLayoutEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: "nearest" });
  }, [at]);
  return createPortal(
    <ul ref={list} id={id} className="pop completion" role="listbox" aria-label="Suggestions">
      {offers.map((offer, place) => (
        <li
          key={offer.text}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === at}
          className="pop-item"
          data-highlighted={place === at ? "" : undefined}
          onPointerEnter={() => onPoint(place)}
          // The field keeps the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(offer);
          }}
        >
          <span className="mono">{offer.text}</span>
          <span className="dim mono-s cut">{offer.detail}</span>
          <span className="dim small">{offer.origin}</span>
        </li>
      ))}
    </ul>,
    document.body,
  );
}
