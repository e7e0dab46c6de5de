//! The terms a query may have, each as a condition over the list's columns.

use jiff::Zoned;
use rusqlite::types::Value;

use super::Condition;
use super::lexer::Piece;
use super::measure::{bytes, comparison, milliseconds};
use super::moment::moment;

/// What a term is about; facets leave their own out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::history) enum Field {
    Tenant,
    Status,
    Door,
    Time,
    Other,
}

/// Stands for the column with the number, which the words' table has too.
pub(in crate::history) const NUMBER: &str = "{number}";

type Read = Result<Condition, String>;
type Alternative = Result<(String, Vec<Value>), String>;

/// The condition a term stands for, or why it stands for none.
pub(super) fn condition(name: &str, piece: &Piece, now: &Zoned) -> Read {
    let value = piece.value.trim();
    let any = |field, read: fn(&str) -> Alternative| any(field, &piece.alternatives, read);
    let name = name.to_ascii_lowercase();
    if value.is_empty() && name != "note" {
        return Err("There is nothing behind the colon.".to_owned());
    }
    match name.as_str() {
        "tenant" => any(Field::Tenant, |one| Ok(name_like("tenant", one))),
        "stage" => any(Field::Tenant, stage),
        "status" => any(Field::Status, status),
        "door" => any(Field::Door, door),
        "method" => any(Field::Other, |one| Ok(equal("method", &one.to_ascii_uppercase()))),
        "title" | "request" => any(Field::Other, |one| Ok(name_like("title", one))),
        "host" => any(Field::Other, |one| Ok(host(one))),
        "path" => any(Field::Other, |one| Ok(path(one))),
        "since" => time(value, ">=", now),
        "before" => time(value, "<", now),
        "took" => measured("took_ms", value, milliseconds, "took:>1s, took:<200ms"),
        "size" => measured("body_size", value, bytes, "size:>1mb, size:<10kb"),
        "pinned" => pinned(value),
        "note" => Ok(note(value)),
        _ => Err(unknown(&name)),
    }
}

fn unknown(name: &str) -> String {
    format!(
        "There is no term {name}. Known are tenant, stage, status, method, door, host, path, title, since, before, took, \
         size, pinned and note; put the text in quotes to look for it."
    )
}

/// Any of the alternatives.
fn any(field: Field, alternatives: &[String], read: fn(&str) -> Alternative) -> Read {
    let mut parts = Vec::new();
    let mut values = Vec::new();
    for one in alternatives {
        let (sql, own) = read(one.trim())?;
        parts.push(sql);
        values.extend(own);
    }
    if parts.is_empty() {
        return Err("There is nothing behind the colon.".to_owned());
    }
    Ok(Condition { field, sql: format!("({})", parts.join(" OR ")), values })
}

fn equal(column: &str, value: &str) -> (String, Vec<Value>) {
    (format!("{column} = ?"), vec![Value::Text(value.to_owned())])
}

/// `*` stands for anything; `none` for no name at all.
fn name_like(column: &str, pattern: &str) -> (String, Vec<Value>) {
    if pattern.eq_ignore_ascii_case("none") {
        return (format!("{column} IS NULL"), Vec::new());
    }
    if pattern.contains('*') {
        return like(column, &escaped(pattern).replace('*', "%"));
    }
    (format!("{column} = ? COLLATE NOCASE"), vec![Value::Text(pattern.to_owned())])
}

fn like(column: &str, pattern: &str) -> (String, Vec<Value>) {
    (format!("{column} LIKE ? ESCAPE '\\'"), vec![Value::Text(pattern.to_owned())])
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A part of the name is enough; with `*` it is the whole of it.
fn host(text: &str) -> (String, Vec<Value>) {
    like("host", &part(text))
}

/// Behind the host; a part of it is enough.
fn path(text: &str) -> (String, Vec<Value>) {
    let path = "substr(exchange.url, instr(exchange.url, host) + length(host))";
    like(path, &part(text))
}

fn part(text: &str) -> String {
    let wanted = escaped(text).replace('*', "%");
    if text.contains('*') { wanted } else { format!("%{wanted}%") }
}

fn stage(text: &str) -> Alternative {
    let text = text.to_ascii_lowercase();
    match text.as_str() {
        "dev" | "test" | "prod" | "sandbox" => Ok(equal("stage", &text)),
        "none" => Ok(("stage IS NULL".to_owned(), Vec::new())),
        _ => Err("A stage is dev, test, prod or sandbox.".to_owned()),
    }
}

fn door(text: &str) -> Alternative {
    let text = text.to_ascii_lowercase();
    match text.as_str() {
        "window" | "terminal" => Ok(equal("door", &text)),
        _ => Err("A door is window or terminal.".to_owned()),
    }
}

fn status(text: &str) -> Alternative {
    let wrong = || "A status is written like 404, 5xx, >=400 or none.".to_owned();
    if text.eq_ignore_ascii_case("none") {
        return Ok(("status IS NULL".to_owned(), Vec::new()));
    }
    let lower = text.to_ascii_lowercase();
    if let Some(class) = lower.strip_suffix("xx") {
        let class: i64 = class.parse().ok().filter(|class| (1..=9).contains(class)).ok_or_else(wrong)?;
        let values = vec![Value::Integer(class * 100), Value::Integer(class * 100 + 99)];
        return Ok(("status BETWEEN ? AND ?".to_owned(), values));
    }
    let (operator, number) =
        if lower.starts_with(['<', '>', '=']) { comparison(&lower) } else { ("=", lower.as_str()) };
    let number: u16 = number.parse().map_err(|_| wrong())?;
    Ok((format!("status {operator} ?"), vec![Value::Integer(number.into())]))
}

fn time(value: &str, operator: &str, now: &Zoned) -> Read {
    let at = moment(value, now)
        .ok_or_else(|| "A time is written like 2h, 2d, 2026-11-01, today, yesterday or monday.".to_owned())?;
    let sql = format!("{NUMBER} {operator} ?");
    Ok(Condition { field: Field::Time, sql, values: vec![Value::Integer(at.as_microsecond())] })
}

fn measured(column: &str, value: &str, read: fn(&str) -> Option<f64>, examples: &str) -> Read {
    let (operator, number) = comparison(value);
    let number = read(number).ok_or_else(|| format!("It is written like {examples}."))?;
    Ok(Condition {
        field: Field::Other,
        sql: format!("{column} {operator} ?"),
        values: vec![Value::Real(number)],
    })
}

fn pinned(value: &str) -> Read {
    let wanted = match value.to_ascii_lowercase().as_str() {
        "yes" | "true" => 1,
        "no" | "false" => 0,
        _ => return Err("It is written pinned:yes or pinned:no.".to_owned()),
    };
    Ok(Condition { field: Field::Other, sql: "pinned = ?".to_owned(), values: vec![Value::Integer(wanted)] })
}

/// Without a text: whatever has a note.
fn note(text: &str) -> Condition {
    let (sql, values) = match text {
        "" | "*" | "yes" => ("exchange.note IS NOT NULL".to_owned(), Vec::new()),
        text => like("exchange.note", &format!("%{}%", escaped(text).replace('*', "%"))),
    };
    Condition { field: Field::Other, sql, values }
}
