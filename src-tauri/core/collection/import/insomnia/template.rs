use serde_json::{Map, Value};

use crate::collection::import::losses::Losses;

/// What must stay as it is written.
const UNTOUCHED: [&str; 7] =
    ["scripts", "preRequestScript", "afterResponseScript", "description", "meta", "children", "docs"];

/// The value with Insomnia's template tags as variables; those without a counterpart stay and are noted.
pub(super) fn rendered(value: &Value, losses: &mut Losses) -> Value {
    match value {
        Value::String(text) => Value::String(line(text, losses)),
        Value::Array(items) => items.iter().map(|item| rendered(item, losses)).collect(),
        Value::Object(fields) => {
            let mut changed = Map::new();
            for (key, value) in fields {
                let same = UNTOUCHED.contains(&key.as_str());
                changed.insert(key.clone(), if same { value.clone() } else { rendered(value, losses) });
            }
            Value::Object(changed)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn line(text: &str, losses: &mut Losses) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, tail) = rest.split_at(start);
        done.push_str(before);
        match tag(tail) {
            Some((whole, Tag::Variable(inside))) => {
                done.push_str(&variable(inside, whole, losses));
                rest = tail.get(whole.len()..).unwrap_or_default();
            }
            Some((whole, Tag::Call(inside))) => {
                done.push_str(&call(inside, whole, losses));
                rest = tail.get(whole.len()..).unwrap_or_default();
            }
            None => {
                done.push('{');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    done.push_str(rest);
    done
}

enum Tag<'a> {
    Variable(&'a str),
    Call(&'a str),
}

fn tag(tail: &str) -> Option<(&str, Tag<'_>)> {
    let (open, close) = match tail.get(..2)? {
        "{{" => ("{{", "}}"),
        "{%" => ("{%", "%}"),
        _ => return None,
    };
    let end = tail.find(close)?;
    let inside = tail.get(open.len()..end)?.trim();
    let whole = tail.get(..end + close.len())?;
    Some((whole, if open == "{{" { Tag::Variable(inside) } else { Tag::Call(inside) }))
}

fn variable(inside: &str, whole: &str, losses: &mut Losses) -> String {
    let name = inside.strip_prefix("_.").or_else(|| inside.strip_prefix("vault.")).unwrap_or(inside);
    let name = inside.strip_prefix("_[").and_then(|rest| rest.strip_suffix(']')).map_or(name, unquoted);
    if name.is_empty() || name.contains(['|', '(', '[', '{', '\'', '"']) {
        losses.note(format!("The expression `{whole}` has no counterpart and stays as it is written."));
        return whole.to_owned();
    }
    format!("{{{{{name}}}}}")
}

fn call(inside: &str, whole: &str, losses: &mut Losses) -> String {
    let (name, arguments) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let first = unquoted(arguments.split(',').next().unwrap_or_default().trim());
    let dynamic = match (name, first) {
        ("uuid", "" | "v4") => "{{$guid}}",
        ("now" | "timestamp", "unix") => "{{$timestamp}}",
        ("now", "" | "iso-8601") => "{{$isoTimestamp}}",
        _ => {
            losses.note(format!("The template tag `{whole}` has no counterpart and stays as it is written."));
            return whole.to_owned();
        }
    };
    dynamic.to_owned()
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['\'', '"'])
}
