//! What a request's variables are and where they come from, for the eye: secrets are dots.

use std::collections::BTreeSet;

use super::dynamic::{DYNAMIC, description};
use super::render::{Budget, Renderer};
use super::scopes::{DOTS, Definition, Scopes};
use super::template::{Piece, is_name, pieces};
use super::{Scope, VariableUse};

/// More variables than this are in no text a person wrote.
const MOST: usize = 1_000;

/// The variables in these texts, each once, in the order they appear.
pub fn uses(scopes: &Scopes, texts: &[String]) -> Vec<VariableUse> {
    let (scopes, budget) = (&scopes.cut(), &Budget::default());
    let (mut names, mut seen) = (Vec::new(), BTreeSet::new());
    for text in texts {
        collect(&Renderer::glance(scopes, budget), scopes, &pieces(text), &mut |name| {
            if names.len() < MOST && seen.insert(name.to_owned()) {
                names.push(name.to_owned());
            }
        });
    }
    names.iter().map(|name| of(scopes, budget, name)).collect()
}

/// Every variable a request could use, in the order the places are asked; the dynamic ones last.
pub fn available(scopes: &Scopes) -> Vec<VariableUse> {
    let (scopes, budget) = (&scopes.cut(), &Budget::default());
    let mut seen = BTreeSet::new();
    let names = scopes.places.iter().flat_map(|place| place.entries.iter().map(|(name, _)| name.as_str()));
    let names = names.filter(|name| !name.is_empty()).chain(DYNAMIC.iter().map(|(name, _)| *name));
    names.filter(|name| seen.insert(*name)).map(|name| of(scopes, budget, name)).collect()
}

/// One variable.
fn of(scopes: &Scopes, budget: &Budget, name: &str) -> VariableUse {
    let renderer = Renderer::glance(scopes, budget);
    let found = scopes.find(name);
    let is_dynamic = found.as_ref().is_some_and(|found| found.definition == Definition::Dynamic);
    let is_missing = found.as_ref().is_some_and(|found| found.definition == Definition::Missing);
    let (value, problem) = match renderer.variable(name) {
        Ok(_) if is_dynamic => (description(name).map(str::to_owned), None),
        Ok(value) => (Some(value), None),
        Err(trouble) => (None, Some(trouble.sentence())),
    };
    let is_secret = is_missing || !renderer.used().is_empty();
    VariableUse {
        name: name.to_owned(),
        value: value.map(|value| if is_secret { DOTS.to_owned() } else { value }),
        secret: is_secret,
        origin: found.map(|found| found.origin),
        problem,
        asked: if is_dynamic { dynamic_only(scopes, name) } else { scopes.asked(name) },
    }
}

fn dynamic_only(scopes: &Scopes, name: &str) -> Vec<super::Asked> {
    let mut asked = scopes.asked(name);
    for place in asked.iter_mut().filter(|place| place.origin.scope == Scope::Dynamic) {
        place.value = description(name).map(str::to_owned);
    }
    asked
}

/// Names that can be told from the text: those made of others once the others are known.
fn collect(renderer: &Renderer<'_>, scopes: &Scopes, pieces: &[Piece<'_>], note: &mut dyn FnMut(&str)) {
    for piece in pieces {
        let Piece::Reference(reference) = piece else { continue };
        collect(renderer, scopes, &reference.name, note);
        let name = name(renderer, &reference.name);
        if let Some(name) = name.filter(|name| is_name(name) || scopes.find(name).is_some()) {
            note(&name);
        }
    }
}

fn name(renderer: &Renderer<'_>, pieces: &[Piece<'_>]) -> Option<String> {
    let before = renderer.uses();
    let mut whole = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => whole.push_str(text),
            Piece::Reference(inner) => {
                whole.push_str(&renderer.variable(&name(renderer, &inner.name)?).ok()?);
            }
        }
    }
    Some(whole.trim().to_owned()).filter(|name| renderer.uses() == before && !name.is_empty())
}
