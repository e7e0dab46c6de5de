//! Every rule has signs it names and a near miss it does not.

use super::Reason;
use super::rules::{RULES, first};
use super::signs::{Circle, Credential, OtherKey, Signs};
use crate::http::Purpose;
use crate::service_key::Plan;

/// An answer of a flow below `/http` to a GET with a token.
fn answer(status: u16) -> Signs {
    Signs {
        status,
        method: "GET".to_owned(),
        host: "acme.it-cpi000-rt.cfapps.example".to_owned(),
        path: "/http/orders".to_owned(),
        circle: Circle {
            credential: Credential::Bearer,
            plan: Some(Plan::IntegrationFlow),
            is_at_home: true,
            ..Circle::default()
        },
        ..Signs::default()
    }
}

/// The same of a host that is nobody's tenant.
fn elsewhere(signs: Signs) -> Signs {
    Signs { circle: Circle { is_at_home: false, ..signs.circle.clone() }, ..signs }
}

fn page(status: u16) -> Signs {
    Signs { is_platform: true, is_html: true, text: format!("HTTP Status {status}"), ..answer(status) }
}

fn by(credential: Credential, signs: Signs) -> Signs {
    Signs { circle: Circle { credential, ..signs.circle.clone() }, ..signs }
}

fn at(path: &str, signs: Signs) -> Signs {
    Signs { path: path.to_owned(), ..signs }
}

fn saying(text: &str, signs: Signs) -> Signs {
    Signs { text: text.to_owned(), ..signs }
}

fn with(name: &str, value: &str, signs: Signs) -> Signs {
    Signs { headers: vec![(name.to_owned(), value.to_owned())], ..signs }
}

fn plan(plan: Plan, signs: Signs) -> Signs {
    Signs { circle: Circle { plan: Some(plan), ..signs.circle.clone() }, ..signs }
}

fn api(status: u16, path: &str) -> Signs {
    plan(Plan::Api, at(path, answer(status)))
}

fn of_token_server(signs: Signs) -> Signs {
    Signs { purpose: Some(Purpose::Token), method: "POST".to_owned(), ..signs }
}

const MPL: &str =
    "An internal server error occured: The MPL ID for the failed message is : AGqDTkpRrHo9qPIPheTPcCsK8F4F";

/// Rule, signs it names, near miss.
#[expect(clippy::too_many_lines, reason = "a table")]
fn pairs() -> Vec<(&'static str, Signs, Signs)> {
    let csrf = |signs| with("x-csrf-token", "required", signs);
    vec![
        (
            "token_server_silent",
            of_token_server(Signs { reason: Some(Reason::NoAnswer), ..Signs::default() }),
            Signs { reason: Some(Reason::NoAnswer), ..Signs::default() },
        ),
        (
            "route_unknown",
            saying("Requested route ('x') does not exist", answer(404)),
            saying("route", answer(404)),
        ),
        ("redirect_without_credentials", Signs { lost_credentials: true, ..page(401) }, page(401)),
        ("own_authorization_refused", Signs { own_authorization: true, ..page(401) }, page(401)),
        ("credentials_missing", by(Credential::None, page(401)), by(Credential::None, answer(401))),
        ("api_key_at_flow", plan(Plan::Api, page(401)), plan(Plan::Api, answer(401))),
        (
            "flow_key_at_api",
            plan(Plan::IntegrationFlow, api(403, "/api/v1/X")),
            plan(Plan::IntegrationFlow, answer(403)),
        ),
        (
            "certificate_not_known",
            by(Credential::Certificate, page(401)),
            by(Credential::Certificate, answer(401)),
        ),
        ("basic_refused", by(Credential::Basic, page(401)), by(Credential::Basic, page(403))),
        ("token_not_accepted", page(401), answer(401)),
        ("sign_in_refused", by(Credential::Own, page(401)), by(Credential::Own, answer(401))),
        (
            "local_missing",
            saying(r#"{"error":{"code":"unauthorized","message":"no"}}"#, api(401, "/api/v1/X")),
            saying(r#"{"error":{"code":"unauthorized","message":"no"}}"#, api(401, "/local/api/v1/X")),
        ),
        ("flow_unauthorized", answer(401), page(401)),
        ("csrf_token_wrong", Signs { had_csrf: true, ..csrf(page(403)) }, csrf(page(403))),
        ("csrf_required", csrf(page(403)), with("x-csrf-token", "4711", page(403))),
        ("certificate_not_allowed", by(Credential::Certificate, page(403)), page(403)),
        ("role_missing", page(403), answer(403)),
        (
            "payload_role_missing",
            api(403, "/api/v1/MessageStoreEntries('1')"),
            api(403, "/api/v1/MessageProcessingLogs"),
        ),
        ("store_role_missing", api(403, "/api/v1/DataStoreEntries"), api(403, "/api/v1/NumberRanges")),
        (
            "deploy_role_missing",
            api(403, "/api/v1/DeployIntegrationDesigntimeArtifact"),
            api(403, "/api/v1/X"),
        ),
        (
            "design_role_missing",
            api(403, "/api/v1/IntegrationPackages"),
            api(403, "/api/v1/ServiceEndpoints"),
        ),
        ("api_role_missing", api(403, "/api/v1/ServiceEndpoints"), api(404, "/api/v1/ServiceEndpoints")),
        ("refused_uncertain", Signs { is_html: true, ..answer(403) }, answer(403)),
        ("flow_forbidden", answer(403), page(403)),
        ("api_path_unknown", api(404, "/api/v1/X"), answer(404)),
        ("soap_prefix_missing", page(404), answer(404)),
        ("http_prefix_missing", at("/cxf/orders", page(404)), page(404)),
        ("prefix_missing", at("/orders", page(404)), at("/orders", answer(404))),
        ("flow_not_found", answer(404), page(404)),
        (
            "soap_wants_post",
            at("/cxf/x", answer(405)),
            Signs { method: "POST".to_owned(), ..at("/cxf/x", answer(405)) },
        ),
        ("method_not_taken", answer(405), at("/cxf/x", answer(405))),
        ("length_missing", answer(411), answer(412)),
        (
            "body_too_large",
            saying("Message body exceeds configured size limit (1.0 MB)", answer(500)),
            saying("the size limit is fine", answer(500)),
        ),
        ("too_many_requests", answer(429), answer(428)),
        ("flow_bad_request", answer(400), page(400)),
        ("bad_request_page", page(400), answer(400)),
        (
            "message_failed",
            saying(MPL, answer(500)),
            saying("MPL ID for the failed message is : soon", answer(500)),
        ),
        (
            "receiver_not_trusted",
            saying("PKIX path building failed", answer(500)),
            saying("PKIX path building failed", answer(200)),
        ),
        (
            "body_empty_for_json",
            saying("End of input at line 1 column 1 path $", answer(500)),
            saying("End of input at line 7 column 3 path $.a", answer(500)),
        ),
        (
            "api_business_error",
            saying(r#"{"error":{"code":"X","message":{"value":"locked"}}}"#, api(500, "/api/v1/X")),
            saying(r#"{"error":{"code":"X","message":{"value":"locked"}}}"#, answer(500)),
        ),
        ("flow_error_text", answer(500), saying(MPL, answer(500))),
        (
            "runtime_restarting",
            saying("Registered endpoint failed to handle the request", answer(502)),
            saying("endpoint failed", answer(502)),
        ),
        ("bad_gateway", answer(502), answer(503)),
        ("runtime_unavailable", page(503), answer(503)),
        ("receiver_unavailable", answer(503), page(503)),
        ("gateway_timed_out", answer(504), answer(503)),
        ("platform_error", page(406), answer(406)),
        ("flow_status", answer(418), answer(399)),
        ("adapter_address_unknown", at("/as2/as2/acme", page(404)), at("/as2/as2/acme", answer(404))),
        ("own_sign_in_lacks_role", by(Credential::Own, page(403)), by(Credential::Own, answer(403))),
        ("api_unauthorized", api(401, "/api/v1/X"), answer(401)),
        ("api_status", api(501, "/api/v1/X"), answer(501)),
        ("server_refused", elsewhere(answer(403)), answer(403)),
        ("server_status", elsewhere(answer(500)), answer(500)),
    ]
}

#[test]
fn every_rule_about_an_answer_names_its_signs_and_not_its_near_miss() {
    let pairs = pairs();
    for (name, signs, miss) in &pairs {
        assert_eq!(first(signs).map(|rule| rule.name), Some(*name));
        assert_ne!(first(miss).map(|rule| rule.name), Some(*name), "the near miss of {name}");
    }
    let is_saps =
        Signs { host: "t.it-cpi019-rt.cfapps.eu10.hana.ondemand.com".to_owned(), ..elsewhere(answer(404)) };
    assert_eq!(
        first(&is_saps).map(|rule| rule.name),
        Some("flow_not_found"),
        "a host of SAP's without its tenant"
    );
    let of_failures = RULES.iter().filter(|rule| !pairs.iter().any(|(name, ..)| *name == rule.name)).count();
    assert_eq!(of_failures, RULES.len() - pairs.len(), "names are told apart");
}

#[test]
fn every_other_rule_is_that_of_one_reason() {
    let pairs = pairs();
    let reasons = REASONS.map(|reason| Signs { reason: Some(reason), ..Signs::default() });
    for rule in RULES.iter().filter(|rule| !pairs.iter().any(|(name, ..)| *name == rule.name)) {
        let held = reasons.iter().filter(|signs| (rule.holds)(signs)).count();
        assert_eq!(held, 1, "{}", rule.name);
    }
    let unnamed: Vec<_> = reasons.iter().filter(|signs| first(signs).is_none()).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
    assert!(first(&Signs::default()).is_none(), "nothing happened");
}

#[test]
fn every_rule_has_a_next_step_in_a_sentence_of_its_own() {
    for rule in &RULES {
        assert!(rule.hint.ends_with(['.', '?', ')']), "{}: {}", rule.name, rule.hint);
    }
    assert!(REASONS.iter().all(|reason| super::hint(*reason).is_some()));
}

#[test]
fn a_refused_token_call_speaks_of_no_roles_and_no_csrf_and_may_be_made_again() {
    let refused = |reason| of_token_server(Signs { reason: Some(reason), ..answer(403) });
    let found = super::diagnose(&refused(Reason::TokenAccessDenied)).expect("a diagnosis");
    let evidence: Vec<_> = found.evidence.iter().map(|evidence| evidence.text.as_str()).collect();
    assert_eq!(evidence, ["Status 403"]);
    let label = |signs: &Signs| {
        super::diagnose(signs).and_then(|found| Some(found.steps.first()?.label().to_owned()))
    };
    let limited = refused(Reason::TokenLimited);
    assert_eq!(label(&limited).as_deref(), Some("Send again"), "nothing went to the flow");
    assert_eq!(label(&Signs { is_alone: true, ..limited }).as_deref(), Some("Ask again"));
}

#[test]
fn a_key_with_one_role_more_is_offered_before_others() {
    let key = |name: &str, roles: &[&str]| OtherKey {
        name: name.to_owned(),
        plan: Plan::IntegrationFlow,
        has_certificate: false,
        roles: Some(roles.iter().map(|&role| role.to_owned()).collect())
            .filter(|known: &Vec<_>| !known.is_empty()),
    };
    let mut signs = page(403);
    signs.circle.roles = vec!["ESBMessaging.send".to_owned()];
    signs.circle.other_keys =
        vec![key("same", &["ESBMessaging.send"]), key("unknown", &[]), key("erp", &["Acme.OrderCancel"])];
    let found = super::diagnose(&signs).expect("a diagnosis");
    assert_eq!(found.steps.first().map(super::NextStep::label), Some("Send with erp"));
    signs.circle.other_keys.truncate(1);
    let found = super::diagnose(&signs).expect("a diagnosis");
    assert_eq!(found.steps.first().map(super::NextStep::label), Some("Fetch new token and send"));
}

#[test]
fn the_other_keys_are_compared_by_the_role_that_is_missing() {
    let key = |name: &str, roles: Option<&[&str]>| OtherKey {
        name: name.to_owned(),
        plan: Plan::Api,
        has_certificate: false,
        roles: roles.map(|roles| roles.iter().map(|&role| role.to_owned()).collect()),
    };
    let mut signs = api(403, "/api/v1/MessageStoreEntries('1')");
    signs.circle.roles = vec!["IntegrationOperationServer.read".to_owned()];
    signs.circle.other_keys = vec![
        key("fresh", None),
        key("developer", Some(&["GenerationAndBuild.generationandbuildcontent"])),
        key("operator", Some(&["esbmessagestorage.read"])),
        OtherKey { plan: Plan::IntegrationFlow, ..key("flows", Some(&["esbmessagestorage.read"])) },
    ];
    let found = super::diagnose(&signs).expect("a diagnosis");
    let compared: Vec<_> = found.keys.iter().map(|key| (key.key.as_str(), key.has)).collect();
    assert_eq!(compared, [("fresh", None), ("developer", Some(false)), ("operator", Some(true))]);
    assert_eq!(found.steps.first().map(super::NextStep::label), Some("Send with operator"));
    assert_eq!(
        found.hint,
        "Send with operator, whose last token had MessagePayloadsRead (esbmessagestorage.read)."
    );
}

#[test]
fn a_role_without_a_name_is_looked_for_among_what_other_keys_carry_more() {
    let key = |name: &str, role: &str| OtherKey {
        name: name.to_owned(),
        plan: Plan::IntegrationFlow,
        has_certificate: false,
        roles: Some(vec![role.to_owned()]),
    };
    let mut signs = page(403);
    signs.circle.roles = vec!["ESBMessaging.send".to_owned()];
    signs.circle.other_keys = vec![key("same", "ESBMessaging.send"), key("erp", "Acme.OrderCancel")];
    assert!(super::diagnose(&signs).expect("a diagnosis").keys.is_empty(), "its own token is not known");
    signs.circle.expires_at = Some(jiff::Timestamp::UNIX_EPOCH);
    let found = super::diagnose(&signs).expect("a diagnosis");
    let texts: Vec<_> = found.keys.iter().map(|key| key.text.as_str()).collect();
    assert_eq!(
        texts,
        ["same: its last token had no other role", "erp: its last token also had Acme.OrderCancel"]
    );
}

#[test]
fn an_address_nobody_listens_at_is_to_be_looked_for_on_the_tenant() {
    let found = super::diagnose(&page(404)).expect("a diagnosis");
    let first = found.steps.first().map(|step| serde_json::to_value(step).expect("JSON"));
    assert_eq!(first.as_ref().map(|step| step["path"].clone()), Some("/http/orders".into()));
    let old: super::NextStep =
        serde_json::from_str(r#"{"kind":"check_endpoints","label":"Check"}"#).expect("of an older version");
    assert_eq!(old.label(), "Check");
}

const REASONS: [Reason; 48] = [
    Reason::ApiKeyAtFlow,
    Reason::NameNotResolved,
    Reason::ConnectionRefused,
    Reason::Unreachable,
    Reason::ConnectTimedOut,
    Reason::ProxyLogin,
    Reason::ProxyFailed,
    Reason::AnswerTimedOut,
    Reason::NoAnswer,
    Reason::NotHttp,
    Reason::HeadTooLarge,
    Reason::CutOff,
    Reason::Damaged,
    Reason::TooLarge,
    Reason::CertificateWanted,
    Reason::CertificateProbablyWanted,
    Reason::ClientAuthorityUnknown,
    Reason::ClientCertificateExpired,
    Reason::ClientCertificateEarly,
    Reason::ClientCertificateRevoked,
    Reason::ClientCertificateUnsuitable,
    Reason::ClientCertificateRefused,
    Reason::TlsRefused,
    Reason::ServerIssuerUnknown,
    Reason::ServerNameWrong,
    Reason::ServerCertificateExpired,
    Reason::ServerCertificateEarly,
    Reason::ServerIsAuthority,
    Reason::ServerUntrusted,
    Reason::TlsIncompatible,
    Reason::NotTls,
    Reason::TlsFailed,
    Reason::BadCredentials,
    Reason::NoCredentials,
    Reason::GrantNotAllowed,
    Reason::GrantUnsupported,
    Reason::ScopeInvalid,
    Reason::TokenRequestInvalid,
    Reason::TokenAccessDenied,
    Reason::TokenMethodRefused,
    Reason::TokenRefused,
    Reason::NoSuchZone,
    Reason::TokenRouteUnknown,
    Reason::TokenPathUnknown,
    Reason::TokenLimited,
    Reason::TokenPage,
    Reason::TokenGarbage,
    Reason::TokenServerDown,
];
