use serde_json::Value;
use sluice_sandbox::{KeyName, Options, Sandbox};

use crate::client::{client, client_with, http1_client, runtime, start, token};

#[tokio::test]
async fn a_request_is_kept_as_it_arrived() {
    let sandbox = start().await;
    let bearer = token(&sandbox, KeyName::Secret).await;
    sandbox.journal().clear();
    let client = http1_client(&sandbox);
    let request = client.post(runtime(&sandbox, "/http/echo?x=%20y")).bearer_auth(&bearer);
    let request = request.header("x-twice", "1").header("x-twice", "2").body("payload");
    request.send().await.unwrap().bytes().await.unwrap();
    client.get(runtime(&sandbox, "/http/none")).bearer_auth(&bearer).send().await.unwrap();
    let requests = sandbox.journal().requests();
    let [echo, none] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!((echo.method.as_str(), echo.query.as_deref()), ("POST", Some("x=%20y")));
    assert_eq!(echo.headers.iter().filter(|(name, _)| name == "x-twice").count(), 2);
    assert_eq!(echo.header("Authorization").unwrap(), format!("Bearer {bearer}"));
    assert_eq!((echo.body_text().as_str(), echo.body_size, echo.body_complete), ("payload", 7, true));
    assert_eq!((echo.status, echo.flow.as_deref(), echo.client_left), (Some(200), Some("/http/echo"), false));
    assert_eq!(echo.host, "sandbox.it-cpi000-rt.cfapps.localhost");
    assert_eq!((echo.version.as_str(), echo.alpn.as_deref()), ("HTTP/1.1", Some("http/1.1")));
    assert_eq!((none.status, none.flow.as_deref()), (Some(404), None));
    assert_eq!(none.connection, echo.connection);
    assert!(none.sequence > echo.sequence);
}

#[tokio::test]
async fn a_large_body_is_counted_and_kept_in_part() {
    let sandbox = start().await;
    let bearer = token(&sandbox, KeyName::Secret).await;
    let body = vec![b'x'; 3 * 1024 * 1024];
    let request = client(&sandbox).post(runtime(&sandbox, "/http/mirror")).bearer_auth(&bearer);
    let mirrored = request.body(body.clone()).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(mirrored, body);
    let request = &sandbox.journal().to("/http/mirror")[0];
    assert_eq!((request.body.len(), request.body_size), (1024 * 1024, 3 * 1024 * 1024));
}

#[tokio::test]
async fn the_file_has_a_line_for_everything_received() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let options = Options { journal: Some(path.clone()), ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let bearer = token(&sandbox, KeyName::Secret).await;
    let url = runtime(&sandbox, "/http/echo");
    client(&sandbox).post(&url).bearer_auth(bearer).body(vec![0xff_u8, 0x00]).send().await.unwrap();
    let stranger = sandbox.service_key(KeyName::UnknownAuthority);
    client_with(&sandbox, &stranger).get(&url).send().await.unwrap_err();
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<_> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["request", "request", "handshake-failure"]);
    assert_eq!(lines[1]["body"]["base64"], "/wA=");
    assert_eq!(lines[1]["status"], 200);
    assert_eq!(lines[1]["flow"], "/http/echo");
}

#[tokio::test]
async fn stopping_ends_connections_and_frees_the_port() {
    let sandbox = start().await;
    let bearer = token(&sandbox, KeyName::Secret).await;
    let client = client(&sandbox);
    let mut endless =
        client.get(runtime(&sandbox, "/http/endless")).bearer_auth(bearer).send().await.unwrap();
    assert!(endless.chunk().await.unwrap().is_some());
    let port = sandbox.port();
    sandbox.stop().await;
    let ended = async { while let Ok(Some(_)) = endless.chunk().await {} };
    tokio::time::timeout(std::time::Duration::from_secs(5), ended).await.unwrap();
    let again = Sandbox::start(Options { port, ..Options::default() }).await.unwrap();
    assert_eq!(again.port(), port);
}
