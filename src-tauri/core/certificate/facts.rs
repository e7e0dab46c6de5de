use jiff::Timestamp;
use serde::Serialize;

/// What Sluice shows of one X.509 certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CertificateFacts {
    /// Distinguished name of the holder, RFC 4514 order as written in the certificate.
    pub subject: String,
    /// The common name alone, or the whole subject without one.
    pub name: String,
    /// Distinguished name of the issuer.
    pub issuer: String,
    /// Serial number in upper-case hexadecimal pairs.
    pub serial: String,
    /// Start of validity.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub not_before: Timestamp,
    /// End of validity.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub not_after: Timestamp,
    /// Key algorithm and size: `RSA 2048`, `EC P-256`.
    pub key: String,
    /// SHA-256 over the whole certificate, upper-case hexadecimal pairs.
    pub fingerprint: String,
    /// SHA-256 over the public key (SPKI), upper-case hexadecimal pairs.
    pub public_key_fingerprint: String,
    /// Names of the extended key usages; empty when the extension is absent.
    pub extended_key_usage: Vec<String>,
    /// Whether a server accepts it from a client: no extension, or one with clientAuth or anyExtendedKeyUsage.
    pub client_auth: bool,
    /// DNS names it stands for.
    pub dns_names: Vec<String>,
    /// Whether subject and issuer are the same.
    pub self_signed: bool,
}

/// The certificates of one key or server, ordered from the leaf upwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ChainFacts {
    /// The certificates, leaf first.
    pub certificates: Vec<CertificateFacts>,
    /// Whether each one was issued by the next, up to a self-signed one.
    pub complete: bool,
}
