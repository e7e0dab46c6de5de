import { useState } from "react";
import { SideGroup, SideList, SideRow } from "../components/SideList";
import { useStore } from "../store";
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
  const empty =
    all.length === 0
      ? "Every request you open is kept here until you close it."
      : list.length === 0
        ? `No request matches “${filter}”.`
        : null;
  return (
    <SideList
      of="requests"
      filter={filter}
      onFilter={setFilter}
      add={{ label: "New request", keys: "Ctrl N", onAdd: () => openRequest() }}
      empty={empty}
    >
      <SideGroup title="Open requests" count={list.length}>
        {list.map((draft) => (
          <SideRow
            key={draft.id}
            current={draft.id === active}
            first={draft.id === first}
            onOpen={() => activate(draft.id)}
          >
            <span className="side-method">
              <MethodName method={draft.request.method} short />
            </span>
            <span className="side-name cut">{titleOf(draft)}</span>
            <span className="side-note">{draft.tenant}</span>
          </SideRow>
        ))}
      </SideGroup>
    </SideList>
  );
}
