//! A call that was made as a curl command for POSIX shells; what was secret is a variable of the shell.

use std::collections::BTreeMap;

use super::curl::{data, quoted, with_shell_variables};
use crate::http::{Body, Call, Field, Header, Purpose, Request};
use crate::redact::Segment;
use crate::variables::DOTS;

/// What `••••` becomes in a URL.
const ENCODED_DOTS: &str = "%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A2";

/// The call as it went out, with the body of this request.
pub fn call(call: &Call, written: &Request) -> String {
    let mut names = Names::default();
    let sent = &call.sent;
    let method = quoted(&sent.method);
    let first = if sent.method == "HEAD" { "--head".to_owned() } else { format!("--request {method}") };
    let url = with_dots(&sent.url.replace(ENCODED_DOTS, DOTS), "SECRET", &mut names);
    let globoff = if sent.url.contains(['{', '[']) { "--globoff " } else { "" };
    let mut lines = vec![format!("curl {globoff}{first} --url {url}")];
    let body = is_users(call).then_some(&written.body).filter(|_| sent.body_size > 0);
    for header in &sent.headers {
        lines.extend(line(header, body, &mut names));
    }
    if call.tls.as_ref().is_some_and(|tls| tls.certificate_sent.is_some()) {
        lines.push("--cert \"${CERTIFICATE}\" --key \"${PRIVATE_KEY}\"".to_owned());
    }
    match body {
        Some(body) => lines.extend(data_lines(body, written)),
        // The form of a token call holds the client secret and is in no record.
        None if sent.body_size > 0 => lines.push("--data-raw \"${FORM}\"".to_owned()),
        None => {}
    }
    lines.join(" \\\n  ")
}

fn is_users(call: &Call) -> bool {
    matches!(call.purpose, Purpose::Request | Purpose::Again | Purpose::Redirect)
}

/// A header field; none for those curl makes itself.
fn line(header: &Header, body: Option<&Body>, names: &mut Names) -> Option<String> {
    let name = header.name.to_ascii_lowercase();
    match name.as_str() {
        "content-length" | "host" => return None,
        "accept-encoding" => return Some("--compressed".to_owned()),
        // The boundary is curl's.
        "content-type" if matches!(body, Some(Body::Multipart { .. })) => return None,
        _ => {}
    }
    let variable = match name.as_str() {
        "authorization" => "TOKEN".to_owned(),
        "x-csrf-token" => "CSRF_TOKEN".to_owned(),
        _ => shell_name(&name),
    };
    let is_empty = header.value.iter().all(|part| matches!(part, Segment::Text { text } if text.is_empty()));
    let separator = if is_empty { ";" } else { ": " };
    let mut word = quoted(&format!("{}{separator}", header.name));
    for segment in &header.value {
        match segment {
            Segment::Text { text } if text.is_empty() => {}
            Segment::Text { text } => word.push_str(&with_dots(text, &variable, names)),
            Segment::Masked { .. } => word.push_str(&names.next(&variable)),
        }
    }
    Some(format!("--header {word}"))
}

fn data_lines(body: &Body, written: &Request) -> Vec<String> {
    // The type is among the header fields that went out.
    let headers = vec![Field::new("Content-Type", "")];
    let request = Request { body: body.clone(), headers, ..written.clone() };
    let mut lines = Vec::new();
    data(&request, &mut lines);
    let mut names = BTreeMap::new();
    let mut shown = |word: &String| with_shell_variables(word, &mut names);
    lines.iter().map(|words| words.iter().map(&mut shown).collect::<Vec<_>>().join(" ")).collect()
}

/// A text whose hidden parts are variables.
fn with_dots(text: &str, variable: &str, names: &mut Names) -> String {
    let mut word = String::new();
    for (at, part) in text.split(DOTS).enumerate() {
        if at > 0 {
            word.push_str(&names.next(variable));
        }
        if !part.is_empty() {
            word.push_str(&quoted(part));
        }
    }
    if word.is_empty() { quoted("") } else { word }
}

/// Every hidden value has a name of its own.
#[derive(Default)]
struct Names(BTreeMap<String, u32>);

impl Names {
    fn next(&mut self, name: &str) -> String {
        let count = self.0.entry(name.to_owned()).or_default();
        *count = count.saturating_add(1);
        if *count == 1 { format!("\"${{{name}}}\"") } else { format!("\"${{{name}_{count}}}\"") }
    }
}

fn shell_name(name: &str) -> String {
    name.chars()
        .map(|sign| if sign.is_ascii_alphanumeric() { sign.to_ascii_uppercase() } else { '_' })
        .collect()
}
