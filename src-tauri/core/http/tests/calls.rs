use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method};
use tokio_util::sync::CancellationToken;

use super::authority::*;
use super::client::*;
use super::server::*;
use crate::error::Code;
use crate::http::{Course, Network, Progress, Purpose, Via, WireRequest};
use crate::redact::Segment;
use crate::settings::{Proxy, Settings};

#[tokio::test]
async fn a_call_is_recorded_with_its_phases_and_a_reused_connection_has_none() {
    let server = Server::plain(|_| text("hello")).await;
    let (engine, _folder) = engine(&[]);
    let first = perform(&engine, get(&server.url("/a"))).await;
    let call = &first.call;
    let received = call.received.as_ref().unwrap();
    assert_eq!((received.status, received.version.as_str()), (200, "HTTP/1.1"));
    assert_eq!((received.body_size, received.wire_size, received.complete), (5, 5, true));
    assert_eq!(first.body.head(), b"hello");
    let phases = &call.phases;
    assert!(!phases.reused && phases.name_ms.is_some() && phases.connect_ms.is_some());
    assert!(phases.tls_ms.is_none() && phases.send_ms.is_none());
    assert!(phases.wait_ms.is_some() && phases.receive_ms.is_some() && phases.total_ms > 0.0);
    assert_eq!(call.remote_address.as_deref(), Some(server.address.to_string().as_str()));
    let second = perform(&engine, get(&server.url("/b"))).await.call;
    assert!(second.phases.reused);
    assert!(second.phases.name_ms.is_none() && second.phases.connect_ms.is_none());
    assert_eq!(server.got()[0].header("user-agent"), crate::http::header::AGENT);
    assert_eq!(server.got()[0].header("accept-encoding"), "gzip, br, deflate");
}

#[tokio::test]
async fn an_empty_post_says_its_length_and_a_body_is_timed() {
    let server = Server::plain(|_| text("")).await;
    let (engine, _folder) = engine(&[]);
    let empty = WireRequest { method: Method::POST, ..get(&server.url("/")) };
    perform(&engine, empty).await;
    let body = crate::http::Payload::bytes("x".repeat(100_000), "text/plain");
    let full = WireRequest { method: Method::POST, body, ..get(&server.url("/")) };
    let call = perform(&engine, full).await.call;
    assert!(call.phases.send_ms.is_some());
    assert_eq!(call.sent.body_size, 100_000);
    let got = server.got();
    assert_eq!(got[0].header("content-length"), "0");
    assert_eq!((got[1].header("content-length"), got[1].body.len()), ("100000", 100_000));
}

#[tokio::test]
async fn secrets_are_masked_in_the_record_and_kept_apart() {
    let server = Server::plain(|_| answer(200, &[("set-cookie", "a=secret1; Path=/".into())], "")).await;
    let (engine, _folder) = engine(&[]);
    let mut wire = get(&server.url("/?access_token=secret2&plain=1"));
    wire.url.set_password(Some("secret3")).unwrap();
    for (name, value) in
        [("authorization", "Bearer secret4"), ("cookie", "b=secret5; c=secret6"), ("x-api-key", "secret7")]
    {
        wire.headers.insert(name, HeaderValue::from_static(value));
    }
    let performed = perform(&engine, wire).await;
    let record = serde_json::to_string(&performed.call).unwrap();
    assert!(!record.contains("secret"), "{record}");
    assert!(record.contains("access_token=••••&plain=1"), "{record}");
    let header = &performed.call.sent.headers[0];
    assert_eq!(header.value, [Segment::text("Bearer "), Segment::masked("", 7)]);
    // EXPOSE: a test looks at what a reveal would show.
    let clear: Vec<_> =
        performed.revealed.iter().map(|(name, value)| (name.as_str(), value.expose().as_str())).collect();
    assert!(clear.contains(&("authorization", "Bearer secret4")));
    assert!(clear.contains(&("set-cookie", "a=secret1; Path=/")));
}

#[tokio::test]
async fn failures_before_the_answer_are_named() {
    let (engine, _folder) = engine(&[]);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let refused = perform(&engine, get(&format!("http://127.0.0.1:{port}/"))).await.call.failure.unwrap();
    assert_eq!(refused.code, Code::ConnectFailed);
    assert!(
        refused.message.contains("refused") && refused.message.contains("Nothing was sent"),
        "{refused:?}"
    );

    let address = raw(b"SSH-2.0-OpenSSH_9\r\n".to_vec(), false).await;
    let foreign = perform(&engine, get(&format!("http://{address}/"))).await.call.failure.unwrap();
    assert_eq!(foreign.code, Code::CutOff, "{foreign:?}");
    assert!(foreign.message.contains("not HTTP"), "{foreign:?}");

    let address = raw(Vec::new(), false).await;
    let closed = perform(&engine, get(&format!("http://{address}/"))).await.call.failure.unwrap();
    assert_eq!(closed.code, Code::CutOff);
    assert!(closed.message.contains("without an answer"), "{closed:?}");

    let unknown = perform(&engine, get("http://no-such-host.invalid/")).await.call;
    let failure = unknown.failure.unwrap();
    assert_eq!(failure.code, Code::NameNotResolved, "{failure:?}");
    assert!(unknown.phases.name_ms.is_some());
}

#[tokio::test]
async fn a_call_can_be_cancelled_and_runs_out_of_time() {
    let server = Server::slow(Duration::from_secs(20)).await;
    let (engine, _folder) = engine(&[]);
    let cancel = CancellationToken::new();
    let course = Course::begin(Duration::from_secs(20), &|_| {}, &cancel);
    let stop = cancel.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(150)).await;
        stop.cancel();
    });
    let cancelled = engine.perform(get(&server.url("/")), &Via::default(), &course).await.call;
    let failure = cancelled.failure.unwrap();
    assert_eq!(failure.code, Code::Cancelled);
    assert!(failure.message.contains("The flow may still finish on the tenant."));
    assert!(cancelled.phases.wait_ms.unwrap() > 100.0);

    let (never, course_time) = (CancellationToken::new(), Duration::from_millis(150));
    let course = Course::begin(course_time, &|_| {}, &never);
    let late = engine.perform(get(&server.url("/")), &Via::default(), &course).await.call.failure.unwrap();
    assert_eq!(late.code, Code::TimedOut);
    assert!(late.message.contains("150 ms"), "{late:?}");
}

#[tokio::test]
async fn connecting_runs_out_of_time_on_its_own() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut network = Network::new(&Settings::default(), Vec::new());
    network.connect_timeout = Duration::from_millis(200);
    let (engine, _folder) = engine_on(network, None);
    let call = perform(&engine, get(&format!("https://localhost:{port}/"))).await.call;
    let failure = call.failure.unwrap();
    assert_eq!(failure.code, Code::TimedOut, "{failure:?}");
    assert!(failure.message.contains("No connection") && failure.message.contains("200 ms"), "{failure:?}");
    assert!(call.phases.tls_ms.unwrap() > 100.0 && call.phases.wait_ms.is_none(), "{:?}", call.phases);
}

#[tokio::test]
async fn a_cut_body_keeps_what_arrived() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it";
    let address = raw(head.to_vec(), false).await;
    let (engine, _folder) = engine(&[]);
    let performed = perform(&engine, get(&format!("http://{address}/"))).await;
    assert_eq!(performed.body.head(), b"half of it");
    assert!(!performed.call.received.unwrap().complete);
    let failure = performed.call.failure.unwrap();
    assert_eq!(failure.code, Code::CutOff);
    assert!(failure.message.contains("10 B"), "{failure:?}");
}

#[tokio::test]
async fn an_endless_body_can_be_cancelled_and_is_limited() {
    let mut answer = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    answer.extend(std::iter::repeat_n(b'x', 300_000));
    let address = raw(answer, true).await;
    let (engine, _folder) = engine(&[]);
    let never = CancellationToken::new();
    let course = Course::begin(Duration::from_millis(300), &|_| {}, &never);
    let wire = get(&format!("http://{address}/"));
    let performed = engine.perform(wire.clone(), &Via::default(), &course).await;
    assert_eq!(performed.call.failure.unwrap().code, Code::TimedOut);
    assert_eq!(performed.body.size(), 300_000);

    let (limited, _folder) = engine_on(Network::new(&Settings::default(), Vec::new()), Some(100_000));
    let performed = perform(&limited, wire).await;
    assert_eq!(performed.body.size(), 100_000);
    assert!(performed.call.failure.unwrap().message.contains("larger"));
}

#[tokio::test]
async fn a_proxy_connects_and_its_refusal_is_told() {
    let authority = Authority::new("Proxy Root");
    let server = Server::tls(authority.tls(&["tenant.example"]), |_| text("through")).await;
    for (refusal, expected) in [
        (None, None),
        (Some("407 Proxy Authentication Required"), Some("user name")),
        (Some("503 Unavailable"), Some("did not make")),
    ] {
        let address = proxy(server.address, refusal).await;
        let mut network = Network::new(&Settings::default(), vec![authority.root.clone()]);
        network.proxy = Proxy::Url { url: format!("http://{address}"), bypass: String::new() };
        let (engine, _folder) = engine_on(network, None);
        let performed = perform(&engine, get("https://tenant.example/")).await;
        match expected {
            None => {
                assert_eq!(performed.call.failure, None);
                assert_eq!(performed.body.head(), Bytes::from("through"));
                assert_eq!(performed.call.remote_address, Some(address.to_string()));
                assert!(performed.call.tls.unwrap().verified);
            }
            Some(text) => {
                let failure = performed.call.failure.unwrap();
                assert_eq!(failure.code, Code::ConnectFailed);
                assert!(failure.message.contains(text), "{failure:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_socks_proxy_connects_too() {
    let authority = Authority::new("Proxy Root");
    let server = Server::tls(authority.tls(&["tenant.example"]), |_| text("through")).await;
    let mut network = Network::new(&Settings::default(), vec![authority.root.clone()]);
    network.proxy =
        Proxy::Url { url: format!("socks5h://{}", socks(server.address).await), bypass: String::new() };
    let (engine, _folder) = engine_on(network, None);
    let first = perform(&engine, get("https://tenant.example/")).await.call;
    assert_eq!(first.failure, None);
    assert!(first.tls.unwrap().verified && first.phases.tls_ms.is_some());
    assert!(perform(&engine, get("https://tenant.example/")).await.call.phases.reused);
}

#[tokio::test]
async fn progress_is_told_while_a_call_is_slow() {
    let server = Server::slow(Duration::from_millis(250)).await;
    let (engine, _folder) = engine(&[]);
    let told = Mutex::new(Vec::new());
    let tell = |progress: Progress| told.lock().unwrap().push(progress);
    let cancel = CancellationToken::new();
    let course = Course::begin(Duration::from_secs(20), &tell, &cancel);
    engine.perform(get(&server.url("/")), &Via::default(), &course).await;
    let told = told.into_inner().unwrap();
    assert_eq!(told[0], Progress::Calling { purpose: Purpose::Request, number: 1 });
    assert_eq!(told[1], Progress::Waiting);
    assert_eq!(told[2], Progress::Receiving { status: 200, received: 4, of: Some(4) });
    assert_eq!(told.len(), 3);
}

#[tokio::test]
async fn a_call_that_takes_over_an_open_connection_says_that_it_may_have_been_sent() {
    let authority = Authority::new("Test Root");
    let server = Server::slow_tls(authority.tls(&["tenant.example"]), Duration::from_millis(300)).await;
    // The second CONNECT is never answered, so the second call waits until the first gives its connection back.
    let address = proxy_once(server.address).await;
    let mut network = Network::new(&Settings::default(), vec![authority.root.clone()]);
    network.proxy = Proxy::Url { url: format!("http://{address}"), bypass: String::new() };
    let (engine, _folder) = engine_on(network, None);
    let cancel = CancellationToken::new();
    let course = Course::begin(Duration::from_millis(550), &|_| {}, &cancel);
    let via = Via::default();
    let (first, second) =
        tokio::join!(engine.perform(get("https://tenant.example/"), &via, &course), async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            engine.perform(get("https://tenant.example/"), &via, &course).await
        });
    assert_eq!(first.call.failure, None);
    let failure = second.call.failure.unwrap();
    assert!(failure.hint.as_ref().unwrap().contains("may still finish"), "{failure:?}");
    assert!(second.call.phases.reused);
}
