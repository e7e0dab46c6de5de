use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use super::failure::{misfit, no_yaml, unreadable};
use crate::collection::format::{FolderFile, Misfit, RequestFile, kind, read_folder, read_request};
use crate::collection::yaml::Document;
use crate::collection::{FileProblem, NodeKind};

/// Larger files are no requests; reading one would only fill the memory.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What the tree shows of an item's file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Summary {
    pub(super) kind: NodeKind,
    pub(super) name: Option<String>,
    pub(super) method: Option<String>,
    pub(super) seq: Option<f64>,
    pub(super) problem: Option<FileProblem>,
}

/// The bytes of an ordinary file of at most 64 MiB; others are an error that says so by its kind.
pub(super) fn bytes(full: &Path) -> io::Result<Vec<u8>> {
    // Looked at before it is opened: opening a pipe would wait for its writer.
    let facts = std::fs::metadata(full)?;
    if !facts.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if facts.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or_default());
    File::open(full)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// The content of a file as YAML.
pub(super) fn document(full: &Path, path: &str) -> Result<Document, FileProblem> {
    let bytes = bytes(full).map_err(|error| unreadable(path, &error))?;
    Document::parse(&bytes).map_err(|error| no_yaml(path, error))
}

/// The request this content is.
pub(super) fn request(document: &Document, path: &str) -> Result<RequestFile, FileProblem> {
    read_request(document.value()).map_err(|wrong| misfit(path, document, wrong))
}

/// The folder this content describes.
pub(super) fn folder(document: &Document, path: &str) -> Result<FolderFile, FileProblem> {
    read_folder(document.value()).map_err(|wrong| misfit(path, document, wrong))
}

/// What the tree shows of a request or another item.
pub(super) fn summarize_item(full: &Path, path: &str) -> Summary {
    document(full, path).and_then(|document| item(&document, path)).unwrap_or_else(Summary::broken)
}

/// What the tree shows of a folder's own file.
pub(super) fn summarize_folder(full: &Path, path: &str) -> Summary {
    let read = document(full, path).and_then(|document| folder(&document, path));
    match read {
        Ok(file) => Summary {
            kind: NodeKind::Folder,
            name: Some(file.item.name).filter(|name| !name.is_empty()),
            method: None,
            seq: file.seq.filter(|seq| is_sane(*seq)),
            problem: None,
        },
        Err(problem) => Summary { kind: NodeKind::Folder, ..Summary::broken(problem) },
    }
}

/// Whether this content is an item of a kind that is kept but not opened.
pub(super) fn is_other(value: &Value) -> bool {
    matches!(kind(value), Some("graphql" | "grpc" | "websocket" | "ws" | "script" | "js" | "app"))
}

fn item(document: &Document, path: &str) -> Result<Summary, FileProblem> {
    let value = document.value();
    if is_other(value) {
        let info = value.get("info");
        let text = |key| info.and_then(|info| info.get(key)).and_then(Value::as_str).map(str::to_owned);
        let seq = info.and_then(|info| info.get("seq")).and_then(Value::as_f64).filter(|seq| is_sane(*seq));
        return Ok(Summary { kind: NodeKind::Other, name: text("name"), method: None, seq, problem: None });
    }
    check_kind(value).map_err(|wrong| misfit(path, document, wrong))?;
    let file = request(document, path)?;
    Ok(Summary {
        kind: NodeKind::Request,
        name: Some(file.item.name).filter(|name| !name.is_empty()),
        method: Some(file.item.request.method),
        seq: file.seq.filter(|seq| is_sane(*seq)),
        problem: None,
    })
}

/// A number so large that the next one cannot be told from it orders nothing.
fn is_sane(seq: f64) -> bool {
    seq.abs() < 1e12
}

fn check_kind(value: &Value) -> Result<(), Misfit> {
    let wrong = |pointer: &str, message: String, hint: &str| {
        Err(Misfit { pointer: pointer.to_owned(), message, hint: Some(hint.to_owned()) })
    };
    match kind(value) {
        Some("http") => Ok(()),
        None if value.get("http").is_some() => Ok(()),
        Some("folder") => wrong(
            "/info/type",
            "This file describes a folder, but is not called folder.yml.".to_owned(),
            "Rename it or move it out.",
        ),
        Some(kind) => wrong(
            "/info/type",
            format!("“{kind}” is no kind of item Sluice knows."),
            "Write “type: http” if it is a request.",
        ),
        None => wrong(
            "",
            "This file is no item of a collection: it says no type under info.".to_owned(),
            "Add “type: http” under info if it is a request, or move the file out of the collection.",
        ),
    }
}

impl Summary {
    pub(super) fn broken(problem: FileProblem) -> Self {
        Self { kind: NodeKind::Broken, name: None, method: None, seq: None, problem: Some(problem) }
    }
}
