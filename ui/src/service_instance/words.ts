import type { KeyType } from "../bindings/KeyType";

/** Grant types as the cockpit's form names them, with their literal in JSON. */
export const GRANTS: ReadonlyArray<{ literal: string; label: string }> = [
  { literal: "client_credentials", label: "Client Credentials" },
  { literal: "authorization_code", label: "Authorization Code" },
  { literal: "password", label: "Password" },
  { literal: "refresh_token", label: "Refresh Token" },
  { literal: "urn:ietf:params:oauth:grant-type:saml2-bearer", label: "SAML2 Bearer" },
  { literal: "urn:ietf:params:oauth:grant-type:jwt-bearer", label: "JWT Bearer" },
];

export const KEY_TYPES: ReadonlyArray<{ value: KeyType; label: string; text: string }> = [
  { value: "secret", label: "ClientId/Secret", text: "a client id and a client secret" },
  { value: "certificate", label: "Certificate", text: "SAP makes key pair and certificate" },
  { value: "external", label: "External Certificate", text: "you made the key pair, SAP gets the certificate" },
];
