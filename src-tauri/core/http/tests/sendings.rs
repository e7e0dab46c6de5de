use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::client::*;
use super::server::*;
use crate::error::{Code, Error};
use crate::http::{
    Access, Body, Caller, Course, CsrfMode, Engine, ExchangeId, Field, GrantedToken, Post, Prepared, Purpose,
    Request, Sending, TokenCall, TokenFailure, TokenSource,
};
use crate::secret::Secret;
use crate::settings::Settings;

/// Gives `token-1`, then `token-2` when asked for a fresh one, and so on, each by a call when an engine is given.
#[derive(Default)]
struct Tokens {
    asked: AtomicUsize,
    fresh: AtomicUsize,
    calls: Option<(Engine, String)>,
    refuses: bool,
}

impl TokenSource for Tokens {
    fn token<'a>(
        &'a self,
        fresh: bool,
        course: &'a Course<'a>,
    ) -> BoxFuture<'a, Result<GrantedToken, TokenFailure>> {
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let number = self.fresh.fetch_add(usize::from(fresh), Ordering::SeqCst) + usize::from(fresh) + 1;
            let mut call = None;
            if let Some((engine, url)) = &self.calls {
                let mut wire = get(url);
                wire.purpose = Purpose::Token;
                let performed = engine.perform(wire, &crate::http::Via::default(), course).await;
                call = Some(TokenCall { call: performed.call, revealed: performed.revealed });
            }
            if self.refuses {
                return Err(TokenFailure {
                    error: Error::new(Code::TokenRefused, "no"),
                    calls: call.into_iter().collect(),
                });
            }
            Ok(GrantedToken {
                value: Secret::new(format!("token-{number}")),
                calls: call.into_iter().collect(),
                facts: None,
            })
        })
    }
}

pub(super) fn request(method: &str, url: &str) -> Request {
    Request {
        method: method.to_owned(),
        url: url.to_owned(),
        parameters: Vec::new(),
        path_parameters: Vec::new(),
        headers: Vec::new(),
        body: Body::None,
        authorization: crate::http::Authorization::None,
        csrf: CsrfMode::Auto,
        options: crate::http::RequestOptions::default(),
    }
}

fn field(name: &str, value: &str) -> Field {
    Field::new(name, value)
}

pub(super) fn prepare(request: Request, access: Access, key: &str) -> Prepared {
    let (tenant, credential) = (Some("acme".to_owned()), key.to_owned());
    let caller = Caller { tenant, base: None, key: Some(key.to_owned()), access, credential };
    Prepared::new(ExchangeId::from(Uuid::nil()), request, caller, &Settings::default()).unwrap()
}

pub(super) async fn send(post: &Post, prepared: Prepared) -> Sending {
    let cancel = CancellationToken::new();
    post.send(prepared, &|_| {}, &cancel).await
}

pub(super) fn purposes(sending: &Sending) -> Vec<Purpose> {
    sending.exchange.calls.iter().map(|call| call.purpose).collect()
}

pub(super) fn status(sending: &Sending) -> u16 {
    sending.exchange.calls.last().unwrap().received.as_ref().unwrap().status
}

const PLATFORM: &str = "<html><h1>HTTP Status 401 – Unauthorized</h1></html>";

#[tokio::test]
async fn the_platforms_401_gets_one_fresh_token_and_a_flows_401_none() {
    let html = [("content-type", "text/html;charset=utf-8".to_owned())];
    let server = Server::plain(move |got| match (got.target.as_str(), got.header("authorization")) {
        ("/platform", "Bearer token-2") => text("ok"),
        ("/flow", _) => answer(401, &[("content-type", "application/json".to_owned())], "{}"),
        _ => answer(401, &html, PLATFORM),
    })
    .await;
    let (engine, _folder) = engine(&[]);
    let post = Post::new(engine);
    for (path, calls, expected, asked) in
        [("/platform", 2, 200, 2), ("/flow", 1, 401, 1), ("/other", 2, 401, 2)]
    {
        let tokens = Arc::new(Tokens::default());
        let access = Access::Bearer(Arc::<Tokens>::clone(&tokens));
        let sending = send(&post, prepare(request("POST", &server.url(path)), access, "a")).await;
        assert_eq!((sending.exchange.calls.len(), status(&sending)), (calls, expected), "{path}");
        assert_eq!(tokens.asked.load(Ordering::SeqCst), asked, "{path}");
    }
}

#[tokio::test]
async fn the_token_call_comes_first_also_when_it_fails() {
    let server = Server::plain(|_| text("ok")).await;
    let (engine, _folder) = engine(&[]);
    let post = Post::new(engine.clone());
    for refuses in [false, true] {
        let calls = Some((engine.clone(), server.url("/oauth/token")));
        let tokens = Tokens { calls, refuses, ..Tokens::default() };
        let access = Access::Bearer(Arc::new(tokens));
        let sending = send(&post, prepare(request("GET", &server.url("/")), access, "a")).await;
        let calls = &sending.exchange.calls;
        assert_eq!(calls[0].purpose, Purpose::Token);
        assert_eq!(calls.len(), if refuses { 1 } else { 2 });
        assert_eq!(sending.revealed.len(), calls.len());
        assert_eq!(sending.exchange.failure.is_some(), refuses);
        if !refuses {
            assert!(calls[1].start_ms >= calls[0].start_ms + calls[0].phases.total_ms);
        }
    }
}

#[tokio::test]
async fn redirects_keep_credentials_at_home() {
    let foreign = Server::plain(|_| text("elsewhere")).await;
    let target = foreign.url("/landed");
    let server = Server::plain(move |got| match got.target.as_str() {
        "/a" => {
            answer(302, &[("location", "/b#part".to_owned()), ("set-cookie", "s=1; Path=/".to_owned())], "")
        }
        "/b" => answer(307, &[("location", target.clone())], ""),
        _ => answer(302, &[("location", "/loop".to_owned())], ""),
    })
    .await;
    let (engine, _folder) = engine(&[]);
    let post = Post::new(engine);
    let mut wanted = request("POST", &server.url("/a"));
    wanted.body = Body::Text { text: "payload".to_owned() };
    wanted.headers = vec![
        field("X-Api-Key", "k"),
        field("X-CSRF-Token", "t"),
        field("X-Plain", "p"),
        field("Accept-Language", "de"),
    ];
    let access = Access::Basic { client_id: "id".to_owned(), secret: Secret::from("pw") };
    let sending = send(&post, prepare(wanted, access, "a")).await;
    assert_eq!(purposes(&sending), [Purpose::Request, Purpose::Redirect, Purpose::Redirect]);
    let home = &server.got()[1];
    assert_eq!(
        (home.method.as_str(), home.header("cookie"), home.header("content-type")),
        ("GET", "s=1", "")
    );
    assert_eq!(home.header("authorization"), "Basic aWQ6cHc=");
    let away = &foreign.got()[0];
    for name in ["authorization", "cookie", "x-api-key", "x-csrf-token", "x-plain"] {
        assert_eq!(away.header(name), "", "{name}");
    }
    assert_eq!(away.header("accept-language"), "de");

    let sending = send(&post, prepare(request("GET", &server.url("/loop")), Access::None, "a")).await;
    assert_eq!(sending.exchange.calls.len(), 11);
    assert!(sending.exchange.failure.unwrap().message.contains("10 redirects"));
    let mut stays = request("GET", &server.url("/a"));
    stays.options.follow_redirects = Some(false);
    let sending = send(&post, prepare(stays, Access::None, "a")).await;
    assert_eq!((sending.exchange.calls.len(), status(&sending)), (1, 302));
}

#[tokio::test]
async fn a_user_in_the_url_becomes_basic_and_leaves_no_trace() {
    let server = Server::plain(|_| text("ok")).await;
    let (engine, _folder) = engine(&[]);
    let url = server.url("/").replace("//", "//me:pass%21@");
    let sending = send(&Post::new(engine), prepare(request("GET", &url), Access::None, "a")).await;
    assert_eq!(server.got()[0].header("authorization"), "Basic bWU6cGFzcyE=");
    assert!(!serde_json::to_string(&sending.exchange.calls).unwrap().contains("pass"));
}

#[tokio::test]
async fn nothing_is_repeated_when_the_connection_breaks() {
    let address = raw(Vec::new(), false).await;
    let (engine, _folder) = engine(&[]);
    let wanted = request("POST", &format!("http://{address}/"));
    let sending = send(&Post::new(engine), prepare(wanted, Access::None, "a")).await;
    assert_eq!(purposes(&sending), [Purpose::Request]);
    assert_eq!(sending.exchange.failure.unwrap().code, Code::CutOff);
}

#[tokio::test]
async fn nothing_is_repeated_when_a_reused_connection_ends_after_the_request() {
    let (address, requests) = once_only().await;
    let (engine, _folder) = engine(&[]);
    let post = Post::new(engine);
    let wanted = request("POST", &format!("http://{address}/"));
    assert_eq!(status(&send(&post, prepare(wanted.clone(), Access::None, "a")).await), 200);
    let second = send(&post, prepare(wanted, Access::None, "a")).await;
    assert!(second.exchange.calls[0].phases.reused);
    assert!(second.exchange.failure.unwrap().hint.unwrap().contains("may still finish"));
    assert_eq!(requests.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_sending_cancelled_before_it_begins_sends_nothing() {
    let server = Server::plain(|_| text("ok")).await;
    let (engine, _folder) = engine(&[]);
    let cancel = CancellationToken::new();
    cancel.cancel();
    let prepared = prepare(request("POST", &server.url("/")), Access::None, "a");
    let sending = Post::new(engine).send(prepared, &|_| {}, &cancel).await;
    let failure = sending.exchange.failure.unwrap();
    assert_eq!(failure.code, Code::Cancelled);
    assert_eq!(failure.message, "Cancelled before anything was sent.");
    assert!(server.got().is_empty());
}
