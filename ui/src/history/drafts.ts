import { backend, failureOf } from "../backend";
import type { Body } from "../bindings/Body";
import type { ExchangeKept } from "../bindings/ExchangeKept";
import type { RequestRead } from "../bindings/RequestRead";
import { toast } from "../components/Toast";
import { showKept } from "../exchange/state";
import { goTo } from "../navigation";
import { emptyDetails, keepBaseline, standsInFile } from "../request/baseline";
import { saveRequest } from "../request/save";
import { sendRequest } from "../request/send";
import { changeDraft, openRequest, requests } from "../request/state";
import { tenants } from "../tenant/state";
import { history } from "./state";

/** What the request's file says, when it is still there and no draft stands in it already. */
async function fileOf({ context }: ExchangeKept): Promise<RequestRead | null> {
  if (!context) return null;
  const { collection, path } = context;
  if (requests.get().list.some((draft) => standsInFile(draft, collection, path))) return null;
  return backend()
    .call("request_read", { collection, path })
    .catch(() => null);
}

async function draftOf(kept: ExchangeKept, body: Body | undefined, withFile: boolean): Promise<string> {
  const { entry, context } = kept;
  const { request } = kept.exchange;
  const known = tenants.get().list.some((one) => one.name === entry.tenant);
  const read = withFile ? await fileOf(kept) : null;
  const id = openRequest({
    title: read?.item.name ?? entry.title,
    // A tenant that is gone leaves the choice to the user: nothing may go to another one unseen.
    tenant: known ? entry.tenant : null,
    request: structuredClone(body ? { ...request, body } : request),
    details: read?.item.details ?? emptyDetails(),
    file:
      read && context
        ? { collection: context.collection, path: context.path, version: read.version, changed: true }
        : null,
  });
  if (read) {
    keepBaseline(id, read.item);
    // Marks whether it differs from the file.
    changeDraft(id, (draft) => ({ ...draft }));
  }
  goTo("requests");
  return id;
}

async function withKept(exchange: string, act: (kept: ExchangeKept) => Promise<unknown>): Promise<void> {
  try {
    await act(await backend().call("history_read", { exchange }));
    history.set({ failure: null });
  } catch (thrown) {
    history.set({ failure: failureOf(thrown) });
  }
}

/** Opens what was sent as a request that can be changed, beside the answer it got; with another body it has none yet. */
export function openExchange(exchange: string, body?: Body): Promise<void> {
  return withKept(exchange, async (kept) => {
    const draft = await draftOf(kept, body, true);
    if (!body) showKept(draft, kept.exchange);
  });
}

/** Opens it and sends it; production asks as always. What misses a secret that was typed into it is only opened. */
export function sendExchange(exchange: string): Promise<void> {
  return withKept(exchange, async (kept) => {
    const draft = await draftOf(kept, undefined, true);
    if (kept.lacks_secret) toast("Not sent: a secret was typed into this request. Type it again, then send");
    else sendRequest(draft);
  });
}

/** Opens it and asks where in the collections it belongs. */
export function addToCollection(exchange: string): Promise<void> {
  return withKept(exchange, async (kept) => saveRequest(await draftOf(kept, undefined, false)));
}

/** Opens the second one's request with the first one's body; nothing is sent. */
export function openWithBodyOf(exchange: string, other: string): Promise<void> {
  return withKept(other, async (kept) => openExchange(exchange, kept.exchange.request.body));
}
