import { SquareTerminal } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { Fragment, useMemo, useState, type KeyboardEvent } from "react";
import { useCollections } from "../collection/state";
import { Icon } from "../components/Icon";
import { navigation } from "../navigation";
import { MethodName } from "../request/MethodName";
import { requests } from "../request/state";
import { useStore } from "../store";
import { useTenants } from "../tenant/state";
import { commandItems, draftItems, matchingItems, requestItems, tenantItems, type Item } from "./palette_items";

function useItems(): Item[] {
  const tenants = useTenants();
  const list = useStore(requests, (state) => state.list);
  const trees = useCollections();
  const ofTrees = useMemo(() => requestItems(trees), [trees]);
  return useMemo(
    () => [...draftItems(list), ...ofTrees, ...tenantItems(tenants), ...commandItems(trees)],
    [list, ofTrees, tenants, trees],
  );
}

/** A name with what was typed of it marked. */
function Marked({ name, text }: { name: string; text: string }) {
  const word = text.trim().toLowerCase();
  const at = word ? name.toLowerCase().indexOf(word) : -1;
  if (at < 0) return <>{name}</>;
  return (
    <>
      {name.slice(0, at)}
      <b className="palette-hit">{name.slice(at, at + word.length)}</b>
      {name.slice(at + word.length)}
    </>
  );
}

interface OptionProps {
  item: Item;
  place: number;
  active: boolean;
  text: string;
  onPoint(): void;
  onRun(): void;
}

function Option({ item, place, active, text, onPoint, onRun }: OptionProps) {
  return (
    <li
      id={`palette-${place}`}
      role="option"
      aria-selected={active}
      ref={(row) => {
        if (active) row?.scrollIntoView({ block: "nearest" });
      }}
      onMouseMove={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      {item.method ? (
        <span className="palette-method">
          <MethodName method={item.method} short />
        </span>
      ) : item.icon ? (
        <Icon of={item.icon} />
      ) : null}
      <span className="cut">
        <Marked name={item.name} text={text} />
      </span>
      <span className="dim small cut grow">{item.note}</span>
      {item.keys ? <kbd aria-hidden="true">{item.keys}</kbd> : null}
    </li>
  );
}

function Found({ onClose }: { onClose(): void }) {
  const items = useItems();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => matchingItems(items, text), [items, text]);
  const run = (item: Item | undefined, send: boolean) => {
    if (!item) return;
    onClose();
    if (send && item.send) item.send();
    else item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((at + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setAt((at - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") run(found[at], event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  };
  return (
    <div onKeyDown={onKeyDown}>
      <div className="palette-line">
        <Icon of={SquareTerminal} />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found.length > 0 ? `palette-${at}` : undefined}
          aria-label="Search or run a command"
          placeholder="Search or run a command"
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
        />
        {text ? <span className="dim small">{found.length === 1 ? "1 result" : `${found.length} results`}</span> : null}
      </div>
      <ul id="palette-list" role="listbox" aria-label="Commands">
        {found.map((item, place) => (
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={`${item.group} ${item.name} ${place}`}>
            {found[place - 1]?.group === item.group ? null : (
              <li role="presentation" className="palette-group">
                {item.group}
              </li>
            )}
            <Option
              item={item}
              place={place}
              active={place === at}
              text={text}
              onPoint={() => setAt(place)}
              onRun={() => run(item, false)}
            />
          </Fragment>
        ))}
        {found.length === 0 ? <li className="dim">Nothing called “{text}”.</li> : null}
      </ul>
      <div className="palette-foot dim small" aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> open
        </span>
        <span>
          <kbd>Ctrl Enter</kbd> send at once
        </span>
      </div>
    </div>
  );
}

/** Every request, tenant and command by name. */
export function Palette() {
  const open = useStore(navigation, (state) => state.palette);
  const close = () => navigation.set({ palette: false });
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && close()}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content className="palette" aria-describedby={undefined}>
          <Radix.Title className="sr">Search or run a command</Radix.Title>
          <Found onClose={close} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
