import { backend } from "../backend";
import type { Diagnosis } from "../bindings/Diagnosis";
import type { Draft } from "../bindings/Draft";
import type { NextStep } from "../bindings/NextStep";
import { toast } from "../components/Toast";
import { showTab } from "../exchange/state";
import { goTo } from "../navigation";
import { sendRequest } from "../request/send";
import { changeRequest } from "../request/state";
import { openImport } from "../service_key/import_state";
import { fetchToken } from "../token/state";

/** A next step that Sluice can take. */
export interface Action {
  label: string;
  /** Whether the request is sent again by it. */
  sends: boolean;
  act(): void | Promise<void>;
}

async function copied(text: string, what: string): Promise<void> {
  await backend().clipboardCopy(text);
  toast(`${what} is in the clipboard`);
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

/** What a step does; null where the user has to do it elsewhere. */
export function actionOf(step: NextStep, draft: Draft, key: string | null, diagnosis: Diagnosis): Action | null {
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
    case "open_message":
      return { label: "Copy the message id", sends: false, act: () => copied(step.id, "The message id") };
    case "import_key":
      return { label: step.label, sends: false, act: () => openImport(draft.tenant) };
    case "open_settings":
      return { label: step.label, sends: false, act: () => goTo("settings") };
    case "edit_request":
      return { label: step.label, sends: false, act: editRequest };
    case "copy_text":
      return { label: step.label, sends: false, act: () => copied(diagnosis.text, "The text") };
    case "check_endpoints":
    case "unknown":
      return null;
  }
}
