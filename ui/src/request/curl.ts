import { backend, failureOf } from "../backend";
import { toast } from "../components/Toast";
import { followUrl } from "./path_parameters";
import { tellFailure } from "./save";
import { changeRequest, requests } from "./state";

/** Whether a text looks like a curl command. */
export function isCurl(text: string): boolean {
  return /^\s*(?:\$\s*)?curl(?:\.exe)?\s/u.test(text);
}

/** Fills a request from a curl command; one undo brings back what was there. */
export async function pasteCurl(id: string, text: string): Promise<void> {
  try {
    const read = await backend().call("curl_read", { text });
    const before = requests.get().list.find((draft) => draft.id === id)?.request;
    if (!before) return;
    changeRequest(id, { ...read, path_parameters: followUrl(read.url, read.path_parameters) });
    toast("The request was filled from the curl command", () => changeRequest(id, before));
  } catch (thrown) {
    tellFailure(id, failureOf(thrown));
  }
}

/** Copies a request as a curl command, secrets left out. */
export async function copyCurl(id: string): Promise<void> {
  const request = requests.get().list.find((draft) => draft.id === id)?.request;
  if (!request) return;
  try {
    await backend().clipboardCopy(await backend().call("curl_of", { request }));
    toast("Copied as cURL, without secrets");
  } catch (thrown) {
    tellFailure(id, failureOf(thrown));
  }
}
