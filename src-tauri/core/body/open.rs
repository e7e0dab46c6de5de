use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::charset::{self, Transcoded};
use super::checkpoint::Checkpoint;
use super::index::{Index, Known};
use super::json::Json;
use super::path::NodePath;
use super::printer::Printer;
use super::xml::Xml;
use super::{BodyFacts, BodyKind, BodyTrouble, PlaceOfRow, Rows, Source, SpanKind, hex, kind};
use crate::http::BodyForm;

/// As much of a body is looked at to tell its kind and character set.
const HEAD: usize = 64 * 1024;
/// How long an answer waits for the index to get there.
const PATIENCE: Duration = Duration::from_millis(250);
/// Most rows given at once.
const MOST_ROWS: u64 = 500;

/// A body that is looked at.
pub struct OpenBody {
    source: Arc<dyn Source>,
    text: Arc<dyn Source>,
    transcoded: Option<Arc<Transcoded>>,
    content_type: Option<String>,
    charset: Option<&'static str>,
    kind: BodyKind,
    /// Where the text begins, behind a byte order mark.
    begin: u64,
    raw: Mutex<Option<Arc<Index>>>,
    pretty: Mutex<Option<Arc<Index>>>,
}

impl OpenBody {
    /// Opens a body; text in another character set is written as UTF-8 to a nameless file in the folder.
    pub fn new(
        source: Arc<dyn Source>,
        content_type: Option<String>,
        folder: PathBuf,
    ) -> io::Result<Arc<Self>> {
        let head = read_head(&*source)?;
        let cut = source.size() > head.len() as u64 || !source.is_whole();
        let guess = kind::of(&head, content_type.as_deref());
        let (encoding, mark) = charset::of(&head, content_type.as_deref(), guess.kind, cut);
        let is_text = is_text(guess.kind);
        let is_utf8 = encoding == encoding_rs::UTF_8 || !is_text;
        let (head_text, _) = encoding.decode_without_bom_handling(&head[mark..]);
        let kind = kind::confirmed(guess, head_text.as_bytes(), cut);
        let transcoded =
            (!is_utf8).then(|| Transcoded::start(Arc::clone(&source), mark as u64, encoding, folder));
        let text: Arc<dyn Source> = match &transcoded {
            Some(transcoded) => Arc::<Transcoded>::clone(transcoded),
            None => Arc::clone(&source),
        };
        let begin = if is_utf8 && is_text { mark as u64 } else { 0 };
        let charset = is_text.then(|| encoding.name());
        let (raw, pretty) = (Mutex::default(), Mutex::default());
        Ok(Arc::new(Self { source, text, transcoded, content_type, charset, kind, begin, raw, pretty }))
    }

    /// The bytes as they came.
    pub fn source(&self) -> &Arc<dyn Source> {
        &self.source
    }

    /// The body as UTF-8: itself, or what becomes of it.
    pub fn text(&self) -> Arc<dyn Source> {
        Arc::clone(&self.text)
    }

    /// What it is.
    pub fn kind(&self) -> BodyKind {
        self.kind
    }

    /// Media type as the server said it.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The forms it can be shown in, the one that suits best first.
    pub fn forms(&self) -> Vec<BodyForm> {
        match self.kind {
            BodyKind::Json | BodyKind::Xml => vec![BodyForm::Pretty, BodyForm::Raw, BodyForm::Hex],
            BodyKind::Multipart => vec![BodyForm::Raw, BodyForm::Hex],
            kind if is_text(kind) => vec![BodyForm::Raw, BodyForm::Hex],
            _ => vec![BodyForm::Hex, BodyForm::Raw],
        }
    }

    /// What is known of it in one form.
    pub fn facts(&self, form: BodyForm) -> BodyFacts {
        let mut facts = BodyFacts {
            kind: self.kind,
            content_type: self.content_type.clone(),
            charset: self.charset.map(str::to_owned),
            forms: self.forms(),
            size: self.source.size(),
            whole: self.source.is_whole(),
            indexed: self.source.size(),
            rows: hex::count(self.source.size()),
            lines: hex::count(self.source.size()),
            done: self.source.is_whole(),
            trouble: None,
        };
        if form != BodyForm::Hex {
            let index = self.index(form);
            let known = index.wait(Duration::from_millis(20), |known| known.trouble.is_some());
            facts.indexed = self.of_source(known.indexed);
            (facts.rows, facts.lines, facts.done) = (known.rows, known.lines, known.done);
            facts.trouble = trouble(&known);
        }
        facts
    }

    /// Rows of a form, fewer at the end of what is there.
    pub fn rows(&self, form: BodyForm, from: u64, count: u64) -> io::Result<Rows> {
        let count = count.min(MOST_ROWS);
        if form == BodyForm::Hex {
            return Ok(Rows { from, rows: hex::rows(&*self.source, from, count)? });
        }
        let index = self.index(form);
        let to = from.saturating_add(count);
        drop(index.wait(PATIENCE, |known| known.rows > to || self.is_caught_up(known)));
        let rows = index.rows(from, to)?;
        Ok(Rows { from, rows: rows.iter().map(super::printed::PrintedRow::shown).collect() })
    }

    /// All of it in one form, unless it is longer than this many bytes.
    pub fn whole(&self, form: BodyForm, most: usize) -> io::Result<Option<String>> {
        let mut text = String::new();
        let mut from = 0;
        loop {
            let rows = self.rows(form, from, MOST_ROWS)?.rows;
            if rows.is_empty() {
                return Ok(Some(text));
            }
            for row in &rows {
                if row.line.is_some() && from > 0 {
                    text.push('\n');
                }
                row.spans.iter().for_each(|span| text.push_str(&span.text));
                from += 1;
            }
            if text.len() > most {
                return Ok(None);
            }
        }
    }

    /// The row where the value ends that opens on this one.
    pub fn fold(&self, form: BodyForm, row: u64) -> io::Result<Option<u64>> {
        if form == BodyForm::Hex {
            return Ok(None);
        }
        self.index(form).fold(row)
    }

    /// Where a line begins, from 1; one beyond the end is the last.
    pub fn line(&self, form: BodyForm, line: u64) -> io::Result<PlaceOfRow> {
        let line = line.max(1);
        if form == BodyForm::Hex {
            let row = (line - 1).min(hex::count(self.source.size()).saturating_sub(1));
            return Ok(PlaceOfRow { row, line: row + 1, column: 0, ..PlaceOfRow::default() });
        }
        let index = self.index(form);
        drop(index.wait(PATIENCE, |known| known.lines > line || self.is_caught_up(known)));
        index.line(line)
    }

    /// The node at a place of a row.
    pub fn place(&self, form: BodyForm, row: u64, column: u32) -> io::Result<PlaceOfRow> {
        if form == BodyForm::Hex {
            return Ok(PlaceOfRow { row, line: row.saturating_add(1), column, ..PlaceOfRow::default() });
        }
        let index = self.index(form);
        drop(index.wait(PATIENCE, |known| known.rows > row || self.is_caught_up(known)));
        index.place(row, column)
    }

    /// The row, line and column of a byte of the text.
    pub fn place_of(&self, form: BodyForm, offset_in_text: u64) -> io::Result<PlaceOfRow> {
        if form == BodyForm::Hex {
            let row = (offset_in_text / hex::BYTES).min(hex::count(self.source.size()).saturating_sub(1));
            let column = hex::column_of(offset_in_text, self.source.size());
            return Ok(PlaceOfRow { row, line: row.saturating_add(1), column, ..PlaceOfRow::default() });
        }
        let index = self.index(form);
        drop(index.wait(PATIENCE, |known| known.indexed > offset_in_text || self.is_caught_up(known)));
        index.place_of(offset_in_text)
    }

    /// Where the row begins in the text.
    pub fn offset_of_row(&self, form: BodyForm, row: u64) -> io::Result<u64> {
        if form == BodyForm::Hex {
            return Ok(row.saturating_mul(hex::BYTES).min(self.source.size()));
        }
        let index = self.index(form);
        drop(index.wait(PATIENCE, |known| known.rows > row || self.is_caught_up(known)));
        index.offset_of_row(row)
    }

    /// The path of the node at a byte of the text: JSONPath or XPath.
    pub fn path_at(&self, offset_in_text: u64) -> io::Result<Option<NodePath>> {
        let form = self.forms().first().copied().filter(|form| *form == BodyForm::Pretty);
        let Some(form) = form else { return Ok(None) };
        let index = self.index(form);
        drop(index.wait(PATIENCE, |known| known.indexed > offset_in_text || self.is_caught_up(known)));
        index.path_at(offset_in_text)
    }

    fn index(&self, form: BodyForm) -> Arc<Index> {
        let raw = form == BodyForm::Raw || !matches!(self.kind, BodyKind::Json | BodyKind::Xml);
        let slot = if raw { &self.raw } else { &self.pretty };
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let begin = || Checkpoint::beginning(self.begin, self.printer(raw));
        Arc::clone(slot.get_or_insert_with(|| Index::start(self.text(), begin())))
    }

    fn printer(&self, raw: bool) -> Printer {
        match self.kind {
            BodyKind::Json => Printer::Json(Json::new(raw)),
            BodyKind::Xml => Printer::Xml(Xml::new(raw)),
            _ => Printer::Lines(SpanKind::Plain),
        }
    }

    /// Whether there is nothing to wait for: the index has all that arrived.
    fn is_caught_up(&self, known: &Known) -> bool {
        self.transcoded.is_none() && known.indexed >= self.text.size()
    }

    /// Bytes of the body for bytes of its text, roughly when they differ.
    fn of_source(&self, indexed: u64) -> u64 {
        if self.transcoded.is_none() {
            return indexed;
        }
        if self.text.is_whole() && indexed >= self.text.size() {
            return self.source.size();
        }
        indexed.min(self.source.size())
    }
}

impl Drop for OpenBody {
    fn drop(&mut self) {
        for slot in [&self.raw, &self.pretty] {
            if let Some(index) = &*slot.lock().unwrap_or_else(PoisonError::into_inner) {
                index.stop();
            }
        }
        if let Some(transcoded) = &self.transcoded {
            transcoded.stop();
        }
    }
}

fn trouble(known: &Known) -> Option<BodyTrouble> {
    let trouble = known.trouble?;
    let message = trouble.fault.why.to_owned();
    Some(BodyTrouble { message, line: trouble.line, column: trouble.column, row: trouble.row })
}

pub(super) fn is_text(kind: BodyKind) -> bool {
    !matches!(kind, BodyKind::Image | BodyKind::Pdf | BodyKind::Zip | BodyKind::Binary | BodyKind::Multipart)
}

fn read_head(source: &dyn Source) -> io::Result<Vec<u8>> {
    let mut head = vec![0; HEAD];
    let mut filled = 0;
    while filled < HEAD {
        match source.read_at(&mut head[filled..], filled as u64)? {
            0 => break,
            read => filled += read,
        }
    }
    head.truncate(filled);
    Ok(head)
}
