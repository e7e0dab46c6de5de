//! The places of one request, made of files, tenant, database and vault.

use super::scopes::{Definition, PROCESS, Place, ProcessVariables, Scopes, SecretSource};
use super::store::KeptSecret;
use super::{Origin, Scope};
use crate::collection::{Surroundings, Variable};
use crate::service_key::Plan;
use crate::tenant::{KeyRecord, TenantRecord};

/// What the places of a request are made of.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The request's own variables.
    pub request: &'a [Variable],
    /// The files around it; none when it belongs to no collection.
    pub around: Option<&'a Surroundings>,
    /// The tenant it goes to.
    pub tenant: Option<&'a TenantRecord>,
    /// The variables of this installation.
    pub globals: &'a [Variable],
    /// The secrets kept for the collection.
    pub kept: &'a [KeptSecret],
    /// The secrets kept for this installation.
    pub kept_globals: &'a [KeptSecret],
    /// The variables of the process environment the user hands over.
    pub process: &'a ProcessVariables,
}

impl Scopes {
    /// The places in the order they are asked.
    pub fn of(sources: &Sources<'_>) -> Self {
        let Sources { request, around, tenant, globals, kept, kept_globals, process } = *sources;
        let mut places = vec![place(Scope::Request, None, request, "", kept)];
        if let Some(environment) = around.and_then(|around| around.environment.as_ref()) {
            let name = &environment.name;
            places.push(place(Scope::Environment, Some(name), &environment.variables, name, kept));
        }
        places.extend(tenant.map(of_tenant));
        for folder in around.iter().flat_map(|around| &around.folders) {
            places.push(place(Scope::Folder, Some(&folder.name), &folder.variables, "", kept));
        }
        places.extend(around.map(|around| {
            place(Scope::Collection, Some(&around.root.name), &around.root.variables, "", kept)
        }));
        places.push(place(Scope::Global, None, globals, "", kept_globals));
        places.extend((!process.is_empty()).then(|| of_process(process)));
        Self { places }
    }
}

fn place(
    scope: Scope,
    name: Option<&String>,
    variables: &[Variable],
    environment: &str,
    kept: &[KeptSecret],
) -> Place {
    let counting = variables.iter().filter(|variable| variable.enabled && !variable.name.is_empty());
    let definition = |variable: &Variable| {
        if !variable.secret {
            return Definition::Template(variable.value.clone());
        }
        let is_it = |secret: &&KeptSecret| secret.name == variable.name && secret.environment == environment;
        let secret = kept.iter().find(is_it);
        secret.map_or(Definition::Missing, |secret| {
            Definition::Secret(SecretSource::variable(secret.entry.clone(), secret.custody))
        })
    };
    Place {
        origin: Origin { scope, name: name.filter(|name| !name.is_empty()).cloned() },
        entries: counting.map(|variable| (variable.name.trim().to_owned(), definition(variable))).collect(),
    }
}

/// The process environment does not say what is secret, so none of its values is shown.
fn of_process(process: &ProcessVariables) -> Place {
    let entry =
        |name: &String| (format!("{PROCESS}{name}"), Definition::Secret(SecretSource::Process(name.clone())));
    Place {
        origin: Origin { scope: Scope::Process, name: None },
        entries: process.keys().map(entry).collect(),
    }
}

/// What a tenant supplies: its name, and the facts of its integration-flow key and its api key.
fn of_tenant(tenant: &TenantRecord) -> Place {
    let mut entries = vec![("tenant".to_owned(), Definition::Plain(tenant.name.clone()))];
    let url = |name: &str, url: Option<&str>| {
        Some((name.to_owned(), Definition::Plain(url?.trim_end_matches('/').to_owned())))
    };
    entries.extend(url("runtimeUrl", tenant.runtime_url()));
    entries.extend(url("apiUrl", tenant.host_of(Plan::Api)));
    for (key, [token_url, client_id, client_secret]) in supplying(tenant) {
        entries.push((token_url.to_owned(), Definition::Plain(key.called_token_url().to_owned())));
        entries.push((client_id.to_owned(), Definition::Plain(key.client_id.clone())));
        entries.push((client_secret.to_owned(), Definition::Secret(SecretSource::Key(key.id))));
    }
    Place { origin: Origin { scope: Scope::Tenant, name: Some(tenant.name.clone()) }, entries }
}

/// The keys that supply variables, with the names of token URL, client id and client secret.
pub fn supplying(tenant: &TenantRecord) -> Vec<(&KeyRecord, [&'static str; 3])> {
    let flows = tenant.keys.iter().find(|key| key.plan == Plan::IntegrationFlow);
    let flows = flows.or_else(|| tenant.keys.iter().find(|key| key.plan != Plan::Api));
    let api = tenant.keys.iter().find(|key| key.plan == Plan::Api);
    let named = [
        (flows, ["tokenUrl", "clientId", "clientSecret"]),
        (api, ["apiTokenUrl", "apiClientId", "apiClientSecret"]),
    ];
    named.into_iter().filter_map(|(key, names)| Some((key?, names))).collect()
}
