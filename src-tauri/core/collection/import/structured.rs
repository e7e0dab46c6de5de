//! Files that are JSON or YAML, whichever their tool wrote.

use serde_json::Value;

use crate::collection::yaml::Document;
use crate::error::{Code, Error};

/// The content of a JSON or YAML file; an error names line and column.
pub fn parse(text: &str) -> Result<Value, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with(['{', '[']) {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            Err(error) if text.trim_end().ends_with(['}', ']']) => return Err(broken_json(&error)),
            Err(_) => {}
        }
    }
    let document = Document::parse(text.as_bytes()).map_err(|error| {
        let place = format!("line {}, column {}", error.line, error.column);
        let told =
            Error::new(Code::InvalidInput, format!("The file cannot be read, {place}: {}", error.message));
        told.hint(error.hint.unwrap_or_else(|| "Mend that line, or export the file again.".to_owned()))
    })?;
    Ok(document.value().clone())
}

fn broken_json(error: &serde_json::Error) -> Error {
    Error::new(
        Code::InvalidInput,
        format!("The file is no valid JSON, line {}, column {}", error.line(), error.column()),
    )
    .hint("Mend that line, or export the file again.")
    .detail(error.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::collection::import::{insomnia, openapi};

    #[test]
    fn yaml_and_json_say_the_same() {
        assert_eq!(parse("a:\n  - 1\n  - x\n").unwrap(), json!({"a": [1, "x"]}));
        assert_eq!(parse("\u{feff}{\"a\": [1, \"x\"]}").unwrap(), json!({"a": [1, "x"]}));
    }

    #[test]
    fn broken_files_name_the_line() {
        let json = parse("{\n  \"a\": ,\n}").err().unwrap();
        assert!(json.message.contains("line 2") && json.hint.is_some(), "{json}");
        let yaml = parse("a: 1\nb: [1, 2\n").err().unwrap();
        assert!(yaml.message.contains("line ") && yaml.hint.is_some(), "{yaml}");
    }

    #[test]
    fn deep_nesting_is_refused_instead_of_exhausting_the_stack() {
        assert!(parse(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))).is_err());
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn exports_in_yaml_are_read() {
        let insomnia = "type: collection.insomnia.rest/5.0\nname: Shop\ncollection:\n  - url: \"{{ _.u }}/a\"\n    name: A\n    meta:\n      id: req_1\n    method: GET\n";
        assert_eq!(insomnia::read(&parse(insomnia).unwrap()).unwrap().collection.items.len(), 1);
        let openapi = "openapi: 3.0.1\ninfo:\n  title: Shop\nservers:\n  - url: https://x.test\npaths:\n  /a:\n    get:\n      responses: {}\n";
        let read = openapi::read(&parse(openapi).unwrap()).unwrap();
        assert_eq!((read.collection.root.name.as_str(), read.collection.items.len()), ("Shop", 1));
    }
}
