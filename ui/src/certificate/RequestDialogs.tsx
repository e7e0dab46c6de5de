import { useStore } from "../store";
import { RequestDialog } from "./RequestDialog";
import { RequestExport, RequestRemove } from "./RequestExport";
import { certificateRequests } from "./requests";

/** The dialog about certificate requests that is open, if one is. */
export function RequestDialogs() {
  const { dialog, list } = useStore(certificateRequests, (state) => state);
  if (!dialog) return null;
  if (dialog.kind === "new") return <RequestDialog />;
  const request = list?.find(({ name }) => name === dialog.name);
  if (!request) return null;
  return dialog.kind === "export" ? <RequestExport request={request} /> : <RequestRemove request={request} />;
}
