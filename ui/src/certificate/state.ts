import { backend, failureOf } from "../backend";
import type { ClientCertificate } from "../bindings/ClientCertificate";
import type { Error as Failure } from "../bindings/Error";
import type { ExpiryWarning } from "../bindings/ExpiryWarning";
import { createStore } from "../store";
import { tenants } from "../tenant/state";

interface Certificates {
  /** Sorted by what ends first; absent until it was read. */
  list: ClientCertificate[] | null;
  failure: Failure | null;
  /** The one whose facts are shown. */
  selected: string | null;
  filter: string;
  /** Those of keys, or those that were asked for. */
  part: "keys" | "requests";
}

export const certificates = createStore<Certificates>({
  list: null,
  failure: null,
  selected: null,
  filter: "",
  part: "keys",
});

const DUE: ExpiryWarning[] = ["expired", "week", "month"];

/** One name for a certificate among all. */
export function nameOf({ tenant, key }: ClientCertificate): string {
  return `${tenant}/${key}`;
}

/** Whether it ended or ends within 30 days. */
export function isDue({ report }: ClientCertificate): boolean {
  return DUE.includes(report.warning);
}

/** How many ended, and how many end within 30 days. */
export function countDue(list: ReadonlyArray<ClientCertificate>): { expired: number; soon: number } {
  const expired = list.filter(({ report }) => report.warning === "expired").length;
  return { expired, soon: list.filter(isDue).length - expired };
}

/** Those whose names, tenant or key hold all these words. */
export function matching(list: ReadonlyArray<ClientCertificate>, filter: string): ClientCertificate[] {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  const textOf = ({ tenant, key, report }: ClientCertificate) =>
    `${tenant} ${key} ${report.chain.certificates.map((one) => one.subject).join(" ")}`.toLowerCase();
  return list.filter((one) => words.every((word) => textOf(one).includes(word)));
}

let newest = 0;

export async function loadCertificates(): Promise<void> {
  newest += 1;
  const mine = newest;
  try {
    const list = await backend().call("certificate_list", null);
    if (mine === newest) certificates.set({ list, failure: null });
  } catch (thrown) {
    if (mine === newest) certificates.set({ failure: failureOf(thrown) });
  }
}

/** Reads them anew whenever keys come or go; answers how to stop. */
export function followKeys(): () => void {
  let known = tenants.get().list;
  return tenants.subscribe(() => {
    const { list } = tenants.get();
    if (list === known) return;
    known = list;
    void loadCertificates();
  });
}
