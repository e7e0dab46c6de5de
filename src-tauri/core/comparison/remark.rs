//! The likeliest cause of a difference in one sentence.

use super::facts::{Compared, request, status};
use super::structure::Change;

/// Clauses a sentence takes before it becomes a list.
const MOST_CLAUSES: usize = 3;
/// Letters of a value that are shown.
const LONGEST: usize = 40;

/// What stands out, if anything does.
pub(super) fn of(
    a: &Compared<'_>,
    b: &Compared<'_>,
    changes: &[Change],
    request_differences: u32,
) -> Option<String> {
    if let Some(sentence) = of_changes(changes) {
        return Some(sentence);
    }
    let (tenant_a, tenant_b) = (a.exchange.tenant.as_deref(), b.exchange.tenant.as_deref());
    let answers = status(a).zip(status(b)).filter(|(a, b)| a != b);
    if tenant_a != tenant_b {
        let name = |tenant: Option<&str>| tenant.map_or("no tenant".to_owned(), str::to_owned);
        let (tenant_a, tenant_b) = (name(tenant_a), name(tenant_b));
        return Some(match answers {
            Some((a, b)) => format!("Another tenant: {tenant_a} answered {a}, {tenant_b} {b}."),
            None => format!("Another tenant: {tenant_a} and {tenant_b}."),
        });
    }
    let (a, b) = (request(a.exchange)?, request(b.exchange)?);
    let is_same = request_differences == 0 && a.sent.method == b.sent.method && a.sent.url == b.sent.url;
    let (first, second) = answers.filter(|_| is_same)?;
    Some(format!("The same request was answered {first} first, then {second}."))
}

fn of_changes(changes: &[Change]) -> Option<String> {
    let formats = changes.iter().filter_map(other_format);
    let news = changes.iter().filter_map(|change| match change {
        Change::New(name) => Some(format!("{name} is new")),
        Change::Missing(name) => Some(format!("{name} is missing")),
        Change::Value { .. } => None,
    });
    let mut clauses: Vec<String> = formats.chain(news).collect();
    if clauses.is_empty() {
        return match changes {
            [Change::Value { name, a, b }] => {
                Some(format!("Only {name} differs: {} and {}.", value(a), value(b)))
            }
            _ => None,
        };
    }
    let more = clauses.len().saturating_sub(MOST_CLAUSES);
    clauses.truncate(MOST_CLAUSES);
    if more > 0 {
        clauses.push(format!("{more} more"));
    }
    Some(clauses.join("; ") + ".")
}

fn other_format(change: &Change) -> Option<String> {
    let Change::Value { name, a, b } = change else { return None };
    let (kind_a, kind_b) = (kind(a), kind(b));
    if kind_a != kind_b {
        return Some(format!("{name} changed from {kind_a} to {kind_b}"));
    }
    let (a, b) = (plain(a), plain(b));
    // Words differ in length without being of another format.
    let tells =
        |text: &str| text.contains(|sign: char| sign.is_ascii_digit()) && text.chars().count() <= LONGEST;
    let is_other = tells(&a) && tells(&b) && shape(&a) != shape(&b);
    is_other.then(|| format!("{name} changed its format from {a} to {b}"))
}

/// What kind of value it is as written.
fn kind(value: &str) -> &'static str {
    match value.chars().next() {
        Some('"') => "text",
        Some('{') => "an object",
        Some('[') => "a list",
        None => "nothing",
        Some('-' | '0'..='9') if value.parse::<f64>().is_ok() => "a number",
        _ => match value {
            "true" | "false" => "true or false",
            "null" => "null",
            _ => "a value",
        },
    }
}

fn plain(value: &str) -> String {
    serde_json::from_str::<String>(value).unwrap_or_else(|_| value.trim().to_owned())
}

fn value(written: &str) -> String {
    let text = plain(written);
    if text.is_empty() {
        return "nothing".to_owned();
    }
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

/// The signs that stay the same from value to value: digits and letters of any number count as one.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for sign in text.chars() {
        let class = match sign {
            _ if sign.is_numeric() => '0',
            _ if sign.is_alphabetic() => 'a',
            _ => sign,
        };
        if class != '0' && class != 'a' || !shape.ends_with(class) {
            shape.push(class);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(a: &str, b: &str) -> Option<String> {
        of_changes(&[Change::Value { name: "x".to_owned(), a: a.to_owned(), b: b.to_owned() }])
    }

    #[test]
    fn another_format_or_kind_stands_out_and_another_value_only_alone() {
        for (a, b, sentence) in [
            ("\"2026-12-01\"", "\"01.12.2026\"", "x changed its format from 2026-12-01 to 01.12.2026."),
            (
                "2026-12-01",
                "2026-12-01T00:00:00Z",
                "x changed its format from 2026-12-01 to 2026-12-01T00:00:00Z.",
            ),
            ("12", "\"12\"", "x changed from a number to text."),
            ("true", "null", "x changed from true or false to null."),
            ("\"PO-1\"", "\"PO-22\"", "Only x differs: PO-1 and PO-22."),
            ("\"Bern\"", "\"Basel Stadt\"", "Only x differs: Bern and Basel Stadt."),
        ] {
            assert_eq!(changed(a, b).as_deref(), Some(sentence));
        }
        let two = |name: &str| Change::Value { name: name.to_owned(), a: "1".to_owned(), b: "2".to_owned() };
        assert_eq!(of_changes(&[two("x"), two("y")]), None);
        let many: Vec<Change> = ["a", "b", "c", "d", "e"].map(|name| Change::New(name.to_owned())).into();
        assert_eq!(of_changes(&many).as_deref(), Some("a is new; b is new; c is new; 2 more."));
    }
}
