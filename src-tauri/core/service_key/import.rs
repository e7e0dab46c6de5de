use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::facts::{KeyFacts, Repair};
use crate::certificate::CertificateFacts;
use crate::error::Error;
use crate::redact::Segment;
use crate::tenant::Stage;

/// The name of a key that was read but not saved yet.
pub type ImportId = Uuid;

/// A key between being pasted and being saved: what was read, what it means, what is still missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeyImport {
    /// Its name until it is saved.
    pub id: ImportId,
    /// The text by lines, secrets replaced by their length.
    pub text: Vec<Vec<Segment>>,
    /// What the key is; absent when the text is none.
    pub facts: Option<KeyFacts>,
    /// What the reader put right.
    pub repairs: Vec<Repair>,
    /// Why the text is no service key.
    pub failure: Option<Error>,
    /// The private key file the user added.
    pub private_key: Option<PrivateKeyFile>,
    /// The key laid beside the added file, when they do not fit.
    pub comparison: Option<Comparison>,
    /// Why it cannot be saved yet, in a sentence.
    pub blocked: Option<String>,
    /// A name for the tenant, from the host.
    pub suggested_tenant: Option<String>,
    /// A stage, only when the host name tells.
    pub suggested_stage: Option<Stage>,
    /// A name for the key.
    pub suggested_name: String,
}

/// A private key file as far as it could be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PrivateKeyFile {
    /// The file's name without its folder.
    pub name: String,
    /// What it is: "PKCS#12 · private key and 2 certificates", "PEM · private key (PKCS#8, encrypted)".
    pub format: String,
    /// Whether a passphrase is needed to go on.
    pub passphrase_needed: bool,
    /// Why it cannot be used: wrong passphrase, no private key inside.
    pub failure: Option<Error>,
    /// Whether it fits the certificate of the key; absent while unreadable.
    pub fits: Option<bool>,
    /// Whether it is no file but the key of the certificate request of this name, made here.
    pub requested: bool,
}

/// A service key's certificate beside that of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Comparison {
    /// What probably happened, a sentence or two.
    pub explanation: String,
    /// The certificate in the service key.
    pub key: CertificateFacts,
    /// The certificate in the file; absent when it holds only a private key.
    pub file: Option<CertificateFacts>,
    /// SHA-256 of the file's public key, upper-case hexadecimal pairs.
    pub file_public_key: String,
}

/// How a read key is to be kept.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeySave {
    /// Which import.
    pub import: ImportId,
    /// The tenant it goes to; made when there is none of this name.
    pub tenant: String,
    /// The stage of a new tenant; asked for, never guessed.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// The key's name in the tenant; absent means the suggested one.
    #[serde(default)]
    pub name: Option<String>,
    /// Holds the secrets for this run only instead of the keyring.
    #[serde(default)]
    pub hold_for_run: bool,
}
