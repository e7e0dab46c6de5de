use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::body::BodyName;
use crate::certificate::KeyPairKind;
use crate::collection::{CollectionId, Environment, ExportFormat, FolderItem, RequestItem, Variable};
use crate::http::{ExchangeId, Request};
use crate::secret::Secret;
use crate::service_instance::{InstanceForm, KeyForm, Names};
use crate::service_key::{ImportId, Plan};
use crate::tenant::Stage;
use crate::token::Method;

macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Deserialize)]
            #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, optional_fields))]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $type,)+
            }
        )+
    };
}

inputs! {
    /// Names a tenant.
    TenantName {
        /// Its name.
        tenant: String,
    }

    /// A tenant to be made.
    TenantAdd {
        /// Its name, unique.
        name: String,
        /// What it is used for.
        stage: Stage,
        /// A colour, `#rrggbb`.
        color: Option<String>,
        /// The group it is listed under.
        group: Option<String>,
    }

    /// What is to change about a tenant; absent stays, an empty text clears.
    TenantChange {
        /// Which tenant.
        tenant: String,
        /// Its new name.
        name: Option<String>,
        /// Its new stage.
        stage: Option<Stage>,
        /// Its new colour.
        color: Option<String>,
        /// Its new group.
        group: Option<String>,
        /// A base URL that replaces the key's runtime host.
        runtime_url_override: Option<String>,
    }

    /// A host that is not the tenant's own.
    TenantHost {
        /// The tenant.
        tenant: String,
        /// Scheme, host and port, `https://api.acme.example`.
        origin: String,
    }

    /// Names a key; without a key name the integration-flow key, else the first.
    KeyName {
        /// The tenant.
        tenant: String,
        /// The key's name.
        key: Option<String>,
        /// Chooses by plan when no name is given.
        plan: Option<Plan>,
    }

    /// What a service instance and its key are to be.
    ServiceInstanceForms {
        /// The instance.
        instance: InstanceForm,
        /// The key.
        key: KeyForm,
        /// What they are called.
        names: Names,
    }

    /// Parameters as the cockpit's JSON editor holds them.
    ParametersText {
        /// The JSON.
        text: String,
        /// What the instance is for.
        plan: Plan,
    }

    /// What is to change about a key; absent stays.
    KeyChange {
        /// The tenant.
        tenant: String,
        /// The key's name.
        key: String,
        /// Its new name.
        name: Option<String>,
        /// What it is for, when it could not be told from the key.
        plan: Option<Plan>,
        /// The token URL to call instead of the derived one; empty returns to that.
        token_url: Option<String>,
        /// How tokens are asked for.
        method: Option<Method>,
    }

    /// A read key that is to take the place of a saved one.
    KeyRenew {
        /// The tenant.
        tenant: String,
        /// The saved key's name.
        key: String,
        /// The new key.
        import: ImportId,
    }

    /// The text of a service key.
    KeyText {
        /// The text as pasted or read from a file.
        text: Secret<String>,
    }

    /// Names a key that is not saved yet.
    ImportName {
        /// Which import.
        import: ImportId,
    }

    /// A private key for an external certificate.
    PrivateKeyAdd {
        /// Which import.
        import: ImportId,
        /// The PEM or PKCS#12 file.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        path: PathBuf,
        /// What opens it.
        passphrase: Option<Secret<String>>,
    }

    /// Which token is wanted.
    TokenFetch {
        /// The tenant.
        tenant: String,
        /// The key's name.
        key: Option<String>,
        /// Chooses by plan when no name is given.
        plan: Option<Plan>,
        /// Asks the token server even when one is cached.
        #[serde(default)]
        fresh: bool,
    }

    /// A request and where it goes.
    RequestResolve {
        /// The tenant, if one is chosen.
        tenant: Option<String>,
        /// The request.
        request: Request,
        /// The collection it belongs to.
        #[serde(default)]
        context: Option<SendContext>,
    }

    /// A request to be sent.
    RequestSend {
        /// The exchange's name, chosen by the caller so that it can cancel from the first moment.
        id: ExchangeId,
        /// The tenant, if one is chosen.
        tenant: Option<String>,
        /// The request.
        request: Request,
        /// Whether the user said yes to writing to a production tenant.
        #[serde(default)]
        confirmed: bool,
        /// The collection it belongs to.
        #[serde(default)]
        context: Option<SendContext>,
        /// The files outside the collection's folder the user chose; the door says so, never a page or a file.
        #[serde(skip)]
        files: Vec<PathBuf>,
    }

    /// Names an exchange of this run.
    ExchangeName {
        /// Which exchange.
        exchange: ExchangeId,
    }

    /// Names a call of an exchange.
    CallName {
        /// Which exchange.
        exchange: ExchangeId,
        /// Which of its calls, from 0.
        call: u32,
    }

    /// Where a body goes.
    BodySave {
        /// Which body, or part of one.
        body: BodyName,
        /// The file to write.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        path: PathBuf,
    }

    /// Names a draft.
    DraftName {
        /// Which draft.
        draft: Uuid,
    }

    /// A request's file, outside of any open collection.
    RequestFileRead {
        /// The file.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        file: PathBuf,
        /// The environment to use; none uses the chosen one.
        environment: Option<String>,
    }

    /// Which variables are asked for.
    VariableQuery {
        /// The tenant the request is sent to.
        tenant: Option<String>,
        /// The collection it belongs to.
        context: Option<SendContext>,
        /// Texts whose variables are wanted: URL, headers, body.
        texts: Vec<String>,
    }

    /// A collection to be made.
    CollectionCreate {
        /// The folder it is made in; the window asks the user for it.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        folder: PathBuf,
        /// What it is called; names its folder.
        name: String,
    }

    /// A folder to be opened.
    CollectionOpen {
        /// The folder with `opencollection.yml` or `bruno.json`.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        folder: PathBuf,
    }

    /// Which environment is used.
    EnvironmentChoose {
        /// Of which collection.
        collection: CollectionId,
        /// Its name; none uses no environment.
        environment: Option<String>,
    }

    /// Names an environment.
    EnvironmentName {
        /// Of which collection.
        collection: CollectionId,
        /// Its name.
        environment: String,
    }

    /// An environment to be written.
    EnvironmentSave {
        /// Of which collection.
        collection: CollectionId,
        /// Its name until now; none makes a new one.
        before: Option<String>,
        /// What it says.
        environment: Environment,
        /// The tenant it is bound to.
        tenant: Option<String>,
        /// The state of the file it was read from; none overwrites.
        version: Option<String>,
    }

    /// A secret variable's value, for the keyring.
    SecretVariableSet {
        /// Of which collection; none sets a global one.
        collection: Option<CollectionId>,
        /// Of which environment; none sets one of the collection.
        environment: Option<String>,
        /// The variable.
        name: String,
        /// The value; empty removes it.
        value: Secret<String>,
        /// Holds the value for this run only instead of the keyring.
        #[serde(default)]
        hold_for_run: bool,
    }

    /// A request to be written to its file.
    RequestSave {
        /// Which collection.
        collection: CollectionId,
        /// The file's path.
        path: String,
        /// What it shall say.
        item: RequestItem,
        /// The state of the file it was read from; none overwrites.
        version: Option<String>,
        /// Writes secrets found into the file; else they are answered.
        #[serde(default)]
        with_secrets: bool,
        /// Moves secrets found to the keyring, as variables of the chosen environment or the collection.
        #[serde(default)]
        move_secrets: bool,
    }

    /// A folder's or the collection's settings to be written.
    FolderSave {
        /// Which collection.
        collection: CollectionId,
        /// The folder's path; empty for the collection itself.
        path: String,
        /// What it shall say.
        item: FolderItem,
        /// The state of the file it was read from; none overwrites.
        version: Option<String>,
        /// Writes secrets found into the file; else they are answered.
        #[serde(default)]
        with_secrets: bool,
        /// Moves secrets found to the keyring.
        #[serde(default)]
        move_secrets: bool,
    }

    /// A request to be made.
    RequestCreate {
        /// Which collection.
        collection: CollectionId,
        /// The folder's path; empty for the collection itself.
        folder: String,
        /// What it shall say; its file is named after it.
        item: RequestItem,
        /// Writes secrets found into the file; else they move to the keyring.
        #[serde(default)]
        with_secrets: bool,
    }

    /// A folder to be made.
    FolderCreate {
        /// Which collection.
        collection: CollectionId,
        /// The folder's path; empty for the collection itself.
        folder: String,
        /// What it is called.
        name: String,
    }

    /// A new name for a request or folder.
    ItemRename {
        /// Which collection.
        collection: CollectionId,
        /// Its path.
        path: String,
        /// What it is called from now on.
        name: String,
    }

    /// A new place for a request or folder.
    ItemMove {
        /// Which collection.
        collection: CollectionId,
        /// Its path.
        path: String,
        /// The collection it goes to.
        to_collection: CollectionId,
        /// The folder it goes to; empty for the collection itself.
        folder: String,
        /// The item it stands before; none puts it last.
        before: Option<String>,
    }

    /// Something to be brought back.
    ItemRestore {
        /// What the removal answered.
        removal: Uuid,
    }

    /// The text of a broken file after its repair.
    TextSave {
        /// Which collection.
        collection: CollectionId,
        /// The file's path.
        path: String,
        /// Its whole text.
        text: String,
        /// The state of the file it was read from.
        version: String,
    }

    /// Files to be imported.
    ImportRead {
        /// The files or folders.
        #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
        files: Vec<PathBuf>,
    }

    /// An import to be written.
    ImportWrite {
        /// The files or folders.
        #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
        files: Vec<PathBuf>,
        /// The folder the collection is made in: a new or empty one, or a collection that gets more environments.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        into: PathBuf,
        /// Leaves the values of secrets out instead of keeping them in the keyring.
        #[serde(default)]
        without_secrets: bool,
        /// Holds the values of secrets for this run only instead of the keyring.
        #[serde(default)]
        hold_for_run: bool,
    }

    /// A collection, folder or request to be exported.
    ExportRead {
        /// The collection's folder, or a folder or request file in it.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        source: PathBuf,
        /// Into which format.
        format: ExportFormat,
    }

    /// A curl command.
    CurlText {
        /// The command as pasted.
        text: Secret<String>,
    }

    /// A request to be shown as a curl command.
    CurlOf {
        /// The request.
        request: Request,
    }

    /// A key pair to be made and a certificate to be asked for.
    CertificateRequestAdd {
        /// A name for the request, unique.
        name: String,
        /// The holder: `CN=orders-dev, O=Acme Foods, C=DE`, or the common name alone.
        subject: String,
        /// The kind of the key pair.
        kind: KeyPairKind,
        /// DNS names the certificate shall stand for as well.
        dns_names: Vec<String>,
        /// Whether the key signs its own certificate, for tests.
        self_signed: bool,
        /// Whether the private key is held for this run instead of kept in the keyring.
        hold_for_run: bool,
    }

    /// Names a certificate request.
    CertificateRequestName {
        /// Its name.
        name: String,
    }

    /// What an authority sent back.
    CertificateAnswer {
        /// The files: PEM, DER or PKCS#7 (P7B); issuers may come in files of their own.
        #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
        files: Vec<PathBuf>,
    }

    /// A signed certificate and its private key, to be written as a PKCS#12 file.
    CertificateExport {
        /// The request's name.
        name: String,
        /// The file to write.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        path: PathBuf,
        /// What the file is encrypted with.
        passphrase: Secret<String>,
        /// Whether a file that is there is replaced.
        replace: bool,
    }

    /// A folder to be looked through.
    CheckFolder {
        /// The folder.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        folder: PathBuf,
    }
}

/// Where a request stands in a collection: what it inherits and where its variables come from.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, optional_fields))]
pub struct SendContext {
    /// Which collection.
    pub collection: CollectionId,
    /// The request's path; a request that was never saved stands in this folder.
    pub path: String,
    /// The request's own variables, as they are edited.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// The environment to use instead of the chosen one.
    #[serde(default)]
    pub environment: Option<String>,
}
