#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::{FoundSecret, Import};
use crate::collection::model::{Item, Variable};
use crate::collection::secrets::{
    Holding, MovedSecret, Names, move_out_of_environment, move_out_of_folder_among, move_out_of_request_among,
};
use crate::collection::tree::Loss;

/// Takes every secret in clear text out of an import: a variable stands in its place, its value goes to the keyring.
pub fn take_out(import: &mut Import) {
    for environment in &mut import.collection.environments {
        let name = Some(environment.name.clone());
        let moved = move_out_of_environment(environment).into_iter();
        import.secrets.extend(moved.map(|secret| found(name.clone(), secret)));
    }
    let mut known = Known::default();
    for name in hidden_names(import) {
        known.names.avoid(name);
    }
    for secret in &import.secrets {
        if secret.environment.is_none() {
            known.names.hold(&secret.name, &secret.value);
        }
    }
    let mut moved = known.take(&mut import.collection.root, move_out_of_folder_among);
    // Only now: what moved out of the collection's own variables has its value, the rest is no secret.
    for variable in &import.collection.root.variables {
        known.names.occupy(&variable.name);
    }
    take_out_of_items(&mut import.collection.items, &mut known, &mut moved);
    for name in known.clashes {
        let what =
            format!("The secret variable {name} has several values; the first one is kept in the keyring.");
        import.losses.push(Loss { place: import.collection.root.name.clone(), what });
    }
    let variables = &mut import.collection.root.variables;
    let mut written: HashSet<String> = variables.iter().map(|variable| variable.name.clone()).collect();
    for secret in moved {
        if written.insert(secret.name.clone()) {
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

/// The names of variables that hide one of the collection, or that one of the collection would hide.
fn hidden_names(import: &Import) -> Vec<String> {
    let environments = import.collection.environments.iter().flat_map(|environment| &environment.variables);
    let mut names: Vec<String> =
        environments.chain(&import.globals).map(|variable| variable.name.clone()).collect();
    add_names(&import.collection.items, &mut names);
    names
}

fn add_names(items: &[Item], names: &mut Vec<String>) {
    for item in items {
        let variables = match item {
            Item::Request(request) => &request.details.variables,
            Item::Folder(folder, items) => {
                add_names(items, names);
                &folder.variables
            }
        };
        names.extend(variables.iter().map(|variable| variable.name.clone()));
    }
}

fn take_out_of_items(items: &mut [Item], known: &mut Known, moved: &mut Vec<MovedSecret>) {
    for item in items {
        match item {
            Item::Request(request) => {
                moved.extend(known.take(request.as_mut(), move_out_of_request_among));
            }
            Item::Folder(folder, items) => {
                moved.extend(known.take(folder, move_out_of_folder_among));
                take_out_of_items(items, known, moved);
            }
        }
    }
}

/// The variables of the collection so far, and those of them that were asked to hold a second value.
#[derive(Default)]
struct Known {
    names: Names,
    clashes: Vec<String>,
}

impl Known {
    /// Moves the secrets out of one item; one that is known already keeps its variable, so that a password that
    /// stands in fifty requests becomes one variable.
    fn take<T>(
        &mut self,
        item: &mut T,
        move_out: fn(&mut T, &mut Names) -> Vec<MovedSecret>,
    ) -> Vec<MovedSecret> {
        let mut moved = move_out(item, &mut self.names);
        moved.retain(|secret| self.is_new(secret));
        moved
    }

    fn is_new(&mut self, secret: &MovedSecret) -> bool {
        // EXPOSE: compared with other secrets, in memory.
        match self.names.holding(&secret.name, secret.value.expose()) {
            Holding::Nothing => {
                self.names.hold(&secret.name, &secret.value);
                return true;
            }
            Holding::Same => {}
            // A variable keeps its name, whatever else there is.
            Holding::Another => self.clashes.push(secret.name.clone()),
        }
        false
    }
}

fn found(environment: Option<String>, secret: MovedSecret) -> FoundSecret {
    FoundSecret { environment, name: secret.name, value: secret.value }
}
