//! Puts values where names stand.
//!
//! A value is looked into once, as part of its own definition, and only when a file or the user wrote it. What came out of a
//! secret, a tenant, the process environment or a dynamic variable is never looked into.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::dynamic::dynamic;
use super::scopes::{DOTS, Definition, Found, Scopes, SecretSource};
use super::template::{Piece, Reference, is_name, pieces};
use super::trouble::{Spot, Trouble};
use crate::error::Result;
use crate::secret::Secret;

/// How many variables one text may lead to; more is a circle nobody closed, or an attack.
const MOST_STEPS: usize = 100_000;
/// How deep values may refer to values.
const DEEPEST: usize = 64;
/// The most bytes one text may grow to.
const LARGEST: usize = 64 * 1024 * 1024;

/// The values of secrets, fetched before something is sent.
pub type Secrets = BTreeMap<SecretSource, Secret<String>>;

/// Puts values where names stand, and remembers which secrets that took.
pub struct Renderer<'a> {
    scopes: &'a Scopes,
    secrets: Option<&'a Secrets>,
    used: RefCell<BTreeSet<SecretSource>>,
    uses: Cell<usize>,
    made: Cell<bool>,
}

/// One text on its way.
struct Run {
    stack: Vec<String>,
    steps: usize,
    in_body: bool,
}

impl<'a> Renderer<'a> {
    /// A renderer for the eye: dots stand for secrets, and nobody is asked for one.
    pub fn shown(scopes: &'a Scopes) -> Self {
        Self { scopes, secrets: None, used: RefCell::default(), uses: Cell::default(), made: Cell::default() }
    }

    /// A renderer for the wire.
    pub fn clear(scopes: &'a Scopes, secrets: &'a Secrets) -> Self {
        Self { secrets: Some(secrets), ..Self::shown(scopes) }
    }

    /// The text with values for names; `spot` says in the error where it stands.
    pub fn text(&self, text: &str, spot: &Spot<'_>) -> Result<String> {
        if !text.contains("{{") {
            return Ok(text.to_owned());
        }
        let mut run = Run { stack: Vec::new(), steps: 0, in_body: *spot == Spot::Body };
        self.expand(text, &mut run).map_err(|trouble| trouble.at(spot, self.scopes))
    }

    /// A text that must be the same each time and may be shown: a file's path.
    pub fn fixed(&self, text: &str, spot: &Spot<'_>) -> Result<String> {
        let before = self.uses.get();
        self.made.set(false);
        let rendered = self.text(text, spot)?;
        if self.made.get() || self.uses.get() != before {
            return Err(Trouble::NotFixed.at(spot, self.scopes));
        }
        Ok(rendered)
    }

    /// The secrets used until now.
    pub fn used(&self) -> BTreeSet<SecretSource> {
        self.used.borrow().clone()
    }

    /// The value of one variable, or what is wrong with it.
    pub(super) fn variable(&self, name: &str) -> std::result::Result<String, Trouble> {
        let mut run = Run { stack: Vec::new(), steps: 0, in_body: false };
        self.value(name, &mut run)
    }

    fn expand(&self, text: &str, run: &mut Run) -> std::result::Result<String, Trouble> {
        let mut out = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Reference(reference) => out.push_str(&self.reference(&reference, run)?),
            }
            if out.len() > LARGEST {
                return Err(Trouble::TooLarge);
            }
        }
        Ok(out)
    }

    fn reference(&self, reference: &Reference<'_>, run: &mut Run) -> std::result::Result<String, Trouble> {
        let is_plain = super::template::plain_name(reference).is_some();
        let before = self.uses.get();
        let name = self.pieces(&reference.name, run)?;
        if self.uses.get() != before {
            return Err(Trouble::SecretName(reference.source.to_owned()));
        }
        let name = name.trim();
        if is_name(name) || self.scopes.find(name).is_some() {
            return self.value(name, run);
        }
        // A template of another language in a body is that body's own business.
        if run.in_body || name.is_empty() {
            return if is_plain { Ok(reference.source.to_owned()) } else { self.around(reference, run) };
        }
        Err(Trouble::NoName(reference.source.to_owned()))
    }

    /// The braces and what is between them, variables within replaced.
    fn around(&self, reference: &Reference<'_>, run: &mut Run) -> std::result::Result<String, Trouble> {
        Ok(format!("{{{{{}}}}}", self.pieces(&reference.name, run)?))
    }

    fn pieces(&self, pieces: &[Piece<'_>], run: &mut Run) -> std::result::Result<String, Trouble> {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Reference(inner) => out.push_str(&self.reference(inner, run)?),
            }
        }
        Ok(out)
    }

    fn value(&self, name: &str, run: &mut Run) -> std::result::Result<String, Trouble> {
        run.steps += 1;
        if run.steps > MOST_STEPS || run.stack.len() >= DEEPEST {
            return Err(Trouble::TooLarge);
        }
        if let Some(first) = run.stack.iter().position(|known| known == name) {
            let mut circle: Vec<String> = run.stack.iter().skip(first).cloned().collect();
            circle.push(name.to_owned());
            return Err(Trouble::Circle(circle));
        }
        let Some(Found { definition, .. }) = self.scopes.find(name) else {
            return Err(Trouble::Unknown(name.to_owned()));
        };
        match definition {
            Definition::Plain(text) => Ok(text),
            Definition::Missing => Err(Trouble::Missing(name.to_owned())),
            Definition::Secret(source) => self.secret(name, source),
            Definition::Dynamic => {
                self.made.set(true);
                dynamic(name).ok_or_else(|| Trouble::Unknown(name.to_owned()))
            }
            Definition::Template(text) => {
                run.stack.push(name.to_owned());
                let in_body = std::mem::replace(&mut run.in_body, true);
                let value = self.expand(&text, run);
                run.in_body = in_body;
                run.stack.pop();
                value
            }
        }
    }

    fn secret(&self, name: &str, source: SecretSource) -> std::result::Result<String, Trouble> {
        let value = match self.secrets {
            None => Some(DOTS.to_owned()),
            // EXPOSE: into the text that goes out; its record is masked by value.
            Some(secrets) => secrets.get(&source).map(|secret| secret.expose().clone()),
        };
        self.uses.set(self.uses.get() + 1);
        self.used.borrow_mut().insert(source);
        value.ok_or_else(|| Trouble::Missing(name.to_owned()))
    }
}
