use serde_json::Value;

use super::Misfit;
use super::mapping::Mapping;
use super::place::{Place, is_enabled, text_of};
use crate::collection::model::Variable;
use crate::http::Field;

/// The rows under the key: a list of entries, or names with their values.
pub(super) fn read_fields(place: &Place<'_>, key: &str) -> Result<Vec<Field>, Misfit> {
    let Some(rows) = place.get(key) else { return Ok(Vec::new()) };
    if let Value::Object(names) = rows.value() {
        return Ok(names.iter().map(|(name, value)| Field::new(name.clone(), text_of(value))).collect());
    }
    Ok(rows.entries(key)?.iter().map(read_field).collect())
}

pub(super) fn read_field(entry: &Place<'_>) -> Field {
    Field {
        name: entry.text("name"),
        value: entry.text("value"),
        enabled: is_enabled(entry.value()),
        description: entry.some_text("description"),
    }
}

pub(super) fn field_value(field: &Field) -> Value {
    let row = Mapping::new().with("name", field.name.as_str()).with("value", field.value.as_str());
    described(row, field.description.as_deref()).with_enabled(field.enabled).into()
}

pub(super) fn field_values(fields: &[Field]) -> Vec<Value> {
    fields.iter().map(field_value).collect()
}

pub(super) fn described(row: Mapping, description: Option<&str>) -> Mapping {
    row.with_text("description", description.unwrap_or_default())
}

/// The variables under the key; of a secret one no value is read.
pub(super) fn read_variables(place: &Place<'_>, key: &str) -> Result<Vec<Variable>, Misfit> {
    let Some(rows) = place.get(key) else { return Ok(Vec::new()) };
    if let Value::Object(names) = rows.value() {
        let plain = |(name, value): (&String, &Value)| Variable {
            name: name.clone(),
            value: text_of(value),
            enabled: true,
            ..Variable::default()
        };
        return Ok(names.iter().map(plain).collect());
    }
    Ok(rows.entries(key)?.iter().map(read_variable).collect())
}

fn read_variable(entry: &Place<'_>) -> Variable {
    let secret = entry.value().get("secret").is_some_and(super::place::is_true);
    let value = if secret { String::new() } else { entry.text("value") };
    let Field { name, enabled, description, .. } = read_field(entry);
    Variable { name, value, enabled, secret, description }
}

/// Variables of a request, a folder or the collection.
pub(super) fn variable_values(variables: &[Variable]) -> Vec<Value> {
    let value = |variable: &Variable| {
        described(named(variable), variable.description.as_deref()).with_enabled(variable.enabled).into()
    };
    variables.iter().map(value).collect()
}

/// Variables of an environment, where Bruno writes the description last.
pub(super) fn environment_variable_values(variables: &[Variable]) -> Vec<Value> {
    let value = |variable: &Variable| {
        described(named(variable).with_enabled(variable.enabled), variable.description.as_deref()).into()
    };
    variables.iter().map(value).collect()
}

fn named(variable: &Variable) -> Mapping {
    if variable.secret {
        return Mapping::new().with("secret", true).with("name", variable.name.as_str());
    }
    Mapping::new().with("name", variable.name.as_str()).with("value", variable.value.as_str())
}
