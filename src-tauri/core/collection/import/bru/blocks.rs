//! Blocks of a `.bru` file by their names, as JSON.

use serde_json::{Map, Value as Json, json};

use super::language::{Block, Content, Pair, Value};

pub(super) fn row(pair: &Pair) -> Json {
    json!({"name": pair.name, "value": value(pair), "enabled": pair.enabled, "description": pair.description})
}

fn value(pair: &Pair) -> Json {
    match &pair.value {
        Value::Text(text) => json!(text),
        Value::Words(words) => json!(words),
    }
}

pub(super) fn rows<'a>(blocks: &'a [Block], name: &'a str) -> impl Iterator<Item = Json> + 'a {
    blocks.iter().filter(move |block| block.name == name).flat_map(pairs_of).map(row)
}

pub(super) fn pairs_of(block: &Block) -> &[Pair] {
    match &block.content {
        Content::Pairs(pairs) => pairs,
        Content::Words(_) | Content::Text(_) => &[],
    }
}

pub(super) fn flat(pairs: &[Pair]) -> Map<String, Json> {
    pairs.iter().map(|pair| (pair.name.clone(), value(pair))).collect()
}

pub(super) fn dictionary(blocks: &[Block], name: &str) -> Map<String, Json> {
    blocks.iter().find(|block| block.name == name).map(|block| flat(pairs_of(block))).unwrap_or_default()
}

pub(super) fn text(blocks: &[Block], name: &str) -> String {
    let found = blocks.iter().find(|block| block.name == name);
    match found.map(|block| &block.content) {
        Some(Content::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

pub(super) fn string(map: &Map<String, Json>, name: &str) -> String {
    map.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
}

pub(super) fn number(map: &Map<String, Json>, name: &str) -> Option<f64> {
    map.get(name)?.as_str()?.parse().ok().filter(|number: &f64| number.is_finite())
}

/// `access_token_url` as JSON says it: `accessTokenUrl`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}
