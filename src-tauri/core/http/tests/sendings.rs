use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::Response;
use http_body_util::Full;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

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
                return Err(TokenFailure { error: Error::new(Code::TokenRefused, "no"), call });
            }
            Ok(GrantedToken { value: Secret::new(format!("token-{number}")), call })
        })
    }
}

fn request(method: &str, url: &str) -> Request {
    Request {
        method: method.to_owned(),
        url: url.to_owned(),
        parameters: Vec::new(),
        headers: Vec::new(),
        body: Body::None,
        authorization: crate::http::Authorization::None,
        csrf: CsrfMode::Auto,
        options: crate::http::RequestOptions::default(),
    }
}

fn field(name: &str, value: &str) -> Field {
    Field { name: name.to_owned(), value: value.to_owned(), enabled: true }
}

fn prepare(request: Request, access: Access, key: &str) -> Prepared {
    let caller = Caller { tenant: Some("acme".to_owned()), base: None, key: Some(key.to_owned()), access };
    Prepared::new(ExchangeId::from(Uuid::nil()), request, caller, &Settings::default()).unwrap()
}

async fn send(post: &Post, prepared: Prepared) -> Sending {
    let cancel = CancellationToken::new();
    post.send(prepared, &|_| {}, &cancel).await
}

fn purposes(sending: &Sending) -> Vec<Purpose> {
    sending.exchange.calls.iter().map(|call| call.purpose).collect()
}

fn status(sending: &Sending) -> u16 {
    sending.exchange.calls.last().unwrap().received.as_ref().unwrap().status
}

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
        return answer(403, &[("X-CSRF-Token", "required".to_owned())], "HTTP Status 403");
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
async fn a_sender_that_gives_no_csrf_token_is_told_and_not_taken_for_a_success() {
    let server = Server::plain(|got| match got.header("x-csrf-token") {
        "Fetch" => text(""),
        _ => answer(403, &[("x-csrf-token", "Required".to_owned())], ""),
    })
    .await;
    let (engine, _folder) = engine(&[]);
    let sending =
        send(&Post::new(engine), prepare(request("POST", &server.url("/")), Access::None, "a")).await;
    assert_eq!(purposes(&sending), [Purpose::Request, Purpose::Csrf]);
    assert!(sending.exchange.failure.unwrap().message.contains("The flow did not run."));
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
    wanted.headers = vec![field("X-Api-Key", "k"), field("X-CSRF-Token", "t"), field("X-Plain", "p")];
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
    for name in ["authorization", "cookie", "x-api-key", "x-csrf-token"] {
        assert_eq!(away.header(name), "", "{name}");
    }
    assert_eq!(away.header("x-plain"), "p");

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
async fn a_sending_cancelled_before_it_begins_sends_nothing() {
    let server = Server::plain(|_| text("ok")).await;
    let (engine, _folder) = engine(&[]);
    let cancel = CancellationToken::new();
    cancel.cancel();
    let prepared = prepare(request("POST", &server.url("/")), Access::None, "a");
    let sending = Post::new(engine).send(prepared, &|_| {}, &cancel).await;
    assert_eq!(sending.exchange.failure.unwrap().code, Code::Cancelled);
    assert!(server.got().is_empty());
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
            _ => answer(403, &[cookie, ("x-csrf-token", "required".to_owned())], ""),
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
