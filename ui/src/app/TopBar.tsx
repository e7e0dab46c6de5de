import { Columns2, PanelBottom, PanelLeft, Search } from "lucide-react";
import { EnvironmentChip } from "../collection/EnvironmentChip";
import { useShownCollection } from "../collection/environments";
import { useCollection } from "../collection/state";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { useMedia } from "../components/media";
import { arrange, layout, NARROW, overlay, toggleSidebar } from "../layout";
import { goTo, navigation } from "../navigation";
import { activate, changeDraft, requests, useDraft } from "../request/state";
import { openImport } from "../service_key/import_state";
import { useStore } from "../store";
import { chooseTenant, useCurrentTenant, useTenant } from "../tenant/state";
import { TenantChip } from "../tenant/TenantChip";

function Logo() {
  return (
    <svg className="logo" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <rect width="20" height="20" rx="4.5" fill="var(--brand)" />
      <path
        d="M5 4.5v7M15 4.5v7M5 6h10M7.5 6v4h5V6"
        fill="none"
        stroke="var(--onbrand)"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M3.5 13c1.1 0 1.1 1 2.2 1s1.1-1 2.2-1 1.1 1 2.1 1 1.1-1 2.2-1 1.1 1 2.2 1 1.1-1 2.1-1M3.5 16c1.1 0 1.1 1 2.2 1s1.1-1 2.2-1 1.1 1 2.1 1 1.1-1 2.2-1 1.1 1 2.2 1 1.1-1 2.1-1"
        fill="none"
        stroke="var(--onbrand)"
        strokeWidth="1.2"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** Name, palette, panels and the tenant in use. */
export function TopBar() {
  const place = useStore(navigation, (state) => state.place);
  const { sidebar, beside } = useStore(layout, (state) => state);
  const over = useStore(overlay, (state) => state.open);
  const shown = useMedia(NARROW) ? over : sidebar;
  const active = useStore(requests, (state) => state.active);
  const draft = useDraft(active);
  const current = useCurrentTenant();
  const ofDraft = useTenant(draft?.tenant ?? null);
  const atWork = place === "requests" && draft !== null;
  const shownCollection = useCollection(useShownCollection());
  const environments = place === "requests" ? shownCollection : null;
  const choose = (name: string) => {
    chooseTenant(name);
    if (atWork && draft) {
      changeDraft(draft.id, (now) => ({ ...now, tenant: name }));
      activate(draft.id);
    }
  };
  return (
    <header className="top" aria-label="Top bar">
      <div className="brand">
        <Logo />
        <span>Sluice</span>
      </div>
      <button
        type="button"
        className="palette-button"
        onClick={() => navigation.set({ palette: true })}
        data-testid="palette-open"
      >
        <Icon of={Search} size={14} />
        <span className="grow">Search or run a command</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="top-right">
        <IconButton
          label={shown ? "Hide the sidebar" : "Show the sidebar"}
          keys="Ctrl \"
          icon={PanelLeft}
          disabled={place === "start"}
          onClick={toggleSidebar}
        />
        <IconButton
          label={beside ? "Put the response below" : "Put the response beside"}
          icon={beside ? Columns2 : PanelBottom}
          disabled={place !== "requests"}
          onClick={() => arrange({ beside: !beside })}
        />
        {environments ? <EnvironmentChip tree={environments} /> : null}
        <TenantChip
          tenant={atWork ? ofDraft : current}
          onChoose={choose}
          onShow={() => goTo("tenants")}
          onAddKey={() => openImport()}
        />
      </div>
    </header>
  );
}
