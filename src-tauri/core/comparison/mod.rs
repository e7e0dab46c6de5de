//! Two exchanges beside each other: what differs in status, headers and bodies.

mod body;
mod extract;
mod facts;
mod json;
mod lines;
mod model;
mod pairing;
mod pieces;
mod remark;
mod sheet;
mod structure;
#[cfg(test)]
mod tests;
mod tree;
mod xml;

use std::collections::HashSet;

pub(crate) use body::Side;
pub(crate) use extract::Extract;
pub(crate) use facts::Compared;
pub use model::{Aligned, Compare, ComparedBodies, ComparedRow, DiffLine, DiffMark, ExchangeComparison};

use crate::http::{Body, Exchange, Header};

/// What differs between two exchanges, given the bodies of their answers.
pub(crate) fn compare(
    a: &Compared<'_>,
    b: &Compared<'_>,
    answers: (&Side, &Side),
    query: &Compare,
) -> ExchangeComparison {
    let ignored: HashSet<String> = query.ignore.iter().map(|name| name.trim().to_lowercase()).collect();
    let facts = facts::rows(a, b);
    let request_headers = facts::headers(sent(a.exchange), sent(b.exchange), &ignored);
    let answer_headers = facts::headers(received(a.exchange), received(b.exchange), &ignored);
    let (body_a, body_b) = Side::of_requests(body_sent(a.exchange), body_sent(b.exchange));
    let request = body::compare(&body_a, &body_b, &ignored, query.as_text);
    let answer = body::compare(answers.0, answers.1, &ignored, query.as_text);
    let of_request = facts::differences(&request_headers).saturating_add(request.bodies.differences);
    let differences = [facts::differences(&facts), facts::differences(&answer_headers), of_request]
        .into_iter()
        .fold(answer.bodies.differences, u32::saturating_add);
    let remark = remark::of(a, b, &request.changes, of_request);
    ExchangeComparison {
        facts,
        request_headers,
        answer_headers,
        request: request.bodies,
        answer: answer.bodies,
        differences,
        remark,
    }
}

fn sent(exchange: &Exchange) -> &[Header] {
    facts::request(exchange).map(|call| call.sent.headers.as_slice()).unwrap_or_default()
}

fn received(exchange: &Exchange) -> &[Header] {
    exchange.answer().map(|answer| answer.headers.as_slice()).unwrap_or_default()
}

/// The request's body and its type as they went out.
fn body_sent(exchange: &Exchange) -> (&Body, Option<String>) {
    let is_type = |header: &&Header| header.name.eq_ignore_ascii_case("content-type");
    let field = sent(exchange).iter().find(is_type);
    let text = field.map(|header| header.value.iter().map(facts::shown).collect::<String>());
    (exchange.body_sent(), text)
}
