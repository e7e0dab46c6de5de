//! Whether elements are closed as they were opened.

use crate::body::watch::{Token, Watch};

/// Deeper elements are counted, but their names are not compared: hostile depth must not take all memory.
const DEEPEST: usize = 1_000_000;

/// Knows which elements are open.
#[derive(Debug, Default)]
pub(in crate::body) struct Checker {
    /// Hash of the name and place of each open element.
    open: Vec<(u64, u64)>,
    deeper: u64,
    rooted: bool,
}

impl Watch for Checker {
    fn token(&mut self, token: Token, at: u64) -> Result<(), &'static str> {
        match token {
            Token::Start { name } => self.open(name, at),
            Token::End { name } => self.close(name),
            _ => Ok(()),
        }
    }

    fn end(&mut self, at: u64) -> Result<(), (u64, &'static str)> {
        match self.open.last() {
            // The place is that of the name; the tag begins one before.
            Some((_, at)) => Err((at.saturating_sub(1), "An element is not closed")),
            None if !self.rooted => Err((at, "There is no element")),
            None => Ok(()),
        }
    }
}

impl Checker {
    fn open(&mut self, name: u64, at: u64) -> Result<(), &'static str> {
        if self.open.is_empty() && self.rooted {
            return Err("There is a second root element");
        }
        self.rooted = true;
        if self.open.len() < DEEPEST {
            self.open.push((name, at));
        } else {
            self.deeper += 1;
        }
        Ok(())
    }

    fn close(&mut self, name: Option<u64>) -> Result<(), &'static str> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return Ok(());
        }
        let (open, _) = self.open.pop().ok_or("An element is closed, but none is open")?;
        match name {
            Some(name) if name != open => Err("An element is closed that is not the one open"),
            _ => Ok(()),
        }
    }
}
