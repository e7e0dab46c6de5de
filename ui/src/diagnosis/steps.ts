import { backend } from "../backend";
import type { Diagnosis } from "../bindings/Diagnosis";
import type { Draft } from "../bindings/Draft";
import type { NextStep } from "../bindings/NextStep";
import { toast } from "../components/Toast";
import { showTab } from "../exchange/state";
import { goTo } from "../navigation";
import { sendRequest } from "../request/send";
import { changeRequest } from "../request/state";
import { openImport, setImportAside } from "../service_key/import_state";
import { openKeyDialog } from "../service_key/key_dialog_state";
import { fetchToken } from "../token/state";

/** A next step that Sluice can take. */
export interface Action {
  label: string;
  /** Whether the request is sent again by it. */
  sends: boolean;
  act(): void | Promise<void>;
}

async function copied(text: string, told: string): Promise<void> {
  await backend().clipboardCopy(text);
  toast(told);
}

/** The address with another path: of a URL that names its host, the rest stays. */
export function withPath(url: string, path: string): string {
  const at = /^(?:\{\{[^}]*\}\}|[a-z][a-z0-9+.-]*:\/\/[^/?#]*)/iu.exec(url);
  return `${at?.[0] ?? ""}${path}`;
}

function again(draft: Draft, change: Parameters<typeof changeRequest>[1]): void {
  changeRequest(draft.id, change);
  sendRequest(draft.id);
}

async function renewed(draft: Draft, key: string | null): Promise<void> {
  if (draft.tenant && key && !(await fetchToken(draft.tenant, key, true))) return;
  sendRequest(draft.id);
}

function editRequest(): void {
  document.querySelector<HTMLElement>('[data-testid="url"]')?.focus();
}

// A dialog in front of the settings would hide them.
function openSettings(): void {
  setImportAside();
  goTo("settings");
}

const LOOK = "The path is in the clipboard. Look for it on the tenant under Monitor, Manage Integration Content";

function listed<T>(steps: ReadonlyArray<T>, actionOf: (step: T) => Action | null): Action[] {
  return steps.map(actionOf).filter((action): action is Action => action !== null);
}

/** What is done the same way wherever a diagnosis stands. */
function common(step: NextStep, tenant: string | null, diagnosis: Diagnosis): Action | null {
  switch (step.kind) {
    case "import_key":
      return { label: step.label, sends: false, act: () => openImport(tenant) };
    case "open_settings":
      return { label: step.label, sends: false, act: openSettings };
    case "copy_text":
      return { label: step.label, sends: false, act: () => copied(diagnosis.text, "The text is in the clipboard") };
    case "open_message":
      return {
        label: "Copy the message id",
        sends: false,
        act: () => copied(step.id, "The message id is in the clipboard"),
      };
    case "check_endpoints":
      return step.path ? { label: step.label, sends: false, act: () => copied(step.path, LOOK) } : null;
    default:
      return null;
  }
}

/** What the steps do for a request; those that have to be done elsewhere are left out. */
export function actionsFor(diagnosis: Diagnosis, draft: Draft, key: string | null): Action[] {
  return listed(diagnosis.steps, (step) => ofRequest(step, draft, key) ?? common(step, draft.tenant, diagnosis));
}

/** What a token was asked for alone with: a saved key, or one that is being added to a tenant, new or not. */
export interface Asked {
  tenant: string | null;
  savedKey: string | null;
}

/** What the steps do for a token that was asked for alone; to ask again is offered where it was asked for. */
export function actionsForToken(diagnosis: Diagnosis, { tenant, savedKey }: Asked): Action[] {
  return listed(diagnosis.steps, (step) => ofKey(step, tenant, savedKey) ?? common(step, tenant, diagnosis));
}

function ofKey(step: NextStep, tenant: string | null, key: string | null): Action | null {
  if (!tenant || !key) return null;
  switch (step.kind) {
    case "change_key":
      return { label: step.label, sends: false, act: () => openKeyDialog("edit", tenant, key) };
    case "open_certificate":
      return { label: step.label, sends: false, act: () => openKeyDialog("facts", tenant, key) };
    default:
      return null;
  }
}

function ofRequest(step: NextStep, draft: Draft, key: string | null): Action | null {
  const { authorization } = draft.request;
  switch (step.kind) {
    case "fetch_csrf":
      return { label: step.label, sends: true, act: () => again(draft, { csrf: "auto" }) };
    case "use_key":
      return "key" in authorization
        ? {
            label: step.label,
            sends: true,
            act: () => again(draft, { authorization: { ...authorization, key: step.key } }),
          }
        : null;
    case "try_address":
      return {
        label: step.label,
        sends: true,
        act: () => again(draft, { url: withPath(draft.request.url, step.path) }),
      };
    case "refresh_token":
      return { label: step.label, sends: true, act: () => renewed(draft, key) };
    case "send_again":
      return { label: step.label, sends: true, act: () => sendRequest(draft.id) };
    case "open_certificate":
      return { label: step.label, sends: false, act: () => showTab(draft.id, "tls") };
    case "show_roles":
      return { label: step.label, sends: false, act: () => showTab(draft.id, "token") };
    case "change_key":
      return ofKey(step, draft.tenant, step.key);
    case "edit_request":
      return { label: step.label, sends: false, act: editRequest };
    default:
      return null;
  }
}
