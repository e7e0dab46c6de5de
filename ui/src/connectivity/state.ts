import { backend, failureOf } from "../backend";
import type { CertificatesWanted } from "../bindings/CertificatesWanted";
import type { Connectivity } from "../bindings/Connectivity";
import type { Error as Failure } from "../bindings/Error";
import { toast } from "../components/Toast";
import { createStore } from "../store";

interface Inspection {
  open: boolean;
  target: string;
  /** The test under way. */
  id: string | null;
  found: Connectivity | null;
  failure: Failure | null;
}

const CLOSED: Inspection = { open: false, target: "", id: null, found: null, failure: null };

export const inspection = createStore<Inspection>(CLOSED);

export function openInspection(target = ""): void {
  inspection.set({ ...CLOSED, open: true, target });
}

function cancel(): void {
  const { id } = inspection.get();
  if (id)
    void backend()
      .call("request_cancel", { exchange: id })
      .catch(() => undefined);
}

export function closeInspection(): void {
  cancel();
  inspection.set(CLOSED);
}

/** Tests the host; only the newest test counts. */
export async function inspect(): Promise<void> {
  const { target } = inspection.get();
  if (target.trim() === "") return;
  cancel();
  const id = crypto.randomUUID();
  inspection.set({ id, found: null, failure: null });
  const isMine = () => inspection.get().id === id;
  try {
    const found = await backend().call("connectivity_test", { target: target.trim(), id });
    if (isMine()) inspection.set({ id: null, found });
  } catch (thrown) {
    if (isMine()) inspection.set({ id: null, failure: failureOf(thrown) });
  }
}

/** Saves the root or the whole chain where the user says. */
export async function saveCertificates(wanted: CertificatesWanted): Promise<void> {
  const { found } = inspection.get();
  if (!found) return;
  const path = await backend().certificatesSave(found.id, wanted, found.host);
  if (path) toast(`Saved to ${path}`);
}
