use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sluice_sandbox::{KeyName, Options, Sandbox, TokenFault};

use crate::client::{
    causes, client, client_with, handshake_failures, json, post_form, runtime, start, token,
};

type Field<'text> = (&'text str, &'text str);

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

fn credentials(key: &sluice_sandbox::IssuedKey) -> [(&str, &str); 3] {
    [
        ("grant_type", "client_credentials"),
        ("client_id", key.client_id()),
        ("client_secret", key.client_secret().unwrap()),
    ]
}

#[tokio::test]
async fn a_secret_in_the_body_gets_a_token() {
    let sandbox = start().await;
    let key = sandbox.service_key(KeyName::Secret);
    let answer = post_form(&client(&sandbox), key.token_url(), &credentials(&key)).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let answer = json(answer).await;
    assert_eq!(answer["token_type"], "bearer");
    assert_eq!(answer["expires_in"], 3599);
    assert_eq!(answer["scope"], "it-rt-sandbox!b45.ESBMessaging.send uaa.resource");
    let claims = claims(answer["access_token"].as_str().unwrap());
    assert_eq!(claims["cid"], key.client_id());
    assert_eq!(claims["jti"], answer["jti"]);
    assert_eq!(claims["ext_attr"]["zdn"], "sandbox");
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 3599);
    assert!(claims.get("cnf").is_none());
}

#[tokio::test]
async fn a_secret_by_basic_gets_a_token_of_its_plan() {
    let sandbox = start().await;
    let key = sandbox.service_key(KeyName::ApiSecret);
    let request = client(&sandbox).post(sandbox.token_url()).basic_auth(key.client_id(), key.client_secret());
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = json(request.body("grant_type=client_credentials").send().await.unwrap()).await;
    assert_eq!(answer["expires_in"], 43199);
    assert!(answer["scope"].as_str().unwrap().starts_with("it!b45.IntegrationOperationServer.read "));
}

#[tokio::test]
async fn a_certificate_gets_a_token_bound_to_it() {
    let sandbox = start().await;
    let key = sandbox.service_key(KeyName::Certificate);
    assert_eq!(key.token_url(), sandbox.mutual_token_url());
    let client = client_with(&sandbox, &key);
    let fields = [("grant_type", "client_credentials"), ("client_id", key.client_id())];
    let answer = json(post_form(&client, key.token_url(), &fields).await.unwrap()).await;
    let claims = claims(answer["access_token"].as_str().unwrap());
    assert_eq!(claims["cnf"]["x5t#S256"].as_str().unwrap().len(), 43);
    let shown = sandbox.journal().to("/oauth/token")[0].client_certificate.clone().unwrap();
    assert_eq!(shown.chain_length, 3);

    let with_empty_secret = [fields[0], fields[1], ("client_secret", "")];
    let answer = post_form(&client, key.token_url(), &with_empty_secret).await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(json(answer).await["error_description"], "Bad credentials");
}

#[tokio::test]
async fn the_certificate_host_wants_a_certificate() {
    let sandbox = start().await;
    let fields = [("grant_type", "client_credentials")];
    let error = post_form(&client(&sandbox), &sandbox.mutual_token_url(), &fields).await.unwrap_err();
    assert!(causes(&error).contains("CertificateRequired"), "{}", causes(&error));
    assert_eq!(handshake_failures(&sandbox, 1).await.len(), 1);
}

#[tokio::test]
async fn refusals_are_worded_as_uaa_does() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let key = sandbox.service_key(KeyName::Secret);
    let (id, secret) = (key.client_id(), key.client_secret().unwrap());
    let grant = ("grant_type", "client_credentials");
    let (id, secret) = (("client_id", id), ("client_secret", secret));
    let cases: [(&[Field], u16, &str); 7] = [
        (&[grant, id, ("client_secret", "wrong")], 401, "unauthorized"),
        (&[grant, ("client_id", "sb-nobody!b45|it!b45"), secret], 401, "unauthorized"),
        (&[grant], 401, "unauthorized"),
        (&[id, secret], 400, "invalid_request"),
        (&[("grant_type", "telepathy"), id, secret], 400, "unsupported_grant_type"),
        (&[("grant_type", "password"), id, secret], 401, "unauthorized_client"),
        (&[grant, id, secret, ("scope", "it!b45.NodeManager.read")], 400, "invalid_scope"),
    ];
    for (fields, status, error) in cases {
        let answer = post_form(&client, &sandbox.token_url(), fields).await.unwrap();
        assert_eq!(answer.status(), status, "{fields:?}");
        let challenged = answer.headers().contains_key("www-authenticate");
        assert_eq!(challenged, status == 401);
        assert_eq!(json(answer).await["error"], error, "{fields:?}");
    }
    let answer = client.get(sandbox.token_url()).send().await.unwrap();
    assert_eq!(answer.status(), 405);
    assert_eq!(json(answer).await["error"], "method_not_allowed");
    let unknown = sandbox.url("nowhere.authentication.localhost", "/oauth/token");
    let answer = post_form(&client, &unknown, &[grant]).await.unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.text().await.unwrap(), "Cannot find identity zone for subdomain nowhere");
}

#[tokio::test]
async fn faults_are_reached_by_subdomain() {
    let options = Options { slow_delay: Duration::from_millis(300), ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let client = client(&sandbox);
    let key = sandbox.service_key(KeyName::Secret);
    let call = async |subdomain: &str| {
        let url = sandbox.url(&format!("{subdomain}.authentication.localhost"), "/oauth/token");
        post_form(&client, &url, &credentials(&key)).await.unwrap()
    };
    let started = Instant::now();
    assert_eq!(call("slow").await.status(), 200);
    assert!(started.elapsed() >= Duration::from_millis(300));
    assert!(call("html").await.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    let limited = call("limited").await;
    assert_eq!((limited.status().as_u16(), &limited.headers()["retry-after"]), (429, &"1".parse().unwrap()));
    assert_eq!(call("limited").await.status(), 200);
    for _ in 0..2 {
        assert_eq!(call("always-limited").await.headers()["retry-after"], "30");
    }
    assert_eq!(call("badgateway").await.status(), 502);
    assert!(serde_json::from_str::<Value>(&call("garbage").await.text().await.unwrap()).is_err());
    assert_eq!(json(call("short").await).await["expires_in"], 2);
}

#[tokio::test]
async fn faults_are_switched_on_and_off() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let key = sandbox.service_key(KeyName::Secret);
    sandbox.faults().set_token(Some(TokenFault::Limited(7)));
    let answer = post_form(&client, key.token_url(), &credentials(&key)).await.unwrap();
    assert_eq!(answer.headers()["retry-after"], "7");
    sandbox.faults().set_token(None);
    sandbox.faults().delete_key(KeyName::Secret);
    assert_eq!(post_form(&client, key.token_url(), &credentials(&key)).await.unwrap().status(), 401);
    sandbox.faults().restore_key(KeyName::Secret);
    assert_eq!(post_form(&client, key.token_url(), &credentials(&key)).await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_token_ends_by_time_by_revocation_and_as_stale() {
    let options = Options { token_lifetime: Some(Duration::from_secs(1)), ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let client = client(&sandbox);
    let whoami = async |token: String| {
        let request = client.get(runtime(&sandbox, "/http/whoami")).bearer_auth(token);
        request.send().await.unwrap().status().as_u16()
    };
    let first = token(&sandbox, KeyName::Secret).await;
    assert_eq!(whoami(first.clone()).await, 200);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(whoami(first).await, 401);
    let second = token(&sandbox, KeyName::Secret).await;
    sandbox.faults().revoke_tokens();
    assert_eq!(whoami(second).await, 401);

    let key = sandbox.service_key(KeyName::Secret);
    let stale = sandbox.url("stale.authentication.localhost", "/oauth/token");
    for expected in [401, 200] {
        let answer = json(post_form(&client, &stale, &credentials(&key)).await.unwrap()).await;
        assert_eq!(whoami(answer["access_token"].as_str().unwrap().to_owned()).await, expected);
    }
}
