use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Response;
use http_body_util::Full;

use super::{request, send, tenant, workbench};
use crate::error::Code;
use crate::http::tests::server::{Got, Server, answer, text};
use crate::http::{ApiKeyPlacement, Authorization, ClientPlacement, Purpose};

fn token_or_text(got: &Got) -> Response<Full<bytes::Bytes>> {
    if !got.target.starts_with("/oauth/token") {
        return text("ok");
    }
    let json = [("content-type", "application/json".to_owned())];
    answer(200, &json, "{\"access_token\":\"granted-token\",\"token_type\":\"bearer\",\"expires_in\":3600}")
}

fn client(server: &Server, placement: ClientPlacement) -> Authorization {
    Authorization::ClientCredentials {
        token_url: server.url("/oauth/token"),
        client_id: "me!b1".to_owned(),
        client_secret: "s3cret$|".to_owned(),
        scope: "read write".to_owned(),
        placement,
    }
}

#[tokio::test]
async fn a_client_gets_its_token_once_and_leaves_no_secret_in_the_record() {
    for placement in [ClientPlacement::Header, ClientPlacement::Body] {
        let server = Server::plain(token_or_text).await;
        let workbench = workbench();
        let first =
            send(&workbench, request(&server.url("/a"), client(&server, placement)), None).await.unwrap();
        let second =
            send(&workbench, request(&server.url("/b"), client(&server, placement)), None).await.unwrap();
        let purposes: Vec<Purpose> = first.calls.iter().map(|call| call.purpose).collect();
        assert_eq!(purposes, [Purpose::Token, Purpose::Request]);
        assert_eq!(second.calls.len(), 1, "the token is at hand");
        let got = server.got();
        let form = String::from_utf8(got[0].body.to_vec()).unwrap();
        assert!(form.contains("scope=read%20write"), "{form}");
        match placement {
            ClientPlacement::Header => {
                assert_eq!(got[0].header("authorization"), "Basic bWUhYjE6czNjcmV0JHw=");
            }
            ClientPlacement::Body => {
                assert!(form.contains("client_id=me%21b1&client_secret=s3cret%24%7C"), "{form}");
            }
        }
        assert_eq!(got[1].header("authorization"), "Bearer granted-token");
        let record = serde_json::to_string(&(first, second)).unwrap();
        for trace in ["s3cret", "granted-token", "czNjcmV0"] {
            assert!(!record.contains(trace), "{trace} in {record}");
        }
    }
}

#[tokio::test]
async fn the_tenants_variables_in_an_oauth_block_mean_its_key() {
    let server = Server::plain(token_or_text).await;
    let workbench = workbench();
    tenant(&workbench, &server.url(""), "p$w|d!").await;
    let variables = |token_url: &str| Authorization::ClientCredentials {
        token_url: token_url.to_owned(),
        client_id: "{{clientId}}".to_owned(),
        client_secret: "{{clientSecret}}".to_owned(),
        scope: String::new(),
        placement: ClientPlacement::Header,
    };
    let wanted = request("{{runtimeUrl}}/http/orders", variables("{{tokenUrl}}"));
    let exchange = send(&workbench, wanted, Some("acme")).await.unwrap();
    assert_eq!(exchange.key.as_deref(), Some("flow"));
    let got = server.got();
    assert!(got[0].header("authorization").is_empty(), "as the key says: in the form");
    assert_eq!(got[1].header("authorization"), "Bearer granted-token");

    let basic =
        Authorization::Login { username: "{{clientId}}".to_owned(), password: "{{clientSecret}}".to_owned() };
    let exchange = send(&workbench, request("{{runtimeUrl}}/", basic), Some("acme")).await.unwrap();
    assert_eq!(exchange.key.as_deref(), Some("flow"));
    assert_eq!(server.got()[2].header("authorization"), "Basic c2ItZmxvdyFiMTpwJHd8ZCE=");

    let foreign = Server::plain(token_or_text).await;
    for wanted in [
        request(&foreign.url("/"), variables("{{tokenUrl}}")),
        request("{{runtimeUrl}}/", variables(&foreign.url("/oauth/token"))),
    ] {
        assert_eq!(send(&workbench, wanted, Some("acme")).await.unwrap_err().code, Code::ForeignHost);
    }
    assert!(foreign.got().is_empty());
}

#[tokio::test]
async fn logins_tokens_and_api_keys_go_where_they_belong_and_into_no_record() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    let api_key = |placement| Authorization::ApiKey {
        name: "Who".to_owned(),
        value: "s3cret val".to_owned(),
        placement,
    };
    let login = Authorization::Login { username: "me".to_owned(), password: "s3cret".to_owned() };
    for authorization in [
        login,
        Authorization::Token { token: "s3cret".to_owned() },
        api_key(ApiKeyPlacement::Header),
        api_key(ApiKeyPlacement::Query),
    ] {
        let exchange = send(&workbench, request(&server.url("/x?a=1"), authorization), None).await.unwrap();
        let record = serde_json::to_string(&exchange).unwrap();
        assert!(!record.contains("s3cret") && !record.contains("czNjcmV0"), "{record}");
    }
    let got = server.got();
    assert_eq!(got[0].header("authorization"), "Basic bWU6czNjcmV0");
    assert_eq!(got[1].header("authorization"), "Bearer s3cret");
    assert_eq!(got[2].header("who"), "s3cret val");
    assert_eq!(got[3].target, "/x?a=1&Who=s3cret%20val");
}

#[tokio::test]
async fn a_digest_challenge_is_answered_again_only_when_its_nonce_was_too_old() {
    let challenge = |extra: &str, nonce: &str| {
        let text =
            format!("Digest realm=\"orders\", nonce=\"{nonce}\", qop=\"auth\", algorithm=SHA-256{extra}");
        answer(401, &[("www-authenticate", text)], "who?")
    };
    let server = Server::plain(move |got| match got.header("authorization") {
        sent if sent.contains("nonce=\"new\"") => text("in"),
        sent if sent.contains("nonce=\"old\"") && got.target == "/stale" => challenge(", stale=true", "new"),
        _ => challenge("", "old"),
    })
    .await;
    let workbench = workbench();
    let digest = || Authorization::Digest { username: "me".to_owned(), password: "s3cret".to_owned() };
    let exchange = send(&workbench, request(&server.url("/stale"), digest()), None).await.unwrap();
    let statuses: Vec<u16> =
        exchange.calls.iter().map(|call| call.received.as_ref().unwrap().status).collect();
    assert_eq!(statuses, [401, 401, 200]);
    assert_eq!(exchange.calls[1].purpose, Purpose::Again);
    let got = server.got();
    assert!(got[0].header("authorization").is_empty());
    assert!(
        got[2].header("authorization").contains("uri=\"/stale\"")
            && got[2].header("authorization").contains("nc=00000001")
    );
    assert!(!serde_json::to_string(&exchange).unwrap().contains("response="), "the answer is masked");
    let exchange = send(&workbench, request(&server.url("/wrong"), digest()), None).await.unwrap();
    assert_eq!(exchange.calls.len(), 2, "the same password is not tried twice");
}

#[tokio::test]
async fn a_digest_answer_stays_with_the_host_that_asked() {
    let challenge = || {
        answer(401, &[("www-authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"".to_owned())], "")
    };
    let foreign = Server::plain(move |_| challenge()).await;
    let target = foreign.url("/");
    let server = Server::plain(move |_| answer(302, &[("location", target.clone())], "")).await;
    let workbench = workbench();
    let digest = Authorization::Digest { username: "me".to_owned(), password: "s3cret".to_owned() };
    send(&workbench, request(&server.url("/"), digest), None).await.unwrap();
    assert_eq!(foreign.got().len(), 1);
}

#[tokio::test]
async fn a_kind_sluice_cannot_sign_in_with_sends_nothing() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = Server::plain(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        text("ok")
    })
    .await;
    let empty = Authorization::Token { token: " ".to_owned() };
    let other = Authorization::Other { name: "NTLM".to_owned() };
    for (authorization, expected) in [
        (other, "Sluice cannot sign in with NTLM yet. Nothing was sent."),
        (empty, "The token is empty. Nothing was sent."),
    ] {
        let error = send(&workbench(), request(&server.url("/"), authorization), None).await.unwrap_err();
        assert_eq!(error.message, expected);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}
