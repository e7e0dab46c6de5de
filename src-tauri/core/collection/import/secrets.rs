use std::collections::BTreeMap;

use super::{FoundSecret, Import};
use crate::collection::model::{Item, Variable};
use crate::collection::secrets::{
    MovedSecret, move_out_of_environment, move_out_of_folder_beside, move_out_of_request_beside,
};
use crate::collection::tree::Loss;
use crate::secret::Secret;

/// Takes every secret in clear text out of an import: a variable stands in its place, its value goes to the keyring.
pub fn take_out(import: &mut Import) {
    for environment in &mut import.collection.environments {
        let name = Some(environment.name.clone());
        let moved = move_out_of_environment(environment).into_iter();
        import.secrets.extend(moved.map(|secret| found(name.clone(), secret)));
    }
    let mut known = Known::default();
    for variable in &import.collection.root.variables {
        known.values.insert(variable.name.clone(), None);
    }
    for secret in &import.secrets {
        if secret.environment.is_none() {
            known.values.insert(secret.name.clone(), Some(secret.value.clone()));
        }
    }
    let mut moved = known.take(&mut import.collection.root, move_out_of_folder_beside);
    take_out_of_items(&mut import.collection.items, &mut known, &mut moved);
    for name in known.clashes {
        let what =
            format!("The secret variable {name} has several values; the first one is kept in the keyring.");
        import.losses.push(Loss { place: import.collection.root.name.clone(), what });
    }
    for secret in moved {
        let variables = &mut import.collection.root.variables;
        if variables.iter().all(|variable| variable.name != secret.name) {
            variables.push(Variable {
                name: secret.name.clone(),
                value: String::new(),
                enabled: true,
                secret: true,
                description: None,
            });
        }
        import.secrets.push(found(None, secret));
    }
}

fn take_out_of_items(items: &mut [Item], known: &mut Known, moved: &mut Vec<MovedSecret>) {
    for item in items {
        match item {
            Item::Request(request) => {
                moved.extend(known.take(request.as_mut(), move_out_of_request_beside));
            }
            Item::Folder(folder, items) => {
                moved.extend(known.take(folder, move_out_of_folder_beside));
                take_out_of_items(items, known, moved);
            }
        }
    }
}

/// The variables of the collection so far, those that hold a moved secret with its value.
#[derive(Default)]
struct Known {
    values: BTreeMap<String, Option<Secret<String>>>,
    clashes: Vec<String>,
}

impl Known {
    /// Moves the secrets out of one item; one that is known already keeps its variable, so that a password that
    /// stands in fifty requests becomes one variable.
    fn take<T: Clone>(
        &mut self,
        item: &mut T,
        move_out: fn(&mut T, &[String]) -> Vec<MovedSecret>,
    ) -> Vec<MovedSecret> {
        let mut taken: Vec<String> = Vec::new();
        loop {
            let mut changed = item.clone();
            let moved = move_out(&mut changed, &taken);
            let strangers = moved.iter().filter(|secret| self.holds_another(secret));
            let strangers: Vec<String> = strangers.map(|secret| secret.name.clone()).collect();
            // A variable keeps its name, however often another one is asked for.
            let stuck = strangers.iter().all(|name| taken.contains(name));
            if stuck {
                *item = changed;
                self.clashes.extend(strangers);
                return self.remember(moved);
            }
            taken.extend(strangers);
        }
    }

    fn holds_another(&self, secret: &MovedSecret) -> bool {
        let known = self.values.get(&secret.name);
        // EXPOSE: compared with another secret, in memory.
        known.is_some_and(|value| value.as_ref().is_none_or(|value| value.expose() != secret.value.expose()))
    }

    /// Those that are new.
    fn remember(&mut self, moved: Vec<MovedSecret>) -> Vec<MovedSecret> {
        let mut new = Vec::new();
        for secret in moved {
            if !self.values.contains_key(&secret.name) {
                self.values.insert(secret.name.clone(), Some(secret.value.clone()));
                new.push(secret);
            }
        }
        new
    }
}

fn found(environment: Option<String>, secret: MovedSecret) -> FoundSecret {
    FoundSecret { environment, name: secret.name, value: secret.value }
}
