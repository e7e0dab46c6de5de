import { backend, failureOf } from "../backend";
import type { CommandLines } from "../bindings/CommandLines";
import type { Error as Failure } from "../bindings/Error";
import type { InstanceForm } from "../bindings/InstanceForm";
import type { KeyForm } from "../bindings/KeyForm";
import type { Names } from "../bindings/Names";
import type { ParameterFinding } from "../bindings/ParameterFinding";
import type { ParametersRead } from "../bindings/ParametersRead";
import type { Plan } from "../bindings/Plan";
import type { ServiceInstanceForms } from "../bindings/ServiceInstanceForms";
import { createStore } from "../store";
import { usualRoles } from "./roles";

/** Which of the two forms. */
export type Form = "instance" | "key";

/** Fields of numbers and lists as they are typed. */
interface Texts {
  tokenValidity: string;
  redirectUris: string;
  validity: string;
  keyLength: string;
}

export interface ServiceInstance {
  open: boolean;
  instance: InstanceForm;
  key: KeyForm;
  names: Names;
  texts: Texts;
  /** What reading JSON found about members that are kept as they are. */
  found: Record<Form, ParameterFinding[]>;
  /** Whether a private key was pasted with the certificate. */
  privateKeyDropped: boolean;
  written: CommandLines | null;
  failure: Failure | null;
}

const NO_TEXTS: Texts = { tokenValidity: "", redirectUris: "", validity: "", keyLength: "" };

function fresh(): ServiceInstance {
  return {
    open: false,
    instance: {
      plan: "integration-flow",
      roles: usualRoles("integration-flow"),
      grant_types: ["client_credentials"],
      redirect_uris: null,
      token_validity: null,
      other: {},
    },
    key: { key_type: "secret", validity: null, key_length: null, certificate: null, pin: null, other: {} },
    names: { instance: "sluice-integration-flow", key: "sluice", subaccount: null },
    texts: NO_TEXTS,
    found: { instance: [], key: [] },
    privateKeyDropped: false,
    written: null,
    failure: null,
  };
}

export const serviceInstance = createStore<ServiceInstance>(fresh());

/** A whole number as typed; null without one, undefined for what is none. */
export function numberOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^\d{1,9}$/u.test(trimmed) ? Number(trimmed) : undefined;
}

/** The forms with what was typed; what is no number is left out, and its field says so. */
export function formsOf({ instance, key, names, texts }: ServiceInstance): ServiceInstanceForms {
  const isPinnable = key.key_type === "external" && instance.plan === "integration-flow";
  return {
    instance: { ...instance, token_validity: numberOf(texts.tokenValidity) ?? null },
    key: {
      ...key,
      certificate: key.key_type === "external" ? key.certificate : null,
      validity: numberOf(texts.validity) ?? null,
      key_length: numberOf(texts.keyLength) ?? null,
      pin: isPinnable ? key.pin : null,
    },
    names,
  };
}

let newest = 0;

/** Writes the forms out; only the newest answer counts. */
async function write(): Promise<void> {
  newest += 1;
  const mine = newest;
  try {
    const written = await backend().call("service_instance_write", formsOf(serviceInstance.get()));
    if (mine === newest) serviceInstance.set({ written, failure: null });
  } catch (thrown) {
    if (mine === newest) serviceInstance.set({ failure: failureOf(thrown) });
  }
}

/** Opens the dialog as it was left. */
export function openServiceInstance(): void {
  serviceInstance.set({ open: true });
  void write();
}

export function closeServiceInstance(): void {
  serviceInstance.set({ open: false });
}

export function startAnew(): void {
  serviceInstance.set({ ...fresh(), open: true });
  void write();
}

export function changeInstance(change: Partial<InstanceForm>): void {
  serviceInstance.set(({ instance }) => ({ instance: { ...instance, ...change } }));
  void write();
}

export function changeKey(change: Partial<KeyForm>): void {
  serviceInstance.set(({ key }) => ({ key: { ...key, ...change } }));
  void write();
}

export function changeNames(change: Partial<Names>): void {
  serviceInstance.set(({ names }) => ({ names: { ...names, ...change } }));
  void write();
}

export function changeText(change: Partial<Texts>): void {
  serviceInstance.set(({ texts }) => ({ texts: { ...texts, ...change } }));
  void write();
}

const isSame = (a: ReadonlyArray<string>, b: ReadonlyArray<string>) => a.join("\n") === b.join("\n");

/** Roles and name that are the usual ones of the plan follow it; what the user chose stays. */
export function choosePlan(plan: Plan): void {
  const { instance, names } = serviceInstance.get();
  const roles = isSame(instance.roles, usualRoles(instance.plan)) ? usualRoles(plan) : instance.roles;
  const name = names.instance === `sluice-${instance.plan}` ? `sluice-${plan}` : names.instance;
  serviceInstance.set({ instance: { ...instance, plan, roles }, names: { ...names, instance: name } });
  void write();
}

/** One URI a line. */
export function changeRedirectUris(text: string): void {
  const uris = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  serviceInstance.set(({ instance, texts }) => ({
    texts: { ...texts, redirectUris: text },
    instance: { ...instance, redirect_uris: uris.length > 0 || instance.redirect_uris ? uris : null },
  }));
  void write();
}

const PRIVATE_KEY = /-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*PRIVATE KEY-----\s*|$)/gu;

/** Keeps a pasted certificate; a private key beside it is dropped at once. */
export function changeCertificate(text: string): void {
  const certificate = text.replaceAll(PRIVATE_KEY, "");
  serviceInstance.set({ privateKeyDropped: certificate !== text });
  changeKey({ certificate: certificate.trim() === "" ? null : certificate });
}

const typed = (value: number | null) => (value === null ? "" : String(value));

function fill({ instance, key, findings }: ParametersRead): void {
  if (instance)
    serviceInstance.set(({ texts }) => ({
      instance,
      texts: {
        ...texts,
        tokenValidity: typed(instance.token_validity),
        redirectUris: instance.redirect_uris?.join("\n") ?? "",
      },
    }));
  if (key)
    serviceInstance.set(({ texts }) => ({
      key,
      texts: { ...texts, validity: typed(key.validity), keyLength: typed(key.key_length) },
    }));
  const ofKept = (other: Record<string, unknown>) => findings.filter(({ parameter }) => parameter in other);
  serviceInstance.set(({ found, privateKeyDropped }) => ({
    found: {
      instance: instance ? ofKept(instance.other) : found.instance,
      key: key ? ofKept(key.other) : found.key,
    },
    privateKeyDropped: key ? findings.some(({ message }) => message.includes("private key")) : privateKeyDropped,
  }));
}

/** Fills the form from JSON of the cockpit; answers what it was of. Throws the failure of what cannot be read. */
export async function readJson(text: string): Promise<Form> {
  const read = await backend().call("service_instance_read", { text, plan: serviceInstance.get().instance.plan });
  fill(read);
  await write();
  return read.key ? "key" : "instance";
}

export interface Kept {
  of: Form;
  name: string;
  value: unknown;
}

/** Members of the JSON no field shows, and where they are. */
export function keptOf({ instance, key }: Pick<ServiceInstance, Form>): Kept[] {
  const list = (of: Form, other: Record<string, unknown>) =>
    Object.entries(other).map(([name, value]) => ({ of, name, value }));
  return [...list("instance", instance.other), ...list("key", key.other)];
}

export function dropKept(of: Form, name: string): void {
  const without = (other: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(other).filter(([one]) => one !== name));
  const { instance, key } = serviceInstance.get();
  if (of === "instance") changeInstance({ other: without(instance.other) });
  else changeKey({ other: without(key.other) });
}
