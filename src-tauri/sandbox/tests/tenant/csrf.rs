use reqwest::{Method, RequestBuilder, Response};
use sluice_sandbox::{KeyName, Sandbox};

use crate::client::{client, http1_client, json, runtime, start, token};

const ORDERS: &str = "/http/orders";

fn cookies(answer: &Response) -> String {
    let cookies = answer.headers().get_all("set-cookie").iter();
    let cookies: Vec<_> =
        cookies.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned()).collect();
    cookies.join("; ")
}

async fn fetch(request: RequestBuilder) -> (String, String) {
    let answer = request.header("X-CSRF-Token", "Fetch").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let token = answer.headers()["x-csrf-token"].to_str().unwrap().to_owned();
    let cookies = cookies(&answer);
    assert!(answer.bytes().await.unwrap().is_empty());
    (token, cookies)
}

fn runs(sandbox: &Sandbox, path: &str) -> usize {
    sandbox.journal().runs_of(path).len()
}

#[tokio::test]
async fn a_fetched_token_with_its_cookies_lets_the_flow_run() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let bearer = token(&sandbox, KeyName::Secret).await;
    let url = runtime(&sandbox, ORDERS);
    let (csrf, cookies) = fetch(client.get(&url).bearer_auth(&bearer)).await;
    assert_eq!(csrf.len(), 32);
    for name in ["JSESSIONID=", "__VCAP_ID_META__=", "__VCAP_ID__="] {
        assert!(cookies.contains(name), "{cookies}");
    }
    assert_eq!(runs(&sandbox, ORDERS), 0);
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        let request = client.request(method, &url).bearer_auth(&bearer).header("cookie", &cookies);
        assert!(request.header("X-CSRF-Token", &csrf).send().await.unwrap().status().is_success());
    }
    assert_eq!(runs(&sandbox, ORDERS), 4);
}

#[tokio::test]
async fn a_post_answers_the_order() {
    let sandbox = start().await;
    let client = http1_client(&sandbox);
    let bearer = token(&sandbox, KeyName::Secret).await;
    let url = runtime(&sandbox, ORDERS);
    let (csrf, cookies) = fetch(client.get(&url).bearer_auth(&bearer)).await;
    let request =
        client.post(&url).bearer_auth(&bearer).header("cookie", &cookies).header("X-CSRF-Token", &csrf);
    let answer = request.body("{}").send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let order = json(answer).await;
    assert_eq!(order["salesOrder"], "4500018237");
    assert_eq!(order["totals"]["net"], 566.4);
    assert_eq!(order["totals"]["tax"], 107.62);
}

#[tokio::test]
async fn anything_missing_is_refused_before_the_flow() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let bearer = token(&sandbox, KeyName::Secret).await;
    let url = runtime(&sandbox, ORDERS);
    let (csrf, all) = fetch(client.get(&url).bearer_auth(&bearer)).await;
    let session_only = all.split("; ").next().unwrap().to_owned();
    let cases =
        [("", ""), (csrf.as_str(), ""), ("WRONG", &all), ("", &all), (&csrf, &session_only), ("Fetch", &all)];
    for (csrf, cookies) in cases {
        let mut request = client.post(&url).bearer_auth(&bearer);
        if !csrf.is_empty() {
            request = request.header("X-CSRF-Token", csrf);
        }
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 403, "{csrf} {cookies}");
        assert_eq!(answer.headers()["x-csrf-token"], "required");
        assert_eq!(answer.headers().get_all("set-cookie").iter().count(), 3);
        assert!(answer.text().await.unwrap().contains("<title>HTTP Status 403 – Forbidden</title>"));
    }
    assert_eq!(runs(&sandbox, ORDERS), 0);
}

#[tokio::test]
async fn a_token_belongs_to_its_address_client_and_session() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let bearer = token(&sandbox, KeyName::Secret).await;
    let other = token(&sandbox, KeyName::SecretSecond).await;
    let url = runtime(&sandbox, ORDERS);
    let (csrf, cookies) = fetch(client.get(&url).bearer_auth(&bearer)).await;
    let post = async |url: &str, bearer: &str| {
        let request = client.post(url).bearer_auth(bearer).header("cookie", &cookies);
        request.header("X-CSRF-Token", &csrf).send().await.unwrap().status().as_u16()
    };
    assert_eq!(post(&runtime(&sandbox, "/http/echo-protected"), &bearer).await, 403);
    assert_eq!(post(&url, &other).await, 403);
    assert_eq!(post(&url, &bearer).await, 201);
    sandbox.faults().end_sessions();
    assert_eq!(post(&url, &bearer).await, 403);
}

#[tokio::test]
async fn an_open_endpoint_runs_on_fetch_and_a_plain_get_runs_everywhere() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let bearer = token(&sandbox, KeyName::Secret).await;
    let echo = client.get(runtime(&sandbox, "/http/echo")).bearer_auth(&bearer);
    assert_eq!(json(echo.header("X-CSRF-Token", "Fetch").send().await.unwrap()).await["method"], "GET");
    assert_eq!(runs(&sandbox, "/http/echo"), 1);
    client.get(runtime(&sandbox, ORDERS)).bearer_auth(&bearer).send().await.unwrap();
    assert_eq!(runs(&sandbox, ORDERS), 1);
}
