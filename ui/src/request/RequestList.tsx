import { Plus, Search } from "lucide-react";
import { useState } from "react";
import { Field } from "../components/Field";
import { IconButton } from "../components/IconButton";
import { useStore } from "../store";
import { moveFocus } from "../tenant/TenantList";
import { MethodName } from "./MethodName";
import { activate, openRequest, requests, titleOf } from "./state";

/** The sidebar of the workbench: the open requests by name. */
export function RequestList() {
  const all = useStore(requests, (state) => state.list);
  const active = useStore(requests, (state) => state.active);
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const list = all.filter((draft) =>
    `${draft.request.method} ${titleOf(draft)} ${draft.tenant ?? ""}`.toLowerCase().includes(wanted),
  );
  const first = list.some((draft) => draft.id === active) ? active : list[0]?.id;
  return (
    <>
      <div className="side-head">
        <Field
          className="grow"
          label="Filter requests"
          hideLabel
          placeholder="Filter requests"
          icon={Search}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <IconButton label="New request" keys="Ctrl N" icon={Plus} onClick={() => openRequest()} />
      </div>
      <div className="side-scroll" onKeyDown={(event) => moveFocus(event, ".side-row")}>
        <section aria-label="Open requests">
          <h3 className="side-group">
            <span>Open requests</span>
            <span>{list.length}</span>
          </h3>
          {list.map((draft) => (
            <button
              key={draft.id}
              type="button"
              className="side-row"
              aria-current={draft.id === active ? "page" : undefined}
              tabIndex={draft.id === first ? 0 : -1}
              onClick={() => activate(draft.id)}
            >
              <span className="side-method">
                <MethodName method={draft.request.method} short />
              </span>
              <span className="side-name cut">{titleOf(draft)}</span>
              <span className="side-note">{draft.tenant}</span>
            </button>
          ))}
        </section>
        {list.length === 0 ? (
          <p className="side-empty">
            {all.length === 0
              ? "Every request you open is kept here until you close it."
              : `No request matches “${filter}”.`}
          </p>
        ) : null}
      </div>
    </>
  );
}
