import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { CertificateRequest } from "../bindings/CertificateRequest";
import type { Error as Failure } from "../bindings/Error";
import type { KeyImport } from "../bindings/KeyImport";
import type { Progress } from "../bindings/Progress";
import type { Backend } from "./backend";

/** The real thing: commands and events of the window's shell. */
export const tauri: Backend = {
  call: (name, input) => invoke("call", { name, input }),
  send(order, onProgress) {
    const progress = new Channel<Progress>();
    progress.onmessage = onProgress;
    return invoke("send", { order, progress });
  },
  keyPaste: () => invoke("key_paste"),
  keyChooseFile: () => invoke("key_choose_file"),
  privateKeyChoose: (importId) => invoke("private_key_choose", { import: importId }),
  privateKeyPassphrase: (importId, passphrase) => invoke("private_key_passphrase", { import: importId, passphrase }),
  onKeyDropped: (listener) => listen<KeyImport>("key-dropped", (event) => listener(event.payload)),
  onDropFailed: (listener) => listen<Failure>("drop-failed", (event) => listener(event.payload)),
  onAnswerDropped: (listener) => listen<CertificateRequest>("answer-dropped", (event) => listener(event.payload)),
  onAnswerRefused: (listener) => listen<Failure>("answer-refused", (event) => listener(event.payload)),
  clipboardClear: () => invoke("clipboard_clear"),
  clipboardCopy: (text) => invoke("clipboard_copy", { text }),
  tokenCopy: (tenant, key) => invoke("token_copy", { tenant, key }),
  certificateCopy: (importId) => invoke("certificate_copy", { import: importId }),
  fileChoose: () => invoke("file_choose"),
  bodySave: (body) => invoke("body_save", { body }),
  bodyCopy: (shown) => invoke("body_copy", { shown }),
  bodyOpen: (body) => invoke("body_open", { body }),
  bodyUrl: ({ exchange, part }) => `sluice-body://localhost/${exchange}/${part.join(",")}`,
  historyExport: (exchanges) => invoke("history_export_choose", { exchanges }),
  collectionChoose: () => invoke("collection_choose"),
  collectionCreate: (name) => invoke("collection_create_in_folder", { name }),
  importChoose: (what) => invoke("import_choose", { what }),
  importOpened: (collection) => invoke("import_opened", { collection }),
  importWrite: (holdForRun) => invoke("import_write_to_folder", { holdForRun }),
  exportChoose: (collection, path, format) => invoke("export_choose", { collection, path, format }),
  showInFileManager: (collection, path) => invoke("show_in_file_manager", { collection, path }),
  onCollectionChanged: (listener) => listen<string>("collection-changed", (event) => listener(event.payload)),
  sandboxStart: () => invoke("sandbox_start"),
  certificatesSave: (test, wanted, host) => invoke("certificates_save_choose", { test, wanted, host }),
  certificateRequestSave: (name, part) => invoke("certificate_request_save_choose", { name, part }),
  certificateRequestAnswer: () => invoke("certificate_request_answer_choose"),
  certificateRequestExport: (name, passphrase) => invoke("certificate_request_export_choose", { name, passphrase }),
  onClosing: (listener) => listen("closing", () => listener()),
  windowClose: () => invoke("window_close"),
  painted: () => invoke("painted"),
};
