use http::{Method, StatusCode};
use serde_json::json;

use crate::answer::{Answer, bytes, with_header};

/// Why no token is issued, in UAA's words.
pub(crate) struct Refusal {
    status: StatusCode,
    error: &'static str,
    description: String,
}

impl Refusal {
    pub(crate) fn bad_credentials() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "Bad credentials")
    }

    pub(crate) fn nothing_sent() -> Self {
        let description = "An Authentication object was not found in the SecurityContext";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", description)
    }

    pub(crate) fn unauthorized_grant(grant: &str) -> Self {
        let description = format!("Unauthorized grant type: {grant}");
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized_client", description)
    }

    pub(crate) fn unsupported_grant(grant: &str) -> Self {
        let description = format!("Unsupported grant type: {grant}");
        Self::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", description)
    }

    pub(crate) fn missing_grant() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", "Missing grant type")
    }

    pub(crate) fn invalid_scope(scope: &str) -> Self {
        let description = format!("[{scope}] is invalid. Please use a valid scope name in the request");
        Self::new(StatusCode::BAD_REQUEST, "invalid_scope", description)
    }

    pub(crate) fn method_not_allowed(method: &Method) -> Self {
        let description = format!("Request method '{method}' not supported");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", description)
    }

    /// The refusal of this error word, written with dashes.
    pub(crate) fn worded(word: &str) -> Self {
        match word {
            "invalid-client" => Self::new(StatusCode::UNAUTHORIZED, "invalid_client", "Bad credentials"),
            "unauthorized" => Self::nothing_sent(),
            "unauthorized-client" => Self::unauthorized_grant("client_credentials"),
            "unsupported-grant-type" => Self::unsupported_grant("client_credentials"),
            "invalid-scope" => Self::invalid_scope("it-rt-sandbox!b45.Nothing"),
            "invalid-request" => Self::missing_grant(),
            "access-denied" => Self::new(StatusCode::FORBIDDEN, "access_denied", ""),
            "method-not-allowed" => Self::method_not_allowed(&Method::POST),
            _ => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "Internal server error"),
        }
    }

    pub(crate) fn into_answer(self) -> Answer {
        let body = json!({ "error": self.error, "error_description": self.description });
        let answer = bytes(self.status, "application/json;charset=UTF-8", body.to_string());
        match self.status {
            StatusCode::UNAUTHORIZED => {
                let Self { error, description, .. } = self;
                let challenge = format!(
                    "Basic realm=\"UAA/client\", error=\"{error}\", error_description=\"{description}\""
                );
                with_header(answer, "www-authenticate", &challenge)
            }
            StatusCode::METHOD_NOT_ALLOWED => with_header(answer, "allow", "POST"),
            _ => answer,
        }
    }

    fn new(status: StatusCode, error: &'static str, description: impl Into<String>) -> Self {
        Self { status, error, description: description.into() }
    }
}
