//! The places variables come from, in the order they are asked.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::dynamic::description;
use super::render::cut;
use super::{Asked, Origin, Scope};
use crate::secret::Secret;
use crate::tenant::Custody;

/// What is shown instead of a secret.
pub const DOTS: &str = "••••";
/// What the names of the process environment's variables begin with.
pub(super) const PROCESS: &str = "process.env.";

/// Variables of the process environment by name: those the user hands over, and no others.
pub type ProcessVariables = BTreeMap<String, Secret<String>>;

/// Everything a request's variables are looked up in.
#[derive(Clone, Debug, Default)]
pub struct Scopes {
    /// The places, the first asked first.
    pub places: Vec<Place>,
}

/// A place variables come from.
#[derive(Clone, Debug)]
pub struct Place {
    /// Which one.
    pub origin: Origin,
    /// What it says; of a name that stands twice, the last counts.
    pub entries: Vec<(String, Definition)>,
}

/// What a place says about a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Definition {
    /// A text of a file or of the user, in which variables may stand.
    Template(String),
    /// A text that is never looked into.
    Plain(String),
    /// A value that is fetched only when something is sent.
    Secret(SecretSource),
    /// A secret whose value is not on this computer.
    Missing,
    /// Made anew at every use.
    Dynamic,
}

/// Where the value of a secret is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretSource {
    /// A secret variable's entry in the vault.
    Variable {
        /// Its name in the vault.
        entry: String,
        /// Whether the keyring has it, or only this run.
        held_for_run: bool,
    },
    /// The secret of a service key.
    Key(Uuid),
    /// A variable of the process environment, handed over by the user.
    Process(String),
}

impl SecretSource {
    /// A secret variable in the vault.
    pub fn variable(entry: String, custody: Custody) -> Self {
        Self::Variable { entry, held_for_run: custody == Custody::Run }
    }
}

/// Where a name was found.
pub(super) struct Found {
    pub(super) origin: Origin,
    pub(super) definition: Definition,
}

impl Scopes {
    /// What the first place says that knows the name. A secret without a value here does not hide one further down: files
    /// name `clientSecret` for whoever types it in, and a bound tenant supplies it.
    pub(super) fn find(&self, name: &str) -> Option<Found> {
        let mut missing = None;
        for place in &self.places {
            let Some(definition) = place.says(name) else { continue };
            let found = Found { origin: place.origin.clone(), definition: definition.clone() };
            if *definition != Definition::Missing {
                return Some(found);
            }
            missing.get_or_insert(found);
        }
        missing.or_else(|| dynamic(name))
    }

    /// The place the name's value comes from.
    pub fn origin(&self, name: &str) -> Option<Origin> {
        self.find(name).filter(|found| found.definition != Definition::Missing).map(|found| found.origin)
    }

    /// What every place says about a name, without secrets.
    pub(super) fn asked(&self, name: &str) -> Vec<Asked> {
        let places = self
            .places
            .iter()
            .map(|place| Asked { origin: place.origin.clone(), value: place.says(name).and_then(shown) });
        let made = dynamic(name).map(|found| Asked { value: shown(&found.definition), origin: found.origin });
        places.chain(made).collect()
    }

    /// The same with values short enough to be looked at.
    pub(super) fn cut(&self) -> Self {
        let short = |definition: &Definition| match definition {
            Definition::Template(text) => Definition::Template(cut(text)),
            Definition::Plain(text) => Definition::Plain(cut(text)),
            other => other.clone(),
        };
        let places = self.places.iter().map(|place| Place {
            origin: place.origin.clone(),
            entries: place.entries.iter().map(|(name, value)| (name.clone(), short(value))).collect(),
        });
        Self { places: places.collect() }
    }

    /// The name of the chosen environment.
    pub(super) fn environment(&self) -> Option<&str> {
        self.named(Scope::Environment)
    }

    /// The name of the tenant that supplies variables.
    pub(super) fn tenant(&self) -> Option<&str> {
        self.named(Scope::Tenant)
    }

    fn named(&self, scope: Scope) -> Option<&str> {
        let place = self.places.iter().find(|place| place.origin.scope == scope)?;
        place.origin.name.as_deref()
    }
}

impl Place {
    fn says(&self, name: &str) -> Option<&Definition> {
        self.entries.iter().rev().find(|(known, _)| known == name).map(|(_, definition)| definition)
    }
}

fn shown(definition: &Definition) -> Option<String> {
    match definition {
        Definition::Template(text) | Definition::Plain(text) => Some(text.clone()),
        Definition::Secret(_) => Some(DOTS.to_owned()),
        Definition::Missing | Definition::Dynamic => None,
    }
}

/// The dynamic variables, which no place lists.
fn dynamic(name: &str) -> Option<Found> {
    let origin = Origin { scope: Scope::Dynamic, name: None };
    description(name).map(|_| Found { origin, definition: Definition::Dynamic })
}
