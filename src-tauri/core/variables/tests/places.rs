use jiff::Timestamp;
use uuid::Uuid;

use super::collection;
use crate::collection::{Environment, FolderItem, Surroundings, Variable};
use crate::service_key::{Kind, Plan};
use crate::tenant::{Custody, KeyRecord, Stage, TenantRecord};
use crate::token::Method;
use crate::variables::{DOTS, KeptSecret, Scope, Scopes, Sources, VariableUse, available, uses};

fn variable(name: &str, value: &str) -> Variable {
    Variable {
        name: name.to_owned(),
        value: value.to_owned(),
        enabled: true,
        secret: false,
        description: None,
    }
}

fn secret_variable(name: &str) -> Variable {
    Variable { secret: true, ..variable(name, "") }
}

fn folder(name: &str, variables: Vec<Variable>) -> FolderItem {
    FolderItem { name: name.to_owned(), variables, ..FolderItem::default() }
}

fn kept(environment: &str, name: &str) -> KeptSecret {
    KeptSecret {
        name: name.to_owned(),
        environment: environment.to_owned(),
        entry: format!("variable/{environment}/{name}"),
        custody: Custody::Keyring,
    }
}

fn tenant() -> TenantRecord {
    let key = |plan, name: &str, host: &str| KeyRecord {
        id: Uuid::new_v4(),
        secret: Uuid::new_v4(),
        name: name.to_owned(),
        kind: Kind::Secret,
        plan,
        client_id: format!("sb-{name}"),
        host_url: Some(format!("https://{host}/")),
        token_url: format!("https://auth.example.com/{name}"),
        token_url_override: None,
        stated_token_url: None,
        method: Method::Body,
        custody: Custody::Run,
        certificates: Vec::new(),
        added_at: Timestamp::UNIX_EPOCH,
    };
    TenantRecord {
        id: Uuid::new_v4(),
        name: "acme-dev".to_owned(),
        stage: Stage::Dev,
        color: None,
        group: None,
        runtime_url_override: None,
        keys: vec![
            key(Plan::Api, "api", "api.example.com"),
            key(Plan::IntegrationFlow, "flow", "rt.example.com"),
        ],
    }
}

fn around() -> Surroundings {
    Surroundings {
        folders: vec![folder("inner", Vec::new()), folder("outer", Vec::new())],
        root: folder("Orders", Vec::new()),
        environment: Some(Environment { name: "dev".to_owned(), ..Environment::default() }),
        ..Surroundings::default()
    }
}

fn one(scopes: &Scopes, name: &str) -> VariableUse {
    uses(scopes, &[format!("{{{{{name}}}}}")]).remove(0)
}

#[test]
fn places_are_asked_in_the_agreed_order() {
    let mut around = around();
    let tenant = tenant();
    let mut request = vec![variable("tenant", "request")];
    let globals = [variable("tenant", "global")];
    let mut expected =
        vec![("request", Scope::Request), ("environment", Scope::Environment), ("acme-dev", Scope::Tenant)];
    expected.extend([
        ("inner", Scope::Folder),
        ("outer", Scope::Folder),
        ("collection", Scope::Collection),
        ("global", Scope::Global),
    ]);
    around.environment.as_mut().unwrap().variables = vec![variable("tenant", "environment")];
    around.folders[0].variables = vec![variable("tenant", "inner")];
    around.folders[1].variables = vec![variable("tenant", "outer")];
    around.root.variables = vec![variable("tenant", "collection")];
    let mut with_tenant = Some(&tenant);
    for (round, (value, scope)) in expected.iter().enumerate() {
        let scopes = Scopes::of(&Sources {
            request: &request,
            around: Some(&around),
            tenant: with_tenant,
            globals: &globals,
            kept: &[],
            kept_globals: &[],
            process: &std::collections::BTreeMap::new(),
        });
        let found = one(&scopes, "tenant");
        assert_eq!(
            (found.value.as_deref(), found.origin.map(|origin| origin.scope)),
            (Some(*value), Some(*scope))
        );
        let told: Vec<Scope> = found.asked.iter().map(|asked| asked.origin.scope).collect();
        let all: Vec<Scope> = expected
            .iter()
            .map(|(_, scope)| *scope)
            .filter(|scope| round < 3 || *scope != Scope::Tenant)
            .collect();
        assert_eq!(told, all, "every place is told");
        // The place that answered falls silent: switched off, or without the tenant.
        match round {
            0 => request[0].enabled = false,
            1 => around.environment.as_mut().unwrap().variables[0].enabled = false,
            2 => with_tenant = None,
            3 => around.folders[0].variables[0].enabled = false,
            4 => around.folders[1].variables[0].enabled = false,
            _ => around.root.variables[0].enabled = false,
        }
    }
}

#[test]
fn a_tenant_supplies_the_facts_of_its_keys_and_shows_no_secret() {
    let (tenant, around) = (tenant(), around());
    let sources = Sources {
        request: &[],
        around: Some(&around),
        tenant: Some(&tenant),
        globals: &[],
        kept: &[],
        kept_globals: &[],
        process: &std::collections::BTreeMap::new(),
    };
    let scopes = Scopes::of(&sources);
    for (name, value) in [
        ("tenant", "acme-dev"),
        ("runtimeUrl", "https://rt.example.com"),
        ("tokenUrl", "https://auth.example.com/flow"),
        ("clientId", "sb-flow"),
        ("clientSecret", DOTS),
        ("apiUrl", "https://api.example.com"),
        ("apiTokenUrl", "https://auth.example.com/api"),
        ("apiClientId", "sb-api"),
        ("apiClientSecret", DOTS),
    ] {
        let found = one(&scopes, name);
        assert_eq!(found.value.as_deref(), Some(value), "{name}");
        assert_eq!(found.origin.unwrap().name.as_deref(), Some("acme-dev"));
        assert_eq!(found.secret, value == DOTS);
    }
    let without = Scopes::of(&Sources { tenant: None, ..sources });
    assert_eq!(one(&without, "clientId").problem.as_deref(), Some("{{clientId}} is not set anywhere."));
}

#[test]
fn a_secret_without_a_value_here_gives_way_to_the_tenants() {
    let (tenant, mut around) = (tenant(), around());
    around.environment.as_mut().unwrap().variables =
        vec![secret_variable("clientSecret"), secret_variable("pin")];
    let sources = Sources {
        request: &[],
        around: Some(&around),
        tenant: Some(&tenant),
        globals: &[],
        kept: &[],
        kept_globals: &[],
        process: &std::collections::BTreeMap::new(),
    };
    assert_eq!(one(&Scopes::of(&sources), "clientSecret").origin.unwrap().scope, Scope::Tenant);
    let missing = one(&Scopes::of(&sources), "pin");
    assert_eq!(
        missing.problem.as_deref(),
        Some("pin is a secret variable without a value on this computer.")
    );
    assert!(missing.secret && missing.value.is_none());

    let kept = [kept("dev", "clientSecret"), kept("", "pin"), kept("prod", "pin")];
    let scopes = Scopes::of(&Sources { kept: &kept, ..sources });
    assert_eq!(one(&scopes, "clientSecret").origin.unwrap().scope, Scope::Environment);
    assert!(one(&scopes, "pin").value.is_none(), "that of another environment is another one");
}

#[test]
fn completion_lists_everything_once_and_dynamic_ones_with_what_they_make() {
    let mut around = around();
    around.root.variables = vec![variable("a", "x{{b}}"), variable("b", "1"), variable("a", "y{{b}}")];
    around.folders[0].variables = vec![variable("b", "2")];
    let scopes = Scopes::of(&Sources {
        request: &[],
        around: Some(&around),
        tenant: None,
        globals: &[],
        kept: &[],
        kept_globals: &[],
        process: &std::collections::BTreeMap::new(),
    });
    let all = available(&scopes);
    let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).take(3).collect();
    assert_eq!(names, ["b", "a", "$guid"]);
    assert_eq!(all[1].value.as_deref(), Some("y2"), "of a name that stands twice the last counts");
    let guid = &all[2];
    assert_eq!((guid.value.as_deref(), guid.secret), (Some("A UUID"), false));
    assert_eq!(guid.origin.as_ref().unwrap().scope, Scope::Dynamic);
}

#[test]
fn the_uses_of_texts_are_told_once_in_their_order() {
    let mut around = around();
    around.root.variables = vec![variable("a", "1"), variable("x1", "found")];
    let scopes = Scopes::of(&Sources {
        request: &[],
        around: Some(&around),
        tenant: None,
        globals: &[],
        kept: &[],
        kept_globals: &[],
        process: &std::collections::BTreeMap::new(),
    });
    let texts = ["{{b}}{{x{{a}}}}".to_owned(), "{{ a }}{{#if}}{{b}}".to_owned()];
    let found: Vec<(String, Option<String>)> =
        uses(&scopes, &texts).into_iter().map(|one| (one.name, one.value)).collect();
    let of = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
    assert_eq!(found, [of("b", None), of("a", Some("1")), of("x1", Some("found"))]);
}

#[test]
fn looking_at_variables_that_multiply_costs_little() {
    let large = "x".repeat(1024 * 1024);
    let many = "{{large}}".repeat(60);
    let names: Vec<String> = (0..1_000).map(|number| format!("v{number}")).collect();
    let mut entries = vec![("large", large.as_str())];
    entries.extend(names.iter().map(|name| (name.as_str(), many.as_str())));
    let scopes = collection(&entries);
    let texts: Vec<String> = names.iter().map(|name| format!("{{{{{name}}}}}")).collect();
    for found in [available(&scopes), uses(&scopes, &texts)] {
        assert!(found.len() >= 1_000);
        let shown: usize = found.iter().filter_map(|one| one.value.as_ref()).map(String::len).sum();
        assert!(shown < 32 * 1024 * 1024, "{shown}");
    }
    let found = uses(&scopes, &["{{large}} {{v1}}".to_owned()]);
    for one in found {
        let value = one.value.unwrap();
        assert!(value.len() < 70_000 && value.ends_with('…'), "{}: {}", one.name, value.len());
    }
}

#[test]
fn looking_at_variables_that_refer_in_all_directions_ends_soon() {
    let names: Vec<String> = (0..60).map(|number| format!("v{number}")).collect();
    let values: Vec<String> = (1..=60).map(|number| format!("{{{{v{number}}}}}").repeat(2)).collect();
    let entries: Vec<(&str, &str)> =
        names.iter().zip(&values).map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let found = available(&collection(&entries));
    assert!(found.iter().any(|one| one.problem.is_some()));
}
