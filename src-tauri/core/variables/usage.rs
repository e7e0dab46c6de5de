use serde::Serialize;

/// A variable a request uses, for marks, completion and the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct VariableUse {
    /// Its name.
    pub name: String,
    /// Its value; absent while it is not found, dots for a secret one.
    pub value: Option<String>,
    /// Whether the value is secret and shown as dots.
    pub secret: bool,
    /// Where the value comes from.
    pub origin: Option<Origin>,
    /// What is wrong with it: not set anywhere, refers to itself.
    pub problem: Option<String>,
    /// Every place that was asked, the first hit wins.
    pub asked: Vec<Asked>,
}

/// A place that was asked for a variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Asked {
    /// Which place.
    pub origin: Origin,
    /// What it says; absent while it says nothing, dots for a secret.
    pub value: Option<String>,
}

/// A place variables come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Origin {
    /// Which kind of place.
    pub scope: Scope,
    /// The name of the environment, tenant, folder or collection.
    pub name: Option<String>,
}

/// The kinds of places, in the order they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Set by an earlier request of this run.
    Runtime,
    /// The request itself.
    Request,
    /// The chosen environment.
    Environment,
    /// The tenant the environment is bound to.
    Tenant,
    /// A folder above the request, the nearest first.
    Folder,
    /// The collection.
    Collection,
    /// The variables of this installation.
    Global,
    /// The process environment: `{{process.env.NAME}}`.
    Process,
    /// Made anew for every sending: `{{$guid}}`.
    Dynamic,
}
