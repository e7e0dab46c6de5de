use serde_json::Value;

use super::Misfit;
use super::field::{environment_variable_values, read_variables};
use super::mapping::Mapping;
use super::place::Place;
use crate::collection::model::Environment;

/// Reads a file of `environments/`.
pub fn read_environment(value: &Value) -> Result<Environment, Misfit> {
    let top = Place::top(value);
    top.mapping("an environment")?;
    if top.get("name").is_none() && value.get("variables").is_none() {
        return Err(Misfit {
            pointer: String::new(),
            message: "This file has neither `name` nor `variables`, so it is no environment.".to_owned(),
            hint: Some("Begin it with `name:` and add `variables:` below.".to_owned()),
        });
    }
    Ok(Environment {
        name: top.some_text("name").unwrap_or_else(|| "Untitled Environment".to_owned()),
        color: top.some_text("color"),
        variables: read_variables(&top, "variables")?,
    })
}

/// What Bruno 4 would write into `environments/`.
pub fn environment_value(environment: &Environment) -> Value {
    Mapping::new()
        .with("name", environment.name.as_str())
        .with_text("color", environment.color.as_deref().unwrap_or_default())
        .with_list("variables", environment_variable_values(&environment.variables))
        .into()
}
