use serde::{Deserialize, Serialize};

/// How a client may get tokens, in the literals of the JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, type = "string"))]
#[serde(from = "String", into = "String")]
pub enum GrantType {
    /// What service keys are used with.
    ClientCredentials,
    /// User and password.
    Password,
    /// A user who signs in with a browser.
    AuthorizationCode,
    /// A new token for an old sign-in.
    RefreshToken,
    /// A SAML assertion.
    Saml2Bearer,
    /// A JSON web token.
    JwtBearer,
    /// Deprecated by SAP; instances that have it cannot be changed.
    ClientX509,
    /// Any other, as written.
    Other(String),
}

const LITERALS: [(GrantType, &str); 7] = [
    (GrantType::ClientCredentials, "client_credentials"),
    (GrantType::Password, "password"),
    (GrantType::AuthorizationCode, "authorization_code"),
    (GrantType::RefreshToken, "refresh_token"),
    (GrantType::Saml2Bearer, "urn:ietf:params:oauth:grant-type:saml2-bearer"),
    (GrantType::JwtBearer, "urn:ietf:params:oauth:grant-type:jwt-bearer"),
    (GrantType::ClientX509, "client_x509"),
];

impl GrantType {
    /// The literal in JSON.
    pub fn literal(&self) -> &str {
        if let Self::Other(literal) = self {
            return literal;
        }
        LITERALS.iter().find(|(grant, _)| grant == self).map_or("", |(_, literal)| literal)
    }
}

impl From<String> for GrantType {
    fn from(text: String) -> Self {
        let known = LITERALS.iter().find(|(_, literal)| *literal == text);
        known.map_or(Self::Other(text), |(grant, _)| grant.clone())
    }
}

impl From<GrantType> for String {
    fn from(grant: GrantType) -> Self {
        grant.literal().to_owned()
    }
}
