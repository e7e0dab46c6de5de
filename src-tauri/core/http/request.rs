use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A request as the user wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Request {
    /// The method, upper case by custom, any token allowed (RFC 9110).
    pub method: String,
    /// A whole URL, or a path on the tenant's runtime.
    pub url: String,
    /// Query parameters, appended to those in the URL.
    #[serde(default)]
    pub parameters: Vec<Field>,
    /// What stands for the `:name` segments of the URL's path.
    #[serde(default)]
    pub path_parameters: Vec<Field>,
    /// Header fields.
    #[serde(default)]
    pub headers: Vec<Field>,
    /// The body.
    #[serde(default)]
    pub body: Body,
    /// As whom it is sent.
    #[serde(default)]
    pub authorization: Authorization,
    /// What to do about the sender's CSRF protection.
    #[serde(default)]
    pub csrf: CsrfMode,
    /// Limits and habits of this one request.
    #[serde(default)]
    pub options: RequestOptions,
}

impl Request {
    /// A request that says nothing but its method and URL; it is sent as nobody.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            url: url.into(),
            parameters: Vec::new(),
            path_parameters: Vec::new(),
            headers: Vec::new(),
            body: Body::None,
            authorization: Authorization::None,
            csrf: CsrfMode::default(),
            options: RequestOptions::default(),
        }
    }
}

/// One row of a table of parameters, headers or form fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Field {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// Whether it is sent.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub description: Option<String>,
}

impl Field {
    /// A row that is sent, without a description.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), enabled: true, description: None }
    }
}

/// The body of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// JSON text.
    Json {
        /// The text, sent as it is.
        text: String,
    },
    /// XML text.
    Xml {
        /// The text, sent as it is.
        text: String,
    },
    /// Other text.
    Text {
        /// The text, sent as it is.
        text: String,
    },
    /// A SPARQL query.
    Sparql {
        /// The text, sent as it is.
        text: String,
    },
    /// `application/x-www-form-urlencoded`.
    Form {
        /// The fields.
        fields: Vec<Field>,
    },
    /// `multipart/form-data`.
    Multipart {
        /// The parts in order.
        parts: Vec<Part>,
    },
    /// A file, byte for byte.
    File {
        /// Where it is.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        path: PathBuf,
    },
}

impl Body {
    /// The text of a body that is one text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Json { text } | Self::Xml { text } | Self::Text { text } | Self::Sparql { text } => {
                Some(text)
            }
            Self::None | Self::Form { .. } | Self::Multipart { .. } | Self::File { .. } => None,
        }
    }
}

/// One part of a multipart body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// Text or file.
    pub content: PartContent,
    /// Its media type, when not the usual one.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Whether it is sent.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// What a part carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PartContent {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// A file with its name.
    File {
        /// Where it is.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        path: PathBuf,
    },
}

/// As whom a request is sent (sap-domain 4.3): the tenant's ways, whose keys are named (none means the tenant's
/// integration-flow key), and those a collection's file spells out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Authorization {
    /// A bearer token of the key.
    Bearer {
        /// The key's name.
        #[serde(default)]
        key: Option<String>,
    },
    /// Client id and secret of the key as Basic.
    Basic {
        /// The key's name.
        #[serde(default)]
        key: Option<String>,
    },
    /// The key's client certificate at the called host, no token.
    Certificate {
        /// The key's name.
        #[serde(default)]
        key: Option<String>,
    },
    /// Nothing.
    None,
    /// What the folder or the collection around it says.
    Inherit,
    /// User and password as Basic.
    Login {
        /// The user name.
        username: String,
        /// The password, or the variable that holds it.
        password: String,
    },
    /// A token at hand.
    Token {
        /// The token, or the variable that holds it.
        token: String,
    },
    /// A named key in a header field or a query parameter.
    ApiKey {
        /// Its name.
        name: String,
        /// Its value, or the variable that holds it.
        value: String,
        /// Where it goes.
        #[serde(default)]
        placement: ApiKeyPlacement,
    },
    /// User and password as Digest (RFC 7616).
    Digest {
        /// The user name.
        username: String,
        /// The password, or the variable that holds it.
        password: String,
    },
    /// A token of an OAuth 2.0 client credentials grant (RFC 6749, 4.4).
    ClientCredentials {
        /// Where the token is asked for.
        token_url: String,
        /// The client id.
        client_id: String,
        /// The client secret, or the variable that holds it.
        client_secret: String,
        /// The scope; empty asks for none.
        #[serde(default)]
        scope: String,
        /// Where id and secret are put.
        #[serde(default)]
        placement: ClientPlacement,
    },
    /// A kind Sluice keeps in the file but cannot send.
    Other {
        /// Its name in the file.
        name: String,
    },
}

/// Where an API key is put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyPlacement {
    /// A header field.
    #[default]
    Header,
    /// A query parameter.
    Query,
}

/// Where client id and secret are put when a token is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ClientPlacement {
    /// As Basic in the header.
    #[default]
    Header,
    /// In the form.
    Body,
}

impl Default for Authorization {
    fn default() -> Self {
        Self::Bearer { key: None }
    }
}

/// What to do about CSRF protection (sap-domain 4.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CsrfMode {
    /// Fetch a token only after a 403 with `X-CSRF-Token: required`, then repeat once.
    #[default]
    Auto,
    /// Fetch before a writing call when none is cached; a fetch runs the flow of an unprotected sender.
    Always,
    /// Never fetch.
    Never,
}

/// Limits and habits of one request; absent means the setting of the workbench.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RequestOptions {
    /// Whole time allowed, in milliseconds.
    #[serde(default)]
    pub timeout_ms: Option<u32>,
    /// Whether redirects are followed.
    #[serde(default)]
    pub follow_redirects: Option<bool>,
    /// HTTP/1.1 only.
    #[serde(default)]
    pub http1_only: bool,
    /// Sends the key's credentials to hosts that are not the tenant's, too: said at the terminal for one run, so no file, no
    /// draft and no page can say it.
    #[serde(skip)]
    pub any_host: bool,
}

/// The name of one sending, chosen by the door so that it can be cancelled from the first moment.
pub type ExchangeId = Uuid;

const fn yes() -> bool {
    true
}
