import { useEffect } from "react";
import { backend } from "../backend";
import { RequestDialogs } from "../certificate/RequestDialogs";
import { InspectDialog } from "../connectivity/InspectDialog";
import { CollectionDialogs } from "../collection/CollectionDialogs";
import { keySaved } from "../collection/missing_tenants";
import { prepareCodeView } from "../components/CodeView";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { KeyCheckDialog } from "../key_check/KeyCheckDialog";
import { ProductionGuard } from "../request/ProductionGuard";
import { ServiceInstanceDialog } from "../service_instance/ServiceInstanceDialog";
import { ImportDialog } from "../service_key/ImportDialog";
import { KeyDialogs } from "../service_key/KeyDialogs";
import { imports } from "../service_key/import_state";
import { loadSecretStore, useSecretStore } from "../settings/state";
import { useStore } from "../store";
import { Middle } from "./Middle";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import { listenToKeys } from "./shortcuts";
import { listen, start } from "./start";
import { StatusBar } from "./StatusBar";
import { TopBar } from "./TopBar";

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
      <ImportDialog store={store} onSaved={keySaved} />
      <KeyDialogs />
      <CollectionDialogs />
      <InspectDialog />
      <KeyCheckDialog />
      <ServiceInstanceDialog />
      <RequestDialogs />
      <ProductionGuard />
      <Palette />
      <Toasts />
    </TooltipProvider>
  );
}
