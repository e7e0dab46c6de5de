use serde::{Deserialize, Serialize};

use crate::http::{Authorization, Field, Request};

/// A whole collection in memory, as importers make it and exporters take it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collection {
    /// What it is called, and what every request in it inherits.
    pub root: FolderItem,
    /// Its environments.
    pub environments: Vec<Environment>,
    /// What it holds, in order.
    pub items: Vec<Item>,
}

/// What a collection or a folder holds.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "folders are few beside requests, which are boxed")]
pub enum Item {
    /// A folder and what it holds, in order.
    Folder(FolderItem, Vec<Item>),
    /// A request.
    Request(Box<RequestItem>),
}

/// A folder, or the collection itself: what the requests below it inherit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FolderItem {
    /// What it is called.
    pub name: String,
    /// Header fields of every request below.
    #[serde(default)]
    pub headers: Vec<Field>,
    /// As whom requests are sent that say `Inherit`; a folder's own `Inherit` asks the one above.
    #[serde(default = "inherit")]
    pub authorization: Authorization,
    /// Variables of every request below.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// Scripts kept for whoever runs them.
    #[serde(default)]
    pub scripts: Vec<Script>,
    /// What it is about, in Markdown.
    #[serde(default)]
    pub docs: String,
}

/// Nothing is inherited from a folder that says nothing but what the one above it says.
impl Default for FolderItem {
    fn default() -> Self {
        Self {
            name: String::new(),
            headers: Vec::new(),
            authorization: Authorization::Inherit,
            variables: Vec::new(),
            scripts: Vec::new(),
            docs: String::new(),
        }
    }
}

/// A request of a collection: what is sent, and what its file keeps beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RequestItem {
    /// What it is called.
    pub name: String,
    /// What is sent.
    pub request: Request,
    /// What its file keeps beside.
    #[serde(default)]
    pub details: RequestDetails,
}

/// What a request's file keeps beside what is sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RequestDetails {
    /// Words to choose it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Variables of this request.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// Scripts kept for whoever runs them.
    #[serde(default)]
    pub scripts: Vec<Script>,
    /// What is expected of the answer.
    #[serde(default)]
    pub assertions: Vec<Assertion>,
    /// What it is about, in Markdown.
    #[serde(default)]
    pub docs: String,
}

/// A named value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value; of a secret one always empty, that is in the keyring.
    pub value: String,
    /// Whether it counts.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether its value lives in the keyring.
    #[serde(default)]
    pub secret: bool,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub description: Option<String>,
}

impl From<Field> for Variable {
    fn from(field: Field) -> Self {
        let Field { name, value, enabled, description } = field;
        Self { name, value, enabled, secret: false, description }
    }
}

/// Code kept in a file; nothing runs it yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Script {
    /// When it would run.
    pub phase: ScriptPhase,
    /// Its JavaScript.
    pub code: String,
}

/// When a script would run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ScriptPhase {
    /// Before the request is sent.
    BeforeRequest,
    /// When the answer is there.
    AfterResponse,
    /// As a test of the answer.
    Tests,
}

/// What is expected of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Assertion {
    /// What is looked at: `res.status`.
    pub expression: String,
    /// How it is compared: `eq`.
    pub operator: String,
    /// With what.
    pub value: String,
    /// Whether it counts.
    #[serde(default = "yes")]
    pub enabled: bool,
}

impl Assertion {
    /// The operators that compare with a value.
    pub const COMPARING: [&str; 16] = [
        "eq",
        "neq",
        "gt",
        "gte",
        "lt",
        "lte",
        "in",
        "notIn",
        "contains",
        "notContains",
        "length",
        "matches",
        "notMatches",
        "startsWith",
        "endsWith",
        "between",
    ];

    /// The operators that compare with nothing.
    pub const ALONE: [&str; 12] = [
        "isEmpty",
        "isNotEmpty",
        "isNull",
        "isUndefined",
        "isDefined",
        "isTruthy",
        "isFalsy",
        "isJson",
        "isNumber",
        "isString",
        "isBoolean",
        "isArray",
    ];
}

/// Named variables of a collection, for one landscape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Environment {
    /// What it is called.
    pub name: String,
    /// Its colour, `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub color: Option<String>,
    /// Its variables.
    #[serde(default)]
    pub variables: Vec<Variable>,
}

/// What stands around a request of a collection: everything it inherits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// The collection's folder on this computer, for relative paths.
    pub folder: std::path::PathBuf,
    /// The folders above the request, the nearest first, without the collection itself.
    pub folders: Vec<FolderItem>,
    /// The collection itself.
    pub root: FolderItem,
    /// The chosen environment, without the values of its secret variables.
    pub environment: Option<Environment>,
    /// The tenant that environment is bound to.
    pub tenant: Option<String>,
}

const fn yes() -> bool {
    true
}

const fn inherit() -> Authorization {
    Authorization::Inherit
}
