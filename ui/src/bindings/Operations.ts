// This file was generated from the declaration of the operations. Do not edit it.
import type { BodyFacts } from "./BodyFacts";
import type { BodyName } from "./BodyName";
import type { BodyPart } from "./BodyPart";
import type { BodyTable } from "./BodyTable";
import type { BodyTableQuery } from "./BodyTableQuery";
import type { BrokenFile } from "./BrokenFile";
import type { CallName } from "./CallName";
import type { CertificateRequest } from "./CertificateRequest";
import type { CertificateRequestAdd } from "./CertificateRequestAdd";
import type { CertificateRequestName } from "./CertificateRequestName";
import type { ClientCertificate } from "./ClientCertificate";
import type { CollectionName } from "./CollectionName";
import type { CollectionTree } from "./CollectionTree";
import type { CommandLines } from "./CommandLines";
import type { Compare } from "./Compare";
import type { Connectivity } from "./Connectivity";
import type { ConnectivityQuery } from "./ConnectivityQuery";
import type { Cookie } from "./Cookie";
import type { CookieJar } from "./CookieJar";
import type { CookieName } from "./CookieName";
import type { CookieSet } from "./CookieSet";
import type { CurlOf } from "./CurlOf";
import type { CurlText } from "./CurlText";
import type { Draft } from "./Draft";
import type { DraftName } from "./DraftName";
import type { EnvironmentChoose } from "./EnvironmentChoose";
import type { EnvironmentName } from "./EnvironmentName";
import type { EnvironmentRead } from "./EnvironmentRead";
import type { EnvironmentSave } from "./EnvironmentSave";
import type { Error } from "./Error";
import type { ExchangeComparison } from "./ExchangeComparison";
import type { ExchangeKept } from "./ExchangeKept";
import type { ExchangeName } from "./ExchangeName";
import type { FilterQuery } from "./FilterQuery";
import type { Filtered } from "./Filtered";
import type { FindQuery } from "./FindQuery";
import type { Finding } from "./Finding";
import type { FoldQuery } from "./FoldQuery";
import type { FolderCreate } from "./FolderCreate";
import type { FolderRead } from "./FolderRead";
import type { FolderSave } from "./FolderSave";
import type { Found } from "./Found";
import type { Header } from "./Header";
import type { HistoryChange } from "./HistoryChange";
import type { HistoryEntry } from "./HistoryEntry";
import type { HistoryFacets } from "./HistoryFacets";
import type { HistoryPage } from "./HistoryPage";
import type { HistoryQuery } from "./HistoryQuery";
import type { HistoryRemove } from "./HistoryRemove";
import type { HistoryUsage } from "./HistoryUsage";
import type { Hit } from "./Hit";
import type { HitQuery } from "./HitQuery";
import type { HitsQuery } from "./HitsQuery";
import type { ImportName } from "./ImportName";
import type { ItemMove } from "./ItemMove";
import type { ItemName } from "./ItemName";
import type { ItemRename } from "./ItemRename";
import type { ItemRestore } from "./ItemRestore";
import type { Key } from "./Key";
import type { KeyChange } from "./KeyChange";
import type { KeyCheck } from "./KeyCheck";
import type { KeyFacts } from "./KeyFacts";
import type { KeyName } from "./KeyName";
import type { KeyRenew } from "./KeyRenew";
import type { KeyRenewal } from "./KeyRenewal";
import type { KeySave } from "./KeySave";
import type { LineQuery } from "./LineQuery";
import type { ParametersRead } from "./ParametersRead";
import type { ParametersText } from "./ParametersText";
import type { PlaceOfRow } from "./PlaceOfRow";
import type { PlaceQuery } from "./PlaceQuery";
import type { Request } from "./Request";
import type { RequestCreate } from "./RequestCreate";
import type { RequestRead } from "./RequestRead";
import type { RequestResolve } from "./RequestResolve";
import type { RequestSave } from "./RequestSave";
import type { Resolved } from "./Resolved";
import type { Rows } from "./Rows";
import type { RowsQuery } from "./RowsQuery";
import type { Saved } from "./Saved";
import type { SecretStoreState } from "./SecretStoreState";
import type { SecretVariableSet } from "./SecretVariableSet";
import type { ServiceInstanceForms } from "./ServiceInstanceForms";
import type { Settings } from "./Settings";
import type { Shown } from "./Shown";
import type { Tenant } from "./Tenant";
import type { TenantAdd } from "./TenantAdd";
import type { TenantChange } from "./TenantChange";
import type { TenantHost } from "./TenantHost";
import type { TenantName } from "./TenantName";
import type { TextSave } from "./TextSave";
import type { TokenFacts } from "./TokenFacts";
import type { TokenFetch } from "./TokenFetch";
import type { Variable } from "./Variable";
import type { VariableQuery } from "./VariableQuery";
import type { VariableUse } from "./VariableUse";

/** Every operation the window may call, by name. */
export interface Operations {
  /** Lists the tenants with their keys. */
  tenant_list: { input: null; output: Array<Tenant> };
  /** Makes a tenant without keys. */
  tenant_add: { input: TenantAdd; output: Tenant };
  /** Renames a tenant or changes its stage, colour, group or runtime URL. */
  tenant_change: { input: TenantChange; output: Tenant };
  /** Lets a host that is not the tenant's own have its credentials. */
  host_allow: { input: TenantHost; output: Tenant };
  /** Takes back that a host may have the tenant's credentials. */
  host_forbid: { input: TenantHost; output: Tenant };
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
  /** Looks whether a key works: token, roles, host, certificate and plan. */
  key_check: { input: KeyName; output: KeyCheck };
  /** Lists the client certificates of all keys, the next to end first. */
  certificate_list: { input: null; output: Array<ClientCertificate> };
  /** Renames a key or changes its plan, token URL or token method. */
  key_change: { input: KeyChange; output: Key };
  /** Puts a read key in the place of a saved one, after a token proved it good. */
  key_renew: { input: KeyRenew; output: KeyRenewal };
  /** Removes a key and its secrets in the keyring. */
  key_remove: { input: KeyName; output: null };
  /** Writes the parameters of a service instance and its key as JSON and as command lines. */
  service_instance_write: { input: ServiceInstanceForms; output: CommandLines };
  /** Reads the parameters of a service instance or key back, with what is wrong with them. */
  service_instance_read: { input: ParametersText; output: ParametersRead };
  /** Gets a token, from the cache or the token server. */
  token_fetch: { input: TokenFetch; output: TokenFacts };
  /** Shows the cached token, if there is one; asks nobody. */
  token_peek: { input: KeyName; output: TokenFacts | null };
  /** Says where a request would go and as whom. */
  request_resolve: { input: RequestResolve; output: Resolved };
  /** Stops a sending. */
  request_cancel: { input: ExchangeName; output: null };
  /** Shows the masked header values of a call; a deliberate act of the user. */
  exchange_reveal: { input: CallName; output: Array<Header> };
  /** Forgets the answer of a closed tab and removes its body. */
  exchange_forget: { input: ExchangeName; output: null };
  /** Says what a body is and how far it is known, in one form. */
  body_facts: { input: Shown; output: BodyFacts };
  /** Shows rows of a body. */
  body_rows: { input: RowsQuery; output: Rows };
  /** Says on which row the value ends that opens on a row. */
  body_fold: { input: FoldQuery; output: number | null };
  /** Says on which row a line begins. */
  body_line: { input: LineQuery; output: PlaceOfRow };
  /** Says which node stands at a place of a body. */
  body_place: { input: PlaceQuery; output: PlaceOfRow };
  /** Searches all of a body, or says how far the search is. */
  body_find: { input: FindQuery; output: Found };
  /** Shows where a hit of a search is. */
  body_hit: { input: HitQuery; output: Hit | null };
  /** Lists hits of a search. */
  body_hits: { input: HitsQuery; output: Array<Hit> };
  /** Finds the nodes of a body that a JSONPath or XPath names. */
  body_filter: { input: FilterQuery; output: Filtered };
  /** Lists the parts of a multipart body, or the entries of an archive. */
  body_parts: { input: BodyName; output: Array<BodyPart> };
  /** Shows records of a CSV body. */
  body_table: { input: BodyTableQuery; output: BodyTable };
  /** Shows a call as it went out as a curl command without secrets. */
  exchange_curl: { input: CallName; output: string };
  /** Compares two exchanges by status, headers and the structure of their bodies. */
  exchange_compare: { input: Compare; output: ExchangeComparison };
  /** Lists the cookies of a tenant's sessions. */
  cookie_list: { input: CookieJar; output: Array<Cookie> };
  /** Sets a cookie. */
  cookie_set: { input: CookieSet; output: Array<Cookie> };
  /** Removes a cookie. */
  cookie_remove: { input: CookieName; output: Array<Cookie> };
  /** Removes all cookies and CSRF tokens of a tenant. */
  cookie_clear: { input: CookieJar; output: Array<Cookie> };
  /** Shows a cookie's value; a deliberate act of the user. */
  cookie_reveal: { input: CookieName; output: string };
  /** Searches the history. */
  history_search: { input: HistoryQuery; output: HistoryPage };
  /** Counts what a search of the history finds, by tenant, status and more. */
  history_facets: { input: HistoryQuery; output: HistoryFacets };
  /** Shows an exchange as it was kept. */
  history_read: { input: ExchangeName; output: ExchangeKept };
  /** Pins an exchange, or writes a note to it. */
  history_change: { input: HistoryChange; output: HistoryEntry };
  /** Forgets exchanges; answers how many. */
  history_remove: { input: HistoryRemove; output: number };
  /** Says how much the history holds. */
  history_usage: { input: null; output: HistoryUsage };
  /** Tests how far a host can be reached, and what its TLS looks like; sends no credentials. */
  connectivity_test: { input: ConnectivityQuery; output: Connectivity };
  /** Lists the open request tabs. */
  draft_list: { input: null; output: Array<Draft> };
  /** Keeps an open request tab as it is now. */
  draft_keep: { input: Draft; output: null };
  /** Forgets a closed request tab. */
  draft_remove: { input: DraftName; output: null };
  /** Lists the open collections with everything in them. */
  collection_list: { input: null; output: Array<CollectionTree> };
  /** Reads an open collection anew. */
  collection_tree: { input: CollectionName; output: CollectionTree };
  /** Closes a collection; its files stay. */
  collection_close: { input: CollectionName; output: null };
  /** Looks through an open collection for broken files, literal secrets and format trouble. */
  collection_check: { input: CollectionName; output: Array<Finding> };
  /** Reads a request of a collection. */
  request_read: { input: ItemName; output: RequestRead };
  /** Writes a request to its file, touching only what changed. */
  request_save: { input: RequestSave; output: Saved };
  /** Makes a request in a collection; answers its path. */
  request_create: { input: RequestCreate; output: string };
  /** Reads a folder's settings, or the collection's own. */
  folder_read: { input: ItemName; output: FolderRead };
  /** Writes a folder's settings, or the collection's own. */
  folder_save: { input: FolderSave; output: Saved };
  /** Makes a folder in a collection; answers its path. */
  folder_create: { input: FolderCreate; output: string };
  /** Renames a request or folder and its file; answers its path. */
  item_rename: { input: ItemRename; output: string };
  /** Moves a request or folder; answers its path. */
  item_move: { input: ItemMove; output: string };
  /** Copies a request or folder beside itself; answers the copy's path. */
  item_duplicate: { input: ItemName; output: string };
  /** Removes a request, folder or broken file; answers what brings it back. */
  item_remove: { input: ItemName; output: string };
  /** Brings back what was removed in this run. */
  item_restore: { input: ItemRestore; output: string };
  /** Reads the text of a broken file, with what is wrong. */
  file_text: { input: ItemName; output: BrokenFile };
  /** Writes the text of a broken file after its repair. */
  file_save_text: { input: TextSave; output: string };
  /** Reads an environment. */
  environment_read: { input: EnvironmentName; output: EnvironmentRead };
  /** Writes an environment, new or changed, and what tenant it is bound to. */
  environment_save: { input: EnvironmentSave; output: Saved };
  /** Removes an environment; answers what brings it back. */
  environment_remove: { input: EnvironmentName; output: string };
  /** Chooses the environment requests of a collection are sent in. */
  environment_choose: { input: EnvironmentChoose; output: CollectionTree };
  /** Reads the variables of this installation. */
  global_variables: { input: null; output: Array<Variable> };
  /** Replaces the variables of this installation. */
  global_variables_change: { input: Array<Variable>; output: Array<Variable> };
  /** Puts a secret variable's value into the keyring. */
  secret_variable_set: { input: SecretVariableSet; output: null };
  /** Says what the variables of a request are and where they come from. */
  variable_query: { input: VariableQuery; output: Array<VariableUse> };
  /** Lists every variable a request could use, for completion. */
  variable_list: { input: VariableQuery; output: Array<VariableUse> };
  /** Reads a curl command as a request. */
  curl_read: { input: CurlText; output: Request };
  /** Shows a request as a curl command without secrets. */
  curl_of: { input: CurlOf; output: string };
  /** Makes a key pair and a certificate request, the private key in the keyring. */
  certificate_request_add: { input: CertificateRequestAdd; output: CertificateRequest };
  /** Lists the certificate requests with what came back. */
  certificate_request_list: { input: null; output: Array<CertificateRequest> };
  /** Removes a certificate request and its private key. */
  certificate_request_remove: { input: CertificateRequestName; output: null };
  /** Reads the settings. */
  settings_get: { input: null; output: Settings };
  /** Replaces the settings. */
  settings_change: { input: Settings; output: Settings };
  /** What the user is to be told once about their data. */
  remark_list: { input: null; output: Array<Error> };
  /** Says whether the operating system keeps secrets for us. */
  secret_store_state: { input: null; output: SecretStoreState };
}
