//! Every failure the sandbox can show is named rightly: over the wire, through the facade, and at the terminal.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use serde_json::{Value, json};
use sluice_core::diagnosis::{Diagnosis, NextStep};
use sluice_core::http::{Authorization, CsrfMode, Exchange, ExchangeId, Field, Request};
use sluice_core::operation::{Door, KeyName, KeyText, RequestSend, dispatch};
use sluice_core::secret::Secret;
use sluice_core::workbench::{Options, SandboxKey, Storage, Workbench};

use crate::support::{ConnectProxy, Terminal, shared};

const KEYS: [&str; 11] = [
    "secret",
    "secret-second",
    "certificate",
    "api-secret",
    "no-role",
    "revoked-secret",
    "unknown-authority",
    "expired-certificate",
    "not-yet-valid-certificate",
    "revoked-certificate",
    "no-client-auth",
];

async fn open() -> Workbench {
    let workbench = Workbench::open(Options {
        door: Door::Window,
        storage: Storage::Memory,
        keyring_patience: Duration::from_secs(10),
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    })
    .expect("it opens");
    let key =
        |name: &str| SandboxKey { name: name.to_owned(), text: Secret::new(shared().key(name).to_string()) };
    let keys = KEYS.into_iter().map(key).collect();
    workbench.sandbox_attach(shared().sandbox.authority_pem(), keys).await.expect("it is attached");
    workbench
}

/// As whom a row is sent: `-` nobody, else `bearer:KEY`, `basic:KEY`, `certificate:KEY`.
fn authorization(whom: &str) -> Authorization {
    let (way, name) = whom.split_once(':').unwrap_or((whom, ""));
    let key = Some(name.to_owned());
    match way {
        "bearer" => Authorization::Bearer { key },
        "basic" => Authorization::Basic { key },
        "certificate" => Authorization::Certificate { key },
        _ => Authorization::None,
    }
}

async fn exchange(workbench: &Workbench, method: &str, url: &str, whom: &str, csrf: CsrfMode) -> Exchange {
    let mut request = Request { authorization: authorization(whom), csrf, ..Request::new(method, url) };
    request.options.timeout_ms = Some(1_500);
    sent(workbench, request).await
}

async fn sent(workbench: &Workbench, request: Request) -> Exchange {
    let order = RequestSend {
        id: ExchangeId::new_v4(),
        tenant: Some("sandbox".to_owned()),
        request,
        confirmed: true,
        context: None,
        files: Vec::new(),
    };
    workbench.send(order, &|_| {}).await.expect("it is sent")
}

fn step(diagnosis: &Diagnosis) -> String {
    let first = diagnosis.steps.first().map(|step| serde_json::to_value(step).expect("JSON"));
    first.and_then(|step| step["kind"].as_str().map(str::to_owned)).unwrap_or_default()
}

/// Method, path or URL, as whom, rule, first step.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

const FLOWS: [Row; 60] = [
    ("GET", "/http/whoami", "-", "credentials_missing", "edit_request"),
    ("GET", "/http/whoami", "basic:revoked-secret", "basic_refused", "import_key"),
    ("GET", "/http/reject", "bearer:secret", "flow_unauthorized", "edit_request"),
    ("POST", "/http/orders", "bearer:secret", "csrf_required", "fetch_csrf"),
    ("POST", "/http/orders", "basic:secret", "csrf_required", "fetch_csrf"),
    ("GET", "/http/partner", "bearer:secret", "role_missing", "use_key"),
    ("GET", "/http/partner", "basic:secret", "role_missing", "use_key"),
    ("GET", "/http/whoami", "bearer:no-role", "role_missing", "use_key"),
    ("GET", "/http/partner", "certificate:certificate", "certificate_not_allowed", "open_certificate"),
    ("GET", "/http/weather/firewall", "bearer:secret", "refused_uncertain", "show_roles"),
    ("GET", "/http/weather/flow-403", "bearer:secret", "flow_forbidden", "edit_request"),
    ("GET", "/http/payment-status", "bearer:secret", "soap_prefix_missing", "check_endpoints"),
    ("POST", "/cxf/orders", "bearer:secret", "http_prefix_missing", "check_endpoints"),
    ("GET", "/orders", "bearer:secret", "prefix_missing", "try_address"),
    ("GET", "/http/weather/flow-404", "bearer:secret", "flow_not_found", "edit_request"),
    ("GET", "/http/weather/route", "bearer:secret", "route_unknown", "edit_request"),
    ("GET", "/cxf/payment-status", "bearer:secret", "soap_wants_post", "edit_request"),
    ("GET", "/http/weather/flow-405", "bearer:secret", "method_not_taken", "edit_request"),
    ("GET", "/http/weather/length", "bearer:secret", "length_missing", "edit_request"),
    ("POST", "/http/weather/flow-413", "bearer:secret", "body_too_large", "edit_request"),
    ("POST", "/http/weather/size-limit", "bearer:secret", "body_too_large", "edit_request"),
    ("GET", "/http/weather/limited", "bearer:secret", "too_many_requests", "send_again"),
    ("POST", "/http/weather/limited", "bearer:secret", "too_many_requests", "copy_text"),
    ("POST", "/http/weather/flow-400", "bearer:secret", "flow_bad_request", "edit_request"),
    ("GET", "/http/weather/bad-request-page", "bearer:secret", "bad_request_page", "edit_request"),
    ("GET", "/http/fail", "bearer:secret", "message_failed", "open_message"),
    ("POST", "/http/weather/message-fixed", "bearer:secret", "message_failed", "open_message"),
    ("POST", "/http/weather/message-short", "bearer:secret", "flow_error_text", "edit_request"),
    ("GET", "/http/fail-verbose", "bearer:secret", "flow_error_text", "edit_request"),
    ("POST", "/http/weather/flow-500", "bearer:secret", "flow_error_text", "edit_request"),
    ("POST", "/http/weather/receiver-certificate", "bearer:secret", "receiver_not_trusted", "edit_request"),
    ("POST", "/http/weather/empty-json", "bearer:secret", "body_empty_for_json", "edit_request"),
    ("GET", "/http/weather/endpoint", "bearer:secret", "runtime_restarting", "send_again"),
    ("POST", "/http/weather/endpoint", "bearer:secret", "runtime_restarting", "copy_text"),
    ("GET", "/http/weather/flow-502", "bearer:secret", "bad_gateway", "send_again"),
    ("GET", "/http/weather/unavailable-page", "bearer:secret", "runtime_unavailable", "send_again"),
    ("GET", "/http/unavailable", "bearer:secret", "runtime_unavailable", "send_again"),
    ("GET", "/http/weather/flow-503", "bearer:secret", "receiver_unavailable", "send_again"),
    ("GET", "/http/weather/gateway-timeout", "bearer:secret", "gateway_timed_out", "edit_request"),
    ("GET", "/http/weather/flow-418", "bearer:secret", "flow_status", "edit_request"),
    ("GET", "/http/status/409", "bearer:secret", "flow_status", "edit_request"),
    ("GET", "/http/weather/not-acceptable-page", "bearer:secret", "platform_error", "edit_request"),
    ("GET", "/http/cut?after=100", "bearer:secret", "answer_cut_off", "send_again"),
    ("POST", "/http/cut?after=100", "bearer:secret", "answer_cut_off", "copy_text"),
    ("POST", "/http/slow?seconds=5", "bearer:secret", "answer_timed_out", "edit_request"),
    ("GET", "/http/whoami", "bearer:revoked-secret", "token_bad_credentials", "import_key"),
    ("GET", "/http/whoami", "bearer:unknown-authority", "client_authority_unknown", "open_certificate"),
    ("GET", "/http/whoami", "certificate:unknown-authority", "client_authority_unknown", "open_certificate"),
    ("GET", "/http/whoami", "certificate:expired-certificate", "client_certificate_expired", "import_key"),
    ("GET", "/http/whoami", "bearer:expired-certificate", "client_certificate_expired", "import_key"),
    (
        "GET",
        "/http/whoami",
        "certificate:not-yet-valid-certificate",
        "client_certificate_early",
        "open_certificate",
    ),
    (
        "GET",
        "/http/whoami",
        "bearer:not-yet-valid-certificate",
        "client_certificate_early",
        "open_certificate",
    ),
    ("GET", "/http/whoami", "certificate:revoked-certificate", "client_certificate_revoked", "import_key"),
    ("GET", "/http/whoami", "bearer:revoked-certificate", "client_certificate_revoked", "import_key"),
    ("POST", "/http/weather/csrf-again", "bearer:secret", "csrf_required", "fetch_csrf"),
    ("GET", "/as2/as2/acme", "bearer:secret", "adapter_address_unknown", "check_endpoints"),
    ("GET", "/gw/odata/SAP/ORDERS", "bearer:secret", "adapter_address_unknown", "check_endpoints"),
    (
        "GET",
        "/http/whoami",
        "certificate:no-client-auth",
        "client_certificate_unsuitable",
        "open_certificate",
    ),
    ("GET", "/http/whoami", "bearer:no-client-auth", "client_certificate_unsuitable", "open_certificate"),
    ("GET", "/api/v1/MessageProcessingLogs", "bearer:secret", "flow_key_at_api", "use_key"),
];

const API: [Row; 9] = [
    ("GET", "/api/v1/MessageStoreEntries", "bearer:api-secret", "payload_role_missing", "show_roles"),
    ("GET", "/api/v1/DataStoreEntries", "bearer:api-secret", "store_role_missing", "show_roles"),
    (
        "POST",
        "/api/v1/DeployIntegrationDesigntimeArtifact",
        "bearer:api-secret",
        "deploy_role_missing",
        "show_roles",
    ),
    ("GET", "/api/v1/IntegrationPackages", "bearer:api-secret", "design_role_missing", "show_roles"),
    ("GET", "/api/v1/AccessPolicies", "bearer:api-secret", "api_role_missing", "show_roles"),
    ("GET", "/api/v1/Nothing", "bearer:api-secret", "api_path_unknown", "edit_request"),
    (
        "POST",
        "/api/v1/UndeployIntegrationDesigntimeArtifact",
        "bearer:api-secret",
        "api_business_error",
        "edit_request",
    ),
    ("GET", "/api/v1/Edge", "bearer:api-secret", "local_missing", "try_address"),
    (
        "GET",
        "/api/v1/MessageProcessingLogErrorInformations",
        "bearer:api-secret",
        "api_status",
        "edit_request",
    ),
];

/// Host, rule, first step of a call as nobody.
const HOSTS: [(&str, &str, &str); 4] = [
    ("expired.localhost", "server_certificate_expired", "copy_text"),
    ("wrong-host.localhost", "server_name_wrong", "edit_request"),
    ("unknown-ca.localhost", "server_issuer_unknown", "open_settings"),
    ("nowhere.localhost", "route_unknown", "edit_request"),
];

#[tokio::test]
async fn every_failure_of_a_call_is_named_and_has_its_next_step() {
    let workbench = open().await;
    let mut wrong = Vec::new();
    let api = FLOWS.iter().chain(&API);
    let hosts = HOSTS
        .iter()
        .map(|(host, rule, step)| ("GET", shared().sandbox.url(host, "/http/whoami"), "-", *rule, *step));
    let rows = api.map(|(method, path, whom, rule, step)| (*method, (*path).to_owned(), *whom, *rule, *step));
    for (method, url, whom, rule, expected) in rows.chain(hosts) {
        let done = exchange(&workbench, method, &url, whom, CsrfMode::Never).await;
        let found = done.diagnosis.as_ref().map(|found| (found.rule.clone(), step(found)));
        if found != Some((rule.to_owned(), expected.to_owned())) {
            wrong.push(format!("{method} {url} as {whom}: {found:?}, not {rule} {expected}"));
        }
        let text = serde_json::to_string(&done.diagnosis).expect("JSON");
        let secret = shared().key("secret")["oauth"]["clientsecret"].as_str().map(str::to_owned);
        assert!(secret.is_some_and(|secret| !text.contains(&secret)) && !text.contains("eyJ"), "{text}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The alert may be overtaken by the end of the connection; the title is then as uncertain as what is known.
#[tokio::test]
async fn a_host_that_wants_a_certificate_is_known_with_the_alert_or_without() {
    let url = shared().sandbox.url("certificate-required.localhost", "/http/whoami");
    let done = exchange(&open().await, "GET", &url, "-", CsrfMode::Never).await;
    let found = done.diagnosis.expect("a diagnosis");
    assert!(
        ["certificate_wanted", "certificate_probably_wanted"].contains(&found.rule.as_str()),
        "{}",
        found.rule
    );
    let first = serde_json::to_value(&found.steps[0]).expect("JSON");
    assert_eq!((&first["kind"], &first["with_certificate"]), (&json!("use_key"), &json!(true)));
    assert_eq!(first["key"], "certificate", "one that has ended is no way out");
}

#[tokio::test]
async fn near_misses_of_failures_are_no_failures_or_others() {
    let workbench = open().await;
    for path in ["/http/whoami", "/http/empty", "/http/zero", "/http/status/399"] {
        let done = exchange(&workbench, "GET", path, "bearer:secret", CsrfMode::Never).await;
        assert_eq!(done.diagnosis, None, "{path}");
    }
    let done = exchange(&workbench, "POST", "/http/orders", "bearer:secret", CsrfMode::Auto).await;
    assert_ne!(done.diagnosis.map(|found| found.rule).as_deref(), Some("csrf_required"));
}

#[tokio::test]
async fn a_failed_message_is_found_with_the_moment_of_its_creation() {
    let workbench = open().await;
    let done =
        exchange(&workbench, "POST", "/http/weather/message-fixed", "bearer:secret", CsrfMode::Never).await;
    let found = done.diagnosis.expect("a diagnosis");
    let message = found.message.expect("a message");
    assert_eq!(message.id, "AGqDTkpRrHo9qPIPheTPcCsK8F4F");
    assert_eq!(message.created_ms, Some(1_786_990_154_000));
    assert!(found.text.contains("2026-08-17 18:09:14Z"), "{}", found.text);
}

#[test]
fn every_refusal_of_the_token_server_is_named_at_the_terminal() {
    let terminal = Terminal::new();
    let authority = shared().authority();
    for (subdomain, rule, title, step) in [
        ("invalid-client", "token_bad_credentials", "does not know these credentials", "import_key"),
        ("unauthorized", "token_no_credentials", "saw no credentials", "edit_request"),
        ("unauthorized-client", "token_grant_not_allowed", "may not use client credentials", "import_key"),
        (
            "unsupported-grant-type",
            "token_grant_unsupported",
            "does not know this grant type",
            "edit_request",
        ),
        ("invalid-scope", "token_scope_invalid", "does not have the scope", "edit_request"),
        ("invalid-request", "token_request_invalid", "could not read the request", "change_key"),
        ("access-denied", "token_access_denied", "denies access", "import_key"),
        ("method-not-allowed", "token_method_refused", "does not take POST", "change_key"),
        ("server-error", "token_refused", "refused the key", "import_key"),
        ("no-route", "token_route_unknown", "No application answers", "change_key"),
        ("no-path", "token_path_unknown", "path is wrong", "change_key"),
        ("nowhere", "token_no_such_zone", "belongs to no subaccount", "change_key"),
        ("always-limited", "token_limited", "asked too often", "send_again"),
        ("html", "token_page", "A web page came", "change_key"),
        ("garbage", "token_garbage", "is no token", "change_key"),
        ("badgateway", "token_server_down", "is down", "send_again"),
    ] {
        let host = format!("{subdomain}.authentication.localhost");
        let key = shared().key_at(&terminal, "secret", &host);
        let words = ["send", "GET", "/http/whoami", "--json", "--service-key", &key, "--cacert", &authority];
        let answer: Value = terminal.run(&words).json();
        assert_eq!(answer["diagnosis"]["rule"], rule, "{subdomain}");
        let found = answer["diagnosis"]["title"].as_str().unwrap_or_default().to_owned();
        assert!(found.contains(title), "{found}");
        assert_eq!(answer["diagnosis"]["steps"][0]["kind"], step, "{subdomain}");
    }
}

#[test]
fn the_terminal_says_what_a_failed_flow_means() {
    let terminal = Terminal::new();
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let words =
        ["send", "POST", "/http/weather/message-fixed", "--service-key", &key, "--cacert", &authority];
    terminal.run(&words).ends(1).says("The flow failed").says("2026-08-17 18:09:14Z");
}

#[tokio::test]
async fn a_token_that_is_fetched_alone_has_a_diagnosis_too() {
    let workbench = open().await;
    let input = json!({ "tenant": "sandbox", "key": "revoked-secret" });
    let error = dispatch(&workbench, Door::Window, "token_fetch", input).await.expect_err("refused");
    assert_eq!(error.diagnosis.map(|found| found.rule).as_deref(), Some("token_bad_credentials"));
}

#[tokio::test]
async fn a_key_that_is_tested_before_it_is_saved_has_a_diagnosis_too() {
    let workbench = open().await;
    let text = Secret::new(shared().key("revoked-secret").to_string());
    let read = workbench.key_read(KeyText { text }).await.expect("it is read");
    let input = json!({ "import": read.id });
    let error = dispatch(&workbench, Door::Window, "key_test", input).await.expect_err("refused");
    let found = error.diagnosis.expect("a diagnosis");
    assert_eq!(found.rule, "token_bad_credentials");
    assert!(found.evidence.iter().any(|evidence| evidence.text == "Status 401"), "{:?}", found.evidence);
    assert_eq!(error.hint, Some(found.hint), "the next step is the table's");
}

#[tokio::test]
async fn a_key_that_fails_its_check_has_a_diagnosis_too() {
    let name = KeyName { tenant: "sandbox".to_owned(), key: Some("revoked-secret".to_owned()), plan: None };
    let check = open().await.key_check(name).await.expect("it is checked");
    let found = check.failure.and_then(|failure| failure.diagnosis).expect("a diagnosis");
    assert_eq!(found.rule, "token_bad_credentials");
}

#[test]
fn a_token_that_is_refused_at_the_terminal_is_diagnosed_in_words_and_as_json() {
    let terminal = Terminal::new();
    let (key, authority) = (shared().file("revoked-secret.json"), shared().authority());
    let words = ["token", "--service-key", &key, "--cacert", &authority];
    let told = terminal.run(&words).ends(4).says("does not know these credentials");
    assert!(told.stderr.contains("hint: ") && told.stderr.lines().count() <= 3, "{}", told.stderr);
    let told = terminal.run(&[&words[..], &["--json"]].concat()).ends(4);
    let error: Value = serde_json::from_str(&told.stderr).expect("JSON");
    assert_eq!(error["error"]["diagnosis"]["rule"], "token_bad_credentials");
}

#[tokio::test]
async fn the_other_keys_of_the_tenant_are_compared_when_a_role_is_missing() {
    let workbench = open().await;
    for key in ["secret-second", "no-role"] {
        let input = json!({ "tenant": "sandbox", "key": key });
        dispatch(&workbench, Door::Window, "token_fetch", input).await.expect("a token");
    }
    let done = exchange(&workbench, "GET", "/http/partner", "bearer:secret", CsrfMode::Never).await;
    let found = done.diagnosis.expect("a diagnosis");
    let has = |name: &str| found.keys.iter().find(|known| known.key == name).and_then(|known| known.has);
    assert_eq!((has("secret-second"), has("no-role"), has("certificate")), (Some(true), Some(false), None));
    assert!(found.keys.iter().all(|known| known.key != "api-secret"), "a key of another plan is no way out");
    assert_eq!(found.steps.first().map(NextStep::label), Some("Send with secret-second"));
    assert!(found.hint.contains("PartnerRole"), "{}", found.hint);
}

/// The sandbox's workbench with another way into the network; where nobody answers, time is not the point.
async fn through(proxy: Value) -> Workbench {
    let workbench = open().await;
    let mut settings =
        dispatch(&workbench, Door::Window, "settings_get", Value::Null).await.expect("settings");
    settings["proxy"] = proxy;
    dispatch(&workbench, Door::Window, "settings_change", settings).await.expect("changed");
    workbench
}

async fn named(workbench: &Workbench, url: &str) -> (String, String) {
    let mut request = Request { authorization: Authorization::None, ..Request::new("GET", url) };
    request.options.timeout_ms = Some(20_000);
    let done = sent(workbench, request).await;
    let found = done.diagnosis.expect("a diagnosis");
    assert_eq!(done.failure.and_then(|failure| failure.hint), Some(found.hint.clone()), "said once");
    (found.rule.clone(), step(&found))
}

fn pair(rule: &str, step: &str) -> (String, String) {
    (rule.to_owned(), step.to_owned())
}

#[tokio::test]
async fn a_proxy_that_is_not_there_or_wants_a_login_is_named() {
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port");
    let asking =
        ConnectProxy::start("other.example.invalid", 1, Some("407 Proxy Authentication Required")).address;
    for (address, rule) in [(closed, "proxy_failed"), (asking, "proxy_login")] {
        let proxy = json!({ "kind": "url", "url": format!("http://{address}"), "bypass": "" });
        let found = named(&through(proxy).await, "https://other.example.invalid/http/whoami").await;
        assert_eq!(found, pair(rule, "open_settings"), "{address}");
    }
}

#[tokio::test]
async fn a_name_that_does_not_exist_and_a_port_without_tls_are_named() {
    let workbench = through(json!({ "kind": "none" })).await;
    let found = named(&workbench, "https://nothing.example.invalid/http/whoami").await;
    assert_eq!(found, pair("name_not_resolved", "edit_request"));
    let plain = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = plain.local_addr().expect("an address");
    std::thread::spawn(move || {
        for mut stream in plain.incoming().flatten() {
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let found = named(&workbench, &format!("https://{address}/http/whoami")).await;
    assert_eq!(found, pair("not_tls", "edit_request"));
}

/// A sign-in the request spells out, or a header field of its own: what is wrong with it, and where it is to be mended.
#[tokio::test]
async fn a_sign_in_of_the_request_itself_is_named_where_it_stands() {
    let workbench = open().await;
    let oauth = shared().key("secret")["oauth"].clone();
    let [username, password] =
        ["clientid", "clientsecret"].map(|name| oauth[name].as_str().expect("text").to_owned());
    let login =
        |password: &str| Authorization::Login { username: username.clone(), password: password.to_owned() };
    let field = |name: &str, value: &str| vec![Field::new(name, value)];
    for (path, authorization, headers, rule, place) in [
        ("/http/partner", login(&password), Vec::new(), "own_sign_in_lacks_role", "authorization"),
        ("/http/whoami", login("wrong"), Vec::new(), "sign_in_refused", "authorization"),
        (
            "/http/whoami",
            Authorization::Bearer { key: Some("secret".to_owned()) },
            field("Authorization", "Bearer of-yesterday"),
            "own_authorization_refused",
            "headers",
        ),
    ] {
        let request = Request { authorization, headers, csrf: CsrfMode::Never, ..Request::new("GET", path) };
        let found = sent(&workbench, request).await.diagnosis.expect("a diagnosis");
        let first = serde_json::to_value(&found.steps[0]).expect("JSON");
        assert_eq!((found.rule.as_str(), first["place"].as_str()), (rule, Some(place)), "{path}");
    }
    let wrong = Request {
        authorization: authorization("bearer:secret"),
        headers: field("X-CSRF-Token", "of-yesterday"),
        csrf: CsrfMode::Never,
        ..Request::new("POST", "/http/orders")
    };
    let found = sent(&workbench, wrong).await.diagnosis.expect("a diagnosis");
    assert_eq!(pair(&found.rule, &step(&found)), pair("csrf_token_wrong", "fetch_csrf"));
}

#[tokio::test]
async fn a_key_of_plan_api_is_kept_from_a_flow_and_the_other_key_is_offered() {
    let workbench = open().await;
    let request =
        Request { authorization: authorization("bearer:api-secret"), ..Request::new("GET", "/http/whoami") };
    let order = RequestSend {
        id: ExchangeId::new_v4(),
        tenant: Some("sandbox".to_owned()),
        request,
        confirmed: true,
        context: None,
        files: Vec::new(),
    };
    let error = workbench.send(order, &|_| {}).await.expect_err("it is not sent");
    let found = error.diagnosis.expect("a diagnosis");
    assert_eq!(found.rule, "api_key_at_flow");
    assert!(found.steps[0].label().starts_with("Send with "), "{:?}", found.steps);
    assert_eq!(error.hint, Some(found.hint));
}

/// What a server answers that is nobody's tenant, whatever it is.
#[tokio::test]
async fn other_servers_are_not_taken_for_flows() {
    let workbench = through(json!({ "kind": "none" })).await;
    for (answer, rule) in [
        (&b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"[..], "server_status"),
        (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "server_status"),
        (b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\n{}", "server_status"),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "server_refused"),
        (b"", "no_answer"),
        (b"SSH-2.0-OpenSSH_9\r\n", "not_http"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 14\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff\xff", "answer_damaged"),
    ] {
        let server = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = server.local_addr().expect("an address");
        std::thread::spawn(move || {
            for mut stream in server.incoming().flatten() {
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(answer);
            }
        });
        let mut request = Request {
            authorization: Authorization::None,
            ..Request::new("GET", format!("http://{address}/http/x"))
        };
        request.options.timeout_ms = Some(20_000);
        let done = sent(&workbench, request).await;
        let found = done.diagnosis.map(|found| found.rule);
        assert_eq!(found.as_deref(), Some(rule), "{}: {:?}", String::from_utf8_lossy(answer), done.failure);
    }
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port");
    assert_eq!(named(&workbench, &format!("http://{closed}/x")).await.0, "connection_refused");
}
