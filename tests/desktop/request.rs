//! What is sent, and what is seen of it.

use sluice_sandbox::KeyName;

use crate::support::{CONTROL, Clipboard, Home, Tenant, Window, css, id, tab};

#[tokio::test(flavor = "multi_thread")]
async fn method_parameter_header_and_body_arrive_as_written() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("PUT", "/http/echo").await;
    window.field("Params", "Parameter", "customer", "Müller & Co").await;
    window.field("Headers", "Header", "X-Trace", "abc-123").await;
    window.json_body(r#"{"items":[1,2]}"#).await;
    window.send("200 OK").await;
    let calls = tenant.sandbox.journal().to("/http/echo");
    let call = calls.last().expect("the call arrived");
    assert_eq!((call.method.as_str(), call.body.as_ref()), ("PUT", br#"{"items":[1,2]}"#.as_slice()));
    assert_eq!(call.query.as_deref(), Some("customer=M%C3%BCller%20%26%20Co"));
    let has = |name: &str, value: &str| call.headers.contains(&(name.to_owned(), value.to_owned()));
    assert!(has("x-trace", "abc-123") && has("content-type", "application/json"), "{:?}", call.headers);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_shows_headers_and_how_the_connection_was_secured() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/echo").await;
    window.send("200 OK").await;
    window.click(&tab("Headers")).await;
    window.click(&tab("TLS")).await;
    window.shows(&css("section[aria-label='Response']"), "the server's certificate is good").await;
    window.click(&tab("Token")).await;
    window.shows(&css("section[aria-label='Response']"), "ESBMessaging.send").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_without_sign_in_is_refused_and_the_reason_is_said() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/echo").await;
    window.click(&tab("Auth")).await;
    window.click(&id("auth-none")).await;
    window.send("401").await;
    window.shows(&css("section[aria-label='Response']"), "The tenant wants to know who is calling").await;
    window.shows(&css("section[aria-label='Response']"), "Send with a token").await;
    assert!(tenant.runs("/http/echo").is_empty(), "the flow must not run");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_call_can_be_cancelled_and_the_flow_may_still_finish() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/slow?seconds=30").await;
    window.click(&id("send")).await;
    window.shows(&id("sending"), "Waiting for the flow").await;
    let runs = async || tenant.runs("/http/slow").len() == 1;
    window.until("the flow runs", runs).await;
    window.click(&id("cancel")).await;
    window.shows(&id("status"), "Cancelled").await;
    window.shows(&id("error-message"), "The flow may still finish").await;
    window.find(&id("send")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_curl_command_pasted_as_the_url_fills_method_headers_and_body() {
    let tenant = Tenant::start().await;
    let key = tenant.issued(KeyName::Secret);
    let (user, password) = (key.client_id(), key.client_secret().expect("this key has one"));
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    let command = format!(
        "curl -X PUT '{}/http/echo?customer=7' \\\n  -H 'X-Trace: abc-123' -H 'Content-Type: application/json' \\\n  \
         -u '{user}:{password}' --data-raw '{{\"items\":[1,2]}}'",
        tenant.sandbox.runtime_url()
    );
    let clipboard = Clipboard::holding(&command).await;
    window.press(&id("url"), &format!("{CONTROL}v")).await;
    window.until("the method is filled", async || window.value(&id("method")).await == "PUT").await;
    drop(clipboard);
    window.send("200 OK").await;
    let calls = tenant.sandbox.journal().runs_of("/http/echo");
    let [call] = calls.as_slice() else { panic!("one call, not {}", calls.len()) };
    assert_eq!((call.method.as_str(), call.body_text().as_str()), ("PUT", r#"{"items":[1,2]}"#));
    assert_eq!(call.query.as_deref(), Some("customer=7"));
    assert_eq!(call.header("x-trace"), Some("abc-123"));
    assert_eq!(call.header("content-type"), Some("application/json"));
    assert!(call.header("authorization").is_some_and(|sent| sent.starts_with("Basic ")));
    window.close().await;
}
