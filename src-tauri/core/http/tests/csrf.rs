use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::Response;
use http_body_util::Full;

use super::client::*;
use super::sendings::{prepare, purposes, request, send, status};
use super::server::*;
use crate::http::{Access, Body, CsrfMode, Post, Purpose, Request};
use crate::secret::Secret;

/// A sender with CSRF protection as sap-domain 4.5 describes it.
fn protected(got: &Got) -> Response<Full<Bytes>> {
    if got.header("x-csrf-token").eq_ignore_ascii_case("fetch") {
        let cookies = [
            ("set-cookie", "JSESSIONID=abc; Path=/http; HttpOnly".to_owned()),
            ("set-cookie", "__VCAP_ID__=def; Path=/http".to_owned()),
            ("x-csrf-token", "tok".to_owned()),
        ];
        return answer(200, &cookies, "");
    }
    let cookies = got.header("cookie");
    let good = cookies.contains("JSESSIONID=abc") && cookies.contains("__VCAP_ID__=def");
    if got.method != "GET" && !(good && got.header("x-csrf-token") == "tok") {
        return answer(
            403,
            &[("X-CSRF-Token", "required".to_owned()), ("content-type", "text/html".to_owned())],
            "HTTP Status 403",
        );
    }
    text("the flow ran")
}

#[tokio::test]
async fn csrf_is_fetched_once_on_demand_and_then_reused_by_the_same_credential() {
    let server = Server::plain(protected).await;
    let (engine, _folder) = engine(&[]);
    let post = Post::new(engine);
    let body = Body::Json { text: "{}".to_owned() };
    let wanted = Request { body, ..request("POST", &server.url("/http/orders?x=1")) };
    let first = send(&post, prepare(wanted.clone(), Access::None, "a")).await;
    assert_eq!(purposes(&first), [Purpose::Request, Purpose::Csrf, Purpose::Again]);
    assert_eq!((status(&first), first.body.head()), (200, &b"the flow ran"[..]));
    assert_eq!(first.exchange.failure, None);
    assert_eq!(first.revealed.len(), 3);
    let got = server.got();
    assert_eq!((got[1].method.as_str(), got[1].header("content-type")), ("GET", ""));
    assert_eq!((got[2].header("content-type"), &got[2].body[..]), ("application/json", &b"{}"[..]));
    let second = send(&post, prepare(wanted.clone(), Access::None, "a")).await;
    assert_eq!(purposes(&second), [Purpose::Request]);

    let secret = Secret::from("pw");
    let other = Access::Basic { client_id: "sb".to_owned(), secret };
    let other = send(&post, prepare(wanted, other, "b")).await;
    assert_eq!(purposes(&other), [Purpose::Request, Purpose::Csrf, Purpose::Again]);
    let got = &server.got()[4];
    assert_eq!((got.header("cookie"), got.header("x-csrf-token")), ("", ""));
    assert_eq!(got.header("authorization"), "Basic c2I6cHc=");
}

#[tokio::test]
async fn csrf_always_fetches_first_and_never_does_not() {
    let server = Server::plain(protected).await;
    let (engine, _folder) = engine(&[]);
    let post = Post::new(engine);
    let always = Request { csrf: CsrfMode::Always, ..request("PUT", &server.url("/http/a")) };
    let sending = send(&post, prepare(always, Access::None, "a")).await;
    assert_eq!(purposes(&sending), [Purpose::Csrf, Purpose::Request]);
    assert_eq!(status(&sending), 200);
    let never = Request { csrf: CsrfMode::Never, ..request("PUT", &server.url("/http/b")) };
    let sending = send(&post, prepare(never, Access::None, "a")).await;
    assert_eq!((purposes(&sending), status(&sending)), (vec![Purpose::Request], 403));
    let read = Request { csrf: CsrfMode::Always, ..request("GET", &server.url("/http/a")) };
    assert_eq!(purposes(&send(&post, prepare(read, Access::None, "a")).await), [Purpose::Request]);
}

#[tokio::test]
async fn what_a_flow_passes_on_from_its_own_receiver_is_never_taken_for_the_platforms_refusal() {
    let passed_on = [("x-csrf-token", "Required".to_owned()), ("content-type", "text/plain".to_owned())];
    let server = Server::plain(move |_| answer(403, &passed_on, "CSRF token validation failed")).await;
    let (engine, _folder) = engine(&[]);
    let sending =
        send(&Post::new(engine), prepare(request("POST", &server.url("/")), Access::None, "a")).await;
    assert_eq!((purposes(&sending), status(&sending)), (vec![Purpose::Request], 403), "the flow has run");
}

#[tokio::test]
async fn a_sender_that_gives_no_csrf_token_is_told_and_not_taken_for_a_success() {
    let server = Server::plain(|got| match got.header("x-csrf-token") {
        "Fetch" => text(""),
        _ => answer(
            403,
            &[("x-csrf-token", "Required".to_owned()), ("content-type", "text/html".to_owned())],
            "<title>HTTP Status 403 – Forbidden</title>",
        ),
    })
    .await;
    let (engine, _folder) = engine(&[]);
    let sending =
        send(&Post::new(engine), prepare(request("POST", &server.url("/")), Access::None, "a")).await;
    assert_eq!(purposes(&sending), [Purpose::Request, Purpose::Csrf]);
    assert!(sending.exchange.failure.unwrap().message.contains("The flow did not run."));
}

#[tokio::test]
async fn parallel_sendings_share_one_csrf_fetch_and_one_session() {
    let sessions = AtomicUsize::new(0);
    // Every caller without a cookie gets a session of its own, and a token counts only in its session.
    let server = Server::plain(move |got| {
        let known = got.header("cookie").strip_prefix("JSESSIONID=").map(str::to_owned);
        let session = known.unwrap_or_else(|| sessions.fetch_add(1, Ordering::SeqCst).to_string());
        let cookie = ("set-cookie", format!("JSESSIONID={session}; Path=/"));
        match got.header("x-csrf-token") {
            "Fetch" => answer(200, &[cookie, ("x-csrf-token", format!("token-{session}"))], ""),
            token if token == format!("token-{session}") => text("the flow ran"),
            _ => {
                let html = ("content-type", "text/html;charset=utf-8".to_owned());
                answer(403, &[cookie, ("x-csrf-token", "required".to_owned()), html], "HTTP Status 403")
            }
        }
    })
    .await;
    let (engine, _folder) = engine(&[]);
    let post = Post::new(engine);
    let url = server.url("/http/orders");
    let sendings = (0..20).map(|_| send(&post, prepare(request("POST", &url), Access::None, "a")));
    let sendings = futures_util::future::join_all(sendings).await;
    assert!(sendings.iter().all(|sending| status(sending) == 200));
    let fetches = server.got().iter().filter(|got| got.header("x-csrf-token") == "Fetch").count();
    assert_eq!(fetches, 1);
}
