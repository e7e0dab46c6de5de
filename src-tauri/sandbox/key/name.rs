use std::fmt;

use serde::Serialize;

/// What a service key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plan {
    /// Calls integration flows.
    IntegrationFlow,
    /// Calls the tenant's API.
    Api,
}

/// The service keys of the sandbox; the file of each is `<name>.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyName {
    /// Plan integration-flow with a client secret.
    Secret,
    /// Plan api with a client secret.
    ApiSecret,
    /// Plan integration-flow with a certificate and its private key.
    Certificate,
    /// Plan api with a certificate and its private key.
    ApiCertificate,
    /// Plan integration-flow with a certificate whose private key stays outside.
    External,
    /// Another integration-flow key of the same tenant, with one role more.
    SecretSecond,
    /// A certificate that is no longer valid.
    ExpiredCertificate,
    /// A certificate that is not valid yet.
    NotYetValidCertificate,
    /// A certificate its authority took back.
    RevokedCertificate,
    /// A private key that belongs to another certificate.
    WrongPrivateKey,
    /// A certificate that is for servers only.
    NoClientAuth,
    /// A certificate of an authority the tenant does not trust.
    UnknownAuthority,
    /// A key whose instance lacks the role to send messages.
    NoRole,
    /// A key that was deleted on the tenant.
    RevokedSecret,
}

impl KeyName {
    /// All keys, in the order they are issued.
    pub const ALL: [Self; 14] = [
        Self::Secret,
        Self::ApiSecret,
        Self::Certificate,
        Self::ApiCertificate,
        Self::External,
        Self::SecretSecond,
        Self::ExpiredCertificate,
        Self::NotYetValidCertificate,
        Self::RevokedCertificate,
        Self::WrongPrivateKey,
        Self::NoClientAuth,
        Self::UnknownAuthority,
        Self::NoRole,
        Self::RevokedSecret,
    ];

    /// The name as written in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::ApiSecret => "api-secret",
            Self::Certificate => "certificate",
            Self::ApiCertificate => "api-certificate",
            Self::External => "external",
            Self::SecretSecond => "secret-second",
            Self::ExpiredCertificate => "expired-certificate",
            Self::NotYetValidCertificate => "not-yet-valid-certificate",
            Self::RevokedCertificate => "revoked-certificate",
            Self::WrongPrivateKey => "wrong-private-key",
            Self::NoClientAuth => "no-client-auth",
            Self::UnknownAuthority => "unknown-authority",
            Self::NoRole => "no-role",
            Self::RevokedSecret => "revoked-secret",
        }
    }

    /// The key with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == name)
    }

    /// What the key is good for, in one sentence.
    pub fn note(self) -> &'static str {
        match self {
            Self::Secret => "Calls integration flows with a client secret.",
            Self::ApiSecret => "Calls the API with a client secret.",
            Self::Certificate => "Calls integration flows with a certificate.",
            Self::ApiCertificate => "Calls the API with a certificate.",
            Self::External => {
                "Calls integration flows with a certificate; its private key is in the files beside."
            }
            Self::SecretSecond => "Calls integration flows, /http/partner too.",
            Self::ExpiredCertificate => "Broken: the certificate has expired.",
            Self::NotYetValidCertificate => "Broken: the certificate is not valid yet.",
            Self::RevokedCertificate => "Broken: the certificate was revoked.",
            Self::WrongPrivateKey => "Broken: the private key belongs to another certificate.",
            Self::NoClientAuth => "Broken: the certificate is not for client authentication.",
            Self::UnknownAuthority => "Broken: the tenant does not trust the certificate's authority.",
            Self::NoRole => "Broken: gets a token without ESBMessaging.send.",
            Self::RevokedSecret => "Broken: the key was deleted on the tenant.",
        }
    }

    /// The plan of the key's instance.
    pub fn plan(self) -> Plan {
        match self {
            Self::ApiSecret | Self::ApiCertificate => Plan::Api,
            _ => Plan::IntegrationFlow,
        }
    }

    pub(crate) fn has_certificate(self) -> bool {
        matches!(
            self,
            Self::Certificate
                | Self::ApiCertificate
                | Self::External
                | Self::ExpiredCertificate
                | Self::NotYetValidCertificate
                | Self::RevokedCertificate
                | Self::WrongPrivateKey
                | Self::NoClientAuth
                | Self::UnknownAuthority
        )
    }

    pub(crate) fn roles(self) -> &'static [&'static str] {
        match self {
            Self::NoRole => &[],
            Self::SecretSecond => &["ESBMessaging.send", "PartnerRole"],
            Self::ApiSecret | Self::ApiCertificate => &API_ROLES,
            _ => &["ESBMessaging.send"],
        }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

const API_ROLES: [&str; 9] = [
    "IntegrationOperationServer.read",
    "NodeManager.read",
    "NodeManager.deploycontent",
    "GenerationAndBuild.generationandbuildcontent",
    "WebToolingWorkspace.Read",
    "WebToolingWorkspace.Write",
    "WebToolingCatalog.OverviewRead",
    "WebToolingCatalog.DetailsRead",
    "ESBDataStore.readPayload",
];
