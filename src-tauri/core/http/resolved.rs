use serde::Serialize;

use crate::error::Error;
use crate::tenant::Stage;

/// Where a request would go and as whom, shown under the URL before it is sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Resolved {
    /// The whole URL.
    pub url: Option<String>,
    /// The tenant.
    pub tenant: Option<String>,
    /// Its stage.
    pub stage: Option<Stage>,
    /// The production tenant that is called: the tenant itself, or the one the URL's host belongs to.
    pub production: Option<String>,
    /// The key that would be used.
    pub key: Option<String>,
    /// Whether the method writes: anything but GET, HEAD, OPTIONS and TRACE.
    pub writes: bool,
    /// What stands in the way.
    pub problem: Option<Error>,
}
