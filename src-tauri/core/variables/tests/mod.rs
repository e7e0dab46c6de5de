mod places;
mod requests;
mod templates;

use crate::variables::{Definition, Origin, Place, Scope, Scopes, SecretSource};

/// Scopes with one collection that says this.
fn collection(entries: &[(&str, &str)]) -> Scopes {
    let entries =
        entries.iter().map(|(name, value)| ((*name).to_owned(), Definition::Template((*value).to_owned())));
    let origin = Origin { scope: Scope::Collection, name: Some("Orders".to_owned()) };
    Scopes { places: vec![Place { origin, entries: entries.collect() }] }
}

fn secret(name: &str) -> SecretSource {
    SecretSource::Variable { entry: name.to_owned(), held_for_run: true }
}

/// The same with a secret variable.
fn with_secret(mut scopes: Scopes, name: &str) -> Scopes {
    let definition = Definition::Secret(secret(name));
    scopes.places.iter_mut().for_each(|place| place.entries.push((name.to_owned(), definition.clone())));
    scopes
}
