//! The places variables come from, in the order they are asked.

use uuid::Uuid;

use super::dynamic::description;
use super::{Asked, Origin, Scope};
use crate::tenant::Custody;

/// What is shown instead of a secret.
pub const DOTS: &str = "••••";
const PROCESS: &str = "process.env.";

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
    /// The process environment.
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
        missing.or_else(|| outside(name))
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
        let outside =
            outside(name).map(|found| Asked { value: shown(&found.definition), origin: found.origin });
        places.chain(outside).collect()
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

/// The process environment and the dynamic variables, which no place lists.
fn outside(name: &str) -> Option<Found> {
    let origin = |scope| Origin { scope, name: None };
    if let Some(variable) = name.strip_prefix(PROCESS) {
        let value = std::env::var(variable).ok()?;
        let secret = is_secret_like(variable);
        let definition = if secret {
            Definition::Secret(SecretSource::Process(variable.to_owned()))
        } else {
            Definition::Plain(value)
        };
        return Some(Found { origin: origin(Scope::Process), definition });
    }
    description(name).map(|_| Found { origin: origin(Scope::Dynamic), definition: Definition::Dynamic })
}

/// The process environment does not say what is secret; showing one value too few does no harm.
fn is_secret_like(variable: &str) -> bool {
    const PART: [&str; 9] = ["TOKEN", "SECRET", "PASS", "PWD", "KEY", "AUTH", "CREDENTIAL", "JWT", "SESSION"];
    let variable = variable.to_ascii_uppercase();
    PART.iter().any(|part| variable.contains(part))
}
