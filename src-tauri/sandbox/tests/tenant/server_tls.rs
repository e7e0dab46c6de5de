use reqwest::Version;
use sluice_sandbox::KeyName;

use crate::client::{causes, client, client_with, handshake_failures, start, token};

#[tokio::test]
async fn a_bad_server_certificate_is_refused_by_the_client() {
    let sandbox = start().await;
    let cases = [
        ("expired.localhost", "certificate expired"),
        ("wrong-host.localhost", "not valid for name"),
        ("unknown-ca.localhost", "UnknownIssuer"),
        ("incomplete-chain.localhost", "UnknownIssuer"),
    ];
    for (host, reason) in cases {
        let error = client(&sandbox).get(sandbox.url(host, "/http/echo")).send().await.unwrap_err();
        assert!(causes(&error).contains(reason), "{host}: {}", causes(&error));
    }
    let failures = handshake_failures(&sandbox, 4).await;
    assert_eq!(failures.len(), 4);
    assert_eq!(failures[0].server_name.as_deref(), Some("expired.localhost"));
}

#[tokio::test]
async fn names_choose_protocol_and_client_certificate() {
    let sandbox = start().await;
    let bearer = token(&sandbox, KeyName::Secret).await;
    let client = client(&sandbox);
    let get =
        async |host: &str| client.get(sandbox.url(host, "/http/echo")).bearer_auth(&bearer).send().await;
    assert_eq!(get("tls12.localhost").await.unwrap().status(), 200);
    assert_eq!(sandbox.journal().to("/http/echo")[0].tls, "TLSv1_2");
    assert_eq!(get("http1.localhost").await.unwrap().version(), Version::HTTP_11);
    assert_eq!(get("localhost").await.unwrap().version(), Version::HTTP_2);
    assert_eq!(get("127.0.0.1").await.unwrap().status(), 200);
    let error = get("certificate-required.localhost").await.unwrap_err();
    assert!(causes(&error).contains("CertificateRequired"), "{}", causes(&error));
    let client = client_with(&sandbox, &sandbox.service_key(KeyName::Certificate));
    let url = sandbox.url("certificate-required.localhost", "/http/echo");
    assert_eq!(client.get(url).send().await.unwrap().status(), 200);
}
