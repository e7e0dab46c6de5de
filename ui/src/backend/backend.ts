import type { BodyName } from "../bindings/BodyName";
import type { CertificateRequest } from "../bindings/CertificateRequest";
import type { CertificatesWanted } from "../bindings/CertificatesWanted";
import type { CollectionTree } from "../bindings/CollectionTree";
import type { Error as Failure } from "../bindings/Error";
import type { Exchange } from "../bindings/Exchange";
import type { ExportFormat } from "../bindings/ExportFormat";
import type { ImportReport } from "../bindings/ImportReport";
import type { KeyImport } from "../bindings/KeyImport";
import type { Loss } from "../bindings/Loss";
import type { Operations } from "../bindings/Operations";
import type { Progress } from "../bindings/Progress";
import type { RequestSend } from "../bindings/RequestSend";
import type { Shown } from "../bindings/Shown";
import type { Tenant } from "../bindings/Tenant";

export type OperationName = keyof Operations;
export type Input<K extends OperationName> = Operations[K]["input"];
export type Output<K extends OperationName> = Operations[K]["output"];

/** Everything the window asks of the other side; rejections are `Failure` objects. */
export interface Backend {
  call<K extends OperationName>(name: K, input: Input<K>): Promise<Output<K>>;
  send(order: RequestSend, onProgress: (progress: Progress) => void): Promise<Exchange>;
  /** Reads the clipboard; the page never sees the key. */
  keyPaste(): Promise<KeyImport>;
  keyChooseFile(): Promise<KeyImport | null>;
  privateKeyChoose(importId: string): Promise<KeyImport | null>;
  privateKeyPassphrase(importId: string, passphrase: string): Promise<KeyImport>;
  /** A file was dropped on the window; answers how to stop listening. */
  onKeyDropped(listener: (dropped: KeyImport) => void): Promise<() => void>;
  /** A dropped file could not be read. */
  onDropFailed(listener: (failure: Failure) => void): Promise<() => void>;
  /** Certificates were dropped that answer a request; answers how to stop listening. */
  onAnswerDropped(listener: (answered: CertificateRequest) => void): Promise<() => void>;
  /** Certificates were dropped that answer none. */
  onAnswerRefused(listener: (failure: Failure) => void): Promise<() => void>;
  clipboardClear(): Promise<void>;
  clipboardCopy(text: string): Promise<void>;
  tokenCopy(tenant: string, key: string): Promise<void>;
  certificateCopy(importId: string): Promise<void>;
  fileChoose(): Promise<string | null>;
  /** Lets the user choose a file and writes a body, or a part of one, there; answers where it is. */
  bodySave(body: BodyName): Promise<string | null>;
  /** Puts all of a body, as shown, into the clipboard; it never passes through the page. */
  bodyCopy(shown: Shown): Promise<void>;
  /** Opens a body, or a part of one, with the program the system has for it. */
  bodyOpen(body: BodyName): Promise<void>;
  /** Where a frame or an image finds the bytes of a body. */
  bodyUrl(body: BodyName): string;
  /** Lets the user choose a file and writes exchanges of the history as HAR; answers where it is. */
  historyExport(exchanges: string[]): Promise<string | null>;
  /** Lets the user choose a folder and opens it as a collection. */
  collectionChoose(): Promise<CollectionTree | null>;
  /** Lets the user choose where, makes a collection of this name there and opens it. */
  collectionCreate(name: string): Promise<CollectionTree | null>;
  /** Lets the user choose a file or folder of another tool and says what importing it would do. */
  importChoose(what: "file" | "folder"): Promise<ImportReport | null>;
  /** Says what importing an open collection of another tool would do. */
  importOpened(collection: string): Promise<ImportReport>;
  /** Writes what was chosen last as a collection, in a folder the user chooses, and opens it. */
  importWrite(holdForRun: boolean): Promise<CollectionTree | null>;
  /** Lets the user choose a file and exports; path "" is the whole collection. */
  exportChoose(collection: string, path: string, format: ExportFormat): Promise<Loss[] | null>;
  /** Shows a file or folder of a collection in the system's file manager. */
  showInFileManager(collection: string, path: string): Promise<void>;
  /** Something in the files of an open collection changed, by whomever. */
  onCollectionChanged(listener: (collection: string) => void): Promise<() => void>;
  sandboxStart(): Promise<Tenant>;
  /** Lets the user choose where, and writes certificates of a connectivity test there. */
  certificatesSave(test: string, wanted: CertificatesWanted, host: string): Promise<string | null>;
  /** Lets the user choose where, and writes a certificate request, or its certificate, there as PEM. */
  certificateRequestSave(name: string, part: "request" | "certificate"): Promise<string | null>;
  /** Lets the user choose what the authority sent back; answers the request it belongs to. */
  certificateRequestAnswer(): Promise<CertificateRequest | null>;
  /** Lets the user choose where, and writes certificate and private key there as PKCS#12. */
  certificateRequestExport(name: string, passphrase: string): Promise<string | null>;
  /** The user wants the window closed; it waits a moment for `windowClose`. */
  onClosing(listener: () => void): Promise<() => void>;
  windowClose(): Promise<void>;
  painted(): Promise<void>;
}

let chosen: Backend | null = null;

export function chooseBackend(backend: Backend): void {
  chosen = backend;
}

export function backend(): Backend {
  if (!chosen) throw new Error("The backend was not chosen yet");
  return chosen;
}

/** What was thrown, as a failure in the user's words. */
export function failureOf(thrown: unknown): Failure {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown && "code" in thrown) {
    return thrown as Failure;
  }
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return {
    code: "storage_failed",
    message: "Something inside Sluice did not work.",
    hint: "Try it once more. If it stays, report it with the text below.",
    detail,
  };
}
