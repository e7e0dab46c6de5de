import { backend } from "../backend";
import type { Diagnosis } from "../bindings/Diagnosis";
import type { Draft } from "../bindings/Draft";
import type { NextStep } from "../bindings/NextStep";
import type { Place } from "../bindings/Place";
import { toast } from "../components/Toast";
import { showRequest, showTab } from "../exchange/state";
import { goTo } from "../navigation";
import { showSection } from "../request/section";
import { sendRequest } from "../request/send";
import { changeRequest } from "../request/state";
import { imports, openImport, openRenewal, pasteAnother, setImportAside } from "../service_key/import_state";
import { closeChecks } from "../key_check/state";
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

const PREFIX = /^\/(?:http|cxf|local)(?=\/)/u;

/**
 * The address with another prefix where it is written; variables and query stay. Null where the address does not show
 * the path that was called: a variable may hold the prefix.
 */
export function withPrefix(url: string, from: string, path: string): string | null {
  const host = /^(?:\{\{[^}]*\}\}|[a-z][a-z0-9+.-]*:\/\/[^/?#]*)/iu.exec(url)?.[0] ?? "";
  const rest = url.slice(host.length);
  const literal = rest.split(/\{\{|[?#]/u)[0] ?? "";
  const wanted = PREFIX.exec(path)?.[0];
  if (!wanted || !literal.startsWith("/") || !from.startsWith(literal)) return null;
  if (path === wanted + from) return host + wanted + rest;
  const had = PREFIX.exec(from)?.[0];
  return had && literal.startsWith(`${had}/`) ? host + wanted + rest.slice(had.length) : null;
}

function again(draft: Draft, change: Parameters<typeof changeRequest>[1]): void {
  changeRequest(draft.id, change);
  sendRequest(draft.id);
}

async function renewed(draft: Draft, key: string | null): Promise<void> {
  if (draft.tenant && key && !(await fetchToken(draft.tenant, key, true))) return;
  sendRequest(draft.id);
}

/** Shows the part of the request, or of its answer, that a step is about. */
function goToPlace(draft: Draft, place: Place): void {
  if (place === "answer") showTab(draft.id, "body");
  else if (place === "url") document.querySelector<HTMLElement>('[data-testid="url"]')?.focus();
  else {
    showSection(draft.id, place === "authorization" ? "auth" : place);
    showRequest(draft.id, true);
  }
}

// A dialog in front of the settings would hide them.
function openSettings(): void {
  setImportAside();
  closeChecks();
  goTo("settings");
}

/** The current key takes the place of the saved one; where none is saved, the dialog begins anew as it is. */
function importKey(tenant: string | null, savedKey: string | null): void {
  if (tenant && savedKey) openRenewal(tenant, savedKey);
  else if (imports.get().open) pasteAnother();
  else openImport(tenant);
}

const LOOK = "The path is in the clipboard. Look for it on the tenant under Monitor, Manage Integration Content";

function listed<T>(steps: ReadonlyArray<T>, actionOf: (step: T) => Action | null): Action[] {
  return steps.map(actionOf).filter((action): action is Action => action !== null);
}

/** What is done the same way wherever a diagnosis stands. */
function common(step: NextStep, { tenant, savedKey }: Asked, diagnosis: Diagnosis): Action | null {
  switch (step.kind) {
    case "import_key":
      return { label: step.label, sends: false, act: () => importKey(tenant, savedKey) };
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
  return listed(
    diagnosis.steps,
    (step) => ofRequest(step, draft, key) ?? common(step, { tenant: draft.tenant, savedKey: key }, diagnosis),
  );
}

/** What a token was asked for alone with: a saved key, or one that is being added to a tenant, new or not. */
export interface Asked {
  tenant: string | null;
  savedKey: string | null;
}

/** What the steps do for a token that was asked for alone; to ask again is offered where it was asked for. */
export function actionsForToken(diagnosis: Diagnosis, { tenant, savedKey }: Asked): Action[] {
  return listed(
    diagnosis.steps,
    (step) => ofKey(step, tenant, savedKey) ?? common(step, { tenant, savedKey }, diagnosis),
  );
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
      if (step.with_certificate)
        return {
          label: step.label,
          sends: true,
          act: () => again(draft, { authorization: { kind: "certificate", key: step.key } }),
        };
      return "key" in authorization
        ? {
            label: step.label,
            sends: true,
            act: () => again(draft, { authorization: { ...authorization, key: step.key } }),
          }
        : null;
    case "try_address": {
      const url = withPrefix(draft.request.url, step.from, step.path);
      return url === null ? null : { label: step.label, sends: true, act: () => again(draft, { url }) };
    }
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
      return { label: step.label, sends: false, act: () => goToPlace(draft, step.place) };
    default:
      return null;
  }
}
