use std::ops::Range;

use super::fields::normal;
use super::json::{self, Node, Value};
use super::obscure;
use super::read::MAX_BYTES;
use crate::redact::Segment;
use crate::secret::Secret;

/// Fields whose values are shown; of any other, only the length.
const SHOWN: [&str; 27] = [
    "clientid",
    "createdate",
    "createdat",
    "url",
    "uri",
    "tokenurl",
    "oauthtokenurl",
    "apiurl",
    "certurl",
    "sburl",
    "uaadomain",
    "xsappname",
    "identityzone",
    "identityzoneid",
    "zoneid",
    "tenantid",
    "tenantmode",
    "subaccountid",
    "serviceinstanceid",
    "credentialtype",
    "certificatepinning",
    "issuerdn",
    "subjectdn",
    "validuntil",
    "serialnumber",
    "granttypes",
    "roles",
];

/// Objects that are looked into; in any other every value is hidden.
const OPENED: [&str; 5] = ["oauth", "credentials", "uaa", "endpoints", "certificatedetails"];

const FOLDED: &str = "certificatedetails";

struct Cover {
    span: Range<usize>,
    label: String,
    length: usize,
    /// Stands between braces: a whole object on one line.
    folded: bool,
}

impl Cover {
    const fn new(span: Range<usize>, label: String, length: usize) -> Self {
        Self { span, label, length, folded: false }
    }
}

/// The text by lines, secrets replaced by their length, whatever shape the text has.
pub fn mask(text: &Secret<String>) -> Vec<Vec<Segment>> {
    // EXPOSE: into segments, of which only the parts outside every cover are kept.
    let text = text.expose();
    let mut painter = Painter { lines: vec![Vec::new()] };
    if text.len() > MAX_BYTES {
        painter.cover("too long to show", text.chars().count());
        return painter.lines;
    }
    let mut at = 0;
    for cover in covers(text) {
        painter.text(&text[at..cover.span.start]);
        if cover.folded {
            painter.text("{ ");
            painter.cover(&cover.label, cover.length);
            painter.text(" }");
        } else {
            painter.cover(&cover.label, cover.length);
        }
        at = cover.span.end;
    }
    painter.text(&text[at..]);
    painter.lines
}

fn covers(text: &str) -> Vec<Cover> {
    let Ok(document) = json::find(text) else { return plain(text, 0..text.len()) };
    if matches!(document.root.value, Value::Text(_)) {
        return plain(text, 0..text.len());
    }
    let span = document.root.span.clone();
    let mut covers = plain(text, 0..span.start);
    cover_node("", &document.root, true, &mut covers);
    covers.extend(plain(text, span.end..text.len()));
    covers
}

fn plain(text: &str, range: Range<usize>) -> Vec<Cover> {
    let shift = |span: Range<usize>| range.start + span.start..range.start + span.end;
    obscure::hidden(&text[range.clone()])
        .into_iter()
        .map(|hidden| {
            let length = text[shift(hidden.span.clone())].chars().count();
            Cover::new(shift(hidden.span), hidden.label, length)
        })
        .collect()
}

fn cover_node(name: &str, node: &Node, opened: bool, covers: &mut Vec<Cover>) {
    match &node.value {
        Value::Object(members) if name == FOLDED && opened => {
            let label = match members.len() {
                1 => "1 field".to_owned(),
                many => format!("{many} fields"),
            };
            let length = node.span.len().saturating_sub(2);
            covers.push(Cover { folded: true, ..Cover::new(node.span.clone(), label, length) });
        }
        Value::Object(members) => {
            for member in members {
                if !is_plain_name(&member.name) {
                    let length = member.name.chars().count();
                    covers.push(Cover::new(member.name_span.clone(), String::new(), length));
                }
                let name = normal(&member.name);
                let is_object = matches!(member.node.value, Value::Object(_));
                let opened = opened && (!is_object || OPENED.contains(&name.as_str()));
                cover_node(&name, &member.node, opened, covers);
            }
        }
        Value::Array(nodes) => nodes.iter().for_each(|node| cover_node(name, node, opened, covers)),
        Value::Text(text) if opened && is_shown(name, text) => {}
        Value::Number if opened && SHOWN.contains(&name) => {}
        Value::Word => {}
        Value::Text(text) => {
            covers.push(Cover::new(node.span.clone(), label(name, text), text.chars().count()));
        }
        Value::Number => covers.push(Cover::new(node.span.clone(), String::new(), node.span.len())),
    }
}

/// A name like those of keys; a long one with digits might be a value in the wrong place.
fn is_plain_name(name: &str) -> bool {
    let plain = name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.'));
    let words = name.len() <= 20 || !name.bytes().any(|byte| byte.is_ascii_digit());
    plain && words && name.len() <= 40
}

fn is_shown(name: &str, value: &str) -> bool {
    if !SHOWN.contains(&name) || value.len() > 300 || value.contains("-----") {
        return false;
    }
    if name.ends_with("url") || name.ends_with("uri") {
        return url::Url::parse(value.trim()).is_ok_and(|url| obscure::is_plain_address(&url));
    }
    // Client secrets carry a dollar sign; ids, dates and names never do.
    let allowed = |char: char| char.is_alphanumeric() || "!|_.-:+=,/ ".contains(char);
    value.chars().all(allowed)
}

fn label(name: &str, value: &str) -> String {
    let certificates = value.matches("-----BEGIN CERTIFICATE").count();
    match (value.contains("PRIVATE KEY"), certificates) {
        (true, _) => "hidden".to_owned(),
        (false, 0) if matches!(name, "key" | "privatekey") => "hidden".to_owned(),
        (false, 0) => String::new(),
        (false, 1) => "1 certificate".to_owned(),
        (false, many) => format!("{many} certificates"),
    }
}

struct Painter {
    lines: Vec<Vec<Segment>>,
}

impl Painter {
    fn text(&mut self, text: &str) {
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                self.lines.push(Vec::new());
            }
            let part = part.trim_end_matches('\r').trim_start_matches('\u{FEFF}');
            if !part.is_empty() {
                self.push(part);
            }
        }
    }

    fn push(&mut self, part: &str) {
        let Some(line) = self.lines.last_mut() else { return };
        match line.last_mut() {
            Some(Segment::Text { text }) => text.push_str(part),
            _ => line.push(Segment::text(part)),
        }
    }

    fn cover(&mut self, label: &str, length: usize) {
        if let Some(line) = self.lines.last_mut() {
            line.push(Segment::masked(label, length));
        }
    }
}
