//! Every operation a door may offer, declared once: name, input, output, and which doors have it.

#[cfg(all(test, feature = "bindings"))]
mod bindings;
mod input;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use uuid::Uuid;

use crate::body::{
    BodyFacts, BodyName, BodyPart, BodyTable, BodyTableQuery, FilterQuery, Filtered, FindQuery, FoldQuery,
    Found, Hit, HitQuery, HitsQuery, LineQuery, PlaceOfRow, PlaceQuery, Rows, RowsQuery, Shown,
};
use crate::certificate::CertificateRequest;
use crate::collection::export::Export;
use crate::collection::{
    BrokenFile, CollectionName, CollectionTree, EnvironmentRead, Finding, FolderRead, ImportReport, ItemName,
    RequestFileOpened, RequestRead, Saved, Variable,
};
use crate::comparison::{Compare, ExchangeComparison};
use crate::connectivity::{CertificatesSave, Connectivity, ConnectivityQuery};
use crate::draft::Draft;
use crate::error::{Code, Error, Result};
use crate::history::{
    ExchangeKept, HistoryChange, HistoryEntry, HistoryExport, HistoryFacets, HistoryPage, HistoryQuery,
    HistoryRemove, HistoryUsage,
};
use crate::http::{Cookie, CookieJar, CookieName, CookieSet, Header, Request, Resolved};
use crate::secret::SecretStoreState;
use crate::service_instance::{CommandLines, ParametersRead};
use crate::service_key::{KeyFacts, KeyImport, KeySave};
use crate::settings::Settings;
use crate::tenant::{ClientCertificate, Key, KeyCheck, KeyRenewal, Tenant};
use crate::token::TokenFacts;
use crate::variables::VariableUse;
use crate::workbench::Workbench;

pub use input::*;

/// A way into the workbench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The window, through the dispatcher.
    Window,
    /// The command line, through the facade.
    Terminal,
}

/// What is known of an operation without calling it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its name, noun first: also the facade's method and the window's call.
    pub name: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// Which doors offer it.
    pub doors: &'static [Door],
}

macro_rules! operations {
    ($($(#[doc = $summary:literal])+ $name:ident($input:ty) -> $output:ty, [$($door:ident),*];)+) => {
        /// Calls the operation of this name, if this door offers it; input and output as JSON.
        pub async fn dispatch(workbench: &Workbench, door: Door, name: &str, input: Value) -> Result<Value> {
            let operation = find(name, door)?;
            match operation.name {
                $(stringify!($name) => {
                    let input: $input = serde_json::from_value(input).map_err(|_| misfit(name))?;
                    let output: $output = workbench.$name(input).await?;
                    serde_json::to_value(output).map_err(|_| misfit(name))
                })+
                _ => Err(unknown(name)),
            }
        }

        /// All operations in the order of the declaration.
        pub const OPERATIONS: &[Operation] = &[$(Operation {
            name: stringify!($name),
            summary: concat!($($summary),+),
            doors: &[$(Door::$door),*],
        }),+];

        #[cfg(all(test, feature = "bindings"))]
        fn signatures() -> Vec<bindings::Signature> {
            let mut signatures =
                vec![$(bindings::Signature::of::<$input, $output>(stringify!($name), concat!($($summary),+))),+];
            signatures.retain(|signature| find(signature.name, Door::Window).is_ok());
            signatures
        }
    };
}

operations! {
    /// Lists the tenants with their keys.
    tenant_list(()) -> Vec<Tenant>, [Window, Terminal];
    /// Makes a tenant without keys.
    tenant_add(TenantAdd) -> Tenant, [Window, Terminal];
    /// Renames a tenant or changes its stage, colour, group or runtime URL.
    tenant_change(TenantChange) -> Tenant, [Window];
    /// Lets a host that is not the tenant's own have its credentials.
    host_allow(TenantHost) -> Tenant, [Window];
    /// Takes back that a host may have the tenant's credentials.
    host_forbid(TenantHost) -> Tenant, [Window];
    /// Removes a tenant, its keys and their secrets in the keyring.
    tenant_remove(TenantName) -> (), [Window, Terminal];
    /// Reads a service key without saving it.
    key_read(KeyText) -> KeyImport, [Terminal];
    /// Adds the private key of an external certificate to a read key.
    key_add_private_key(PrivateKeyAdd) -> KeyImport, [Terminal];
    /// Adds the private key of the certificate request that a read key's certificate answers, if there is one.
    key_add_requested_key(ImportName) -> KeyImport, [Terminal];
    /// Asks for a token with a read key that is not saved yet.
    key_test(ImportName) -> TokenFacts, [Window];
    /// Saves a read key, its secrets in the keyring.
    key_save(KeySave) -> Key, [Window, Terminal];
    /// Forgets a read key that was not saved.
    key_discard(ImportName) -> (), [Window];
    /// Shows everything about a saved key that is not secret.
    key_facts(KeyName) -> KeyFacts, [Window];
    /// Looks whether a key works: token, roles, host, certificate and plan.
    key_check(KeyName) -> KeyCheck, [Window, Terminal];
    /// Lists the client certificates of all keys, the next to end first.
    certificate_list(()) -> Vec<ClientCertificate>, [Window, Terminal];
    /// Renames a key or changes its plan, token URL or token method.
    key_change(KeyChange) -> Key, [Window];
    /// Puts a read key in the place of a saved one, after a token proved it good.
    key_renew(KeyRenew) -> KeyRenewal, [Window, Terminal];
    /// Removes a key and its secrets in the keyring.
    key_remove(KeyName) -> (), [Window, Terminal];
    /// Writes the parameters of a service instance and its key as JSON and as command lines.
    service_instance_write(ServiceInstanceForms) -> CommandLines, [Window, Terminal];
    /// Reads the parameters of a service instance or key back, with what is wrong with them.
    service_instance_read(ParametersText) -> ParametersRead, [Window, Terminal];
    /// Gets a token, from the cache or the token server.
    token_fetch(TokenFetch) -> TokenFacts, [Window, Terminal];
    /// Shows the cached token, if there is one; asks nobody.
    token_peek(KeyName) -> Option<TokenFacts>, [Window];
    /// Says where a request would go and as whom.
    request_resolve(RequestResolve) -> Resolved, [Window, Terminal];
    /// Stops a sending.
    request_cancel(ExchangeName) -> (), [Window, Terminal];
    /// Saves the body of an answer to a file.
    exchange_save_body(BodySave) -> (), [Terminal];
    /// Shows the masked header values of a call; a deliberate act of the user.
    exchange_reveal(CallName) -> Vec<Header>, [Window];
    /// Forgets the answer of a closed tab and removes its body.
    exchange_forget(ExchangeName) -> (), [Window];
    /// Says what a body is and how far it is known, in one form.
    body_facts(Shown) -> BodyFacts, [Window];
    /// Shows rows of a body.
    body_rows(RowsQuery) -> Rows, [Window];
    /// Says on which row the value ends that opens on a row.
    body_fold(FoldQuery) -> Option<u64>, [Window];
    /// Says on which row a line begins.
    body_line(LineQuery) -> PlaceOfRow, [Window];
    /// Says which node stands at a place of a body.
    body_place(PlaceQuery) -> PlaceOfRow, [Window];
    /// Searches all of a body, or says how far the search is.
    body_find(FindQuery) -> Found, [Window];
    /// Shows where a hit of a search is.
    body_hit(HitQuery) -> Option<Hit>, [Window];
    /// Lists hits of a search.
    body_hits(HitsQuery) -> Vec<Hit>, [Window];
    /// Finds the nodes of a body that a JSONPath or XPath names.
    body_filter(FilterQuery) -> Filtered, [Window];
    /// Lists the parts of a multipart body, or the entries of an archive.
    body_parts(BodyName) -> Vec<BodyPart>, [Window];
    /// Shows records of a CSV body.
    body_table(BodyTableQuery) -> BodyTable, [Window];
    /// Shows a call as it went out as a curl command without secrets.
    exchange_curl(CallName) -> String, [Window];
    /// Compares two exchanges by status, headers and the structure of their bodies.
    exchange_compare(Compare) -> ExchangeComparison, [Window];
    /// Lists the cookies of a tenant's sessions.
    cookie_list(CookieJar) -> Vec<Cookie>, [Window];
    /// Sets a cookie.
    cookie_set(CookieSet) -> Vec<Cookie>, [Window];
    /// Removes a cookie.
    cookie_remove(CookieName) -> Vec<Cookie>, [Window];
    /// Removes all cookies and CSRF tokens of a tenant.
    cookie_clear(CookieJar) -> Vec<Cookie>, [Window];
    /// Shows a cookie's value; a deliberate act of the user.
    cookie_reveal(CookieName) -> String, [Window];
    /// Searches the history.
    history_search(HistoryQuery) -> HistoryPage, [Window, Terminal];
    /// Counts what a search of the history finds, by tenant, status and more.
    history_facets(HistoryQuery) -> HistoryFacets, [Window];
    /// Shows an exchange as it was kept.
    history_read(ExchangeName) -> ExchangeKept, [Window, Terminal];
    /// Pins an exchange, or writes a note to it.
    history_change(HistoryChange) -> HistoryEntry, [Window];
    /// Forgets exchanges; answers how many.
    history_remove(HistoryRemove) -> u32, [Window, Terminal];
    /// Says how much the history holds.
    history_usage(()) -> HistoryUsage, [Window];
    /// Writes exchanges as HAR without secrets.
    history_export(HistoryExport) -> (), [Terminal];
    /// Tests how far a host can be reached, and what its TLS looks like; sends no credentials.
    connectivity_test(ConnectivityQuery) -> Connectivity, [Window, Terminal];
    /// Saves the root or the chain a connectivity test saw.
    connectivity_certificates(CertificatesSave) -> (), [Terminal];
    /// Lists the open request tabs.
    draft_list(()) -> Vec<Draft>, [Window];
    /// Keeps an open request tab as it is now.
    draft_keep(Draft) -> (), [Window];
    /// Forgets a closed request tab.
    draft_remove(DraftName) -> (), [Window];
    /// Lists the open collections with everything in them.
    collection_list(()) -> Vec<CollectionTree>, [Window];
    /// Reads an open collection anew.
    collection_tree(CollectionName) -> CollectionTree, [Window];
    /// Opens a folder as a collection.
    collection_open(CollectionOpen) -> CollectionTree, [Terminal];
    /// Makes a collection in a folder of its own and opens it.
    collection_create(CollectionCreate) -> CollectionTree, [Terminal];
    /// Closes a collection; its files stay.
    collection_close(CollectionName) -> (), [Window];
    /// Looks through an open collection for broken files, literal secrets and format trouble.
    collection_check(CollectionName) -> Vec<Finding>, [Window];
    /// Looks through a folder for broken files, literal secrets and format trouble.
    folder_check(CheckFolder) -> Vec<Finding>, [Terminal];
    /// Reads the file of a request, in whatever collection it lies.
    request_file(RequestFileRead) -> RequestFileOpened, [Terminal];
    /// Reads a request of a collection.
    request_read(ItemName) -> RequestRead, [Window];
    /// Writes a request to its file, touching only what changed.
    request_save(RequestSave) -> Saved, [Window];
    /// Makes a request in a collection; answers its path.
    request_create(RequestCreate) -> String, [Window];
    /// Reads a folder's settings, or the collection's own.
    folder_read(ItemName) -> FolderRead, [Window];
    /// Writes a folder's settings, or the collection's own.
    folder_save(FolderSave) -> Saved, [Window];
    /// Makes a folder in a collection; answers its path.
    folder_create(FolderCreate) -> String, [Window];
    /// Renames a request or folder and its file; answers its path.
    item_rename(ItemRename) -> String, [Window];
    /// Moves a request or folder; answers its path.
    item_move(ItemMove) -> String, [Window];
    /// Copies a request or folder beside itself; answers the copy's path.
    item_duplicate(ItemName) -> String, [Window];
    /// Removes a request, folder or broken file; answers what brings it back.
    item_remove(ItemName) -> Uuid, [Window];
    /// Brings back what was removed in this run.
    item_restore(ItemRestore) -> String, [Window];
    /// Reads the text of a broken file, with what is wrong.
    file_text(ItemName) -> BrokenFile, [Window];
    /// Writes the text of a broken file after its repair.
    file_save_text(TextSave) -> String, [Window];
    /// Reads an environment.
    environment_read(EnvironmentName) -> EnvironmentRead, [Window];
    /// Writes an environment, new or changed, and what tenant it is bound to.
    environment_save(EnvironmentSave) -> Saved, [Window];
    /// Removes an environment; answers what brings it back.
    environment_remove(EnvironmentName) -> Uuid, [Window];
    /// Chooses the environment requests of a collection are sent in.
    environment_choose(EnvironmentChoose) -> CollectionTree, [Window];
    /// Reads the variables of this installation.
    global_variables(()) -> Vec<Variable>, [Window];
    /// Replaces the variables of this installation.
    global_variables_change(Vec<Variable>) -> Vec<Variable>, [Window];
    /// Puts a secret variable's value into the keyring.
    secret_variable_set(SecretVariableSet) -> (), [Window];
    /// Says what the variables of a request are and where they come from.
    variable_query(VariableQuery) -> Vec<VariableUse>, [Window];
    /// Lists every variable a request could use, for completion.
    variable_list(VariableQuery) -> Vec<VariableUse>, [Window];
    /// Reads files of other tools without writing anything.
    import_read(ImportRead) -> ImportReport, [Terminal];
    /// Imports files of other tools as a collection; answers its folder.
    import_write(ImportWrite) -> ImportReport, [Terminal];
    /// Says what a collection, folder or request is in another format.
    export_read(ExportRead) -> Export, [Terminal];
    /// Reads a curl command as a request.
    curl_read(CurlText) -> Request, [Window];
    /// Shows a request as a curl command without secrets.
    curl_of(CurlOf) -> String, [Window];
    /// Makes a key pair and a certificate request, the private key in the keyring.
    certificate_request_add(CertificateRequestAdd) -> CertificateRequest, [Window, Terminal];
    /// Lists the certificate requests with what came back.
    certificate_request_list(()) -> Vec<CertificateRequest>, [Window, Terminal];
    /// Takes in a signed certificate: finds the request it answers and orders its chain.
    certificate_request_answer(CertificateAnswer) -> CertificateRequest, [Terminal];
    /// Writes a signed certificate with its private key as a PKCS#12 file.
    certificate_request_export(CertificateExport) -> CertificateRequest, [Terminal];
    /// Removes a certificate request and its private key.
    certificate_request_remove(CertificateRequestName) -> (), [Window, Terminal];
    /// Reads the settings.
    settings_get(()) -> Settings, [Window];
    /// Replaces the settings.
    settings_change(Settings) -> Settings, [Window];
    /// What the user is to be told once about their data.
    remark_list(()) -> Vec<Error>, [Window];
    /// Says whether the operating system keeps secrets for us.
    secret_store_state(()) -> SecretStoreState, [Window];
}

fn find(name: &str, door: Door) -> Result<&'static Operation> {
    let known = OPERATIONS.iter().find(|operation| operation.name == name);
    known.filter(|operation| operation.doors.contains(&door)).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Error {
    Error::new(Code::NotFound, format!("There is no operation {name} at this door"))
        .hint("The page and the program are of different versions; reinstall Sluice")
}

/// Says no more than this: the parser's own words would quote the input, secrets included.
fn misfit(name: &str) -> Error {
    Error::new(Code::InvalidInput, format!("The input does not fit the operation {name}"))
        .hint("The page and the program are of different versions; reinstall Sluice")
}
