use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::atomic::{version, write_new, write_over};
use super::failure::{io_error, misfit, no_yaml, problem, problem_error};
use super::open_folder::OpenFolder;
use super::path::{file_inside, inside, is_plain_file, is_yaml, join};
use super::read::{self, bytes};
use super::sidecar::{self, SidecarFile};
use crate::collection::format::{
    FolderFile, RequestFile, Sidecar, apply_sidecar, folder_value, needs_sidecar, read_root, request_value,
    root_value,
};
use crate::collection::yaml::{self, Document, emit};
use crate::collection::{
    BrokenFile, FileProblem, FolderItem, FolderRead, Repair, RequestItem, RequestRead, Saved,
};
use crate::error::{Code, Error, Result};

/// How much of a broken file is shown.
const MOST_TEXT: usize = 1024 * 1024;

/// The content a file has and the one it shall have, as this program would write both.
pub(super) type Values = std::result::Result<(Value, Value), FileProblem>;

impl OpenFolder {
    /// Reads a request with what stands beside its file.
    pub fn read_request(&self, path: &str) -> Result<RequestRead> {
        let full = file_inside(&self.root, path)?;
        let (document, version) = load(&full, path)?;
        let mut item = read::request(&document, path).map_err(problem_error)?.item;
        // A broken sluice.toml is told by the tree; the request itself can be read without it.
        let beside = SidecarFile::read(&self.root).ok().and_then(|sidecar| sidecar.request(path));
        let beside = beside.unwrap_or_default();
        apply_sidecar(&mut item.request, &beside);
        Ok(RequestRead { item, version: together(version, &beside) })
    }

    /// Writes a request to its file, touching only what changed.
    pub fn save_request(&self, path: &str, item: &RequestItem, version: Option<&str>) -> Result<Saved> {
        let full = file_inside(&self.root, path)?;
        let beside = needs_sidecar(&item.request);
        let sidecar = SidecarFile::read(&self.root);
        let stood_beside = sidecar.as_ref().ok().and_then(|sidecar| sidecar.request(path));
        if let Err(broken) = &sidecar
            && beside.is_some()
        {
            return Err(problem_error(broken.clone()));
        }
        let there = stood_beside.clone().unwrap_or_default();
        let after = beside.clone().unwrap_or_default();
        let file = load(&full, path)?.1;
        let is_same = version.is_none_or(|read| read == together(file.clone(), &there));
        // What stands beside a file may have changed while the file did not: then no state of the file is the one that was read.
        let known = version.map(|_| if is_same { file.as_str() } else { "" });
        if !is_same && beside != stood_beside {
            return beside_conflict(&full, path, item, &there);
        }
        let saved = change(&full, path, known, |document| {
            let before = read::request(document, path)?;
            let after = RequestFile { item: item.clone(), seq: before.seq };
            Ok((request_value(&before), request_value(&after)))
        })?;
        let Saved::Written { path, version } = saved else { return Ok(with_beside(saved, &there)) };
        if beside != stood_beside
            && let Ok(mut sidecar) = sidecar
        {
            sidecar.set_request(&path, beside.as_ref());
            sidecar.write(&self.root)?;
        }
        Ok(Saved::Written { path, version: together(version, &after) })
    }

    /// Reads a folder's own file, or the collection's; a folder without one says nothing.
    pub fn read_folder(&self, path: &str) -> Result<FolderRead> {
        if path.is_empty() {
            let file = self.root_file()?;
            let (document, version) = load(&self.root.join(file), file)?;
            let item = read_root(document.value()).map_err(|wrong| misfit(file, &document, wrong));
            return Ok(FolderRead { item: item.map_err(problem_error)?, version });
        }
        let folder = self.folder(path)?;
        let Some(file) = folder_file(&folder) else {
            return Ok(FolderRead { item: plain_folder(path), version: String::new() });
        };
        let path = join(path, file);
        let (document, version) = load(&folder.join(file), &path)?;
        let item = read::folder(&document, &path).map_err(problem_error)?.item;
        Ok(FolderRead { item, version })
    }

    /// Writes a folder's own file, or the collection's, touching only what changed; answers the folder's path.
    pub fn save_folder(&self, path: &str, item: &FolderItem, version: Option<&str>) -> Result<Saved> {
        let mut saved = if path.is_empty() {
            self.save_root(item, version)
        } else {
            self.save_below(path, item, version)
        }?;
        if let Saved::Written { path: written, .. } = &mut saved {
            path.clone_into(written);
        }
        Ok(saved)
    }

    fn save_root(&self, item: &FolderItem, version: Option<&str>) -> Result<Saved> {
        let file = self.root_file()?;
        change(&self.root.join(file), file, version, |document| {
            let before = read_root(document.value()).map_err(|wrong| misfit(file, document, wrong))?;
            Ok((root_value(&before), root_value(item)))
        })
    }

    fn save_below(&self, path: &str, item: &FolderItem, read: Option<&str>) -> Result<Saved> {
        let folder = self.folder(path)?;
        let Some(file) = folder_file(&folder) else {
            let (text, own) = (
                emit(&folder_value(&FolderFile { item: item.clone(), seq: None })),
                join(path, "folder.yml"),
            );
            create(&folder.join("folder.yml"), &own, &text)?;
            return Ok(Saved::Written { path: own, version: version(text.as_bytes()) });
        };
        let own = join(path, file);
        change(&folder.join(file), &own, read, |document| {
            let before = read::folder(document, &own)?;
            let after = FolderFile { item: item.clone(), seq: before.seq };
            Ok((folder_value(&before), folder_value(&after)))
        })
    }

    /// Whether the file is still as it was read; no version asks for nothing.
    pub fn is_current(&self, path: &str, read: Option<&str>) -> Result<bool> {
        let Some(read) = read else { return Ok(true) };
        let (full, _) = self.text_file(path)?;
        match bytes(&full) {
            Ok(bytes) => {
                let sidecar = SidecarFile::read(&self.root).ok();
                let beside = sidecar.and_then(|sidecar| sidecar.request(path)).unwrap_or_default();
                Ok(together(version(&bytes), &beside) == read)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(read.is_empty()),
            Err(error) => Err(io_error("The file cannot be read", &full, &error)),
        }
    }

    /// The text of a file that cannot be read as what it is, with what is wrong.
    pub fn file_text(&self, path: &str) -> Result<BrokenFile> {
        let (full, path) = self.text_file(path)?;
        let bytes = bytes(&full).map_err(|error| io_error("The file cannot be shown", &full, &error))?;
        let shown = bytes.get(..MOST_TEXT).unwrap_or(&bytes);
        let problem = self.problem_of(&full, &path);
        let repair = problem.as_ref().and_then(|_| repair(&bytes));
        Ok(BrokenFile {
            text: String::from_utf8_lossy(shown).into_owned(),
            problem,
            repair,
            version: version(&bytes),
        })
    }

    /// Writes the text of a broken file, unless somebody else changed it since it was read; answers its path.
    pub fn save_text(&self, path: &str, text: &str, read: &str) -> Result<String> {
        let (full, path) = self.text_file(path)?;
        let bytes = bytes(&full).map_err(|error| io_error("The file was not saved", &full, &error))?;
        if bytes.len() > MOST_TEXT {
            return Err(Error::new(
                Code::InvalidInput,
                format!("{path} is too large to be edited here. It was not changed"),
            )
            .hint("Repair it with an editor of your own"));
        }
        if version(&bytes) != read {
            return Err(Error::new(
                Code::AlreadyExists,
                format!("{path} was changed by somebody else meanwhile. It was not saved"),
            )
            .hint("Look at the file as it is now, and repair it again"));
        }
        if bytes != text.as_bytes() {
            write_over(&full, text.as_bytes())
                .map_err(|error| io_error("The file was not saved", &full, &error))?;
        }
        Ok(path)
    }

    /// A folder of the collection that must be there.
    pub(super) fn folder(&self, path: &str) -> Result<PathBuf> {
        let folder = inside(&self.root, path)?;
        if folder.is_dir() {
            return Ok(folder);
        }
        let shown = if path.is_empty() { self.root.display().to_string() } else { path.to_owned() };
        Err(Error::new(Code::NotFound, format!("There is no folder {shown} any more"))
            .hint("Look at the collection again. What you typed is kept here"))
    }

    /// The file whose text is meant: a folder's is `folder.yml`, the collection's own `opencollection.yml`.
    fn text_file(&self, path: &str) -> Result<(PathBuf, String)> {
        if path == sidecar::NAME {
            return Ok((inside(&self.root, path)?, path.to_owned()));
        }
        let own = match path {
            "" => self.root_file()?.to_owned(),
            _ if is_yaml(path) && !inside(&self.root, path)?.is_dir() => path.to_owned(),
            _ => join(path, folder_file(&self.folder(path)?).unwrap_or("folder.yml")),
        };
        Ok((file_inside(&self.root, &own)?, own))
    }

    fn problem_of(&self, full: &Path, path: &str) -> Option<FileProblem> {
        if path == sidecar::NAME {
            return SidecarFile::read(&self.root).err();
        }
        if path.starts_with("environments/") {
            return super::environments::read_file(full, path).err();
        }
        match super::path::split(path) {
            ("", "opencollection.yml" | "opencollection.yaml") => self.root_item().err(),
            (_, "folder.yml" | "folder.yaml") => read::summarize_folder(full, path).problem,
            _ => read::summarize_item(full, path).problem,
        }
    }
}

/// Both sides of a request that changed since it was read, with what stands beside the file.
fn beside_conflict(full: &Path, path: &str, item: &RequestItem, there: &Sidecar) -> Result<Saved> {
    let (document, version) = load(full, path)?;
    let before = read::request(&document, path).map_err(problem_error)?;
    let after = RequestFile { item: item.clone(), seq: before.seq };
    let ours = document.patched(&request_value(&before), &request_value(&after));
    let bytes = bytes(full).map_err(|error| io_error("The file cannot be read", full, &error))?;
    let beside = needs_sidecar(&item.request).unwrap_or_default();
    Ok(Saved::Conflict {
        theirs: shown_with(&String::from_utf8_lossy(&bytes), there),
        ours: shown_with(&ours, &beside),
        version: together(version, there),
    })
}

/// The state of a request: that of its file, and what stands beside it in `sluice.toml`.
fn together(file: String, beside: &Sidecar) -> String {
    if *beside == Sidecar::default() {
        return file;
    }
    let beside = serde_json::to_string(beside).unwrap_or_default();
    version(format!("{file}\n{beside}").as_bytes())
}

fn with_beside(saved: Saved, beside: &Sidecar) -> Saved {
    match saved {
        Saved::Conflict { theirs, ours, version } => {
            Saved::Conflict { theirs, ours, version: together(version, beside) }
        }
        other => other,
    }
}

/// A request's text with what stands beside it, for the eye.
fn shown_with(text: &str, beside: &Sidecar) -> String {
    let facts = serde_json::to_value(beside).unwrap_or_default();
    let facts = facts.as_object().into_iter().flatten().map(|(key, value)| format!("# {key} = {value}\n"));
    format!("{}\n\n# sluice.toml\n{}", text.trim_end(), facts.collect::<String>())
}

fn load(full: &Path, path: &str) -> Result<(Document, String)> {
    let bytes = bytes(full).map_err(|error| io_error("The file cannot be read", full, &error))?;
    let document = Document::parse(&bytes).map_err(|error| problem_error(no_yaml(path, error)))?;
    Ok((document, version(&bytes)))
}

/// Changes a file: nothing is written when nothing changes, nor over what somebody else wrote meanwhile.
pub(super) fn change(
    full: &Path,
    path: &str,
    read: Option<&str>,
    values: impl FnOnce(&Document) -> Values,
) -> Result<Saved> {
    let failed = |error| io_error("The change was not saved", full, &error);
    let bytes = bytes(full).map_err(failed)?;
    let document = Document::parse(&bytes).map_err(|error| problem_error(no_yaml(path, error)))?;
    let (before, after) = values(&document).map_err(problem_error)?;
    let now = version(&bytes);
    let path = path.to_owned();
    if before == after {
        return Ok(Saved::Written { path, version: now });
    }
    let ours = document.patched(&before, &after);
    if ours.as_bytes() == bytes {
        return Ok(Saved::Written { path, version: now });
    }
    if read.is_some_and(|read| read != now) {
        return Ok(Saved::Conflict {
            theirs: String::from_utf8_lossy(&bytes).into_owned(),
            ours,
            version: now,
        });
    }
    // What cannot be read back must not replace what can.
    Document::parse(ours.as_bytes()).map_err(|error| {
        problem_error(problem(
            &path,
            Some(error.line),
            "The change cannot be put into this file.",
            Some("Simplify the file by hand, and try again."),
        ))
    })?;
    write_over(full, ours.as_bytes()).map_err(failed)?;
    Ok(Saved::Written { path, version: version(ours.as_bytes()) })
}

/// Changes single keys of `info`, whatever kind of item it is; other parts need not even make sense.
pub(super) fn change_info(full: &Path, path: &str, changes: &[(&str, Value)]) -> Result<()> {
    change(full, path, None, |document| {
        let old = document.value().get("info").and_then(Value::as_object);
        let mut before = Map::new();
        let mut after = Map::new();
        for (key, value) in changes {
            before.extend(old.and_then(|old| old.get(*key)).map(|old| ((*key).to_owned(), old.clone())));
            after.insert((*key).to_owned(), value.clone());
        }
        Ok((if old.is_some() { json!({ "info": before }) } else { json!({}) }, json!({ "info": after })))
    })?;
    Ok(())
}

/// A new file that must not be there yet.
pub(super) fn create(full: &Path, path: &str, text: &str) -> Result<()> {
    write_new(full, text.as_bytes()).map_err(|error| io_error(&format!("{path} was not made"), full, &error))
}

/// A `seq` as a person would write it.
pub(super) fn number(seq: f64) -> Value {
    if seq.fract() == 0.0 && seq.abs() < 1e12 {
        #[expect(clippy::cast_possible_truncation, reason = "whole and within the range")]
        return Value::from(seq as i64);
    }
    Value::from(seq)
}

/// The name of a folder's own file.
pub(super) fn folder_file(folder: &Path) -> Option<&'static str> {
    ["folder.yml", "folder.yaml"].into_iter().find(|name| is_plain_file(&folder.join(name)))
}

/// What a folder without a file of its own says.
pub(super) fn plain_folder(path: &str) -> FolderItem {
    FolderItem {
        name: super::path::split(path).1.to_owned(),
        authorization: crate::http::Authorization::Inherit,
        ..FolderItem::default()
    }
}

fn repair(bytes: &[u8]) -> Option<Repair> {
    let error = Document::parse(bytes).err()?;
    yaml::repair(std::str::from_utf8(bytes).ok()?, &error)
}
