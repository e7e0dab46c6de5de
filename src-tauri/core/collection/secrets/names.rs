use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;

use crate::secret::Secret;

/// The variables there are and the secrets they hold, so that each secret finds a name in a few steps, however many
/// there are.
#[derive(Default)]
pub struct Names {
    held: HashMap<String, Option<Secret<String>>>,
    /// The variables by the hash of their value.
    alike: HashMap<u64, Vec<String>>,
    /// The next number to try for a wished name.
    next: HashMap<String, u32>,
    /// Names no new variable takes; one that has such a name already keeps it.
    avoided: HashSet<String>,
    hasher: RandomState,
}

/// What a variable of a name holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// There is none of this name.
    Nothing,
    /// This value.
    Same,
    /// Another value, or one nobody knows.
    Another,
}

impl Names {
    /// Takes a name for a variable; its value, where it is not known, is taken for another than any.
    pub fn occupy(&mut self, name: &str) {
        self.held.entry(name.to_owned()).or_default();
    }

    /// Keeps new variables from a name: one of it would hide another, or be hidden.
    pub fn avoid(&mut self, name: String) {
        self.avoided.insert(name);
    }

    /// Takes a name for a variable that holds a secret.
    pub fn hold(&mut self, name: &str, value: &Secret<String>) {
        // EXPOSE: hashed in memory, to find its like.
        self.alike.entry(self.hasher.hash_one(value.expose())).or_default().push(name.to_owned());
        self.held.insert(name.to_owned(), Some(value.clone()));
    }

    /// What the variable of this name holds, compared with a value.
    pub fn holding(&self, name: &str, value: &str) -> Holding {
        match self.held.get(name) {
            None => Holding::Nothing,
            // EXPOSE: compared with another secret, in memory.
            Some(Some(held)) if held.expose() == value => Holding::Same,
            Some(_) => Holding::Another,
        }
    }

    /// A variable for the value: one that holds it already, or the wished name, with a number if it must be. An item's
    /// `own` variables hide those around it, and each place of it gets a variable that is not yet `given`.
    pub(super) fn find(
        &mut self,
        wish: &str,
        value: &str,
        own: &HashSet<String>,
        given: &HashSet<String>,
    ) -> String {
        let alike = self.alike.get(&self.hasher.hash_one(value)).into_iter().flatten();
        let is_usable =
            |name: &&String| !own.contains(*name) && !given.contains(*name) && !self.avoided.contains(*name);
        let mut usable = alike.filter(is_usable);
        let found =
            usable.find(|name| is_of(name, wish) && self.holding(name, value) == Holding::Same).cloned();
        found.unwrap_or_else(|| self.free(wish, own, given))
    }

    fn free(&mut self, wish: &str, own: &HashSet<String>, given: &HashSet<String>) -> String {
        let mut number = self.next.get(wish).copied().unwrap_or(1);
        let mut passed = true;
        loop {
            let name = if number == 1 { wish.to_owned() } else { format!("{wish}{number}") };
            let is_taken =
                self.held.contains_key(&name) || self.avoided.contains(&name) || given.contains(&name);
            if !is_taken && !own.contains(&name) {
                return name;
            }
            number = number.saturating_add(1);
            // What only this item's own variables are called is free for the next item.
            passed &= is_taken;
            if passed {
                self.next.insert(wish.to_owned(), number);
            }
        }
    }
}

/// Whether this is the wished name, with or without a number.
fn is_of(name: &str, wish: &str) -> bool {
    let Some(rest) = name.strip_prefix(wish) else { return false };
    rest.is_empty() || rest.parse::<u32>().is_ok_and(|number| number > 1)
}
