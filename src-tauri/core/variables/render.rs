//! Puts values where names stand.
//!
//! A value is looked into once, as part of its own definition, and only when a file or the user wrote it. What came out of a
//! secret, a tenant, the process environment or a dynamic variable is never looked into.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

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
/// The most bytes all texts of one request may grow to.
const LARGEST_TOGETHER: usize = 256 * 1024 * 1024;
/// The most bytes of a value that is only looked at.
pub(super) const LARGEST_SHOWN: usize = 64 * 1024;
/// What looking at all variables of a request may cost, in bytes read and made.
const SHOWN_TOGETHER: usize = 16 * 1024 * 1024;
/// What one look-up costs of that.
const STEP: usize = 256;
/// What stands where a value was cut.
const MARK: &str = " …";

/// The values of secrets, fetched before something is sent.
pub type Secrets = BTreeMap<SecretSource, Secret<String>>;

/// Puts values where names stand, and remembers which secrets that took.
pub struct Renderer<'a> {
    scopes: &'a Scopes,
    secrets: Option<&'a Secrets>,
    used: RefCell<BTreeSet<SecretSource>>,
    uses: Cell<usize>,
    made: Cell<bool>,
    grown: Cell<usize>,
    budget: Option<&'a Budget>,
}

/// What is left to spend on values nobody sends; one for everything that is looked at together.
pub(super) struct Budget(AtomicUsize);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicUsize::new(SHOWN_TOGETHER))
    }
}

impl Budget {
    fn spend(&self, bytes: usize) -> std::result::Result<(), Trouble> {
        let left = self.0.load(Ordering::Relaxed).checked_sub(bytes);
        self.0.store(left.unwrap_or_default(), Ordering::Relaxed);
        left.map(drop).ok_or(Trouble::TooLarge)
    }
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
        Self {
            scopes,
            secrets: None,
            used: RefCell::default(),
            uses: Cell::default(),
            made: Cell::default(),
            grown: Cell::default(),
            budget: None,
        }
    }

    /// A renderer for lists of variables: long values are cut, and all of them together cost no more than the budget.
    pub(super) fn glance(scopes: &'a Scopes, budget: &'a Budget) -> Self {
        Self { budget: Some(budget), ..Self::shown(scopes) }
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
        let rendered = self.expand(text, &mut run).and_then(|rendered| {
            self.grown.set(self.grown.get().saturating_add(rendered.len()));
            if self.grown.get() > LARGEST_TOGETHER { Err(Trouble::TooLarge) } else { Ok(rendered) }
        });
        rendered.map_err(|trouble| trouble.at(spot, self.scopes))
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

    /// How often a secret was used until now.
    pub(super) fn uses(&self) -> usize {
        self.uses.get()
    }

    /// The value of one variable, or what is wrong with it.
    pub(super) fn variable(&self, name: &str) -> std::result::Result<String, Trouble> {
        let mut run = Run { stack: Vec::new(), steps: 0, in_body: false };
        self.value(name, &mut run)
    }

    fn expand(&self, text: &str, run: &mut Run) -> std::result::Result<String, Trouble> {
        self.spend(text.len())?;
        let mut out = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Reference(reference) => out.push_str(&self.reference(&reference, run)?),
            }
            if self.budget.is_some() && out.len() > LARGEST_SHOWN {
                break;
            }
            if out.len() > LARGEST {
                return Err(Trouble::TooLarge);
            }
        }
        self.spend(out.len())?;
        Ok(if self.budget.is_some() { cut(&out) } else { out })
    }

    fn spend(&self, bytes: usize) -> std::result::Result<(), Trouble> {
        self.budget.map_or(Ok(()), |budget| budget.spend(bytes))
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
        self.spend(STEP)?;
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

/// A text short enough to be looked at, with a mark where it was cut.
pub(super) fn cut(text: &str) -> String {
    if text.len() <= LARGEST_SHOWN {
        return text.to_owned();
    }
    let end = (0..=LARGEST_SHOWN).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    format!("{}{MARK}", text.get(..end).unwrap_or_default())
}
