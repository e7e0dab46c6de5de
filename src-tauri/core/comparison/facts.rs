//! What differs around the bodies: status, tenant, time, header fields.

use std::collections::{BTreeMap, HashSet};

use super::body::size;
use super::model::ComparedRow;
use crate::http::{Call, Exchange, Header, Purpose};
use crate::redact::Segment;
use crate::tenant::Stage;

/// Rows that differ from one sending to the next and say nothing alone.
const TAKEN_ALONG: [&str; 4] = ["Token", "Took", "Request size", "Answer size"];

/// An exchange and what is known of it beside its record.
pub(crate) struct Compared<'a> {
    /// The record.
    pub(crate) exchange: &'a Exchange,
    /// The stage of its tenant.
    pub(crate) stage: Option<Stage>,
}

/// The facts of both sides, one row each; those neither side has are left out.
pub(super) fn rows(a: &Compared<'_>, b: &Compared<'_>) -> Vec<ComparedRow> {
    type Fact = fn(&Compared<'_>) -> Option<String>;
    const FACTS: [(&str, Fact); 12] = [
        ("Status", status),
        ("Failure", |of| of.exchange.failure.as_ref().map(|failure| failure.message.clone())),
        ("Refusal", |of| of.exchange.refusal.as_ref().map(|refusal| refusal.message.clone())),
        ("Method", |of| Some(of.exchange.request.method.clone())),
        ("URL", |of| Some(of.exchange.url.clone())),
        ("Tenant", tenant),
        ("Stage", |of| of.stage.map(stage)),
        ("Token", granted),
        ("Roles", roles),
        ("Took", |of| Some(took(of.exchange))),
        ("Request size", |of| request(of.exchange).map(|call| size(call.sent.body_size))),
        ("Answer size", |of| of.exchange.answer().map(|answer| size(answer.body_size))),
    ];
    let row = |(name, fact): &(&str, Fact)| row(name, fact(a), fact(b), false);
    FACTS.iter().map(row).filter(|row| row.a.is_some() || row.b.is_some()).collect()
}

/// How many rows differ, apart from those that always do.
pub(super) fn differences(rows: &[ComparedRow]) -> u32 {
    let counts = |row: &&ComparedRow| !row.same && !row.ignored && !TAKEN_ALONG.contains(&row.name.as_str());
    u32::try_from(rows.iter().filter(counts).count()).unwrap_or(u32::MAX)
}

fn row(name: &str, a: Option<String>, b: Option<String>, ignored: bool) -> ComparedRow {
    let same = a == b;
    ComparedRow { name: name.to_owned(), a, b, same, ignored: ignored && !same }
}

/// The user's call that was made last.
pub(super) fn request(exchange: &Exchange) -> Option<&Call> {
    let is_users = |call: &&Call| !matches!(call.purpose, Purpose::Token | Purpose::Csrf);
    exchange.calls.iter().rev().find(is_users)
}

pub(super) fn status(of: &Compared<'_>) -> Option<String> {
    let answer = of.exchange.answer()?;
    Some(format!("{} {}", answer.status, answer.reason).trim_end().to_owned())
}

fn tenant(of: &Compared<'_>) -> Option<String> {
    match (&of.exchange.tenant, &of.exchange.key) {
        (Some(tenant), Some(key)) => Some(format!("{tenant} · {key}")),
        (tenant, key) => tenant.clone().or_else(|| key.clone()),
    }
}

fn granted(of: &Compared<'_>) -> Option<String> {
    let token = of.exchange.token.as_ref()?;
    Some(format!("granted {:.0}, ends {:.0}", token.fetched_at, token.expires_at))
}

fn roles(of: &Compared<'_>) -> Option<String> {
    let mut roles = of.exchange.token.as_ref()?.roles.clone();
    roles.sort();
    Some(roles.join(", "))
}

fn stage(stage: Stage) -> String {
    let name = match stage {
        Stage::Dev => "dev",
        Stage::Test => "test",
        Stage::Prod => "prod",
        Stage::Sandbox => "sandbox",
    };
    name.to_owned()
}

fn took(exchange: &Exchange) -> String {
    let wait = request(exchange).and_then(|call| call.phases.wait_ms);
    let all = format!("{:.0} ms", exchange.took_ms);
    wait.map_or(all.clone(), |wait| format!("{all} · flow {wait:.0}"))
}

/// Header fields by name; a field that came more than once is one row.
pub(super) fn headers(a: &[Header], b: &[Header], ignored: &HashSet<String>) -> Vec<ComparedRow> {
    let (mut a, mut b) = (by_name(a), by_name(b));
    let mut names: Vec<String> = a.keys().chain(b.keys()).cloned().collect();
    names.sort();
    names.dedup();
    let row = |name: String| row(&name, a.remove(&name), b.remove(&name), ignored.contains(&name));
    names.into_iter().map(row).collect()
}

fn by_name(headers: &[Header]) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for header in headers {
        let value: String = header.value.iter().map(shown).collect();
        fields
            .entry(header.name.to_lowercase())
            .and_modify(|before| before.extend([", ", &value]))
            .or_insert(value);
    }
    fields
}

/// Of a secret only its length is known.
pub(super) fn shown(segment: &Segment) -> String {
    match segment {
        Segment::Text { text } => text.clone(),
        Segment::Masked { length, .. } => format!("•••• {length}"),
    }
}
