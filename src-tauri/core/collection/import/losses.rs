//! What could not be carried over, collected while a source is walked.

use crate::collection::Loss;

/// Deeper nesting than any collection people make; importers stop there instead of exhausting the stack.
pub(super) const DEEPEST: usize = 40;

/// The losses found so far, and the item that is being read.
#[derive(Default)]
pub(super) struct Losses {
    place: Vec<String>,
    found: Vec<Loss>,
}

impl Losses {
    /// Reads an item; what is noted meanwhile carries its name.
    pub(super) fn within<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.place.push(name.to_owned());
        let read = read(self);
        self.place.pop();
        read
    }

    /// Notes a loss of the item that is being read, once.
    pub(super) fn note(&mut self, what: impl Into<String>) {
        let place = if self.place.is_empty() { "Collection".to_owned() } else { self.place.join(" / ") };
        let loss = Loss { place, what: what.into() };
        if !self.found.contains(&loss) {
            self.found.push(loss);
        }
    }

    /// How many folders are open.
    pub(super) const fn depth(&self) -> usize {
        self.place.len()
    }

    /// Everything noted.
    pub(super) fn finish(self) -> Vec<Loss> {
        self.found
    }
}
