//! What the options of one command say, in their order.

use super::options::{self, Meaning};
use crate::http::Field;

/// A piece of `-d` or its relatives.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Data {
    /// Text as it is.
    Text(String),
    /// A file's content.
    File(String),
    /// Text that is already encoded for a form.
    Encoded(String),
}

/// A piece of `-F`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FormPart {
    pub(super) text: String,
    pub(super) literal: bool,
}

/// A command taken apart.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
#[derive(Default)]
pub(super) struct Command {
    pub(super) method: Option<String>,
    pub(super) urls: Vec<String>,
    pub(super) headers: Vec<Field>,
    pub(super) data: Vec<Data>,
    pub(super) json: bool,
    pub(super) parts: Vec<FormPart>,
    pub(super) query: Vec<String>,
    pub(super) upload: Option<String>,
    pub(super) user: Option<String>,
    pub(super) bearer: Option<String>,
    pub(super) digest: bool,
    pub(super) get: bool,
    pub(super) head: bool,
    pub(super) follow: bool,
    pub(super) http1: bool,
    pub(super) timeout_ms: Option<u32>,
    pub(super) left_out: Vec<String>,
}

impl Command {
    /// Reads the words after `curl`.
    pub(super) fn read(mut words: impl Iterator<Item = String>) -> Self {
        let mut command = Self::default();
        let mut only_urls = false;
        while let Some(word) = words.next() {
            if only_urls || !word.starts_with('-') || word == "-" {
                command.urls.push(word);
            } else if word == "--" {
                only_urls = true;
            } else if word == "--next" || word == "-:" {
                command.left_out.push("The request after --next is left out.".to_owned());
                break;
            } else if let Some(name) = word.strip_prefix("--") {
                command.long(name, &mut words);
            } else {
                command.short(word.get(1..).unwrap_or_default(), &mut words);
            }
        }
        command.finish();
        command
    }

    fn long(&mut self, word: &str, words: &mut impl Iterator<Item = String>) {
        let (name, joined) =
            word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value.to_owned())));
        let Some(meaning) = options::long(name) else {
            // Every switch can be denied.
            let known = name.strip_prefix("no-").is_some_and(|name| options::long(name).is_some());
            if !known {
                self.left_out.push(format!("The unknown option --{name} is left out."));
            }
            return;
        };
        let value = if meaning.takes_value() { joined.or_else(|| words.next()) } else { None };
        self.take(meaning, &format!("--{name}"), value.unwrap_or_default());
    }

    fn short(&mut self, flags: &str, words: &mut impl Iterator<Item = String>) {
        let mut rest = flags.chars();
        while let Some(sign) = rest.next() {
            let Some(meaning) = options::short(sign) else {
                self.left_out.push(format!("The unknown option -{sign} is left out."));
                continue;
            };
            if !meaning.takes_value() {
                self.take(meaning, &format!("-{sign}"), String::new());
                continue;
            }
            let joined = rest.as_str().to_owned();
            let value = if joined.is_empty() { words.next().unwrap_or_default() } else { joined };
            self.take(meaning, &format!("-{sign}"), value);
            return;
        }
    }

    fn take(&mut self, meaning: Meaning, name: &str, value: String) {
        match meaning {
            Meaning::Method => self.method = Some(value).filter(|method| !method.is_empty()),
            Meaning::Header => self.header(&value, name),
            Meaning::Data => self.data.push(file_or(value, Data::Text)),
            Meaning::DataRaw => self.data.push(Data::Text(value)),
            Meaning::DataUrlencode => self.data_urlencode(&value),
            Meaning::Json => {
                self.json = true;
                self.data.push(file_or(value, Data::Text));
            }
            Meaning::Form => self.parts.push(FormPart { text: value, literal: false }),
            Meaning::FormString => self.parts.push(FormPart { text: value, literal: true }),
            Meaning::Get => self.get = true,
            Meaning::Head => self.head = true,
            Meaning::Upload => self.upload = Some(value),
            Meaning::User => self.user = Some(value),
            Meaning::Digest => self.digest = true,
            Meaning::Cookie => self.cookie(value),
            Meaning::UserAgent => self.headers.push(Field::new("User-Agent", value)),
            Meaning::Referer => self.headers.push(Field::new("Referer", value.trim_end_matches(";auto"))),
            Meaning::Follow => self.follow = true,
            Meaning::MaxTime => self.timeout_ms = milliseconds(&value),
            Meaning::Http1 => self.http1 = true,
            Meaning::Url => self.urls.push(value),
            Meaning::Bearer => self.bearer = Some(value),
            Meaning::Silent(_) => {}
            Meaning::LeftOut(_) => self.left_out.push(left_out(name)),
        }
    }

    fn header(&mut self, line: &str, name: &str) {
        if line.starts_with('@') {
            self.left_out.push(format!("The header fields {name} reads from a file are left out."));
            return;
        }
        if let Some((name, value)) = line.split_once(':').filter(|(_, value)| !value.trim().is_empty()) {
            self.headers.push(Field::new(name.trim(), value.trim()));
        } else if let Some(name) = line.strip_suffix(';') {
            self.headers.push(Field::new(name.trim(), ""));
        } else {
            let name = line.trim_end_matches(':').trim();
            self.left_out.push(format!("That the header field {name} is not sent is left out."));
        }
    }

    fn cookie(&mut self, value: String) {
        if value.contains('=') {
            self.headers.push(Field::new("Cookie", value));
        } else {
            self.left_out.push("The file of cookies is left out.".to_owned());
        }
    }

    /// `content`, `=content`, `name=content`, `@file`, `name@file`.
    fn data_urlencode(&mut self, value: &str) {
        let Some(place) = value.find(['=', '@']) else {
            self.data.push(Data::Encoded(encoded(value)));
            return;
        };
        let (name, rest) = value.split_at(place);
        if rest.starts_with('@') {
            self.left_out.push("A file that --data-urlencode encodes is left out.".to_owned());
            return;
        }
        let content = encoded(rest.get(1..).unwrap_or_default());
        self.data.push(Data::Encoded(if name.is_empty() { content } else { format!("{name}={content}") }));
    }

    fn finish(&mut self) {
        if !self.get {
            return;
        }
        for data in std::mem::take(&mut self.data) {
            match data {
                Data::Text(text) | Data::Encoded(text) => self.query.push(text),
                Data::File(path) => {
                    self.left_out.push(format!("The query that is read from {path} is left out."));
                }
            }
        }
    }
}

fn left_out(name: &str) -> String {
    match name {
        "-k" | "--insecure" => {
            "That any server certificate is taken (-k) is left out; trust the host in the settings instead."
                .to_owned()
        }
        "-x" | "--proxy" => format!("The proxy ({name}) is left out; it belongs to the settings."),
        "-E" | "--cert" | "--key" | "--pass" => {
            format!("The client certificate ({name}) is left out; add it as a key of a tenant.")
        }
        _ => format!("The option {name} is left out."),
    }
}

fn file_or(value: String, text: fn(String) -> Data) -> Data {
    match value.strip_prefix('@') {
        Some(path) => Data::File(path.to_owned()),
        None => text(value),
    }
}

/// Form encoding that leaves variables alone.
fn encoded(text: &str) -> String {
    if text.contains("{{") {
        return text.to_owned();
    }
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked before")]
fn milliseconds(seconds: &str) -> Option<u32> {
    let milliseconds = seconds.trim().parse::<f64>().ok()? * 1000.0;
    (1.0..=f64::from(u32::MAX)).contains(&milliseconds).then_some(milliseconds as u32)
}
