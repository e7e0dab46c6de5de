use super::json::{Node, Value};

/// Things that are pasted in place of a service key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A collection of Postman.
    PostmanCollection,
    /// An environment of Postman.
    PostmanEnvironment,
    /// An API description.
    OpenApi,
    /// Recorded traffic of a browser.
    Har,
    /// The answer of a token server.
    TokenAnswer,
    /// An access token alone.
    AccessToken,
    /// The answer of a server that refused.
    ErrorAnswer,
    /// A destination of SAP BTP.
    Destination,
    /// The parameters a key or an instance is created with.
    Parameters,
    /// A JSON list.
    List,
    /// A certificate file.
    Certificate,
    /// A private key file.
    PrivateKey,
    /// A web page.
    WebPage,
}

/// Tells a JSON document that is no service key by its marks.
pub(super) fn of_json(root: &Node) -> Option<Foreign> {
    if matches!(root.value, Value::Array(_)) {
        return Some(Foreign::List);
    }
    let has = |names: &[&str]| names.iter().all(|name| root.get(&[name]).is_some());
    let marks: [(Foreign, &[&str]); 10] = [
        (Foreign::PostmanCollection, &["info", "item"]),
        (Foreign::PostmanEnvironment, &["postmanvariablescope"]),
        (Foreign::PostmanEnvironment, &["name", "values"]),
        (Foreign::OpenApi, &["openapi"]),
        (Foreign::OpenApi, &["swagger"]),
        (Foreign::Har, &["log"]),
        (Foreign::TokenAnswer, &["accesstoken"]),
        (Foreign::Destination, &["tokenserviceurl"]),
        (Foreign::Destination, &["type", "authentication"]),
        (Foreign::ErrorAnswer, &["error"]),
    ];
    let known = marks.iter().find(|(_, names)| has(names)).map(|(foreign, _)| *foreign);
    let parameters = has(&["keytype"]) || has(&["x.509"]) || (has(&["granttypes"]) && !has(&["clientid"]));
    known.or(parameters.then_some(Foreign::Parameters))
}

/// Tells a text that is no JSON by its beginning.
pub(super) fn of_text(text: &str) -> Option<Foreign> {
    let text = text.trim().trim_start_matches('\u{FEFF}');
    if let Some((_, label)) = text.split_once("-----BEGIN ") {
        let private = label.split("-----").next().is_some_and(|label| label.contains("PRIVATE KEY"));
        return Some(if private { Foreign::PrivateKey } else { Foreign::Certificate });
    }
    let token = text.strip_prefix("Bearer ").unwrap_or(text);
    if token.starts_with("eyJ") && token.matches('.').count() == 2 && !token.contains(char::is_whitespace) {
        return Some(Foreign::AccessToken);
    }
    if text.starts_with('<') {
        return Some(Foreign::WebPage);
    }
    let property = |name: &str| text.lines().any(|line| line.trim_start().starts_with(name));
    (property("Type=") && property("Name=") || property("tokenServiceURL=")).then_some(Foreign::Destination)
}

impl Foreign {
    /// What it is, a sentence.
    pub const fn message(self) -> &'static str {
        match self {
            Self::PostmanCollection => "This is a Postman collection, not a service key.",
            Self::PostmanEnvironment => "This is a Postman environment, not a service key.",
            Self::OpenApi => "This is an API description (OpenAPI), not a service key.",
            Self::Har => "This is recorded traffic (HAR), not a service key.",
            Self::TokenAnswer => "This is the answer of a token server, not a service key.",
            Self::AccessToken => "This is an access token, not a service key.",
            Self::ErrorAnswer => "This is the error answer of a server, not a service key.",
            Self::Destination => "This is a BTP destination, not a service key.",
            Self::Parameters => "These are the parameters a service key is created with, not the key itself.",
            Self::List => "This is a JSON list, not a service key.",
            Self::Certificate => "This is a certificate, not a service key.",
            Self::PrivateKey => "This is a private key file, not a service key.",
            Self::WebPage => "This is a web page or XML, not a service key.",
        }
    }

    /// The next step.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::PostmanCollection => {
                "Open it with Import collection. The service key comes from the BTP cockpit."
            }
            Self::TokenAnswer | Self::AccessToken => {
                "A token lasts an hour at most. Copy the service key it was fetched with."
            }
            Self::Destination => "Copy the service key the destination was made from, in the BTP cockpit.",
            Self::Parameters => "Create the key in the BTP cockpit, then copy what the cockpit shows.",
            Self::List => "Copy one service key alone, from its first brace to its last.",
            Self::Certificate | Self::PrivateKey => {
                "Paste the service key first; the file with the private key is added afterwards."
            }
            _ => "In the BTP cockpit, open the service instance, choose the key, and copy its JSON.",
        }
    }
}
