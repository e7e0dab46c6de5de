import { Ellipsis, ListChecks } from "lucide-react";
import type { KeyboardEvent } from "react";
import { backend } from "../backend";
import type { Key } from "../bindings/Key";
import type { Tenant } from "../bindings/Tenant";
import { Button } from "../components/Button";
import { IconButton } from "../components/IconButton";
import { moveFocus } from "../components/move_focus";
import { Menu, MenuItem, MenuLine } from "../components/Menu";
import { Tag } from "../components/Tag";
import { toast } from "../components/Toast";
import { ValidityBar } from "../components/ValidityBar";
import { useAttempt } from "../failure/attempt";
import { FailureNote } from "../failure/FailureNote";
import { shortClientId } from "../format/address";
import { clock, day } from "../format/time";
import { checkKeys } from "../key_check/state";
import { keyLight, keyValidity } from "../tenant/health";
import { Light } from "../tenant/marks";
import { openRenewal } from "./import_state";
import { openKeyDialog, type KeyDialog } from "./key_dialog_state";
import { KIND_SHORT } from "./words";

function Expires({ shown }: { shown: Key }) {
  const ends = keyValidity(shown);
  const leaf = shown.chain?.certificates[0];
  if (!ends || !leaf) return <span className="dim">no end date</span>;
  const tone = ends.state === "past" ? "bad strong" : ends.state === "soon" ? "warn strong" : "";
  return (
    <div className="expires">
      <div className="row between">
        <span className={tone}>{ends.short}</span>
        <span className="dim small">{day(leaf.not_after)}</span>
      </div>
      <ValidityBar
        thin
        used={ends.used}
        soon={ends.state === "soon"}
        text={`${ends.short}, ends ${day(leaf.not_after)}`}
      />
    </div>
  );
}

function SecondLine({ shown }: { shown: Key }) {
  if (!shown.usable)
    return <span className="bad small">Its secrets were held for one run only; add the key again</span>;
  const { health } = shown;
  if (health.state === "bad" || health.state === "warned") {
    return (
      <span className={`small ${health.state === "bad" ? "bad" : "warn"}`}>
        {clock(health.at).slice(0, 5)}: {health.reason}
      </span>
    );
  }
  return (
    <span className="mono-s dim cut" title={shown.client_id}>
      {shortClientId(shown.client_id)}
    </span>
  );
}

export interface KeyTableProps {
  tenant: Tenant;
  selected: string | null;
  onSelect(key: Key): void;
}

/** The service keys of a tenant. */
export function KeyTable({ tenant, selected, onSelect }: KeyTableProps) {
  const ask = (what: KeyDialog, key: Key) => openKeyDialog(what, tenant.name, key.name);
  const [failure, attempt] = useAttempt();
  const copy = async (key: Key) => {
    if (await attempt(() => backend().clipboardCopy(key.client_id))) toast("Client id copied");
  };
  const onKey = (event: KeyboardEvent, key: Key) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") ask("facts", key);
    else if (event.key === " ") onSelect(key);
    else if (event.key === "F2") ask("edit", key);
    else if (event.key === "Delete") ask("remove", key);
    else return;
    event.preventDefault();
  };
  return (
    <section className="card clips" aria-label="Service keys">
      <div className="card-head">
        <h2>Service keys</h2>
        <Tag>{tenant.keys.length}</Tag>
      </div>
      {failure ? (
        <div className="card-failure">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      <table className="table keys">
        <thead>
          <tr>
            <th>Key</th>
            <th>Kind</th>
            <th>Plan</th>
            <th>Expires</th>
            <th>
              <span className="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={(event) => moveFocus(event, "tr")}>
          {tenant.keys.map((key) => (
            <tr
              key={key.name}
              tabIndex={0}
              aria-selected={key.name === selected}
              data-testid={`key-row-${key.name}`}
              onClick={() => onSelect(key)}
              onDoubleClick={() => ask("facts", key)}
              onKeyDown={(event) => onKey(event, key)}
            >
              <td>
                <div className="row key-name">
                  <Light state={keyLight(key)} />
                  <div className="grow">
                    <div className="strong">{key.name}</div>
                    <SecondLine shown={key} />
                  </div>
                </div>
              </td>
              <td>{KIND_SHORT[key.kind]}</td>
              <td className="mono">{key.plan}</td>
              <td>
                <Expires shown={key} />
              </td>
              <td className="num">
                <div className="row end">
                  {keyLight(key) === "soon" || keyLight(key) === "refused" ? (
                    <Button size="s" onClick={() => openRenewal(tenant.name, key.name)}>
                      Renew…
                    </Button>
                  ) : null}
                  <IconButton
                    size="s"
                    label={`Check ${key.name}`}
                    icon={ListChecks}
                    onClick={() => void checkKeys({ tenant: tenant.name, key: key.name })}
                    data-testid={`key-check-${key.name}`}
                  />
                  <Menu
                    label={`Actions of ${key.name}`}
                    trigger={<IconButton size="s" label={`Actions of ${key.name}`} icon={Ellipsis} />}
                  >
                    <MenuItem onSelect={() => void checkKeys({ tenant: tenant.name, key: key.name })}>Check</MenuItem>
                    <MenuItem keys="Enter" onSelect={() => ask("facts", key)}>
                      Show facts
                    </MenuItem>
                    <MenuItem keys="F2" onSelect={() => ask("edit", key)}>
                      Rename or change…
                    </MenuItem>
                    <MenuItem onSelect={() => openRenewal(tenant.name, key.name)}>Renew…</MenuItem>
                    <MenuItem onSelect={() => void copy(key)}>Copy client id</MenuItem>
                    <MenuLine />
                    <MenuItem danger keys="Del" onSelect={() => ask("remove", key)}>
                      Remove…
                    </MenuItem>
                  </Menu>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
