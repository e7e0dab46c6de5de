//! Comparing two sendings through the facade.

use uuid::Uuid;

use super::{order, workbench};
use crate::comparison::{Compare, DiffMark, ExchangeComparison};
use crate::http::tests::server::{Server, answer};
use crate::http::{Authorization, Body, Field};
use crate::workbench::Workbench;

async fn post(workbench: &Workbench, url: &str, text: &str, headers: &[(&str, &str)]) -> Uuid {
    let mut request = super::request(url, Authorization::None);
    request.method = "POST".to_owned();
    request.body = Body::Json { text: text.to_owned() };
    request.headers = headers.iter().map(|(name, value)| Field::new(*name, *value)).collect();
    let order = order(request, None);
    let id = order.id;
    workbench.send(order, &|_| {}).await.unwrap();
    id
}

async fn compare(workbench: &Workbench, a: Uuid, b: Uuid, ignore: &[&str]) -> ExchangeComparison {
    let ignore = ignore.iter().map(|name| (*name).to_owned()).collect();
    workbench.exchange_compare(Compare { a, b, ignore, as_text: false }).await.unwrap()
}

async fn orders() -> Server {
    Server::plain(|got| {
        let fails = got.body.windows(10).any(|part| part == b"01.12.2026");
        let id = [("x-id", got.body.len().to_string())];
        if fails { answer(500, &id, "An error") } else { answer(201, &id, r#"{"order":"4711"}"#) }
    })
    .await
}

#[tokio::test]
async fn what_the_second_request_had_otherwise_is_named_as_the_cause() {
    let (server, workbench) = (orders().await, workbench());
    let url = server.url("/orders");
    let a = post(&workbench, &url, r#"{"requestedOn":"2026-12-01"}"#, &[("X-Run", "1")]).await;
    let b = post(&workbench, &url, r#"{"express":true,"requestedOn":"01.12.2026"}"#, &[("x-run", "2")]).await;
    let compared = compare(&workbench, a, b, &["X-RUN", "x-id", "content-length", "date"]).await;
    assert_eq!(
        compared.remark.as_deref(),
        Some("requestedOn changed its format from 2026-12-01 to 01.12.2026; express is new.")
    );
    let row = |name: &str| compared.facts.iter().find(|row| row.name == name).unwrap();
    assert_eq!(row("Status").a.as_deref(), Some("201 Created"));
    assert_eq!(row("Status").b.as_deref(), Some("500 Internal Server Error"));
    assert!(row("Took").a.as_deref().unwrap().contains("· flow "));
    assert!(row("URL").same);
    let header = compared.request_headers.iter().find(|row| row.name == "x-run").unwrap();
    assert!(header.ignored && !header.same);
    assert_eq!(compared.request.differences, 2);
    assert_eq!(compared.answer.differences, 1);
    assert_eq!(compared.differences, 4, "status, two members, the answer");
}

#[tokio::test]
async fn the_same_request_twice_differs_in_nothing() {
    let (server, workbench) = (orders().await, workbench());
    let text = r#"{"requestedOn":"2026-12-01"}"#;
    let a = post(&workbench, &server.url("/orders"), text, &[("X-Run", "1"), ("X-Run", "2")]).await;
    let b = post(&workbench, &server.url("/orders"), text, &[("x-run", "1"), ("x-run", "2")]).await;
    let compared = compare(&workbench, a, b, &["date"]).await;
    assert_eq!((compared.differences, compared.remark), (0, None));
    let header = compared.request_headers.iter().find(|row| row.name == "x-run").unwrap();
    assert_eq!(header.a.as_deref(), Some("1, 2"));
    assert!(!compared.answer.lines.is_empty());
}

/// Answers with six million bytes in short lines, of which one may be another.
async fn large() -> Server {
    Server::plain(|got| {
        let line = |number: u32| format!("line {number:07}\n");
        let mut text: String = (1..=450_000).map(line).collect();
        if got.target.ends_with("other") {
            text = text.replace("line 0400000", "LINE 0400000");
        }
        answer(200, &[("content-type", "text/plain".to_owned())], text)
    })
    .await
}

#[tokio::test]
async fn bodies_that_are_too_large_are_compared_where_they_begin_to_differ() {
    let (server, workbench) = (large().await, workbench());
    let a = post(&workbench, &server.url("/one"), "{}", &[]).await;
    let again = post(&workbench, &server.url("/one"), "{}", &[]).await;
    let b = post(&workbench, &server.url("/other"), "{}", &[]).await;
    let same = compare(&workbench, a, again, &["date"]).await.answer;
    assert_eq!(same.differences, 0);
    assert!(same.note.as_deref().unwrap().starts_with("Byte for byte they are the same"), "{:?}", same.note);
    let other = compare(&workbench, a, b, &["date"]).await.answer;
    assert_eq!(other.differences, 1);
    assert!(other.note.as_deref().unwrap().contains("the first 4.9 MB are the same"), "{:?}", other.note);
    let changed = other.lines.iter().find(|line| line.mark != DiffMark::Same).unwrap();
    assert_eq!(changed.a.as_ref().unwrap().number, 400_000);
    assert_eq!(changed.b.as_ref().unwrap().pieces.concat(), "LINE 0400000");
}

#[tokio::test]
async fn an_exchange_that_is_not_kept_is_named() {
    let query = Compare { a: Uuid::new_v4(), b: Uuid::new_v4(), ignore: Vec::new(), as_text: false };
    assert!(workbench().exchange_compare(query).await.is_err());
}
