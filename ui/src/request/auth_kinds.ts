import type { Authorization } from "../bindings/Authorization";

export type AuthKind = Authorization["kind"];

interface Told {
  kind: AuthKind;
  label: string;
  says: string;
}

/** Nobody, whoever the folder says, and the ways the tenant's keys can do. */
export const KINDS_OF_TENANT: ReadonlyArray<Told> = [
  { kind: "inherit", label: "Inherit", says: "As the folder or the collection says." },
  { kind: "bearer", label: "Token", says: "Sluice fetches a token with the key and sends it as Bearer." },
  { kind: "basic", label: "Basic", says: "Client id and secret go with every call; only secret keys can do this." },
  {
    kind: "certificate",
    label: "Client certificate",
    says: "The key's certificate signs in at the TLS handshake; no token.",
  },
  { kind: "none", label: "None", says: "Nothing is added. Headers of your own are sent as they are." },
];

/** The ways that are spelled out where they are used, without a key of a tenant. */
export const KINDS_OF_FILE: ReadonlyArray<Told> = [
  { kind: "login", label: "User and password", says: "Sent as Basic with every call." },
  { kind: "token", label: "Bearer token", says: "A token you already have." },
  { kind: "api_key", label: "API key", says: "A header or a query parameter of your choice." },
  { kind: "digest", label: "Digest", says: "The server's challenge is answered; the password never travels." },
  {
    kind: "client_credentials",
    label: "OAuth 2.0 client credentials",
    says: "Sluice fetches a token from the address below.",
  },
];

/** The start of a kind; what two kinds have in common moves along. */
export function authorizationOf(kind: AuthKind, before: Authorization): Authorization {
  const username = "username" in before ? before.username : "";
  const password = "password" in before ? before.password : "";
  switch (kind) {
    case "none":
    case "inherit":
      return { kind };
    case "bearer":
      return { kind, key: "key" in before ? before.key : null };
    case "basic":
    case "certificate":
      return { kind, key: null };
    case "login":
    case "digest":
      return { kind, username, password };
    case "token":
      return { kind, token: "" };
    case "api_key":
      return { kind, name: "X-API-Key", value: "", placement: "header" };
    case "client_credentials":
      return { kind, token_url: "", client_id: "", client_secret: "", scope: "", placement: "header" };
    case "other":
      return before;
  }
}

/** Whether a secret stands there itself instead of the variable that holds it. */
export function isLiteral(secret: string): boolean {
  return secret.trim() !== "" && !/\{\{[^{}]+\}\}/u.test(secret);
}
