use std::cell::Cell;

use serde_json::{Map, Number, Value, json};

/// How many values a sample has at most.
const BUDGET: usize = 2_000;
/// How deep a sample goes.
const DEEPEST: usize = 16;

/// The whole description, for its references.
pub(super) struct Definitions<'a> {
    pub root: &'a Value,
    external: Cell<bool>,
}

impl<'a> Definitions<'a> {
    pub(super) const fn new(root: &'a Value) -> Self {
        Self { root, external: Cell::new(false) }
    }

    /// What a value says, or what it refers to; a reference to another file is nothing.
    pub(super) fn resolve(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..20 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return value };
            let Some(found) = reference.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer))
            else {
                self.external.set(true);
                return &Value::Null;
            };
            value = found;
        }
        &Value::Null
    }

    /// Whether a reference led nowhere since this was asked last.
    pub(super) fn missed(&self) -> bool {
        self.external.replace(false)
    }

    /// A value a schema allows: its example where it has one, otherwise one made of its types.
    pub(super) fn sample(&self, schema: &'a Value) -> Value {
        let mut open = Vec::new();
        let mut budget = BUDGET;
        self.value(schema, &mut open, &mut budget)
    }

    fn value(&self, schema: &'a Value, open: &mut Vec<*const Value>, budget: &mut usize) -> Value {
        let schema = self.resolve(schema);
        let place: *const Value = schema;
        if *budget == 0 || open.len() >= DEEPEST || open.contains(&place) {
            return Value::Null;
        }
        *budget -= 1;
        if let Some(said) = said(schema) {
            return said;
        }
        open.push(place);
        let value = self.made(schema, open, budget);
        open.pop();
        value
    }

    fn made(&self, schema: &'a Value, open: &mut Vec<*const Value>, budget: &mut usize) -> Value {
        if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
            let mut merged = self.properties(schema, open, budget);
            for part in parts {
                match self.value(part, open, budget) {
                    Value::Object(fields) => merged.extend(fields),
                    other if parts.len() == 1 => return other,
                    _ => {}
                }
            }
            return Value::Object(merged);
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(first) = schema.get(choice).and_then(Value::as_array).and_then(|some| some.first()) {
                return self.value(first, open, budget);
            }
        }
        match kind(schema) {
            "object" => Value::Object(self.properties(schema, open, budget)),
            "array" => match schema.get("items") {
                Some(items) => match self.value(items, open, budget) {
                    Value::Null => json!([]),
                    item => json!([item]),
                },
                None => json!([]),
            },
            "string" => json!(text(schema)),
            "integer" => number(schema, json!(0)),
            "number" => number(schema, json!(0.0)),
            "boolean" => json!(false),
            _ => Value::Null,
        }
    }

    /// The properties, the required ones first; what only answers carry is left out.
    fn properties(
        &self,
        schema: &'a Value,
        open: &mut Vec<*const Value>,
        budget: &mut usize,
    ) -> Map<String, Value> {
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut named: Vec<(&String, &Value)> =
            schema.get("properties").and_then(Value::as_object).into_iter().flatten().collect();
        named.sort_by_key(|(name, _)| !required.contains(&name.as_str()));
        let mut made = Map::new();
        for (name, property) in named {
            if self.resolve(property).get("readOnly") == Some(&Value::Bool(true)) {
                continue;
            }
            let value = self.value(property, open, budget);
            if !value.is_null() || required.contains(&name.as_str()) {
                made.insert(name.clone(), value);
            }
        }
        made
    }
}

/// The value a schema or a parameter states itself.
pub(super) fn said(schema: &Value) -> Option<Value> {
    let examples = schema.get("examples");
    let first = examples.and_then(Value::as_array).and_then(|some| some.first());
    let listed = schema.get("enum").and_then(Value::as_array).and_then(|some| some.first());
    let found = schema.get("example").or(first).or_else(|| schema.get("default"));
    found.or_else(|| schema.get("const")).or(listed).cloned()
}

fn kind(schema: &Value) -> &str {
    let several = schema.get("type").and_then(Value::as_array).into_iter().flatten();
    let one = schema.get("type").and_then(Value::as_str);
    let kind = one.or_else(|| several.filter_map(Value::as_str).find(|kind| *kind != "null"));
    kind.unwrap_or_else(|| match (schema.get("properties"), schema.get("items")) {
        (Some(_), _) => "object",
        (_, Some(_)) => "array",
        _ => "",
    })
}

fn text(schema: &Value) -> &'static str {
    match schema.get("format").and_then(Value::as_str).unwrap_or_default() {
        "date-time" => "2026-01-31T12:00:00Z",
        "date" => "2026-01-31",
        "time" => "12:00:00Z",
        "uuid" => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "email" => "user@example.com",
        "uri" | "url" => "https://example.com",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "dGV4dA==",
        "binary" | "password" => "",
        _ => "string",
    }
}

fn number(schema: &Value, usual: Value) -> Value {
    let least = schema.get("minimum").filter(|least| least.is_number());
    let above = least.and_then(Value::as_f64).is_some_and(|least| least > 0.0);
    match least {
        Some(least) if above => Value::Number(least.as_number().cloned().unwrap_or_else(|| Number::from(0))),
        _ => usual,
    }
}

/// A sample as XML, indented.
pub(super) fn xml(name: &str, value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            let inner: String = fields.iter().map(|(name, value)| xml(name, value, depth + 1)).collect();
            format!("{indent}<{name}>\n{inner}{indent}</{name}>\n")
        }
        Value::Array(items) => items.iter().map(|item| xml(name, item, depth)).collect(),
        scalar => {
            let text = super::super::json::plain(scalar);
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("{indent}<{name}>{text}</{name}>\n")
        }
    }
}
