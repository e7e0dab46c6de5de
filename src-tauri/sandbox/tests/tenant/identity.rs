use sluice_sandbox::KeyName;

use crate::client::{causes, client, client_with, handshake_failures, json, runtime, start, token};

#[tokio::test]
async fn a_caller_is_known_by_token_secret_or_certificate() {
    let sandbox = start().await;
    let url = runtime(&sandbox, "/http/whoami");
    let client = client(&sandbox);
    let secret = sandbox.service_key(KeyName::Secret);
    let bearer = client.get(&url).bearer_auth(token(&sandbox, KeyName::Secret).await).send().await.unwrap();
    assert_eq!(json(bearer).await["authenticatedBy"], "bearer");
    let basic = client.get(&url).basic_auth(secret.client_id(), secret.client_secret()).send().await.unwrap();
    assert_eq!(json(basic).await["authenticatedBy"], "basic");
    for name in [KeyName::Certificate, KeyName::External] {
        let key = sandbox.service_key(name);
        let answer = json(client_with(&sandbox, &key).get(&url).send().await.unwrap()).await;
        assert_eq!(answer["authenticatedBy"], "certificate");
        assert_eq!(answer["clientId"], key.client_id());
    }
}

#[tokio::test]
async fn an_unknown_caller_gets_the_platforms_page() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let url = runtime(&sandbox, "/http/whoami");
    let api = sandbox.service_key(KeyName::ApiSecret);
    let requests = [
        client.get(&url),
        client.get(&url).bearer_auth("nonsense"),
        client.get(&url).bearer_auth(token(&sandbox, KeyName::ApiSecret).await),
        client.get(&url).basic_auth(api.client_id(), api.client_secret()),
        client.get(&url).basic_auth("somebody", Some("wrong")),
    ];
    for request in requests {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.headers()["server"], "SAP");
        assert_eq!(answer.headers()["x-vcap-request-id"], answer.headers()["x-correlationid"]);
        assert!(answer.headers().contains_key("date"));
        let page = answer.text().await.unwrap();
        assert!(page.contains("<title>HTTP Status 401 – Unauthorized</title>"), "{page}");
    }
    assert!(sandbox.journal().matching(|request| request.flow.is_some()).is_empty());
    let key = sandbox.service_key(KeyName::ApiCertificate);
    assert_eq!(client_with(&sandbox, &key).get(&url).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_missing_role_is_forbidden_without_a_csrf_header() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let cases = [
        (KeyName::Secret, "/http/partner", 403),
        (KeyName::SecretSecond, "/http/partner", 200),
        (KeyName::NoRole, "/http/orders", 403),
    ];
    for (name, path, status) in cases {
        let request = client.get(runtime(&sandbox, path)).bearer_auth(token(&sandbox, name).await);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{name} {path}");
        assert!(!answer.headers().contains_key("x-csrf-token"));
        let page = answer.text().await.unwrap();
        assert_eq!(page.contains("HTTP Status 403 – Forbidden"), status == 403);
    }
}

#[tokio::test]
async fn a_broken_certificate_fails_the_handshake() {
    let sandbox = start().await;
    let cases = [
        (KeyName::ExpiredCertificate, "CertificateExpired"),
        (KeyName::NotYetValidCertificate, "CertificateExpired"),
        (KeyName::RevokedCertificate, "CertificateRevoked"),
        (KeyName::NoClientAuth, "UnsupportedCertificate"),
        (KeyName::UnknownAuthority, "UnknownCA"),
    ];
    for (name, alert) in cases {
        let key = sandbox.service_key(name);
        let client = client_with(&sandbox, &key);
        for url in [runtime(&sandbox, "/http/whoami"), sandbox.mutual_token_url()] {
            let error = client.get(url).send().await.unwrap_err();
            assert!(causes(&error).contains(alert), "{name}: {}", causes(&error));
        }
    }
    assert_eq!(handshake_failures(&sandbox, 10).await.len(), 10);
    assert!(sandbox.journal().requests().is_empty());
}
