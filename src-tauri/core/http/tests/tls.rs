use rustls::version::{TLS12, TLS13};

use super::authority::*;
use super::client::*;
use super::server::*;
use crate::certificate::Identity;
use crate::error::Code;
use crate::http::{Network, Via};
use crate::settings::Settings;

#[tokio::test]
async fn the_chain_is_known_on_new_and_reused_connections_over_every_version() {
    let authority = Authority::new("Test Root");
    for (versions, version) in [(&TLS12, "TLS 1.2"), (&TLS13, "TLS 1.3")] {
        for (alpn, http) in [("http/1.1", "HTTP/1.1"), ("h2", "HTTP/2")] {
            let tls = Tls { versions: vec![versions], alpn: vec![alpn], ..authority.tls(&["localhost"]) };
            let server = Server::tls(tls, |_| text("hello")).await;
            let (engine, _folder) = engine(std::slice::from_ref(&authority.root));
            let first = perform(&engine, get(&server.url("/"))).await.call;
            assert_eq!(first.failure, None);
            assert_eq!(first.received.unwrap().version, http);
            assert!(first.phases.tls_ms.unwrap() > 0.0 && !first.phases.reused);
            let facts = first.tls.unwrap();
            assert_eq!(facts.version.as_deref(), Some(version));
            assert!(facts.verified);
            assert_eq!(facts.certificate_requested, Some(false));
            assert_eq!(facts.server_chain.as_ref().unwrap().certificates.len(), 2);
            let second = perform(&engine, get(&server.url("/"))).await.call;
            assert!(second.phases.reused && second.phases.tls_ms.is_none());
            assert_eq!(second.tls.unwrap(), facts);
        }
    }
}

#[tokio::test]
async fn http1_only_is_kept_to() {
    let authority = Authority::new("Test Root");
    let tls = Tls { alpn: vec!["h2", "http/1.1"], ..authority.tls(&["localhost"]) };
    let server = Server::tls(tls, |_| text("hello")).await;
    let (engine, _folder) = engine(std::slice::from_ref(&authority.root));
    let via = Via { http1_only: true, ..Via::default() };
    let call = perform_via(&engine, get(&server.url("/")), &via).await.call;
    assert_eq!(call.received.unwrap().version, "HTTP/1.1");
}

#[tokio::test]
async fn an_unknown_issuer_is_refused_and_its_chain_kept() {
    let server = Server::tls(Authority::new("Foreign Root").tls(&["localhost"]), |_| text("")).await;
    let (engine, _folder) = engine(&[Authority::new("Other Root").root]);
    let call = perform(&engine, get(&server.url("/"))).await.call;
    let failure = call.failure.unwrap();
    assert_eq!(failure.code, Code::TlsFailed, "{failure:?}");
    assert!(
        failure.message.contains("Foreign Root") && failure.message.contains("does not trust"),
        "{failure:?}"
    );
    let facts = call.tls.unwrap();
    assert!(!facts.verified);
    assert_eq!(facts.server_chain.unwrap().certificates.len(), 2);
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn an_unverified_host_is_called_and_said_to_be_unverified() {
    let server = Server::tls(Authority::new("Foreign Root").tls(&["other"]), |_| text("hello")).await;
    let mut network = Network::new(&Settings::default(), Vec::new());
    network.unverified_hosts = vec!["LOCALHOST".to_owned()];
    let (engine, _folder) = engine_on(network, None);
    let call = perform(&engine, get(&server.url("/"))).await.call;
    assert_eq!(call.failure, None);
    assert!(!call.tls.unwrap().verified);
}

#[tokio::test]
async fn sandbox_roots_count_only_under_localhost() {
    let authority = Authority::new("Sandbox Root");
    let server = Server::tls(authority.tls(&["tenant.localhost", "127.0.0.1"]), |_| text("hello")).await;
    let mut network = Network::new(&Settings::default(), Vec::new());
    network.sandbox_roots = vec![authority.root.clone()];
    let (engine, _folder) = engine_on(network, None);
    let port = server.address.port();
    let inside = perform(&engine, get(&format!("https://tenant.localhost:{port}/"))).await.call;
    assert_eq!(inside.failure, None);
    let outside = perform(&engine, get(&format!("https://127.0.0.1:{port}/"))).await.call;
    assert_eq!(outside.failure.unwrap().code, Code::TlsFailed);
}

#[tokio::test]
async fn wrong_names_and_expired_certificates_are_told_with_their_facts() {
    let authority = Authority::new("Test Root");
    let (engine, _folder) = engine(std::slice::from_ref(&authority.root));
    let server = Server::tls(authority.tls(&["other.example"]), |_| text("")).await;
    let failure = perform(&engine, get(&server.url("/"))).await.call.failure.unwrap();
    assert!(failure.message.contains("other.example"), "{failure:?}");

    let mut tls = authority.tls(&["localhost"]);
    (tls.chain, tls.key) = authority.issue(&["localhost"], |parameters| {
        parameters.not_before = rcgen::date_time_ymd(2020, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(2021, 1, 1);
    });
    let server = Server::tls(tls, |_| text("")).await;
    let failure = perform(&engine, get(&server.url("/"))).await.call.failure.unwrap();
    assert!(failure.message.contains("it ended") && failure.message.contains("days ago"), "{failure:?}");
}

#[tokio::test]
async fn a_client_certificate_is_shown_only_when_asked_for() {
    let authority = Authority::new("Test Root");
    let clients = Authority::new("Client Root");
    for version in [&TLS12, &TLS13] {
        let tls = Tls {
            versions: vec![version],
            clients: Some((clients.root.clone(), true)),
            ..authority.tls(&["localhost"])
        };
        let server = Server::tls(tls, |_| text("hello")).await;
        let (engine, _folder) = engine(std::slice::from_ref(&authority.root));
        let via = Via { identity: Some(clients.identity()), ..Via::default() };
        let call = perform_via(&engine, get(&server.url("/")), &via).await.call;
        assert_eq!(call.failure, None);
        let facts = call.tls.unwrap();
        assert_eq!(facts.certificate_requested, Some(true));
        assert!(facts.acceptable_issuers[0].contains("Client Root"), "{facts:?}");
        assert_eq!(facts.certificate_sent.as_ref(), via.identity.as_ref().map(Identity::facts));

        let none = perform(&engine, get(&server.url("/"))).await.call;
        assert!(!none.phases.reused, "a connection is never shared between identities");
        let failure = none.failure.unwrap();
        assert_eq!(failure.code, Code::TlsFailed, "{failure:?}");
        assert!(failure.message.contains("client certificate"), "{failure:?}");
        assert_eq!(none.tls.unwrap().certificate_requested, Some(true));

        let foreign = Via { identity: Some(Authority::new("Foreign").identity()), ..Via::default() };
        let failure = perform_via(&engine, get(&server.url("/")), &foreign).await.call.failure.unwrap();
        assert_eq!(failure.code, Code::TlsFailed, "{failure:?}");
        assert!(failure.message.contains("refused the client certificate"), "{failure:?}");
    }
}

#[tokio::test]
async fn something_else_than_tls_is_told() {
    let address = raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), false).await;
    let (engine, _folder) = engine(&[]);
    let failure = perform(&engine, get(&format!("https://{address}/"))).await.call.failure.unwrap();
    assert_eq!(failure.code, Code::TlsFailed, "{failure:?}");
    assert!(failure.message.contains("does not speak TLS"), "{failure:?}");
}
