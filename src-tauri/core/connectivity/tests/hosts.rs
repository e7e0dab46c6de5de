use std::time::{Duration, Instant};

use rustls::version::{TLS12, TLS13};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{network, prepare, rules, test};
use crate::connectivity::{ClientCertificateDemand, ConnectivityReach, RootOrigin};
use crate::error::Code;
use crate::http::tests::authority::{Authority, Tls};
use crate::http::tests::server::{Server, answer, raw, text};

#[tokio::test]
async fn a_host_in_order_is_told_with_version_cipher_protocol_and_chain() {
    let authority = Authority::new("Test Root");
    let tls = Tls { alpn: vec!["h2", "http/1.1"], ..authority.tls(&["localhost"]) };
    let server = Server::tls(tls, |_| text("")).await;
    let found = test(&server.url("/orders?a=b"), network(std::slice::from_ref(&authority.root))).await;
    assert_eq!((found.reached, found.failure.as_ref()), (ConnectivityReach::Http, None));
    assert!(found.is_sound(), "{:?}", found.findings);
    let tls = found.tls.expect("tls");
    assert_eq!((tls.version.as_deref(), tls.alpn.as_deref()), (Some("TLS 1.3"), Some("h2")));
    assert!(tls.cipher.is_some_and(|cipher| cipher.starts_with("TLS_AES_")));
    assert!(tls.versions.iter().all(|offer| offer.offered == Some(true)), "{:?}", tls.versions);
    let chain = tls.chain.expect("chain");
    assert!(chain.ordered && chain.complete && chain.host_matches);
    assert_eq!(chain.root.map(|root| root.origin), Some(RootOrigin::Added));
    assert_eq!((tls.trusted, tls.refusal), (Some(true), None));
    assert_eq!(tls.client_certificate.map(|request| request.demand), Some(ClientCertificateDemand::None));
    assert_eq!(found.http.map(|http| http.status), Some(200));
}

#[tokio::test]
async fn nothing_but_one_head_without_credentials_is_sent() {
    let authority = Authority::new("Test Root");
    let server = Server::tls(authority.tls(&["localhost"]), |_| text("")).await;
    test(&server.url("/orders").replace("https://", "https://user:secret@"), network(&[])).await;
    let got = server.got();
    assert_eq!(got.len(), 1, "{got:?}");
    assert_eq!((got[0].method.as_str(), got[0].target.as_str()), ("HEAD", "/"));
    assert!(!got[0].headers.contains_key("authorization") && !got[0].headers.contains_key("cookie"));
    assert!(!format!("{got:?}").contains("secret"));
}

#[tokio::test]
async fn each_version_is_asked_for_alone() {
    let authority = Authority::new("Test Root");
    for (versions, rule, offered) in
        [(&TLS12, "only_tls12", [Some(true), Some(false)]), (&TLS13, "only_tls13", [Some(false), Some(true)])]
    {
        let tls = Tls { versions: vec![versions], ..authority.tls(&["localhost"]) };
        let server = Server::tls(tls, |_| text("")).await;
        let found = test(&server.url("/"), network(std::slice::from_ref(&authority.root))).await;
        assert!(rules(&found).contains(&rule), "{:?}", found.findings);
        let versions = found.tls.expect("tls").versions;
        assert_eq!(versions.iter().map(|offer| offer.offered).collect::<Vec<_>>(), offered);
        assert!(found.http.is_some());
    }
}

#[tokio::test]
async fn a_client_certificate_is_required_or_optional_over_either_version() {
    let authority = Authority::new("Test Root");
    let clients = Authority::new("Client Root");
    for version in [&TLS12, &TLS13] {
        for (required, demand) in
            [(true, ClientCertificateDemand::Required), (false, ClientCertificateDemand::Optional)]
        {
            let tls = Tls {
                versions: vec![version],
                clients: Some((clients.root.clone(), required)),
                ..authority.tls(&["localhost"])
            };
            let server = Server::tls(tls, |_| text("")).await;
            let found = test(&server.url("/"), network(std::slice::from_ref(&authority.root))).await;
            assert!(found.is_sound(), "{:?}", found.findings);
            let tls = found.tls.expect("tls");
            let request = tls.client_certificate.expect("asked");
            assert_eq!(request.demand, demand, "{version:?}");
            assert!(request.issuers[0].contains("Client Root"), "{request:?}");
            assert_eq!(tls.trusted, Some(true), "the certificates are judged all the same");
            assert_eq!(found.http.is_some(), !required);
        }
    }
}

#[tokio::test]
async fn a_server_that_answers_400_without_a_certificate_probably_wants_one() {
    let authority = Authority::new("Test Root");
    let tls = Tls { clients: Some((authority.root.clone(), false)), ..authority.tls(&["localhost"]) };
    let server = Server::tls(tls, |_| answer(400, &[], "")).await;
    let found = test(&server.url("/"), network(std::slice::from_ref(&authority.root))).await;
    let request = found.tls.and_then(|tls| tls.client_certificate).expect("asked");
    assert_eq!(request.demand, ClientCertificateDemand::Likely);
}

#[tokio::test]
async fn a_clock_that_differs_is_a_hint() {
    let authority = Authority::new("Test Root");
    let date = |seconds: i64| {
        let moment = jiff::Timestamp::now().as_second() + seconds;
        let moment = jiff::Timestamp::from_second(moment).expect("a moment");
        jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&moment).expect("a date")
    };
    for (seconds, side) in [(3600, Some("behind")), (-3600, Some("ahead of")), (60, None)] {
        let date = date(seconds);
        let server =
            Server::tls(authority.tls(&["localhost"]), move |_| answer(200, &[("date", date.clone())], ""))
                .await;
        let found = test(&server.url("/"), network(std::slice::from_ref(&authority.root))).await;
        assert!(found.is_sound(), "{:?}", found.findings);
        let title =
            found.findings.iter().find(|finding| finding.rule == "clock").map(|finding| &finding.title);
        assert_eq!(title.is_some(), side.is_some(), "{seconds}");
        assert!(title.is_none_or(|title| side.is_some_and(|side| title.contains(side))), "{title:?}");
    }
}

#[tokio::test]
async fn a_port_that_speaks_no_tls_is_told() {
    let address = raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), false).await;
    let found = test(&address.to_string(), network(&[])).await;
    assert_eq!((rules(&found), found.reached), (vec!["not_tls"], ConnectivityReach::Host));
    assert!(!found.is_sound() && found.failure.is_none());
}

#[tokio::test]
async fn a_server_that_stays_silent_costs_no_more_than_the_time_allowed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address").to_string();
    let begun = Instant::now();
    let test = prepare(&address, network(&[]), Duration::from_millis(300));
    let found = test.run(&CancellationToken::new()).await.expect("not cancelled").connectivity;
    assert_eq!(rules(&found), ["tls_silent"]);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_test_can_be_cancelled() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let test =
        prepare(&listener.local_addr().expect("address").to_string(), network(&[]), Duration::from_mins(1));
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.cancel();
    });
    let begun = Instant::now();
    let stopped = test.run(&cancel).await.err().expect("cancelled");
    assert_eq!(stopped.code, Code::Cancelled);
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn nobody_there_is_told_with_every_address_and_what_to_do() {
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("bind").local_addr().expect("address");
    let found = test(&format!("localhost:{}", closed.port()), network(&[])).await;
    assert_eq!(found.reached, ConnectivityReach::Name);
    assert!(found.attempts.iter().all(|attempt| attempt.failure.is_some()) && !found.attempts.is_empty());
    let failure = found.failure.expect("not reached");
    assert_eq!(failure.code, Code::ConnectFailed);
    assert!(failure.message.contains("refused") && failure.hint.is_some(), "{failure:?}");
    let found = test("no-such-host.invalid", network(&[])).await;
    assert_eq!(found.failure.map(|failure| failure.code), Some(Code::NameNotResolved));
    assert_eq!(found.reached, ConnectivityReach::Nothing);
}
