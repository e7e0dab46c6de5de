use crate::collection::Loss;
use crate::error::Error;

/// Why a file cannot be read, and in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    line: Option<usize>,
    error: Error,
}

impl Misread {
    /// What is wrong in this line.
    pub const fn in_line(line: usize, error: Error) -> Self {
        Self { line: Some(line), error }
    }

    /// The same with another next step.
    #[must_use]
    pub fn hint(self, hint: &str) -> Self {
        Self { error: self.error.hint(hint), ..self }
    }

    /// The error of an operation that needs this file: `FILE, line N: what`.
    pub fn of_file(self, name: &str) -> Error {
        let is_told = self.line.is_none() && (name.is_empty() || self.error.message.contains(name));
        if is_told {
            return self.error;
        }
        Error { message: format!("{}: {}", self.place(name), self.error.message), ..self.error }
    }

    /// What an import of several files leaves out.
    pub fn loss(self, name: &str) -> Loss {
        Loss { place: self.place(name), what: format!("The file is left out. {}", self.error.message) }
    }

    fn place(&self, name: &str) -> String {
        self.line.map_or_else(|| name.to_owned(), |line| format!("{name}, line {line}"))
    }
}

impl From<Error> for Misread {
    fn from(error: Error) -> Self {
        Self { line: None, error }
    }
}
