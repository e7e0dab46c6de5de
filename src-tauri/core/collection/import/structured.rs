//! Files that are JSON or YAML, whichever their tool wrote.

use serde_json::Value;

use super::misread::Misread;
use crate::collection::yaml::{Document, YamlError};
use crate::error::{Code, Error};

/// The content of a JSON or YAML file; what is wrong with it is told with its line.
pub fn parse(text: &str) -> Result<Value, Misread> {
    let text = text.trim_start_matches('\u{feff}');
    let json = match text.trim_start().starts_with(['{', '[']).then(|| serde_json::from_str(text)) {
        Some(Ok(value)) => return Ok(value),
        Some(Err(error)) => Some(no_json(&error)),
        None => None,
    };
    match json {
        Some(wrong) if text.trim_end().ends_with(['}', ']']) => Err(wrong),
        // YAML may begin with a bracket as well; of what is neither, JSON is what was meant.
        json => Document::parse(text.as_bytes())
            .map(|document| document.value().clone())
            .map_err(|error| json.unwrap_or_else(|| no_yaml(error))),
    }
}

fn no_yaml(error: YamlError) -> Misread {
    let hint = error.hint.unwrap_or_else(|| "Mend that line, or export the file again".to_owned());
    let line = usize::try_from(error.line).unwrap_or(usize::MAX);
    Misread::in_line(line, Error::new(Code::InvalidInput, error.message).hint(hint))
}

fn no_json(error: &serde_json::Error) -> Misread {
    let said = error.to_string();
    if said.contains("recursion limit") {
        return Error::new(Code::InvalidInput, "The file nests more than 128 levels deep and cannot be read")
            .hint("Split it into flatter parts in the tool that wrote it, and export it again")
            .into();
    }
    let what = format!("This is no valid JSON, from column {} on", error.column());
    let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why).to_owned();
    Misread::in_line(
        error.line(),
        Error::new(Code::InvalidInput, what)
            .hint("Mend that line, or export the file again in the tool that wrote it")
            .detail(why),
    )
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
        let json = parse("{\n  \"a\": ,\n}").unwrap_err().of_file("a.json");
        assert_eq!(json.message, "a.json, line 2: This is no valid JSON, from column 8 on.");
        assert!(json.hint.is_some());
        let yaml = parse("a: 1\nb:\n\t- 1\n").unwrap_err().of_file("a.yml");
        assert_eq!(yaml.message, "a.yml, line 3: This line is indented with a tab; YAML allows only spaces.");
        assert!(yaml.hint.is_some());
    }

    #[test]
    fn a_json_file_that_ends_early_is_called_that() {
        let error = parse("{\n\"a\": {").unwrap_err().of_file("a.json");
        assert!(error.message.starts_with("a.json, line 2: This is no valid JSON"), "{error}");
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
