use serde::{Deserialize, Serialize};

use super::message::MessageMoment;
use super::roles::KeyRoles;

/// What went wrong and the next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Diagnosis {
    /// Name of the rule that held.
    pub rule: String,
    /// In the user's words, as certain as the evidence.
    pub title: String,
    /// One or two sentences: what it means and what did not happen.
    pub explanation: String,
    /// What shows it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// The likely causes, likeliest first.
    #[serde(default)]
    pub causes: Vec<String>,
    /// What the other keys of the tenant carry, when a role seems to be missing.
    #[serde(default)]
    pub keys: Vec<KeyRoles>,
    /// The next step in a sentence, for doors without buttons.
    #[serde(default)]
    pub hint: String,
    /// What can be done, best first.
    #[serde(default)]
    pub steps: Vec<NextStep>,
    /// The message on the tenant, when the answer names it.
    #[serde(default)]
    pub message: Option<MessageMoment>,
    /// A text for the basis team, without secrets.
    #[serde(default)]
    pub text: String,
}

/// Something found that speaks for the diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Evidence {
    /// Where it was found.
    pub kind: EvidenceKind,
    /// What was found.
    pub text: String,
}

/// Where evidence was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// The status of the answer.
    Status,
    /// A header field of the answer.
    Header,
    /// Text of the body.
    Body,
    /// A claim of the token.
    Claim,
    /// A fact of a certificate.
    Certificate,
    /// Something about the request; also what a newer version found elsewhere.
    #[serde(other)]
    Request,
}

/// Something that can be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NextStep {
    /// Fetch a CSRF token and send again: set CSRF to auto.
    FetchCsrf {
        /// What a button says.
        label: String,
    },
    /// Send with another key of the tenant.
    UseKey {
        /// What a button says.
        label: String,
        /// The key's name.
        key: String,
        /// Whether its certificate is to be presented to the host itself, whatever the request did before.
        #[serde(default)]
        with_certificate: bool,
    },
    /// Send to another address of the same host.
    TryAddress {
        /// What a button says.
        label: String,
        /// The path.
        path: String,
        /// The path it takes the place of.
        #[serde(default)]
        from: String,
    },
    /// Fetch a fresh token and send again.
    RefreshToken {
        /// What a button says.
        label: String,
    },
    /// Look at the certificate.
    OpenCertificate {
        /// What a button says.
        label: String,
    },
    /// Look at the roles of the token.
    ShowRoles {
        /// What a button says.
        label: String,
        /// The roles the token carries.
        held: Vec<String>,
    },
    /// Look for the path where the tenant lists the endpoints of what is deployed.
    CheckEndpoints {
        /// What a button says.
        label: String,
        /// The path that was called.
        #[serde(default)]
        path: String,
    },
    /// Look at the message on the tenant.
    OpenMessage {
        /// What a button says.
        label: String,
        /// The id of the message.
        id: String,
    },
    /// Import the current service key.
    ImportKey {
        /// What a button says.
        label: String,
    },
    /// Open the settings: proxy, trusted roots, limits.
    OpenSettings {
        /// What a button says.
        label: String,
    },
    /// Change a key of the tenant: its token address.
    ChangeKey {
        /// What a button says.
        label: String,
        /// The key's name.
        key: String,
    },
    /// Change the request: method, address, headers, authorization.
    EditRequest {
        /// What a button says.
        label: String,
        /// Where.
        #[serde(default)]
        place: Place,
    },
    /// Send the same again; offered only when that surprises nobody.
    SendAgain {
        /// What a button says.
        label: String,
    },
    /// Copy the text for the basis team.
    CopyText {
        /// What a button says.
        label: String,
    },
    /// What a newer version offers.
    #[serde(other)]
    Unknown,
}

/// A part of a request, or its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// How it signs in.
    Authorization,
    /// The header fields.
    Headers,
    /// The body.
    Body,
    /// Time-outs and redirects.
    Options,
    /// What came back.
    Answer,
    /// Method and address; also what a newer version points at.
    #[default]
    #[serde(other)]
    Url,
}

impl NextStep {
    /// What a button says.
    pub fn label(&self) -> &str {
        match self {
            Self::FetchCsrf { label }
            | Self::UseKey { label, .. }
            | Self::TryAddress { label, .. }
            | Self::RefreshToken { label }
            | Self::OpenCertificate { label }
            | Self::ShowRoles { label, .. }
            | Self::CheckEndpoints { label, .. }
            | Self::OpenMessage { label, .. }
            | Self::ImportKey { label }
            | Self::OpenSettings { label }
            | Self::ChangeKey { label, .. }
            | Self::EditRequest { label, .. }
            | Self::SendAgain { label }
            | Self::CopyText { label } => label,
            Self::Unknown => "",
        }
    }

    pub(super) fn texts(&mut self) -> Vec<&mut String> {
        match self {
            Self::UseKey { label, key: more, .. }
            | Self::ChangeKey { label, key: more }
            | Self::CheckEndpoints { label, path: more }
            | Self::OpenMessage { label, id: more } => vec![label, more],
            Self::TryAddress { label, path, from } => vec![label, path, from],
            Self::ShowRoles { label, held } => std::iter::once(label).chain(held).collect(),
            Self::FetchCsrf { label }
            | Self::RefreshToken { label }
            | Self::OpenCertificate { label }
            | Self::ImportKey { label }
            | Self::OpenSettings { label }
            | Self::EditRequest { label, .. }
            | Self::SendAgain { label }
            | Self::CopyText { label } => vec![label],
            Self::Unknown => Vec::new(),
        }
    }
}

impl Diagnosis {
    /// Every text in it that may have come from outside, for those who hide secrets.
    pub(crate) fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![&mut self.title, &mut self.explanation, &mut self.hint, &mut self.text];
        texts.extend(&mut self.causes);
        texts.extend(self.keys.iter_mut().flat_map(|known| [&mut known.key, &mut known.text]));
        texts.extend(self.evidence.iter_mut().map(|evidence| &mut evidence.text));
        texts.extend(self.steps.iter_mut().flat_map(NextStep::texts));
        texts.extend(self.message.as_mut().map(|message| &mut message.id));
        texts
    }
}
