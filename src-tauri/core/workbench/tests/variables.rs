use std::path::PathBuf;

use uuid::Uuid;

use super::{keep, order, request, send, tenant, workbench};
use crate::collection::{Environment, Variable};
use crate::error::Code;
use crate::http::tests::server::{Server, answer, text};
use crate::http::{Authorization, Body, Field};
use crate::operation::{RequestResolve, SecretVariableSet, VariableQuery};
use crate::secret::Secret;
use crate::variables::DOTS;
use crate::workbench::Workbench;

const SECRET: &str = "p$w|d!{{a}}";

async fn globals(workbench: &Workbench, plain: &[(&str, &str)], secret: &[&str]) {
    let variable = |name: &str, value: &str, secret| Variable {
        name: name.to_owned(),
        value: value.to_owned(),
        enabled: true,
        secret,
        description: None,
    };
    let plain = plain.iter().map(|(name, value)| variable(name, value, false));
    let variables = plain.chain(secret.iter().map(|name| variable(name, "never kept", true)));
    let kept = workbench.global_variables_change(variables.collect()).await.unwrap();
    assert!(kept.iter().all(|variable| !variable.secret || variable.value.is_empty()));
}

#[tokio::test]
async fn a_secret_variable_arrives_untouched_and_is_in_no_record() {
    let server =
        Server::plain(|got| answer(200, &[("x-echo", got.header("x-plain").to_owned())], "ok")).await;
    let workbench = workbench();
    globals(&workbench, &[("a", "1"), ("host", &server.url(""))], &["key"]).await;
    keep(&workbench, "key", SECRET).await;
    let mut wanted = request("{{host}}/{{a}}/:part", Authorization::None);
    wanted.path_parameters = vec![Field::new("part", "{{key}}")];
    wanted.parameters = vec![Field::new("q", "{{key}}")];
    wanted.headers = vec![Field::new("X-Plain", "v {{key}}"), Field::new("X-Token", "{{key}}")];
    let exchange = send(&workbench, wanted.clone(), None).await.unwrap();
    let got = &server.got()[0];
    assert_eq!(got.target, "/1/p%24w%7Cd!%7B%7Ba%7D%7D?q=p$w%7Cd!%7B%7Ba%7D%7D");
    assert_eq!(got.header("x-plain"), format!("v {SECRET}"));
    let record = serde_json::to_string(&exchange).unwrap();
    for trace in ["p$w", "p%24w", "w|d", "w%7Cd"] {
        assert!(!record.contains(trace), "{trace} in {record}");
    }
    assert_eq!(exchange.request, wanted, "the record has the request as the user wrote it");
    assert_eq!(exchange.url, format!("{}/1/{DOTS}?q={DOTS}", server.url("")));
}

#[tokio::test]
async fn what_is_not_set_keeps_the_request_at_home() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    globals(&workbench, &[("a", "{{b}}"), ("b", "{{a}}")], &["key"]).await;
    for (value, expected) in [
        ("{{soldTo}}", "{{soldTo}} in the query parameter customer is not set anywhere. Nothing was sent."),
        ("{{key}}", "key is a secret variable without a value on this computer. Nothing was sent."),
        ("{{a}}", "{{a}} in the query parameter customer refers to itself: a → b → a. Nothing was sent."),
    ] {
        let mut wanted = request(&server.url("/"), Authorization::None);
        wanted.parameters = vec![Field::new("customer", value)];
        let error = send(&workbench, wanted.clone(), None).await.unwrap_err();
        assert_eq!((error.code, error.message.as_str()), (Code::InvalidInput, expected));
        let resolved = RequestResolve { tenant: None, request: wanted, context: None };
        let resolved = workbench.request_resolve(resolved).await.unwrap();
        assert_eq!(resolved.problem.unwrap().message, expected);
    }
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn resolving_shows_dots_for_secrets() {
    let workbench = workbench();
    globals(&workbench, &[("host", "https://h.de")], &["key"]).await;
    keep(&workbench, "key", SECRET).await;
    let mut wanted = request("{{host}}/{{key}}", Authorization::None);
    wanted.parameters = vec![Field::new("q", "{{key}}")];
    let resolved = RequestResolve { tenant: None, request: wanted, context: None };
    let resolved = workbench.request_resolve(resolved).await.unwrap();
    assert_eq!(resolved.url.as_deref(), Some("https://h.de/••••?q=••••"));
    assert_eq!(resolved.problem, None);
    let query = VariableQuery { tenant: None, context: None, texts: vec!["{{key}} {{host}}".to_owned()] };
    let uses = workbench.variable_query(query).await.unwrap();
    let values: Vec<Option<&str>> = uses.iter().map(|one| one.value.as_deref()).collect();
    assert_eq!(values, [Some(DOTS), Some("https://h.de")]);
}

#[tokio::test]
async fn a_tenants_secret_goes_to_its_own_hosts_only() {
    let (server, foreign) = (Server::plain(|_| text("ok")).await, Server::plain(|_| text("ok")).await);
    let workbench = workbench();
    tenant(&workbench, &server.url(""), SECRET).await;
    let with_secret = |url: &str| {
        let mut wanted = request(url, Authorization::None);
        wanted.method = "POST".to_owned();
        wanted.body = Body::Form { fields: vec![Field::new("client_secret", "{{clientSecret}}")] };
        wanted
    };
    let refused = send(&workbench, with_secret(&foreign.url("/x")), Some("acme")).await.unwrap_err();
    assert_eq!(refused.code, Code::ForeignHost);
    assert!(foreign.got().is_empty());
    send(&workbench, with_secret("{{runtimeUrl}}/x"), Some("acme")).await.unwrap();
    assert_eq!(&server.got()[0].body[..], b"client_secret=p%24w%7Cd%21%7B%7Ba%7D%7D");
    let mut anywhere = with_secret(&foreign.url("/x"));
    anywhere.options.any_host = true;
    send(&workbench, anywhere, Some("acme")).await.unwrap();
    assert_eq!(foreign.got().len(), 1, "the user may say otherwise");
}

#[tokio::test]
async fn what_goes_wrong_before_the_sending_names_no_secret() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    tenant(&workbench, &server.url(""), SECRET).await;
    globals(&workbench, &[], &["key"]).await;
    keep(&workbench, "key", "s3cret-value.example").await;
    let at = |url: &str| request(url, Authorization::None);
    let mut header = at(&server.url("/"));
    header.headers = vec![Field::new("a {{key}}", "1")];
    let mut method = at(&server.url("/"));
    method.method = "G {{key}}".to_owned();
    let mut path = at(&server.url("/:x/y"));
    path.path_parameters = vec![Field::new("x", "")];
    let authorization = |name: &str| Authorization::ApiKey {
        name: name.to_owned(),
        value: "1".to_owned(),
        placement: crate::http::ApiKeyPlacement::Header,
    };
    let mut foreign = at("https://{{key}}/x");
    foreign.body = Body::Text { text: "{{clientSecret}}".to_owned() };
    let wrong = [
        at("{{key}} no url"),
        at("ftp://{{key}}/x"),
        header,
        method,
        foreign,
        request(&server.url("/"), authorization("a {{key}}")),
    ];
    for wanted in wrong {
        let shown = format!("{} {}", wanted.method, wanted.url);
        let error = send(&workbench, wanted, Some("acme")).await.unwrap_err();
        let told = serde_json::to_string(&error).unwrap();
        assert!(!told.contains("s3cret-value"), "{shown}: {told}");
    }
    assert!(send(&workbench, path, Some("acme")).await.is_err());
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_secret_in_the_name_of_a_header_or_in_the_method_is_in_no_record() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    globals(&workbench, &[], &["key"]).await;
    keep(&workbench, "key", "HushHush").await;
    let mut wanted = request(&server.url("/"), Authorization::None);
    wanted.method = "{{key}}".to_owned();
    wanted.headers = vec![Field::new("x-{{key}}", "1")];
    let exchange = send(&workbench, wanted, None).await.unwrap();
    assert_eq!(server.got()[0].header("x-hushhush"), "1");
    let record = serde_json::to_string(&exchange).unwrap().to_lowercase();
    assert!(!record.contains("hushhush"), "{record}");
}

#[tokio::test]
async fn a_redirect_carries_no_secret_to_another_host() {
    let foreign = Server::plain(|_| text("elsewhere")).await;
    let target = foreign.url("/landed");
    let server = Server::plain(move |_| answer(307, &[("location", target.clone())], "")).await;
    let workbench = workbench();
    globals(&workbench, &[], &["key"]).await;
    keep(&workbench, "key", "s3cret-value").await;
    let mut wanted = request(&server.url("/"), Authorization::None);
    wanted.method = "POST".to_owned();
    wanted.headers = vec![Field::new("User-Agent", "{{key}}"), Field::new("X-Api", "{{key}}")];
    wanted.body = Body::Json { text: "{\"k\":\"{{key}}\"}".to_owned() };
    let exchange = send(&workbench, wanted.clone(), None).await.unwrap();
    assert_eq!(exchange.failure.unwrap().code, Code::ForeignHost);
    assert!(foreign.got().is_empty(), "the body stays");
    wanted.body = Body::None;
    send(&workbench, wanted, None).await.unwrap();
    let got = &foreign.got()[0];
    assert!(got.headers.values().all(|value| !value.to_str().unwrap().contains("s3cret")));
}

#[tokio::test]
async fn secret_variables_are_kept_by_collection_and_environment_and_follow_a_rename() {
    let workbench = workbench();
    let collection = Uuid::new_v4();
    let set = |environment: &str, name: &str, value: &str| SecretVariableSet {
        collection: Some(collection),
        environment: Some(environment.to_owned()).filter(|name| !name.is_empty()),
        name: name.to_owned(),
        value: Secret::from(value),
        hold_for_run: false,
    };
    for (environment, name) in [("dev", "a"), ("dev", "b"), ("prod", "a"), ("", "c")] {
        workbench.secret_variable_set(set(environment, name, "1")).await.unwrap();
    }
    let kept = |environment: &str| {
        let environment = Environment { name: environment.to_owned(), ..Environment::default() };
        workbench.kept_secrets(collection, &environment)
    };
    assert_eq!(
        (kept("dev"), kept("prod"), kept("")),
        (vec!["a".into(), "b".into()], vec!["a".into()], vec!["c".into()])
    );
    workbench.secret_variable_set(set("dev", "b", "")).await.unwrap();
    workbench.rename_secret_variables(collection, "dev", "prod").unwrap();
    assert_eq!((kept("dev"), kept("prod")), (Vec::<String>::new(), vec!["a".to_owned()]));
    workbench.forget_secret_variables(collection, None).await.unwrap();
    assert!(kept("prod").is_empty() && kept("").is_empty());
    let refused = workbench.secret_variable_set(set("dev", "a}}", "1")).await.unwrap_err();
    assert_eq!(refused.code, Code::InvalidInput);
}

#[tokio::test]
async fn a_removed_global_secret_leaves_nothing_behind() {
    let workbench = workbench();
    globals(&workbench, &[], &["key"]).await;
    keep(&workbench, "key", SECRET).await;
    globals(&workbench, &[("other", "1")], &[]).await;
    globals(&workbench, &[], &["key"]).await;
    let query = VariableQuery { tenant: None, context: None, texts: vec!["{{key}}".to_owned()] };
    let uses = workbench.variable_query(query).await.unwrap();
    assert!(uses[0].problem.as_deref().unwrap().contains("without a value"));
}

#[tokio::test]
async fn the_files_a_request_reads_are_told_before_it_is_sent() {
    let workbench = workbench();
    globals(&workbench, &[("file", "/payloads/a.xml")], &[]).await;
    let mut wanted = request("https://h.de", Authorization::None);
    wanted.body = Body::File { path: PathBuf::from("{{file}}") };
    let files = workbench.request_files(&order(wanted.clone(), None)).await.unwrap();
    assert_eq!(files, [PathBuf::from("/payloads/a.xml")]);
    wanted.body = Body::File { path: PathBuf::from("/tmp/{{$randomInt}}") };
    assert!(workbench.request_files(&order(wanted, None)).await.is_err(), "chance chooses no file");
}
