use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of an open collection in this installation; its files know nothing of it.
pub type CollectionId = Uuid;

/// An open collection with everything in it, in the order it is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CollectionTree {
    /// Which one.
    pub id: CollectionId,
    /// What it is called.
    pub name: String,
    /// Its folder on this computer.
    pub folder: String,
    /// Whether its files may be written.
    pub writable: bool,
    /// Why it cannot be shown, when its folder is gone or its root file is broken.
    pub problem: Option<FileProblem>,
    /// Its environments, by name.
    pub environments: Vec<EnvironmentSummary>,
    /// The chosen environment.
    pub environment: Option<String>,
    /// Folders, requests and broken files, each below its folder, depth first.
    pub nodes: Vec<Node>,
}

/// A folder, a request or another file of a collection.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Node {
    /// Its path below the collection's folder, with `/`: what it is named by everywhere.
    pub path: String,
    /// How deep it stands, from 0.
    pub depth: u32,
    /// What it is.
    pub kind: NodeKind,
    /// What it is called; of a broken file its file name.
    pub name: String,
    /// The method of a request.
    pub method: Option<String>,
    /// What is wrong with its file.
    pub problem: Option<FileProblem>,
}

/// What a node of the tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// A folder.
    Folder,
    /// An HTTP request.
    Request,
    /// A file that cannot be read; it is left alone.
    Broken,
    /// An item Sluice keeps but cannot open: GraphQL, gRPC, WebSocket, script.
    Other,
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FileProblem {
    /// The path below the collection's folder.
    pub path: String,
    /// The line, from 1; absent when the whole file is meant.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// What is wrong, one or two sentences.
    pub message: String,
    /// The next step.
    pub hint: Option<String>,
}

/// An environment as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct EnvironmentSummary {
    /// What it is called.
    pub name: String,
    /// Its colour, `#rrggbb`.
    pub color: Option<String>,
    /// The tenant it is bound to, as `sluice.toml` says.
    pub tenant: Option<String>,
    /// Whether that tenant exists here.
    pub tenant_known: bool,
    /// What is wrong with its file.
    pub problem: Option<FileProblem>,
}

/// Names an open collection.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CollectionName {
    /// Which one.
    pub collection: CollectionId,
}

/// Names a node of an open collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ItemName {
    /// Which collection.
    pub collection: CollectionId,
    /// The path below its folder; empty names the collection itself.
    pub path: String,
}

/// A request as its file says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RequestRead {
    /// The request.
    pub item: super::RequestItem,
    /// The state of the file this was read from.
    pub version: String,
}

/// A request read from its file, with where it stands.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RequestFileOpened {
    /// The request.
    pub item: super::RequestItem,
    /// Where it stands, for sending it.
    pub context: crate::operation::SendContext,
    /// The tenant its environment is bound to.
    pub tenant: Option<String>,
}

/// A folder's or the collection's own file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FolderRead {
    /// What it says.
    pub item: super::FolderItem,
    /// The state of the file this was read from; empty while there is no file.
    pub version: String,
}

/// An environment as its file says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct EnvironmentRead {
    /// What it says; secret variables have empty values.
    pub environment: super::Environment,
    /// The tenant it is bound to.
    pub tenant: Option<String>,
    /// The names of the secret variables whose value is in this computer's keyring.
    pub kept_secrets: Vec<String>,
    /// The state of the file this was read from.
    pub version: String,
}

/// What became of saving an edit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Saved {
    /// It is in the file.
    Written {
        /// The file's path now.
        path: String,
        /// The file's state now.
        version: String,
    },
    /// The file was changed by somebody else since it was read; nothing was written.
    Conflict {
        /// The file's text now.
        theirs: String,
        /// What the file would say after saving.
        ours: String,
        /// The file's state now: saving over it names this version.
        version: String,
    },
    /// The edit would put secrets into a file; nothing was written.
    Secrets {
        /// What would be written where.
        found: Vec<LiteralSecret>,
    },
}

/// A secret that stands in a file, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct LiteralSecret {
    /// The place in the user's words: `Authorization header`, `client secret`.
    pub place: String,
    /// The variable it could move to.
    pub variable: String,
}

/// The text of a file that cannot be read as what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BrokenFile {
    /// Its text; bytes that are no UTF-8 replaced. At most the first mebibyte.
    pub text: String,
    /// What is wrong; none any more when it was mended meanwhile.
    pub problem: Option<FileProblem>,
    /// A repair that is certain, to be looked at before it is saved.
    pub repair: Option<Repair>,
    /// The state of the file this was read from.
    pub version: String,
}

/// A repair of a broken file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, rename = "FileRepair"))]
pub struct Repair {
    /// What it does: `Move line 14 to two spaces`.
    pub label: String,
    /// The whole text after it.
    pub text: String,
}

/// Something `check` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Finding {
    /// What kind of trouble.
    pub kind: FindingKind,
    /// Where and what.
    pub problem: FileProblem,
}

/// What kind of trouble `check` found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A file that cannot be read.
    Broken,
    /// A secret in clear text.
    Secret,
    /// Something other tools will trip over or lose.
    Format,
}

/// What an import or an export could not carry over, and what it did instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Loss {
    /// The item in the source: `Orders / Create order`.
    pub place: String,
    /// What was not carried over, one sentence.
    pub what: String,
}

/// What an import found, or did.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ImportReport {
    /// The source's format in the user's words: `Postman collection 2.1`.
    pub format: String,
    /// The collection's name.
    pub name: String,
    /// How many requests.
    pub requests: u32,
    /// How many folders.
    pub folders: u32,
    /// How many environments.
    pub environments: u32,
    /// How many scripts and tests are kept but not run.
    pub scripts: u32,
    /// Names of the variables whose secret values go to the keyring.
    pub secrets: Vec<String>,
    /// What could not be carried over.
    pub losses: Vec<Loss>,
}

/// A file format collections are exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// One OpenCollection file.
    Opencollection,
    /// A Postman collection 2.1.
    Postman,
    /// A shell script of curl commands.
    Curl,
    /// A Hurl file.
    Hurl,
    /// An HTTP archive 1.2 of the requests.
    Har,
}
