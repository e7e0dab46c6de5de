//! Pieces of a text replaced, all others byte for byte.

use std::ops::Range;

/// A text with the replacements asked for so far.
pub(super) struct Splices<'text> {
    pub text: &'text str,
    pub line_break: &'static str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'text> Splices<'text> {
    pub fn new(text: &'text str) -> Self {
        let crlf = text.find('\n').is_some_and(|place| text[..place].ends_with('\r'));
        Self { text, line_break: if crlf { "\r\n" } else { "\n" }, edits: Vec::new() }
    }

    /// Asks for a replacement; its line breaks become the file's.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        let text = if self.line_break == "\n" { text.to_owned() } else { text.replace('\n', "\r\n") };
        self.edits.push((range, text));
    }

    /// The text after all replacements; none where two of them overlap.
    pub fn apply(mut self) -> Option<String> {
        // What is inserted where something is removed comes first.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len() + 64);
        let mut done = 0;
        for (range, text) in &self.edits {
            out.push_str(self.text.get(done..range.start)?);
            out.push_str(text);
            done = range.end.max(done);
        }
        out.push_str(self.text.get(done..)?);
        Some(out)
    }

    /// The start of the line a byte stands in.
    pub fn line_start(&self, place: usize) -> usize {
        self.text[..place].rfind('\n').map_or(0, |found| found + 1)
    }

    /// The end of the line a byte stands in, behind its break.
    pub fn line_end(&self, place: usize) -> usize {
        self.text[place..].find('\n').map_or(self.text.len(), |found| place + found + 1)
    }

    /// The column of a byte, in characters, and whether only spaces stand before it.
    pub fn column(&self, place: usize) -> (usize, bool) {
        let before = &self.text[self.line_start(place)..place];
        (before.chars().count(), before.chars().all(|c| c == ' '))
    }

    /// The rest of the line behind a value, when it is a comment.
    pub fn comment(&self, place: usize) -> &'text str {
        let rest = self.text[place..self.line_end(place)].trim_end_matches(['\n', '\r']);
        if rest.trim_start().starts_with('#') && rest.starts_with([' ', '\t']) { rest } else { "" }
    }

    /// The end of a place's line when only spaces follow there, else the place.
    pub fn past_spaces(&self, place: usize) -> usize {
        let rest = &self.text[place..];
        let words = rest.trim_start_matches([' ', '\t']);
        if words.is_empty() || words.starts_with(['\r', '\n']) {
            place + rest.len() - words.len()
        } else {
            place
        }
    }

    /// Where a new neighbour goes below a value: behind its line and the comments that stand deeper.
    pub fn below(&self, end: usize, column: usize) -> usize {
        let mut place = self.line_end(end);
        let mut next = place;
        while next < self.text.len() {
            let line = &self.text[next..self.line_end(next)];
            let words = line.trim_start_matches(' ');
            next += line.len();
            if words.starts_with('#') && line.len() - words.len() > column {
                place = next;
            } else if !words.trim().is_empty() {
                break;
            }
        }
        place
    }

    /// Inserts whole lines below a value.
    pub fn insert_below(&mut self, end: usize, column: usize, text: &str) {
        let place = self.below(end, column);
        if self.text[..place].ends_with('\n') {
            self.replace(place..place, &format!("{text}\n"));
        } else {
            self.replace(place..place, &format!("\n{text}"));
        }
    }

    /// Removes the lines from a key or dash to the end of its value.
    pub fn remove(&mut self, start: usize, end: usize, next: Option<usize>) {
        let line = self.line_start(start);
        if !self.column(start).1 {
            let is_bare = |next: &usize| self.text.get(end..*next).is_some_and(|text| !text.contains('#'));
            let to = match next.filter(is_bare) {
                Some(next) => next,
                None => end + self.comment(end).len(),
            };
            return self.edits.push((start..to, String::new()));
        }
        let to = self.line_end(end);
        let blank = |line: &str| line.trim().is_empty();
        let above = line.checked_sub(1).map_or(0, |place| self.line_start(place));
        let alone =
            blank(&self.text[to..self.line_end(to)]) && above < line && blank(&self.text[above..line]);
        let from = if alone { above } else { line };
        // A place that was told wrong must not tear the text: the edit is found out when the text is read again.
        let (from, to) = (from, to.max(from));
        let cut = !self.text[..to].ends_with('\n') && to == self.text.len();
        let from = if cut { self.text[..from].trim_end_matches(['\n', '\r']).len() } else { from };
        self.edits.push((from..to, String::new()));
    }
}
