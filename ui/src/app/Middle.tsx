import { useEffect, useLayoutEffect } from "react";
import { CertificatesView } from "../certificate/CertificatesView";
import { CollectionSidebar } from "../collection/CollectionSidebar";
import { returnFocus } from "../components/focus_place";
import { useMedia } from "../components/media";
import { Skeleton } from "../components/Skeleton";
import { SplitGroup, SplitPanel, Splitter, usePanelRef } from "../components/Splitter";
import { FailureNote } from "../failure/FailureNote";
import { compared } from "../history/compared";
import { CompareView } from "../history/CompareView";
import { HistorySidebar } from "../history/HistorySidebar";
import { HistoryView } from "../history/HistoryView";
import { arrange, layout, NARROW, overlay, SIDEBAR } from "../layout";
import { goTo, navigation, type Place } from "../navigation";
import { checkKeys } from "../key_check/state";
import { openImport } from "../service_key/import_state";
import { useStore } from "../store";
import { chooseTenant, tenants } from "../tenant/state";
import { TenantList } from "../tenant/TenantList";
import { FirstRun } from "../views/FirstRun";
import { SettingsList, SettingsView } from "../views/SettingsView";
import { TenantView } from "../views/TenantView";
import { Workbench } from "../views/Workbench";
import { started } from "./start";

function Sidebar({ place }: { place: Place }) {
  const current = useStore(tenants, (state) => state.current);
  if (place === "requests") return <CollectionSidebar />;
  if (place === "history") return <HistorySidebar />;
  if (place === "settings") return <SettingsList />;
  return (
    <TenantList current={current} onOpen={chooseTenant} onAdd={() => openImport()} onCheck={() => void checkKeys()} />
  );
}

function Content({ place }: { place: Place }) {
  const pair = useStore(compared, (state) => state.pair);
  const current = useStore(tenants, (state) => state.current);
  if (place === "start") return <FirstRun onTenant={() => goTo("tenants")} />;
  if (place === "history") return pair ? <CompareView pair={pair} /> : <HistoryView />;
  if (place === "certificates") return <CertificatesView />;
  if (place === "settings") return <SettingsView />;
  if (place === "tenants") return <TenantView name={current} onCall={() => goTo("requests")} />;
  return <Workbench />;
}

/** The sidebar over the content of a narrow window; it goes when a row was chosen, on Esc, and on a click beside it. */
function Overlay({ place }: { place: Place }) {
  const width = useStore(layout, (state) => state.sidebarWidth);
  const close = () => overlay.set({ open: false });
  // Another place has another list.
  useEffect(() => close, [place]);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) returnFocus();
      });
    },
    [],
  );
  return (
    <>
      <div className="sidebar-beside" onPointerDown={close} />
      <aside
        className="sidebar over"
        aria-label="Sidebar"
        style={{ width }}
        onClick={(event) =>
          event.target instanceof Element &&
          event.target.closest(".side-row, .tree-row.request, .tree-row.broken") &&
          close()
        }
        onKeyDown={(event) => event.key === "Escape" && close()}
      >
        <Sidebar place={place} />
      </aside>
    </>
  );
}

/** Sidebar and content, beside each other or one over the other. */
export function Middle() {
  const place = useStore(navigation, (state) => state.place);
  const sidebar = useStore(layout, (state) => state.sidebar);
  const open = useStore(overlay, (state) => state.open);
  const narrow = useMedia(NARROW);
  const { ready, failure } = useStore(started, (state) => state);
  const panel = usePanelRef();
  const comparing = useStore(compared, (state) => state.pair !== null) && place === "history";
  const alone = place === "start" || place === "certificates" || comparing;
  const beside = ready && !failure && !alone && !narrow && sidebar;
  useLayoutEffect(() => {
    // The panel starts with the usual width, to which a double click on its edge returns.
    const width = layout.get().sidebarWidth;
    if (beside && width !== SIDEBAR.usual) panel.current?.resize(width);
  }, [beside, panel]);
  if (!ready || failure) {
    return (
      <main className="main">
        <div className="pane-form">
          {failure ? <FailureNote failure={failure} /> : <Skeleton label="Starting" lines={6} />}
        </div>
      </main>
    );
  }
  const remember = () => {
    const width = panel.current?.getSize().inPixels;
    if (width) arrange({ sidebarWidth: Math.round(width) });
  };
  return (
    <>
      {!alone && narrow && open ? <Overlay place={place} /> : null}
      <SplitGroup
        className="middle"
        orientation="horizontal"
        onLayoutChanged={(_, { isUserInteraction }) => isUserInteraction && remember()}
        onDoubleClickCapture={remember}
      >
        {beside ? (
          <>
            <SplitPanel
              id="sidebar"
              panelRef={panel}
              defaultSize={SIDEBAR.usual}
              minSize={SIDEBAR.least}
              maxSize={SIDEBAR.most}
              groupResizeBehavior="preserve-pixel-size"
            >
              <aside className="sidebar" aria-label="Sidebar">
                <Sidebar place={place} />
              </aside>
            </SplitPanel>
            <Splitter label="Between sidebar and content" />
          </>
        ) : null}
        <SplitPanel id="main">
          <main className="main">
            <Content place={place} />
          </main>
        </SplitPanel>
      </SplitGroup>
    </>
  );
}
