use serde_json::Value;

use super::Misfit;
use super::place::{Place, text_of};

/// The `info` section of a file that is to be of this kind.
pub(super) fn read<'a>(top: &Place<'a>, kind: &str) -> Result<Place<'a>, Misfit> {
    let Some(info) = top.section("info")? else {
        return Err(Misfit {
            pointer: String::new(),
            message: "This file has no `info` section, so it does not say what it is.".to_owned(),
            hint: Some(format!("Add `info:` with `name` and `type: {kind}` below it.")),
        });
    };
    match info.some_text("type") {
        Some(other) if other != kind => Err(Misfit {
            pointer: "/info/type".to_owned(),
            message: format!("`type` says “{other}” where “{kind}” is expected."),
            hint: None,
        }),
        _ => Ok(info),
    }
}

pub(super) fn seq(info: &Place<'_>) -> Option<f64> {
    info.text("seq").trim().parse::<f64>().ok().filter(|seq| seq.is_finite())
}

/// Words to choose by: a list, or one alone.
pub(super) fn tags(info: &Place<'_>) -> Vec<String> {
    match info.get("tags").map(|tags| tags.value()) {
        Some(Value::Array(tags)) => tags.iter().map(text_of).filter(|tag| !tag.trim().is_empty()).collect(),
        Some(tag) => Some(text_of(tag)).filter(|tag| !tag.trim().is_empty()).into_iter().collect(),
        None => Vec::new(),
    }
}
