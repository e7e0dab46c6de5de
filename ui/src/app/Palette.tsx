import {
  Cloud,
  KeyRound,
  Palette as PaletteIcon,
  Play,
  Send,
  Settings,
  SquareTerminal,
  type LucideIcon,
} from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useState, type KeyboardEvent } from "react";
import type { Theme } from "../bindings/Theme";
import { Icon } from "../components/Icon";
import { goTo, navigation } from "../navigation";
import { activate, openRequest, requests, titleOf } from "../request/state";
import { openImport } from "../service_key/import_state";
import { changeSettings } from "../settings/state";
import { useStore } from "../store";
import { chooseTenant, useTenants } from "../tenant/state";

interface Command {
  name: string;
  note: string;
  icon: LucideIcon;
  run(): void;
}

const THEMES: Theme[] = ["system", "light", "dark", "contrast"];

function useCommands(): Command[] {
  const tenants = useTenants();
  const list = useStore(requests, (state) => state.list);
  return [
    ...list.map((draft) => ({
      name: titleOf(draft),
      note: `${draft.request.method} · ${draft.tenant ?? "no tenant"}`,
      icon: Send,
      run: () => (activate(draft.id), goTo("requests")),
    })),
    ...tenants.map((tenant) => ({
      name: tenant.name,
      note: `tenant, ${tenant.stage}`,
      icon: Cloud,
      run: () => (chooseTenant(tenant.name), goTo("tenants")),
    })),
    { name: "New request", note: "Ctrl N", icon: Send, run: () => (openRequest(), goTo("requests")) },
    { name: "Add a service key", note: "Ctrl V", icon: KeyRound, run: () => openImport() },
    { name: "Show the start page", note: "", icon: Play, run: () => goTo("start") },
    { name: "Settings", note: "", icon: Settings, run: () => goTo("settings") },
    ...THEMES.map((theme) => ({
      name: `Theme: ${theme}`,
      note: "",
      icon: PaletteIcon,
      run: () => void changeSettings({ theme }, `Theme: ${theme}`),
    })),
  ];
}

/** Every request, tenant and command by name. */
export function Palette() {
  const open = useStore(navigation, (state) => state.palette);
  const commands = useCommands();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands
    .filter((one) => words.every((word) => `${one.name} ${one.note}`.toLowerCase().includes(word)))
    .slice(0, 40);
  const close = () => {
    navigation.set({ palette: false });
    setText("");
    setAt(0);
  };
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((at + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setAt((at - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && close()}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content className="palette" aria-describedby={undefined} onKeyDown={onKeyDown}>
          <Radix.Title className="sr">Search or run a command</Radix.Title>
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
          </div>
          <ul id="palette-list" role="listbox" aria-label="Commands">
            {found.map((command, place) => (
              <li
                // oxlint-disable-next-line react/no-array-index-key
                key={`${command.name} ${place}`}
                id={`palette-${place}`}
                role="option"
                aria-selected={place === at}
                ref={(row) => (place === at ? row?.scrollIntoView({ block: "nearest" }) : undefined)}
                onMouseMove={() => setAt(place)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => run(command)}
              >
                <Icon of={command.icon} />
                <span className="grow cut">{command.name}</span>
                <span className="dim small">{command.note}</span>
              </li>
            ))}
            {found.length === 0 ? <li className="dim">Nothing called “{text}”.</li> : null}
          </ul>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
