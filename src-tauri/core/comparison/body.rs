//! The bodies of both sides.

use std::collections::HashSet;
use std::io;

use encoding_rs::{Encoding, UTF_8};

use super::extract::{Extract, read};
use super::model::ComparedBodies;
use super::sheet::Sheet;
use super::structure::{Change, Structure};
use super::tree::Tree;
use super::{json, lines, xml};
use crate::body::{self, Source};
use crate::http::{Body, Field, PartContent, SpooledBody};

/// Bytes of a body that are compared.
pub(super) const LARGEST: u64 = 4 * 1024 * 1024;
/// As much of a body is looked at to tell its characters.
const HEAD: usize = 64 * 1024;
/// Lines that are put beside each other.
const MOST_LINES: usize = 200_000;

/// A body as far as it is compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    /// Its bytes, at most [`LARGEST`] of them.
    pub(crate) bytes: Vec<u8>,
    /// Which part of it they are.
    pub(crate) extract: Extract,
    /// Its whole size.
    pub(crate) size: u64,
    /// Its media type, if one is known.
    pub(crate) content_type: Option<String>,
    /// Its characters, where something else than these bytes says so.
    pub(crate) charset: Option<&'static Encoding>,
}

/// Two bodies beside each other, and what happened to their members.
pub(super) struct Outcome {
    pub(super) bodies: ComparedBodies,
    pub(super) changes: Vec<Change>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Xml,
    Text,
}

impl Side {
    /// The bodies of two requests as the user wrote them.
    pub(super) fn of_requests(a: (&Body, Option<String>), b: (&Body, Option<String>)) -> (Self, Self) {
        let sides = [a, b].map(|(body, content_type)| Self::of_request(body, content_type));
        let sources = sides.each_ref().map(|side| SpooledBody::of(side.bytes.clone()).source());
        // What is in memory can always be read.
        let extract = Extract::of(sources[0].as_ref(), sources[1].as_ref()).unwrap_or_default();
        let [a, b] = sides.map(|side| side.extracted(extract));
        (a, b)
    }

    /// This part of the body of an answer.
    pub(crate) fn of_answer(
        body: &dyn Source,
        extract: Extract,
        content_type: Option<String>,
    ) -> io::Result<Self> {
        let bytes = read(body, extract.from, usize::try_from(extract.most).unwrap_or(usize::MAX))?;
        // A later part does not hold what the beginning says of its characters.
        let head = if extract.from == 0 { Vec::new() } else { read(body, 0, HEAD)? };
        let charset = body::encoding(&head, content_type.as_deref(), true).map(|(encoding, _)| encoding);
        // Signs of two bytes may begin anywhere.
        let charset = charset.filter(|charset| extract.from > 0 && charset.is_ascii_compatible());
        Ok(Self { bytes, extract, size: body.size(), content_type, charset })
    }

    fn extracted(self, extract: Extract) -> Self {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(self.bytes.len());
        let (from, to) = (place(extract.from), place(extract.from.saturating_add(extract.most)));
        Self { bytes: self.bytes[from..to].to_vec(), extract, ..self }
    }

    fn of_request(body: &Body, content_type: Option<String>) -> Self {
        let (text, usual) = match body {
            Body::None => return Self::default(),
            Body::Json { text } => (text.clone(), "application/json"),
            Body::Xml { text } => (text.clone(), "application/xml"),
            Body::Text { text } => (text.clone(), "text/plain"),
            Body::Sparql { text } => (text.clone(), "application/sparql-query"),
            Body::Form { fields } => (form(fields), "application/x-www-form-urlencoded"),
            Body::Multipart { parts } => {
                let lines = parts.iter().filter(|part| part.enabled).map(|part| match &part.content {
                    PartContent::Text { text } => format!("{}={text}", part.name),
                    PartContent::File { path } => format!("{}=@{}", part.name, path.display()),
                });
                (lines.collect::<Vec<_>>().join("\n"), "multipart/form-data")
            }
            Body::File { path } => (format!("@{}", path.display()), "application/octet-stream"),
        };
        let (size, bytes) = (text.len() as u64, text.into_bytes());
        Self {
            bytes,
            size,
            content_type: content_type.or_else(|| Some(usual.to_owned())),
            charset: Some(UTF_8),
            ..Self::default()
        }
    }

    fn is_cut(&self) -> bool {
        self.size > self.bytes.len() as u64
    }

    /// `391 B application/json`
    fn shown(&self) -> String {
        match self.essence() {
            Some(kind) => format!("{} {kind}", size(self.size)),
            None => size(self.size),
        }
    }

    fn essence(&self) -> Option<String> {
        let kind = self.content_type.as_deref()?.split(';').next()?.trim().to_ascii_lowercase();
        (!kind.is_empty()).then_some(kind)
    }

    /// Its text; absent when it is none.
    fn text(&self) -> Option<String> {
        let looked_at = || body::encoding(&self.bytes, self.content_type.as_deref(), self.is_cut());
        let (encoding, mark) =
            self.charset.map(|charset| (charset, 0)).or_else(looked_at).unwrap_or((UTF_8, 0));
        let text = self.bytes.get(mark..).unwrap_or_default();
        let (text, broken) = encoding.decode_without_bom_handling(text);
        // The ends of a cut text may be half a sign.
        let is_text = !text.contains('\0') && (!broken || self.is_cut());
        is_text.then(|| text.into_owned())
    }

    /// The text indented, if it can be.
    fn pretty(&self, text: String) -> String {
        let tree = match self.form(&text) {
            Form::Text => return text,
            Form::Json => json::read(&text),
            Form::Xml => xml::read(&text),
        };
        tree.map_or(text, |tree| tree.pretty())
    }

    fn form(&self, text: &str) -> Form {
        let kind = self.essence().unwrap_or_default();
        let begins = text.trim_start_matches('\u{feff}').trim_start().chars().next();
        let is_open = kind.is_empty() || kind == "text/plain" || kind == "application/octet-stream";
        match begins {
            Some('{' | '[') if is_open || kind.ends_with("json") => Form::Json,
            Some('<') if is_open || kind.ends_with("xml") => Form::Xml,
            _ if kind.ends_with("json") => Form::Json,
            _ => Form::Text,
        }
    }
}

fn form(fields: &[Field]) -> String {
    let lines = fields.iter().filter(|field| field.enabled);
    lines.map(|field| format!("{}={}", field.name, field.value)).collect::<Vec<_>>().join("\n")
}

/// A size for people.
pub(super) fn size(bytes: u64) -> String {
    let scaled = |unit: u64, name: &str| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => scaled(1024, "KB"),
        1_048_576..1_073_741_824 => scaled(1_048_576, "MB"),
        _ => scaled(1_073_741_824, "GB"),
    }
}

/// Compares two bodies, by structure when both have one.
pub(super) fn compare(a: &Side, b: &Side, ignored: &HashSet<String>, as_text: bool) -> Outcome {
    let mut notes = Vec::new();
    let mut sheet = Sheet::behind(a.extract.lines);
    let mut changes = Vec::new();
    let (text_a, text_b) = (a.text(), b.text());
    let is_other_type = !a.bytes.is_empty()
        && !b.bytes.is_empty()
        && text_a.as_deref().zip(text_b.as_deref()).is_none_or(|(x, y)| a.form(x) != b.form(y));
    match (text_a, text_b) {
        (Some(x), Some(y)) => {
            notes.extend(cut(a, b));
            let trees = if as_text { None } else { trees((a, &x), (b, &y), &mut notes) };
            let (x, y) = if is_other_type && !as_text { (a.pretty(x), b.pretty(y)) } else { (x, y) };
            texts((x, y), trees, ignored, &mut sheet, &mut changes, &mut notes);
        }
        (None, None) => notes.push(bytes(a, b)),
        (Some(_), None) => notes.push("The second is not text.".to_owned()),
        (None, Some(_)) => notes.push("The first is not text.".to_owned()),
    }
    let mut differences = sheet.differences();
    if (a.is_cut() || b.is_cut()) && !a.extract.same {
        // What is not shown may hide more of them.
        differences = differences.max(1);
    }
    if is_other_type && a.bytes != b.bytes {
        notes.insert(0, "They have another type.".to_owned());
        differences = 1;
    }
    if sheet.lines.is_empty() {
        differences = u32::from(!a.extract.same && (a.size != b.size || a.bytes != b.bytes || a.is_cut()));
    }
    let note = (!notes.is_empty()).then(|| notes.join(" "));
    let bodies = ComparedBodies { a: a.shown(), b: b.shown(), lines: sheet.lines, differences, note };
    Outcome { bodies, changes }
}

/// What is not compared of bodies that are too large.
fn cut(a: &Side, b: &Side) -> Option<String> {
    if !a.is_cut() && !b.is_cut() {
        return None;
    }
    let shown = size(a.extract.most.max(b.extract.most));
    Some(match a.extract {
        Extract { same: true, .. } => {
            format!("Byte for byte they are the same; the first {shown} are shown, as text.")
        }
        Extract { from: 0, .. } => format!("They are large: only the first {shown} are compared, as text."),
        Extract { from, .. } => {
            format!(
                "They are large: the first {} are the same, then {shown} are compared, as text.",
                size(from)
            )
        }
    })
}

fn bytes(a: &Side, b: &Side) -> String {
    if a.extract.same || (a.size == b.size && a.bytes == b.bytes && !a.is_cut()) {
        return "They are not text. Byte for byte they are the same.".to_owned();
    }
    let same = a.bytes.iter().zip(&b.bytes).take_while(|(a, b)| a == b).count() as u64;
    let at = a.extract.from.saturating_add(same).saturating_add(1);
    format!("They are not text. They differ from byte {at} on.")
}

/// Both as trees, unless one of them has none.
fn trees(a: (&Side, &str), b: (&Side, &str), notes: &mut Vec<String>) -> Option<(Tree, Tree)> {
    let (form_a, form_b) = (a.0.form(a.1), b.0.form(b.1));
    if form_a != form_b || form_a == Form::Text || a.0.is_cut() || b.0.is_cut() {
        return None;
    }
    let mut read = |text: &str, which: &str| {
        let read = if form_a == Form::Json { json::read(text) } else { xml::read(text) };
        read.map_err(|why| notes.push(format!("{which} {why}: compared as text."))).ok()
    };
    let (a, b) = (read(a.1, "The first"), read(b.1, "The second"));
    a.zip(b)
}

fn texts(
    (a, b): (String, String),
    trees: Option<(Tree, Tree)>,
    ignored: &HashSet<String>,
    sheet: &mut Sheet,
    changes: &mut Vec<Change>,
    notes: &mut Vec<String>,
) {
    let count = match &trees {
        Some((a, b)) => a.lines().max(b.lines()),
        None => lines::count(&a).max(lines::count(&b)),
    };
    if count > MOST_LINES {
        notes.push(format!("They have more than {MOST_LINES} lines, too many to be put beside each other."));
        return;
    }
    match trees {
        Some((mut a, mut b)) => {
            a.mark(ignored);
            b.mark(ignored);
            let mut structure = Structure { a: &a, b: &b, ignored, sheet, changes: Vec::new() };
            structure.align();
            *changes = structure.changes;
        }
        None => lines::align(&a, &b, sheet),
    }
}
