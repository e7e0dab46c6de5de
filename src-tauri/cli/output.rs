//! What is printed: standard output carries the answer, standard error the rest.
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use serde::Serialize;
use sluice_core::diagnosis::Diagnosis;
use sluice_core::error::{Code, Error};

use crate::exit_code::Exit;

/// The terminal, or the pipe that stands in its place.
pub struct Output {
    json: bool,
}

impl Output {
    pub const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether the caller is a machine.
    pub const fn is_json(&self) -> bool {
        self.json
    }

    /// The answer: `value` as JSON for machines, else the text.
    pub fn answer(&self, value: &impl Serialize, text: impl FnOnce() -> String) {
        if self.json {
            let json = serde_json::to_string_pretty(value).unwrap_or_else(|error| error.to_string());
            Self::line(&json);
        } else {
            Self::line(text().trim_end_matches('\n'));
        }
    }

    /// A line of the answer; a closed pipe ends the program quietly.
    pub fn line(text: &str) {
        Self::bytes(format!("{text}\n").as_bytes());
    }

    /// Bytes of the answer; a closed pipe ends the program quietly.
    pub fn bytes(bytes: &[u8]) {
        let Err(error) = Self::write(bytes) else { return };
        // Who closes the pipe has seen enough; anything else is worth a word.
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            Self::warning(&format!("error: Standard output cannot be written: {error}"));
        }
        std::process::exit(i32::from(Exit::NotSent as u8));
    }

    /// Bytes of the answer, for those who have something to end first when they are not taken.
    pub fn write(bytes: &[u8]) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush())
    }

    /// Ends the line of an answer that did not, for the prompt that follows on a terminal.
    pub fn end_line() {
        if std::io::stdout().is_terminal() {
            Self::line("");
        }
    }

    /// A remark beside the answer.
    pub fn remark(&self, text: &str) {
        if !self.json {
            Self::warning(text);
        }
    }

    /// Something the user should know even when a machine reads the answer.
    pub fn warning(text: &str) {
        // Nobody is left to be told when standard error is gone.
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Says why the program stops: what failed, why, and `hint:` the next step.
    pub fn failure(&self, error: &Error) {
        if self.json {
            let json = serde_json::json!({ "error": error });
            Self::warning(&json.to_string());
            return;
        }
        Self::tell("", error);
    }

    /// Says the same of one among several; machines find it in the answer.
    pub fn failure_of(&self, name: &str, error: &Error) {
        if !self.json {
            Self::tell(&format!("{name}: "), error);
        }
    }

    fn tell(name: &str, error: &Error) {
        let message = one_line(&error.message);
        let diagnosis = error.diagnosis.as_deref();
        // A refusal of the platform says the same in its first words.
        match diagnosis.filter(|_| error.code != Code::PlatformRefused) {
            Some(found) => Self::warning(&format!("error: {name}{}. {message}", found.title)),
            None => Self::warning(&format!("error: {name}{message}")),
        }
        let detail = error.detail.as_ref().filter(|detail| !error.message.contains(detail.as_str()));
        if let Some(cause) = detail.or(diagnosis.and_then(|found| found.causes.first())) {
            Self::warning(&format!("cause: {}", one_line(cause)));
        }
        if let Some(hint) = &error.hint {
            Self::warning(&format!("hint: {}", one_line(hint)));
        }
    }

    /// Says what an answer means that is no failure of the sending.
    pub fn diagnosis(&self, diagnosis: &Diagnosis) {
        if self.json {
            return;
        }
        Self::warning(&format!("error: {}. {}", diagnosis.title, one_line(&diagnosis.explanation)));
        let message = diagnosis.message.as_ref();
        let found = message.and_then(|message| {
            diagnosis.evidence.iter().find(|evidence| evidence.text.contains(&message.id))
        });
        if let Some(cause) = found.map(|found| &found.text).or(diagnosis.causes.first()) {
            Self::warning(&format!("cause: {}", one_line(cause)));
        }
        if !diagnosis.hint.is_empty() {
            Self::warning(&format!("hint: {}", one_line(&diagnosis.hint)));
        }
    }

    /// Says why and gives the exit code of the failure.
    pub fn stop(&self, error: &Error) -> ExitCode {
        self.failure(error);
        Exit::from(error.code).into()
    }
}

/// Every error stays within three lines, whatever a server wrote into it.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let safe: String = words.chars().filter(|letter| !letter.is_control()).collect();
    if safe.chars().count() <= 300 { safe } else { safe.chars().take(299).chain(['…']).collect() }
}

/// A name or text out of a file, safe to print: what would move the cursor or colour the terminal is written as an escape.
pub fn visible(text: &str) -> String {
    let is_unsafe = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_unsafe(letter) { shown.extend(letter.escape_default()) } else { shown.push(letter) }
    }
    shown
}

/// Rows under their heads, as wide as needed.
pub fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([heads[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells.zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let head = line(&mut heads.iter().copied());
    let body = rows.iter().map(|row| line(&mut row.iter().map(String::as_str)));
    std::iter::once(head).chain(body).collect::<Vec<_>>().join("\n")
}
