// This file was generated from the declaration of the operations. Do not edit it.
import type { BodyQuery } from "./BodyQuery";
import type { BodyView } from "./BodyView";
import type { CallName } from "./CallName";
import type { Draft } from "./Draft";
import type { DraftName } from "./DraftName";
import type { ExchangeName } from "./ExchangeName";
import type { Header } from "./Header";
import type { ImportName } from "./ImportName";
import type { Key } from "./Key";
import type { KeyChange } from "./KeyChange";
import type { KeyFacts } from "./KeyFacts";
import type { KeyName } from "./KeyName";
import type { KeySave } from "./KeySave";
import type { RequestResolve } from "./RequestResolve";
import type { Resolved } from "./Resolved";
import type { SecretStoreState } from "./SecretStoreState";
import type { Settings } from "./Settings";
import type { Tenant } from "./Tenant";
import type { TenantAdd } from "./TenantAdd";
import type { TenantChange } from "./TenantChange";
import type { TenantName } from "./TenantName";
import type { TokenFacts } from "./TokenFacts";
import type { TokenFetch } from "./TokenFetch";

/** Every operation the window may call, by name. */
export interface Operations {
  /** Lists the tenants with their keys. */
  tenant_list: { input: null; output: Array<Tenant> };
  /** Makes a tenant without keys. */
  tenant_add: { input: TenantAdd; output: Tenant };
  /** Renames a tenant or changes its stage, colour, group or runtime URL. */
  tenant_change: { input: TenantChange; output: Tenant };
  /** Removes a tenant, its keys and their secrets in the keyring. */
  tenant_remove: { input: TenantName; output: null };
  /** Asks for a token with a read key that is not saved yet. */
  key_test: { input: ImportName; output: TokenFacts };
  /** Saves a read key, its secrets in the keyring. */
  key_save: { input: KeySave; output: Key };
  /** Forgets a read key that was not saved. */
  key_discard: { input: ImportName; output: null };
  /** Shows everything about a saved key that is not secret. */
  key_facts: { input: KeyName; output: KeyFacts };
  /** Renames a key or changes its plan, token URL or token method. */
  key_change: { input: KeyChange; output: Key };
  /** Removes a key and its secrets in the keyring. */
  key_remove: { input: KeyName; output: null };
  /** Gets a token, from the cache or the token server. */
  token_fetch: { input: TokenFetch; output: TokenFacts };
  /** Shows the cached token, if there is one; asks nobody. */
  token_peek: { input: KeyName; output: TokenFacts | null };
  /** Says where a request would go and as whom. */
  request_resolve: { input: RequestResolve; output: Resolved };
  /** Stops a sending. */
  request_cancel: { input: ExchangeName; output: null };
  /** Shows the body of an answer, pretty or raw. */
  exchange_body: { input: BodyQuery; output: BodyView };
  /** Shows the masked header values of a call; a deliberate act of the user. */
  exchange_reveal: { input: CallName; output: Array<Header> };
  /** Forgets the answer of a closed tab and removes its body. */
  exchange_forget: { input: ExchangeName; output: null };
  /** Lists the open request tabs. */
  draft_list: { input: null; output: Array<Draft> };
  /** Keeps an open request tab as it is now. */
  draft_keep: { input: Draft; output: null };
  /** Forgets a closed request tab. */
  draft_remove: { input: DraftName; output: null };
  /** Reads the settings. */
  settings_get: { input: null; output: Settings };
  /** Replaces the settings. */
  settings_change: { input: Settings; output: Settings };
  /** Says whether the operating system keeps secrets for us. */
  secret_store_state: { input: null; output: SecretStoreState };
}
