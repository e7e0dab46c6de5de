import type { InstanceForm } from "../bindings/InstanceForm";
import type { KeyForm } from "../bindings/KeyForm";
import type { ParameterFinding } from "../bindings/ParameterFinding";
import type { Plan } from "../bindings/Plan";
import type { Severity } from "../bindings/Severity";
import type { Input, Output } from "./backend";
import { failure } from "./memory_tenants";

type Fields = Record<string, unknown>;

const OF_KEY = ["key-type", "X.509", "key-length", "validity"];

const found = (severity: Severity, parameter: string, message: string, unverified = false): ParameterFinding => ({
  severity,
  parameter,
  message,
  unverified,
});

function instanceJson({ roles, grant_types, redirect_uris, token_validity, other }: InstanceForm): Fields {
  return {
    ...other,
    "grant-types": grant_types,
    roles,
    ...(redirect_uris ? { "redirect-uris": redirect_uris } : {}),
    ...(token_validity === null ? {} : { "token-validity": token_validity }),
  };
}

function keyJson({ key_type, validity, key_length, certificate, other }: KeyForm): Fields {
  if (key_type === "secret") return other;
  return {
    ...other,
    "key-type": key_type === "external" ? "certificate_external" : "certificate",
    ...(certificate && key_type === "external" ? { "X.509": certificate.replaceAll(/\s*\n\s*/gu, "") } : {}),
    ...(validity === null ? {} : { validity }),
    ...(key_length === null ? {} : { "key-length": key_length }),
  };
}

function findingsOf({ instance, key, names }: Input<"service_instance_write">): ParameterFinding[] {
  const { roles, token_validity } = instance;
  const list: ParameterFinding[] = [];
  if (!/^[\w.][\w.-]{0,31}$/u.test(names.instance))
    list.push(found("bad", "instance", "A name has 1 to 32 letters, digits, dots, underscores and hyphens."));
  for (const role of roles.filter((one) => !/^[\w.]+$/u.test(one)))
    list.push(found("bad", "roles", `“${role}” is no role: names have letters, digits, dots and underscores.`));
  if (roles.length === 0) list.push(found("warning", "roles", "Without roles every call is answered with 403."));
  if (token_validity !== null && (token_validity < 3600 || token_validity > 86_400))
    list.push(found("bad", "token-validity", `A token may live 3600 to 86400 seconds, not ${token_validity}.`));
  if (token_validity !== null)
    list.push(found("info", "token-validity", "SAP shows this name in a picture only.", true));
  if (key.key_type === "external" && !key.certificate) list.push(found("bad", "X.509", "The certificate is missing."));
  if (key.certificate && !key.certificate.includes("BEGIN CERTIFICATE"))
    list.push(found("bad", "X.509", "This is no certificate in PEM form."));
  if (key.pin === false) list.push(found("warning", "pin", "SAP does not publish its name in JSON.", true));
  list.push(found("info", "offering", "The service is called it-rt by tools.", true));
  return list;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);

function without(fields: Fields, names: ReadonlyArray<string>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

const unknown = (other: Fields): ParameterFinding[] =>
  Object.keys(other).map((name) => found("info", name, "Not known here; it is kept as it is.", true));

function readInstance(fields: Fields, plan: Plan): Output<"service_instance_read"> {
  const other = without(fields, ["roles", "grant-types", "redirect-uris", "token-validity"]);
  const instance: InstanceForm = {
    plan,
    roles: textsOf(fields["roles"]),
    grant_types: textsOf(fields["grant-types"]),
    redirect_uris: "redirect-uris" in fields ? textsOf(fields["redirect-uris"]) : null,
    token_validity: numberOrNull(fields["token-validity"]),
    other,
  };
  return { instance, key: null, findings: unknown(other) };
}

function readKey(fields: Fields): Output<"service_instance_read"> {
  const other = without(fields, OF_KEY);
  const kind = fields["key-type"];
  const certificate = fields["X.509"];
  const key: KeyForm = {
    key_type: kind === "certificate" ? "certificate" : kind === "certificate_external" ? "external" : "secret",
    validity: numberOrNull(fields["validity"]),
    key_length: numberOrNull(fields["key-length"]),
    certificate: typeof certificate === "string" ? certificate : null,
    pin: null,
    other,
  };
  return { instance: null, key, findings: unknown(other) };
}

/** Where JSON stops being JSON; where the browser's parser does not say it, the end. */
function placeOf(text: string, thrown: unknown): string {
  const at = Number(/position (\d+)/u.exec(String(thrown))?.[1] ?? text.length);
  const lines = text.slice(0, at).split("\n");
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function fieldsOf(text: string): Fields {
  const hint = "Paste what the JSON editor of the BTP cockpit shows, from the first brace to the last";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw failure("invalid_input", `This is no JSON: ${placeOf(text, thrown)}`, hint);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw failure("invalid_input", "Parameters are a JSON object in braces; this is none", hint);
  if ("oauth" in value || "clientsecret" in value)
    throw failure(
      "invalid_input",
      "This is a service key, not the parameters one is created with",
      "Add it as a service key; here its secret would be in plain sight",
    );
  return value as Fields;
}

/** The parameters of service instances and keys, written out and read back. */
export const memoryServiceInstance = {
  service_instance_write: (forms: Input<"service_instance_write">): Output<"service_instance_write"> => {
    const { instance, key, names } = forms;
    const [ofInstance, ofKey] = [instanceJson(instance), keyJson(key)];
    const parameters = (option: string, json: Fields) =>
      Object.keys(json).length === 0 ? "" : ` ${option} '${JSON.stringify(json)}'`;
    const subaccount = names.subaccount ?? "SUBACCOUNT_ID";
    return {
      instance_json: JSON.stringify(ofInstance, null, 2),
      key_json: JSON.stringify(ofKey, null, 2),
      cf: [
        `cf create-service it-rt ${instance.plan} ${names.instance}${parameters("-c", ofInstance)}`,
        `cf create-service-key ${names.instance} ${names.key}${parameters("-c", ofKey)}`,
        `cf service-key ${names.instance} ${names.key}`,
      ],
      btp: [
        `btp create services/instance --subaccount ${subaccount} --name ${names.instance} --offering-name it-rt --plan-name ${instance.plan}${parameters("--parameters", ofInstance)}`,
        `btp create services/binding --subaccount ${subaccount} --name ${names.key} --instance-name ${names.instance}${parameters("--parameters", ofKey)}`,
      ],
      findings: findingsOf(forms),
    };
  },
  service_instance_read: ({ text, plan }: Input<"service_instance_read">): Output<"service_instance_read"> => {
    const fields = fieldsOf(text);
    return Object.keys(fields).some((name) => OF_KEY.includes(name)) ? readKey(fields) : readInstance(fields, plan);
  },
};
