use std::time::Duration;

use serde::Deserialize;

use super::Token;
use super::grant::Grant;
use crate::diagnosis::Reason;
use crate::error::{Code, Error};

/// Why the token server granted nothing (sap-domain 3.5).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It knows the client and refuses, or does not know it.
    #[error("{status} {error}: {description}")]
    Refused {
        /// Status code.
        status: u16,
        /// UAA's error word.
        error: String,
        /// UAA's sentence.
        description: String,
    },
    /// The address belongs to no subaccount.
    #[error("404: {0}")]
    NoSuchZone(String),
    /// Too many calls.
    #[error("429 Too Many Requests")]
    Limited(Option<Duration>),
    /// The answer is no token answer at all.
    #[error("{status} with {content}")]
    NotATokenServer {
        /// Status code.
        status: u16,
        /// What came instead: "an HTML page".
        content: String,
    },
    /// The router in front of it could not reach it.
    #[error("{status} from the router")]
    Down {
        /// Status code.
        status: u16,
    },
}

/// UAA says what it has to say in far less.
const LONGEST_WORDS: usize = 200;

const HTML_PAGE: &str = "an HTML page";

#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

/// Reads the token server's answer.
pub(super) fn read(
    status: u16,
    retry_after: Option<&str>,
    body: &[u8],
    took: Duration,
) -> Result<Token, TokenError> {
    if status == 200 {
        let grant = serde_json::from_slice::<Grant>(body).ok().filter(|grant| !grant.is_empty());
        let not_one = || TokenError::NotATokenServer { status, content: describe(body) };
        return grant.ok_or_else(not_one).map(|grant| grant.into_token(took));
    }
    if status == 429 {
        return Err(TokenError::Limited(retry_after.and_then(wait)));
    }
    if status == 404 {
        return Err(TokenError::NoSuchZone(first_line(body)));
    }
    if let Ok(refusal) = serde_json::from_slice::<Refusal>(body) {
        let description = short(&refusal.error_description.unwrap_or_default());
        return Err(TokenError::Refused { status, error: short(&refusal.error), description });
    }
    Err(match status {
        502..=504 => TokenError::Down { status },
        _ => TokenError::NotATokenServer { status, content: describe(body) },
    })
}

/// The server's words, as far as a sentence goes: they end up in messages.
fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(LONGEST_WORDS).collect()
}

fn wait(retry_after: &str) -> Option<Duration> {
    let text = retry_after.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(at.duration_since(jiff::Timestamp::now())).unwrap_or_default())
}

fn describe(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(512)]);
    let start = text.trim_start().to_lowercase();
    if start.is_empty() {
        return "an empty body".to_owned();
    }
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return HTML_PAGE.to_owned();
    }
    if start.starts_with(['{', '[']) {
        "JSON that holds no token".to_owned()
    } else {
        "some other text".to_owned()
    }
}

fn first_line(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(512)]).into_owned();
    text.lines().next().unwrap_or_default().trim().to_owned()
}

impl From<TokenError> for Error {
    fn from(error: TokenError) -> Self {
        let code = match &error {
            TokenError::Refused { .. } => Code::TokenRefused,
            _ => Code::TokenUnavailable,
        };
        Self::new(code, told(&error)).detail(error.to_string()).because(reason(&error))
    }
}

/// What happened; why and what to do is in the table of diagnoses.
fn told(error: &TokenError) -> String {
    match error {
        TokenError::Refused { error, description, .. } => {
            let words = if description.is_empty() { error } else { description };
            format!("The token server refused the key: {words}")
        }
        TokenError::NoSuchZone(_) => "The token address leads nowhere (404)".to_owned(),
        TokenError::Limited(Some(wait)) => {
            format!("The token server asks to wait {} s (429)", wait.as_secs())
        }
        TokenError::Limited(None) => "The token server asks to wait (429)".to_owned(),
        TokenError::NotATokenServer { status, content } => {
            format!("The token server answered {status} with {content}")
        }
        TokenError::Down { status } => {
            format!("The token server is not reachable behind its router ({status})")
        }
    }
}

/// The row of sap-domain 3.5.
fn reason(error: &TokenError) -> Reason {
    match error {
        TokenError::Refused { error, description, .. } => of_words(error, description),
        TokenError::NoSuchZone(line) if line.contains("Requested route (") => Reason::TokenRouteUnknown,
        TokenError::NoSuchZone(line) if line.contains("identity zone") => Reason::NoSuchZone,
        TokenError::NoSuchZone(_) => Reason::TokenPathUnknown,
        TokenError::Limited(_) => Reason::TokenLimited,
        TokenError::NotATokenServer { content, .. } if content == HTML_PAGE => Reason::TokenPage,
        TokenError::NotATokenServer { .. } => Reason::TokenGarbage,
        TokenError::Down { .. } => Reason::TokenServerDown,
    }
}

fn of_words(error: &str, description: &str) -> Reason {
    match error {
        "unauthorized" if description.contains("SecurityContext") => Reason::NoCredentials,
        "invalid_client" | "unauthorized" => Reason::BadCredentials,
        "unauthorized_client" => Reason::GrantNotAllowed,
        "unsupported_grant_type" | "invalid_grant" => Reason::GrantUnsupported,
        "invalid_scope" => Reason::ScopeInvalid,
        "invalid_request" => Reason::TokenRequestInvalid,
        "access_denied" => Reason::TokenAccessDenied,
        "method_not_allowed" => Reason::TokenMethodRefused,
        _ => Reason::TokenRefused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(status: u16, body: &str) -> Result<Token, TokenError> {
        read(status, None, body.as_bytes(), Duration::ZERO)
    }

    #[test]
    fn a_grant_without_a_lifetime_or_with_a_fraction_is_a_grant() {
        let token = read_text(200, r#"{"access_token":"abc","token_type":"bearer"}"#)
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(token.lifetime, LIFETIME);
        assert!(read_text(200, r#"{"access_token":"abc","expires_in":3599.5}"#).is_ok());
    }

    const LIFETIME: Duration = Duration::from_hours(1);

    #[test]
    fn every_refusal_has_its_own_words() {
        let both = ["invalid_client", "unauthorized"];
        for error in both {
            let body = format!(r#"{{"error":"{error}","error_description":"Bad credentials"}}"#);
            let told = Error::from(read_text(401, &body).err().expect("refused"));
            assert_eq!(told.code, Code::TokenRefused);
            assert!(told.message.ends_with("Bad credentials."), "{}", told.message);
        }
        for (status, body, word) in [
            (200, "<html><body>Login</body></html>", "an HTML page"),
            (200, "{}", "JSON that holds no token"),
            (200, r#"{"access_token":""}"#, "JSON that holds no token"),
            (404, "Cannot find identity zone for subdomain x", "leads nowhere"),
            (502, "502 Bad Gateway", "not reachable"),
            (429, "", "asks to wait"),
        ] {
            let told = Error::from(read_text(status, body).err().expect("refused"));
            assert_eq!(told.code, Code::TokenUnavailable, "{body}");
            assert!(told.message.contains(word), "{} has {word}", told.message);
            assert!(told.hint.is_some(), "the table knows what to do: {body}");
        }
    }

    #[test]
    fn the_wait_may_be_seconds_or_a_date() {
        assert_eq!(wait("5"), Some(Duration::from_secs(5)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("soon"), None);
    }
}
