import { useEffect } from "react";
import { backend } from "../backend";
import { prepareCodeView } from "../components/CodeView";
import { Skeleton } from "../components/Skeleton";
import { SplitGroup, SplitPanel, Splitter } from "../components/Splitter";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { FailureNote } from "../failure/FailureNote";
import { layout } from "../layout";
import { goTo, navigation, type Place } from "../navigation";
import { ProductionGuard } from "../request/ProductionGuard";
import { RequestList } from "../request/RequestList";
import { ImportDialog } from "../service_key/ImportDialog";
import { imports, openImport } from "../service_key/import_state";
import { loadSecretStore, useSecretStore } from "../settings/state";
import { useStore } from "../store";
import { chooseTenant, tenants } from "../tenant/state";
import { TenantList } from "../tenant/TenantList";
import { FirstRun } from "../views/FirstRun";
import { SettingsList, SettingsView } from "../views/SettingsView";
import { TenantView } from "../views/TenantView";
import { Workbench } from "../views/Workbench";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import { listenToKeys } from "./shortcuts";
import { listen, start, started } from "./start";
import { StatusBar } from "./StatusBar";
import { TopBar } from "./TopBar";

function Sidebar({ place }: { place: Place }) {
  const current = useStore(tenants, (state) => state.current);
  if (place === "requests") return <RequestList />;
  if (place === "settings") return <SettingsList />;
  return <TenantList current={current} onOpen={chooseTenant} onAdd={() => openImport()} />;
}

function Content({ place }: { place: Place }) {
  const current = useStore(tenants, (state) => state.current);
  if (place === "start") return <FirstRun onTenant={() => goTo("tenants")} />;
  if (place === "settings") return <SettingsView />;
  if (place === "tenants") return <TenantView name={current} onCall={() => goTo("requests")} />;
  return <Workbench />;
}

function Middle() {
  const place = useStore(navigation, (state) => state.place);
  const shown = useStore(layout, (state) => state.sidebar) && place !== "start";
  const { ready, failure } = useStore(started, (state) => state);
  if (!ready || failure) {
    return (
      <main className="main">
        <div className="pane-form">
          {failure ? <FailureNote failure={failure} /> : <Skeleton label="Starting" lines={6} />}
        </div>
      </main>
    );
  }
  return (
    <SplitGroup className="middle" orientation="horizontal">
      {shown ? (
        <>
          <SplitPanel
            id="sidebar"
            defaultSize={288}
            minSize={200}
            maxSize={480}
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
  );
}

/** The window. */
export function App() {
  const store = useSecretStore();
  const importing = useStore(imports, (state) => state.open);
  useEffect(() => {
    // The keyring may have been unlocked, or locked, since the last look.
    if (importing) void loadSecretStore().catch(() => undefined);
  }, [importing]);
  useEffect(() => {
    const stops = [listen(), listenToKeys()];
    void start();
    const painted = async () => {
      await backend().painted();
      prepareCodeView();
    };
    requestAnimationFrame(() => requestAnimationFrame(() => void painted().catch(() => undefined)));
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <TooltipProvider delayDuration={500}>
      <div className="window">
        <TopBar />
        <div className="below">
          <Rail />
          <Middle />
        </div>
        <StatusBar />
      </div>
      <ImportDialog store={store} onSaved={() => goTo("tenants")} />
      <ProductionGuard />
      <Palette />
      <Toasts />
    </TooltipProvider>
  );
}
