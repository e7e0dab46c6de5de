//! What the fuzzers do with a piece of data; `src-tauri/core/tests/corpus.rs` does the same with the saved corpus.

mod body;
mod charset;
mod curl;
mod filter;
mod find;
mod history;
mod key;
mod parts;
mod table;
mod texts;
mod token;
mod yaml;

type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Target); 16] = [
    ("body_json", body::json),
    ("body_xml", body::xml),
    ("body_raw", body::raw),
    ("body_find", find::run),
    ("body_filter_json", filter::json),
    ("body_filter_xml", filter::xml),
    ("body_parts", parts::run),
    ("body_table", table::run),
    ("charset", charset::run),
    ("history_query", history::run),
    ("service_key", key::service_key),
    ("pem", key::pem),
    ("key_file", key::key_file),
    ("token_claims", token::run),
    ("yaml", yaml::run),
    ("curl", curl::run),
];

/// Runs one target; data of more than 64 KiB is left alone.
pub fn run(name: &str, data: &[u8]) {
    if data.len() > 64 << 10 {
        return;
    }
    let target = TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| target);
    target.unwrap_or_else(|| panic!("There is no target {name}"))(data);
}
