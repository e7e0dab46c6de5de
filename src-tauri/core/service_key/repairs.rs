//! Says in words what was put right while reading.

use super::facts::Repair;
use super::json::{Document, Node, Value, position};
use super::obscure;
use crate::certificate::PemRepairs;

const QUOTED: usize = 46;
/// A text with more is no key, and finding each line costs a walk through the text.
const MAX_REPEATED: usize = 8;

fn repair(message: &str, place: String) -> Repair {
    Repair { message: message.to_owned(), place }
}

/// Repairs of the PEM texts in a key.
pub(super) fn of_pem(certificate: PemRepairs, private_key: PemRepairs) -> Vec<Repair> {
    type Count = fn(&PemRepairs) -> usize;
    let kinds: [(&str, Count); 4] = [
        ("`\\n` sequences turned into line breaks", |repairs| repairs.literal_breaks),
        ("Missing line breaks added", |repairs| repairs.single_lines),
        ("Windows line ends turned into plain ones", |repairs| repairs.carriage_returns),
        ("Quotes around the PEM text removed", |repairs| repairs.quotes),
    ];
    kinds
        .iter()
        .filter_map(|(message, count)| {
            let places = [(count(&certificate), "certificate"), (count(&private_key), "private key")];
            let places: Vec<String> = places
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, place)| format!("{count} in the {place}"))
                .collect();
            (!places.is_empty()).then(|| repair(message, places.join(", ")))
        })
        .collect()
}

/// Repairs of the JSON and of what stands around it.
pub(super) fn of_document(text: &str, document: &Document) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let (before, after) = (&text[..document.root.span.start], text[document.root.span.end..].trim());
    if before.contains('\u{FEFF}') {
        repairs.push(repair("Byte order mark removed", "At the beginning".to_owned()));
    }
    let before = before.trim_matches(|char: char| char.is_whitespace() || char == '\u{FEFF}');
    if !before.is_empty() {
        repairs.push(repair("Text before the JSON ignored", quoted(before)));
    }
    if !after.is_empty() {
        let (line, _) = position(text, document.root.span.end);
        let what =
            if after.starts_with('{') { "A second JSON ignored" } else { "Text after the JSON ignored" };
        repairs.push(repair(what, format!("{} characters after line {line}", after.chars().count())));
    }
    let slips = &document.slips;
    let kinds = [
        ("Comma after the last field removed", &slips.commas),
        ("Typographic quotes turned into plain ones", &slips.quotes),
        ("Line breaks inside a value accepted", &slips.breaks),
    ];
    repairs.extend(
        kinds
            .iter()
            .filter(|(_, places)| !places.is_empty())
            .map(|(message, places)| repair(message, lines(text, places))),
    );
    let mut twice = Vec::new();
    repeated(text, &document.root, &mut twice);
    repairs.extend(twice);
    repairs
}

/// "Line 14", "Lines 3, 7 and 9", "Lines 2 to 80".
fn lines(text: &str, places: &[usize]) -> String {
    let mut at = 0;
    let mut line = 1;
    let mut lines: Vec<usize> = places
        .iter()
        .map(|place| {
            line += text.get(at..*place).unwrap_or_default().matches('\n').count();
            at = at.max(*place);
            line
        })
        .collect();
    lines.dedup();
    match lines.as_slice() {
        [one] => format!("Line {one}"),
        [first, second] => format!("Lines {first} and {second}"),
        [first, second, third] => format!("Lines {first}, {second} and {third}"),
        [first, .., last] => format!("Lines {first} to {last}"),
        [] => String::new(),
    }
}

/// The beginning in quotes, without anything that might be a secret.
fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let shown = obscure::shown(line);
    if shown.chars().count() <= QUOTED && line.len() == text.len() {
        return format!("“{shown}”");
    }
    let start: String = shown.chars().take(QUOTED).collect();
    format!("“{}…”", start.trim_end_matches(['.', '…', ' ']))
}

fn repeated(text: &str, node: &Node, repairs: &mut Vec<Repair>) {
    if repairs.len() >= MAX_REPEATED {
        return;
    }
    match &node.value {
        Value::Object(members) => {
            let mut seen = std::collections::HashSet::new();
            for member in members {
                if !seen.insert(member.name.as_str()) && repairs.len() < MAX_REPEATED {
                    let (line, _) = position(text, member.name_span.start);
                    let place = format!("{}, line {line}", obscure::shown(&member.name));
                    repairs.push(repair("Field given twice; the last one counts", place));
                }
                repeated(text, &member.node, repairs);
            }
        }
        Value::Array(nodes) => nodes.iter().for_each(|node| repeated(text, node, repairs)),
        _ => {}
    }
}
