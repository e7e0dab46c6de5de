use serde::Serialize;

use super::Stage;
use crate::certificate::CertificateReport;
use crate::service_key::{Kind, Plan};

/// A client certificate and the key that presents it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ClientCertificate {
    /// The tenant it is for.
    pub tenant: String,
    /// What that is used for.
    pub stage: Stage,
    /// The key that presents it.
    pub key: String,
    /// Who made it: SAP (`certificate`) or the user (`external`).
    pub kind: Kind,
    /// What the key is for.
    pub plan: Plan,
    /// Everything else about it.
    pub report: CertificateReport,
}
