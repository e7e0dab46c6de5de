use url::Url;

use super::credential::CredentialFields;
use super::facts::Repair;
use super::fields::{Fields, TokenAddress};
use super::json::{self, Document, Fault, Value, position};
use super::model::{Plan, ServiceKey};
use super::read_error::{ReadError, UrlFault};
use super::{credential, foreign, host, repairs};
use crate::secret::Secret;

/// A key has a few thousand characters; beyond this a text is something else.
pub(super) const MAX_BYTES: usize = 1 << 20;
const MAX_CLIENT_ID: usize = 300;
const TOKEN_PATH: &str = "/oauth/token";

/// A service key and what had to be put right to read it.
#[derive(Debug)]
pub struct Reading {
    /// The key.
    pub key: ServiceKey,
    /// What was put right, in the order of the text.
    pub repairs: Vec<Repair>,
}

/// Reads a service key out of a text, whatever surrounds and distorts it.
pub fn read(text: &Secret<String>) -> Result<Reading, ReadError> {
    // EXPOSE: to the parsers of this module, in this process.
    let text = text.expose();
    if text.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    if text.trim_matches(|char: char| char.is_whitespace() || char == '\u{FEFF}').is_empty() {
        return Err(ReadError::Empty);
    }
    let document = json::find(text).map_err(|fault| no_json(text, fault))?;
    if let Value::Text(inner) = &document.root.value {
        let after = text[document.root.span.end..].trim_start();
        return if after.starts_with(':') { Err(ReadError::StartMissing) } else { read_quoted(text, inner) };
    }
    let mut repairs = repairs::of_document(text, &document);
    let key = read_document(&document, &mut repairs)?;
    Ok(Reading { key, repairs })
}

/// A key that was copied out of a string: quoted as a whole, with every quote escaped.
fn read_quoted(text: &str, inner: &str) -> Result<Reading, ReadError> {
    if !inner.contains('{') {
        return Err(foreign::of_text(inner)
            .or_else(|| foreign::of_text(text))
            .map_or(ReadError::NotJson, ReadError::Foreign));
    }
    let document = json::find(inner).map_err(|fault| no_json(inner, fault))?;
    if matches!(document.root.value, Value::Text(_)) {
        return Err(ReadError::NotJson);
    }
    let mut repairs = vec![Repair {
        message: "Quotes around the JSON removed".to_owned(),
        place: "The whole text".to_owned(),
    }];
    repairs.extend(repairs::of_document(inner, &document));
    let key = read_document(&document, &mut repairs)?;
    Ok(Reading { key, repairs })
}

fn no_json(text: &str, fault: Fault) -> ReadError {
    let damaged = |at| position(text, at);
    match fault {
        Fault::Deep => ReadError::TooDeep,
        Fault::Absent => foreign::of_text(text).map_or(ReadError::NotJson, ReadError::Foreign),
        _ if !text.contains('{') || text.trim_start().starts_with('<') => {
            foreign::of_text(text).map_or(ReadError::NotJson, ReadError::Foreign)
        }
        Fault::Ended(at) => {
            let (line, column) = damaged(text[..at].trim_end().len());
            ReadError::Ended { line, column }
        }
        Fault::Unexpected(at) => {
            let (line, column) = damaged(at);
            ReadError::Damaged { line, column }
        }
    }
}

fn read_document(document: &Document, repairs: &mut Vec<Repair>) -> Result<ServiceKey, ReadError> {
    let fields = Fields::of(&document.root);
    let picked = credential::pick(&fields);
    let for_mtls = matches!(picked, Some(CredentialFields::Certificate { .. }));
    let (client_id, address) = match (fields.client_id(), fields.token_address(for_mtls)) {
        (Some(client_id), Some(address)) => (client_id, address),
        (client_id, address) => return Err(no_key(document, client_id.is_some(), address.is_some())),
    };
    if client_id.len() > MAX_CLIENT_ID
        || client_id.contains(|char: char| char.is_whitespace() || char.is_control())
    {
        return Err(ReadError::ClientIdDamaged);
    }
    let token_url = token_url(&address, repairs)?;
    let host_url = fields.host().map(|text| base_url(text, "address of the service")).transpose()?;
    let credential = credential::read(picked.ok_or(ReadError::CredentialMissing)?, repairs)?;
    let (by_host, by_client) =
        (host_url.as_ref().and_then(host::plan_of_host), host::plan_of_client(client_id));
    Ok(ServiceKey {
        client_id: client_id.to_owned(),
        plan: by_host.or(by_client).unwrap_or(Plan::Other),
        plans_differ: by_host.zip(by_client).is_some_and(|(by_host, by_client)| by_host != by_client),
        host_url,
        token_url,
        credential,
        created_at: fields.created_at().filter(|date| is_date(date)).map(str::to_owned),
    })
}

/// What a document is called that lacks the client id, the token address or both.
fn no_key(document: &Document, has_client_id: bool, has_address: bool) -> ReadError {
    match (foreign::of_json(&document.root), has_client_id, has_address) {
        (Some(foreign), _, _) => ReadError::Foreign(foreign),
        (None, true, _) => ReadError::TokenUrlMissing,
        (None, false, true) => ReadError::ClientIdMissing,
        (None, false, false) => ReadError::NothingKnown,
    }
}

fn is_date(text: &str) -> bool {
    text.len() <= 40 && text.chars().all(|char| char.is_ascii_digit() || "TZ:.+- ".contains(char))
}

fn token_url(address: &TokenAddress<'_>, repairs: &mut Vec<Repair>) -> Result<Url, ReadError> {
    const FIELD: &str = "token address";
    match address {
        TokenAddress::Base(text) => {
            let mut url = base_url(text, FIELD)?;
            url.set_path(TOKEN_PATH);
            Ok(url)
        }
        TokenAddress::Stated(text) => {
            let mut url = https_url(text, FIELD)?;
            if matches!(url.path(), "" | "/") {
                url.set_path(TOKEN_PATH);
                let place = "The key names the host alone".to_owned();
                repairs.push(Repair { message: format!("`{TOKEN_PATH}` added to the token address"), place });
            }
            Ok(url)
        }
    }
}

fn base_url(text: &str, field: &'static str) -> Result<Url, ReadError> {
    let mut url = https_url(text, field)?;
    url.set_path("");
    Ok(url)
}

/// Parses an address that credentials may be sent to; a host alone counts as https.
fn https_url(text: &str, field: &'static str) -> Result<Url, ReadError> {
    let fail = |fault| ReadError::Url { field, fault };
    let text = text.trim();
    let parsed = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("https://{text}")) };
    let mut url = parsed.map_err(|_| fail(UrlFault::Invalid))?;
    if url.scheme() != "https" {
        return Err(fail(UrlFault::Insecure));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(fail(UrlFault::Credentials));
    }
    if !url.has_host() {
        return Err(fail(UrlFault::Invalid));
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}
