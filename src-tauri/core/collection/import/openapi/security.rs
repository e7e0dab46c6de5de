use serde_json::Value;

use super::schema::Definitions;
use crate::collection::Variable;
use crate::collection::import::json::text;
use crate::collection::import::losses::Losses;
use crate::http::{ApiKeyPlacement, Authorization, ClientPlacement};

/// Reads a list of security requirements: the first that can be sent, with the variables it needs.
pub(super) fn read(
    requirements: &Value,
    definitions: &Definitions,
    variables: &mut Vec<Variable>,
    losses: &mut Losses,
) -> Authorization {
    let listed = requirements.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut unusable = None;
    for requirement in listed {
        let Some(schemes) = requirement.as_object() else { continue };
        if schemes.len() > 1 {
            losses.note("Several security schemes at once are asked for; only the first is kept.");
        }
        let Some((name, scopes)) = schemes.iter().next() else { return Authorization::None };
        match scheme(name, scopes, definitions, variables) {
            Some(found) => return found,
            None => unusable = unusable.or(Some(name)),
        }
    }
    let Some(name) = unusable else { return Authorization::None };
    losses.note(format!("The security scheme `{name}` cannot be sent by Sluice."));
    Authorization::Other { name: name.clone() }
}

fn scheme(
    name: &str,
    scopes: &Value,
    definitions: &Definitions,
    variables: &mut Vec<Variable>,
) -> Option<Authorization> {
    let scheme = definitions.resolve(definitions.root.pointer("/components/securitySchemes")?.get(name)?);
    let mut asks = |name: &str, secret: bool| {
        if !variables.iter().any(|known| known.name == name) {
            variables.push(Variable { name: name.to_owned(), enabled: true, secret, ..Variable::default() });
        }
        format!("{{{{{name}}}}}")
    };
    let kind = text(scheme, "type");
    match (kind.as_str(), text(scheme, "scheme").to_ascii_lowercase().as_str()) {
        ("http", "basic") => {
            Some(Authorization::Login { username: asks("username", false), password: asks("password", true) })
        }
        ("http", "digest") => Some(Authorization::Digest {
            username: asks("username", false),
            password: asks("password", true),
        }),
        ("http", "bearer") => Some(Authorization::Token { token: asks("token", true) }),
        ("apiKey", _) => {
            let placement = match text(scheme, "in").as_str() {
                "header" => ApiKeyPlacement::Header,
                "query" => ApiKeyPlacement::Query,
                _ => return None,
            };
            Some(Authorization::ApiKey { name: text(scheme, "name"), value: asks("apiKey", true), placement })
        }
        ("oauth2", _) => {
            let flow = scheme.pointer("/flows/clientCredentials")?;
            let scopes = scopes.as_array().into_iter().flatten().filter_map(Value::as_str);
            Some(Authorization::ClientCredentials {
                token_url: text(flow, "tokenUrl"),
                client_id: asks("clientId", false),
                client_secret: asks("clientSecret", true),
                scope: scopes.collect::<Vec<_>>().join(" "),
                placement: ClientPlacement::Header,
            })
        }
        _ => None,
    }
}
