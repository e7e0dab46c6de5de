import { backend, failureOf } from "../backend";
import type { CertificateRequest } from "../bindings/CertificateRequest";
import type { CertificateRequestAdd } from "../bindings/CertificateRequestAdd";
import type { Error as Failure } from "../bindings/Error";
import { toast } from "../components/Toast";
import { goTo } from "../navigation";
import { createStore } from "../store";
import { certificates } from "./state";

/** What came of the files that were taken in last. */
export type Answer = { state: "none" } | { state: "taken"; name: string } | { state: "refused"; failure: Failure };

export type RequestDialogShown = { kind: "new" } | { kind: "export"; name: string } | { kind: "remove"; name: string };

interface CertificateRequests {
  /** The newest first; absent until it was read. */
  list: CertificateRequest[] | null;
  /** Why the list could not be read. */
  failure: Failure | null;
  selected: string | null;
  answer: Answer;
  dialog: RequestDialogShown | null;
}

export const NO_REQUESTS: CertificateRequests = {
  list: null,
  failure: null,
  selected: null,
  answer: { state: "none" },
  dialog: null,
};

export const certificateRequests = createStore<CertificateRequests>(NO_REQUESTS);

export function openRequestDialog(dialog: RequestDialogShown): void {
  certificateRequests.set({ dialog });
}

export function closeRequestDialog(): void {
  certificateRequests.set({ dialog: null });
}

function showRequests(): void {
  goTo("certificates");
  certificates.set({ part: "requests" });
}

/** Goes to the requests and opens the dialog for a new one. */
export function newCertificateRequest(): void {
  showRequests();
  openRequestDialog({ kind: "new" });
}

export function selectRequest(name: string): void {
  certificateRequests.set({ selected: name });
}

export function forgetAnswer(): void {
  certificateRequests.set({ answer: { state: "none" } });
}

let newest = 0;

export async function loadCertificateRequests(): Promise<void> {
  newest += 1;
  const mine = newest;
  try {
    const list = await backend().call("certificate_request_list", null);
    if (mine === newest) certificateRequests.set({ list: list.toReversed(), failure: null });
  } catch (thrown) {
    if (mine === newest) certificateRequests.set({ failure: failureOf(thrown) });
  }
}

/** Makes the key pair and the request, and shows it. */
export async function addRequest(add: CertificateRequestAdd): Promise<void> {
  const made = await backend().call("certificate_request_add", add);
  certificateRequests.set({ selected: made.name, answer: { state: "none" } });
  await loadCertificateRequests();
}

/** Takes in the files the user chooses; which request they answer, or why none, stands in the view. */
export async function takeInAnswer(): Promise<void> {
  forgetAnswer();
  try {
    const answered = await backend().certificateRequestAnswer();
    if (!answered) return;
    await taken(answered.name);
  } catch (thrown) {
    certificateRequests.set({ answer: { state: "refused", failure: failureOf(thrown) } });
  }
}

async function taken(name: string): Promise<void> {
  await loadCertificateRequests();
  certificateRequests.set({ selected: name, answer: { state: "taken", name } });
}

/** Shows the request whose answer fell on the window. */
export async function answerDropped(name: string): Promise<void> {
  showRequests();
  await taken(name);
}

/** Shows why the certificates that fell on the window answer no request. */
export function answerRefused(failure: Failure): void {
  showRequests();
  certificateRequests.set({ answer: { state: "refused", failure } });
}

/** Saves the request, or its certificate, as PEM where the user says. */
export async function saveRequestPart(name: string, part: "request" | "certificate"): Promise<void> {
  const path = await backend().certificateRequestSave(name, part);
  if (path) toast(`Saved to ${path}`);
}

export async function copyPem(pem: string, said: string): Promise<void> {
  await backend().clipboardCopy(pem);
  toast(said);
}

/** Writes the PKCS#12 file; answers whether the user chose one. */
export async function exportRequest(name: string, passphrase: string): Promise<boolean> {
  const path = await backend().certificateRequestExport(name, passphrase);
  if (path) toast(`Exported to ${path}`);
  return path !== null;
}

export async function removeRequest(name: string): Promise<void> {
  await backend().call("certificate_request_remove", { name });
  certificateRequests.set({ answer: { state: "none" } });
  await loadCertificateRequests();
}
