import { ListChecks, Plus, ScanSearch } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../components/Button";
import { Tabs } from "../components/Tabs";
import { openInspection } from "../connectivity/state";
import { checkKeys } from "../key_check/state";
import { openImport } from "../service_key/import_state";
import { useStore } from "../store";
import { ClientCertificates, ClientCertificatesFilter } from "./ClientCertificates";
import { certificateRequests, loadCertificateRequests } from "./requests";
import { RequestActions, RequestsView } from "./RequestsView";
import { certificates, loadCertificates } from "./state";

/** The certificates that are used, and those that were asked for. */
export function CertificatesView() {
  const part = useStore(certificates, (state) => state.part);
  const used = useStore(certificates, (state) => state.list?.length ?? 0);
  const asked = useStore(certificateRequests, (state) => state.list?.length ?? 0);
  useEffect(() => {
    const load = () => {
      void loadCertificates();
      void loadCertificateRequests();
    };
    load();
    // The command line may have asked for one, or taken one in, meanwhile.
    window.addEventListener("focus", load);
    return () => window.removeEventListener("focus", load);
  }, []);
  return (
    <div className="certificates">
      <div className="certificate-head">
        <h1>Certificates</h1>
        <span className="grow" />
        <Button icon={ListChecks} onClick={() => void checkKeys()}>
          Check all keys
        </Button>
        <Button icon={ScanSearch} onClick={() => openInspection()}>
          Inspect a server
        </Button>
        <Button icon={Plus} onClick={() => openImport()}>
          Add a service key
        </Button>
      </div>
      <Tabs
        label="Parts of the certificates"
        className="tabbed certificate-tabs"
        value={part}
        options={[
          { value: "keys", label: "Client certificates", count: used },
          { value: "requests", label: "Requests", count: asked },
        ]}
        onChange={(next) => certificates.set({ part: next })}
        after={<span className="row">{part === "keys" ? <ClientCertificatesFilter /> : <RequestActions />}</span>}
      >
        {part === "keys" ? <ClientCertificates /> : <RequestsView />}
      </Tabs>
    </div>
  );
}
