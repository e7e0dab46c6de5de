//! Cookies of sessions, and calls as curl commands, through the facade.

use super::{order, request, tenant, workbench};
use crate::http::tests::server::{Server, answer};
use crate::http::{Authorization, Body, CookieJar, CookieName, CookieSet, Field};
use crate::operation::CallName;
use crate::redact::Segment;
use crate::secret::Secret;

async fn server() -> Server {
    Server::plain(|got| {
        if got.target == "/oauth/token" {
            let token = r#"{"access_token":"the-token","token_type":"bearer","expires_in":3600}"#;
            return answer(200, &[("content-type", "application/json".to_owned())], token);
        }
        answer(
            200,
            &[("set-cookie", "JSESSIONID=s3cret-id; Path=/http; HttpOnly; Max-Age=600".to_owned())],
            "ok",
        )
    })
    .await
}

fn jar() -> CookieJar {
    CookieJar { tenant: Some("acme".to_owned()) }
}

fn name(credential: &str, name: &str) -> CookieName {
    CookieName {
        tenant: Some("acme".to_owned()),
        credential: credential.to_owned(),
        domain: "localhost".to_owned(),
        path: "/http".to_owned(),
        name: name.to_owned(),
    }
}

#[tokio::test]
async fn cookies_are_listed_hidden_changed_and_sent() {
    let (server, workbench) = (server().await, workbench());
    tenant(&workbench, &server.url(""), "key-secret").await;
    let send = async || {
        let order = order(request("/http/x", Authorization::default()), Some("acme"));
        workbench.send(order, &|_| {}).await.unwrap();
        server.got().last().unwrap().header("cookie").to_owned()
    };
    assert_eq!(send().await, "");
    let cookies = workbench.cookie_list(jar()).await.unwrap();
    let [cookie] = cookies.as_slice() else { panic!("{cookies:?}") };
    assert_eq!((cookie.credential.as_str(), cookie.domain.as_str()), ("flow · bearer", "localhost"));
    assert_eq!((cookie.path.as_str(), cookie.http_only, cookie.secure), ("/http", true, false));
    assert_eq!(cookie.value, [Segment::masked("", 9)]);
    assert!(cookie.expires_at.is_some());
    let session = name("flow · bearer", "JSESSIONID");
    assert_eq!(workbench.cookie_reveal(session.clone()).await.unwrap(), "s3cret-id");

    let set = |cookie, value| CookieSet { cookie, value: Secret::from(value), secure: false };
    workbench.cookie_set(set(name("flow · bearer", "mine"), "1")).await.unwrap();
    assert!(workbench.cookie_set(set(name("flow · bearer", "mine"), "a;b")).await.is_err());
    assert!(workbench.cookie_set(set(name("nobody · bearer", "mine"), "1")).await.is_err());
    let both = send().await;
    assert!(both.contains("mine=1") && both.contains("JSESSIONID=s3cret-id"), "{both}");

    let left = workbench.cookie_remove(session.clone()).await.unwrap();
    assert_eq!(left.len(), 1);
    assert!(workbench.cookie_remove(session.clone()).await.is_err());
    assert!(workbench.cookie_reveal(session).await.is_err());
    assert_eq!(workbench.cookie_clear(jar()).await.unwrap(), []);
    assert_eq!(send().await, "");
}

#[tokio::test]
async fn a_cookie_can_be_set_before_the_first_call() {
    let (server, workbench) = (server().await, workbench());
    tenant(&workbench, &server.url(""), "key-secret").await;
    let cookie = name("flow · basic", "mine");
    let set = CookieSet { cookie, value: Secret::from("1"), secure: false };
    assert_eq!(workbench.cookie_set(set).await.unwrap()[0].credential, "flow · basic");
}

#[tokio::test]
async fn a_call_is_shown_as_a_command_without_its_secrets() {
    let (server, workbench) = (server().await, workbench());
    tenant(&workbench, &server.url(""), "key-secret").await;
    let mut request = request("/http/it's?token=abc&q=[1]", Authorization::default());
    request.method = "POST".to_owned();
    request.headers = vec![Field::new("X-Note", "a $HOME `b`")];
    request.body = Body::Json { text: "{\"it\":\"isn't\"}".to_owned() };
    let order = order(request, Some("acme"));
    let exchange = workbench.send(order, &|_| {}).await.unwrap();
    assert_eq!(exchange.calls.len(), 2);
    let curl = async |call| workbench.exchange_curl(CallName { exchange: exchange.id, call }).await;
    let command = curl(1).await.unwrap();
    assert!(command.starts_with("curl --globoff --request POST --url "), "{command}");
    assert!(command.contains("token='\"${SECRET}\"'&q=[1]'"), "{command}");
    assert!(command.contains("--header 'authorization: ''Bearer '\"${TOKEN}\""), "{command}");
    assert!(command.contains("'x-note: ''a $HOME `b`'"), "{command}");
    assert!(command.contains("--data-raw '{\"it\":\"isn'\\''t\"}'"), "{command}");
    let token = curl(0).await.unwrap();
    #[cfg(unix)]
    in_a_shell(&command, &server.url("/http/it's?token=T2&q=[1]"));
    assert!(token.contains("--data-raw \"${FORM}\""), "{token}");
    for secret in ["the-token", "key-secret", "abc", "•"] {
        assert!(!(command.clone() + &token).contains(secret), "{secret}");
    }
    assert!(curl(2).await.is_err());
}

/// What a shell makes of the command is what went out.
#[cfg(unix)]
fn in_a_shell(command: &str, url: &str) {
    let script = format!("curl() {{ printf '%s\\n' \"$@\"; }}; TOKEN=T1; SECRET=T2; {command}");
    let output = std::process::Command::new("sh").args(["-euc", &script]).output().unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{script}");
    for word in [url, "authorization: Bearer T1", "x-note: a $HOME `b`", "{\"it\":\"isn't\"}"] {
        assert!(words.lines().any(|line| line == word), "{word} in {words}");
    }
}
