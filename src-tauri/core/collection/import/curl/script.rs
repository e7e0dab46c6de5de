//! Files with curl commands, one or many.

use super::super::Import;
use super::words::{self, Line};
use super::{is_curl, is_prompt, of_words, unclosed};
use crate::collection::{Collection, FolderItem, Item, Loss, RequestDetails, RequestItem};
use crate::error::{Code, Error};
use crate::http::Authorization;

/// Whether a text is curl commands: the first word of its first line that is no comment says so, or in a shell script
/// that of any.
pub fn is_script(text: &str) -> bool {
    let is_shell = text.trim_start().starts_with("#!");
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    if is_shell { lines.any(is_command) } else { lines.next().is_some_and(is_command) }
}

fn is_command(line: &str) -> bool {
    line.split_whitespace().find(|word| !is_prompt(word)).is_some_and(is_curl)
}

/// Reads a file with curl commands as a collection, a request for each.
pub fn read_file(text: &str) -> Result<Import, Error> {
    let mut items = Vec::new();
    let mut losses = Vec::new();
    for line in words::commands(text).map_err(unclosed)? {
        if let Some(word) = command_of(&line) {
            losses.push(other_command(word, line.number));
            continue;
        }
        let (item, left_out) = item(line)?;
        losses.extend(left_out.into_iter().map(|what| Loss { place: item.name.clone(), what }));
        items.push(Item::Request(Box::new(item)));
    }
    let format = if items.len() == 1 { "curl command" } else { "curl commands" };
    let root = FolderItem { authorization: Authorization::None, ..FolderItem::default() };
    let collection = Collection { root, environments: Vec::new(), items };
    Ok(Import { format: format.to_owned(), collection, losses, ..Import::default() })
}

/// The first word of a command that is none of curl.
fn command_of(line: &Line) -> Option<&str> {
    let start = line.words.iter().map(String::as_str).find(|word| !is_prompt(word));
    start.filter(|word| !is_curl(word))
}

fn other_command(word: &str, number: usize) -> Loss {
    // A value could be a secret.
    let name = word.split(['=', ':', '\n']).next().unwrap_or_default();
    let what = format!("The command {name} is left out; only those of curl become requests.");
    Loss { place: format!("Line {number}"), what }
}

fn item(line: Line) -> Result<(RequestItem, Vec<String>), Error> {
    let Line { words, comment, number } = line;
    let (request, left_out) = of_words(words).map_err(|error| at(number, error))?;
    // Comments of an export name the folders, too.
    let named = comment.and_then(|comment| comment.rsplit(" / ").next().map(str::to_owned));
    let name = named.unwrap_or_else(|| last_segment(&request.url));
    Ok((RequestItem { name, request, details: RequestDetails::default() }, left_out))
}

fn last_segment(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if last.is_empty() { "Request".to_owned() } else { last.to_owned() }
}

fn at(number: usize, error: Error) -> Error {
    Error { code: Code::InvalidInput, message: format!("Line {number}: {}", error.message), ..error }
}
