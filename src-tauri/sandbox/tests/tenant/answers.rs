use std::time::Duration;

use async_compression::tokio::write::{BrotliDecoder, GzipDecoder, ZlibDecoder};
use reqwest::{Client, Method, Response};
use serde_json::Value;
use sluice_sandbox::{KeyName, Sandbox};
use tokio::io::AsyncWriteExt as _;

use crate::client::{causes, client, http1_client, json, runtime, start, token};

struct Caller {
    sandbox: Sandbox,
    client: Client,
    bearer: String,
}

impl Caller {
    async fn new(client: impl Fn(&Sandbox) -> Client) -> Self {
        let sandbox = start().await;
        let bearer = token(&sandbox, KeyName::Secret).await;
        Self { client: client(&sandbox), sandbox, bearer }
    }

    async fn get(&self, path: &str) -> Response {
        self.client.get(runtime(&self.sandbox, path)).bearer_auth(&self.bearer).send().await.unwrap()
    }

    async fn send(&self, method: Method, path: &str, content_type: &str, body: &str) -> Response {
        let request = self.client.request(method, runtime(&self.sandbox, path)).bearer_auth(&self.bearer);
        request.header("content-type", content_type).body(body.to_owned()).send().await.unwrap()
    }
}

#[tokio::test]
async fn the_echo_tells_what_arrived() {
    let caller = Caller::new(client).await;
    let answer = caller.send(Method::PATCH, "/http/echo?a=1&a=2&b=%C3%BC", "text/plain", "grüezi").await;
    let echo = json(answer).await;
    assert_eq!(echo["method"], "PATCH");
    assert_eq!(echo["query"], serde_json::json!({ "a": ["1", "2"], "b": ["ü"] }));
    assert_eq!(echo["body"], "grüezi");
    assert_eq!(echo["bodySize"], 7);
    assert_eq!(echo["httpVersion"], "HTTP/2.0");
    let mirrored = caller.send(Method::POST, "/http/mirror", "application/x-thing", "abc").await;
    assert_eq!(mirrored.headers()["content-type"], "application/x-thing");
    assert_eq!(mirrored.text().await.unwrap(), "abc");
}

#[tokio::test]
async fn failures_have_the_platforms_shapes() {
    let caller = Caller::new(client).await;
    let failed = caller.get("/http/fail").await;
    assert_eq!(failed.status(), 500);
    assert_eq!(failed.headers()["content-type"], "text/plain");
    let text = failed.text().await.unwrap();
    let id = text
        .strip_prefix("An internal server error occured: The MPL ID for the failed message is : ")
        .unwrap();
    assert_eq!(id.trim_end().len(), 28);
    assert!(id.starts_with("AG") && id.ends_with("\r\n"));
    assert_eq!(caller.get("/http/fail-verbose").await.status(), 500);
    assert_eq!(caller.get("/http/unavailable").await.status(), 503);
    for path in ["/http/none", "/cxf/echo", "/http/payment-status", "/http/echoes", "/"] {
        let answer = caller.get(path).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert!(answer.text().await.unwrap().contains("<title>HTTP Status 404 – Not Found</title>"));
    }
    let rejected = caller.get("/http/reject").await;
    assert_eq!(
        (rejected.status().as_u16(), rejected.headers()["content-type"].to_str().unwrap()),
        (401, "application/json")
    );
    let lost = caller.sandbox.url("other.it-cpi000-rt.cfapps.localhost", "/http/echo");
    let lost = caller.client.get(lost).send().await.unwrap();
    assert_eq!(lost.status(), 404);
    let text = lost.text().await.unwrap();
    assert!(
        text.contains("Requested route ('other.it-cpi000-rt.cfapps.localhost') does not exist."),
        "{text}"
    );
}

#[tokio::test]
async fn soap_takes_a_post_only() {
    let caller = Caller::new(client).await;
    assert_eq!(caller.get("/cxf/payment-status").await.status(), 405);
    let answer = caller.send(Method::POST, "/cxf/payment-status", "text/xml", "<Envelope/>").await;
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.unwrap().contains("CLEARED"));
    assert_eq!(caller.send(Method::POST, "/cxf/payment-status", "text/xml", "hello").await.status(), 500);
    assert_eq!(caller.sandbox.journal().runs_of("/cxf/payment-status").len(), 2);
}

#[tokio::test]
async fn small_answers_are_as_asked_for() {
    let caller = Caller::new(http1_client).await;
    assert_eq!(caller.get("/http/status/418").await.status(), 418);
    assert_eq!(caller.get("/http/status/42").await.status(), 400);
    assert_eq!(caller.get("/http/empty").await.status(), 204);
    let zero = caller.get("/http/zero").await;
    assert_eq!((zero.status().as_u16(), zero.headers()["content-length"].to_str().unwrap()), (200, "0"));
    let redirected = caller.get("/http/redirect?to=https%3A%2F%2Fexample.org%2Fx&status=307").await;
    assert_eq!(
        (redirected.status().as_u16(), &redirected.headers()["location"]),
        (307, &"https://example.org/x".parse().unwrap())
    );
    assert!(caller.get("/http/cookie").await.headers().contains_key("set-cookie"));
    assert!(caller.get("/http/xml").await.text().await.unwrap().starts_with("<?xml"));
}

#[tokio::test]
async fn a_head_has_the_headers_only() {
    for client in [client, http1_client] {
        let caller = Caller::new(client).await;
        let head = caller.send(Method::HEAD, "/http/xml", "text/plain", "").await;
        let size = caller.get("/http/xml").await.bytes().await.unwrap().len();
        assert_eq!(head.headers()["content-length"], size.to_string());
        assert!(head.bytes().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn compressed_answers_decompress() {
    let caller = Caller::new(client).await;
    for coding in ["gzip", "br", "deflate"] {
        let answer = caller.get(&format!("/http/{coding}?bytes=5000")).await;
        assert_eq!(answer.headers()["content-encoding"], coding);
        let body = answer.bytes().await.unwrap();
        let plain = decompressed(coding, &body).await;
        assert_eq!(plain.len(), 5000);
        assert!(serde_json::from_slice::<Value>(&plain).is_ok());
        assert!(body.len() < 1000);
    }
}

async fn decompressed(coding: &str, body: &[u8]) -> Vec<u8> {
    macro_rules! through {
        ($decoder:ident) => {{
            let mut decoder = $decoder::new(Vec::new());
            decoder.write_all(body).await.unwrap();
            decoder.shutdown().await.unwrap();
            decoder.into_inner()
        }};
    }
    match coding {
        "gzip" => through!(GzipDecoder),
        "br" => through!(BrotliDecoder),
        _ => through!(ZlibDecoder),
    }
}

#[tokio::test]
async fn large_and_chunked_answers_are_whole() {
    let caller = Caller::new(http1_client).await;
    let large = caller.get("/http/large?bytes=3000001").await;
    assert_eq!(large.headers()["transfer-encoding"], "chunked");
    let body = large.bytes().await.unwrap();
    assert_eq!(body.len(), 3_000_001);
    assert!(serde_json::from_slice::<Vec<Value>>(&body).is_ok());
    let events = caller.get("/http/chunked?count=3&ms=10").await.text().await.unwrap();
    assert_eq!(events.matches("event: progress").count(), 3);
    assert_eq!(json(caller.get("/http/slow?ms=20").await).await["waitedMs"], 20);
}

#[tokio::test]
async fn a_cut_answer_ends_early_on_both_protocols() {
    for client in [client, http1_client] {
        let caller = Caller::new(client).await;
        let mut answer = caller.get("/http/cut?after=5000").await;
        assert_eq!(answer.headers()["content-length"], "6000");
        let mut received = 0;
        let error = loop {
            match answer.chunk().await {
                Ok(Some(chunk)) => received += chunk.len(),
                Ok(None) => panic!("the answer ended as if it were whole"),
                Err(error) => break error,
            }
        };
        assert_eq!(received, 5000, "{}", causes(&error));
    }
}

#[tokio::test]
async fn leaving_is_noticed() {
    let caller = Caller::new(client).await;
    let mut endless = caller.get("/http/endless").await;
    assert!(endless.chunk().await.unwrap().is_some());
    drop(endless);
    let request =
        caller.client.get(runtime(&caller.sandbox, "/http/slow?seconds=30")).bearer_auth(&caller.bearer);
    assert!(request.timeout(Duration::from_millis(300)).send().await.is_err());
    tokio::time::sleep(Duration::from_millis(500)).await;
    let left = caller.sandbox.journal().matching(|request| request.client_left);
    let paths: Vec<_> = left.iter().map(|request| request.path.as_str()).collect();
    assert_eq!(paths, ["/http/endless", "/http/slow"]);
    assert_eq!(left[1].status, None);
    assert_eq!(left[1].flow.as_deref(), Some("/http/slow"));
}

#[tokio::test]
async fn forms_are_taken_apart() {
    let caller = Caller::new(client).await;
    let file = reqwest::multipart::Part::bytes(vec![0, 255, 13, 10])
        .file_name("a b.bin")
        .mime_str("image/png")
        .unwrap();
    let form = reqwest::multipart::Form::new().text("note", "hello").part("file", file);
    let request = caller.client.post(runtime(&caller.sandbox, "/http/form")).bearer_auth(&caller.bearer);
    let answer = json(request.multipart(form).send().await.unwrap()).await;
    assert_eq!(answer["parts"][0]["name"], "note");
    assert_eq!(answer["parts"][0]["value"], "hello");
    assert_eq!(answer["parts"][1]["fileName"], "a b.bin");
    assert_eq!(answer["parts"][1]["contentType"], "image/png");
    assert_eq!(answer["parts"][1]["size"], 4);
    let urlencoded = "application/x-www-form-urlencoded";
    let answer = json(caller.send(Method::POST, "/http/form", urlencoded, "a=1+2&b=%26").await).await;
    assert_eq!(answer["parts"][0]["value"], "1 2");
    assert_eq!(answer["parts"][1]["value"], "&");
}
