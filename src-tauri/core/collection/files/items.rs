use std::fs;
use std::path::Path;

use serde_json::Value;

use super::failure::io_error;
use super::holding::copy_whole;
use super::names::{file_name, free_name};
use super::open_folder::OpenFolder;
use super::order::last;
use super::path::{file_inside, inside, join, split};
use super::saving::{change_info, create, folder_file, plain_folder};
use super::scan::Scanned;
use super::sidecar::SidecarFile;
use crate::collection::format::{FolderFile, RequestFile, folder_value, needs_sidecar, request_value};
use crate::collection::yaml::emit;
use crate::collection::{FolderItem, NodeKind, RequestItem};
use crate::error::{Code, Error, Result};

/// Longer names are mistakes: somebody pasted something else.
const LONGEST_NAME: usize = 250;

impl OpenFolder {
    /// Makes a request, last in its folder; answers its path.
    pub fn create_request(&self, folder: &str, item: &RequestItem) -> Result<String> {
        let mut item = item.clone();
        item.name = clean_name(&item.name)?;
        let full = self.folder(folder)?;
        let mut sidecar = needs_sidecar(&item.request).map(|_| SidecarFile::open(&self.root)).transpose()?;
        let seq = Some(last(&seqs(&self.neighbours(folder, false))));
        let file = free(&full, &file_name(&item.name), ".yml", None)?;
        let path = join(folder, &file);
        let text = emit(&request_value(&RequestFile { item: item.clone(), seq }));
        create(&full.join(&file), &path, &text)?;
        if let Some(sidecar) = &mut sidecar {
            sidecar.set_request(&path, needs_sidecar(&item.request).as_ref());
            sidecar.write(&self.root)?;
        }
        Ok(path)
    }

    /// Makes a folder, last of its neighbours; answers its path.
    pub fn create_folder(&self, folder: &str, name: &str) -> Result<String> {
        let name = clean_name(name)?;
        let above = self.folder(folder)?;
        let seq = Some(last(&seqs(&self.neighbours(folder, true))));
        let file = free(&above, &file_name(&name), "", None)?;
        let (full, path) = (above.join(&file), join(folder, &file));
        fs::create_dir(&full).map_err(|error| io_error("The folder was not made", &full, &error))?;
        let item = FolderItem { name, ..plain_folder(&path) };
        let made = create(&full.join("folder.yml"), &path, &emit(&folder_value(&FolderFile { item, seq })));
        if made.is_err() {
            let _ = fs::remove_dir(&full);
        }
        made.map(|()| path)
    }

    /// Renames a request or folder and its file; answers its path.
    pub fn rename(&self, path: &str, name: &str) -> Result<String> {
        let name = clean_name(name)?;
        let full = self.item(path)?;
        let (folder, own) = split(path);
        let (stem, extension) = stem(&full, own);
        let wanted = file_name(&name);
        let file = if stem == wanted {
            own.to_owned()
        } else {
            free(&self.folder(folder)?, &wanted, extension, Some(own))?
        };
        if file != own {
            // What it says about the request would stay behind under the old name.
            SidecarFile::open(&self.root)?;
        }
        write_name(&full, path, &name, file != name)?;
        if file == own {
            return Ok(path.to_owned());
        }
        rename_file(&full, &full.with_file_name(&file))?;
        let new = join(folder, &file);
        self.follow(path, &new)?;
        Ok(new)
    }

    /// Copies a request or folder beside itself; answers the copy's path.
    pub fn duplicate(&self, path: &str) -> Result<String> {
        let full = self.item(path)?;
        let (folder, own) = split(path);
        let scanned = self.neighbours(folder, full.is_dir());
        let position = scanned.iter().position(|scanned| scanned.node.path == path);
        let node = position.and_then(|position| scanned.get(position)).map(|scanned| &scanned.node);
        let (stem, extension) = stem(&full, own);
        let name = format!("{} copy", node.map_or(stem, |node| node.name.as_str()));
        let is_broken = node.is_none_or(|node| node.kind == NodeKind::Broken);
        let wanted = if is_broken { format!("{stem} copy") } else { file_name(&name) };
        let file = free(&self.folder(folder)?, &wanted, extension, None)?;
        let (copy, new) = (full.with_file_name(&file), join(folder, &file));
        copy_whole(&full, &copy).map_err(|error| io_error("It was not copied", &full, &error))?;
        if let Ok(mut sidecar) = SidecarFile::read(&self.root) {
            let beside = sidecar.below(path);
            sidecar.put(&beside, path, &new);
            sidecar.write(&self.root)?;
        }
        if !is_broken {
            write_name(&copy, &new, &name, true)?;
            let next = position.and_then(|position| scanned.get(position + 1));
            let place =
                self.placed(folder, full.is_dir(), next.map(|next| next.node.path.as_str()), Some(&new))?;
            self.write_place(&new, place)?;
        }
        Ok(new)
    }

    /// An item that is there: a file of the collection that is not its own, or a folder.
    pub(super) fn item(&self, path: &str) -> Result<std::path::PathBuf> {
        let full = inside(&self.root, path);
        // A link is removed or renamed itself, wherever it leads.
        let link = || self.root.join(path);
        let full = match full {
            Err(error) if !fs::symlink_metadata(link()).is_ok_and(|facts| facts.is_symlink()) => {
                return Err(error);
            }
            Err(_) => inside(&self.root, split(path).0).map(|above| above.join(split(path).1))?,
            Ok(full) => full,
        };
        let (folder, name) = split(path);
        let is_own = matches!(name, "folder.yml" | "folder.yaml")
            || (folder.is_empty()
                && matches!(name, "" | "environments" | "opencollection.yml" | "opencollection.yaml"));
        if is_own || name.starts_with('.') {
            return Err(Error::new(Code::InvalidInput, format!("{path} belongs to the collection itself"))
                .hint("Choose a request or a folder"));
        }
        let facts = fs::symlink_metadata(&full)
            .map_err(|error| io_error("It is not there any more", &full, &error))?;
        if facts.is_file() && path != super::sidecar::NAME {
            return file_inside(&self.root, path);
        }
        Ok(full)
    }
}

/// Writes the name into an item's file; a folder without a file gets one only when its own name says another.
fn write_name(full: &Path, path: &str, name: &str, differs: bool) -> Result<()> {
    let value = [("name", Value::from(name))];
    if !full.is_dir() {
        return change_info(full, path, &value);
    }
    match folder_file(full) {
        Some(file) => change_info(&full.join(file), &join(path, file), &value),
        None if differs => {
            let item = FolderItem { name: name.to_owned(), ..plain_folder(path) };
            let text = emit(&folder_value(&FolderFile { item, seq: None }));
            create(&full.join("folder.yml"), &join(path, "folder.yml"), &text)
        }
        None => Ok(()),
    }
}

/// Makes a collection's folder with the file that makes it one; answers the folder.
pub fn create_collection(into: &Path, name: &str) -> Result<std::path::PathBuf> {
    let name = clean_name(name)?;
    let file = file_name(&name);
    let folder = into.join(&file);
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Error::new(Code::AlreadyExists, format!("There is already {} in this folder", folder.display()))
                .hint("Choose another name or another folder, or open what is there")
        }
        _ => io_error("The collection was not made", &folder, &error),
    };
    fs::create_dir(&folder).map_err(failed)?;
    let item = FolderItem { name, authorization: crate::http::Authorization::None, ..FolderItem::default() };
    let text = emit(&crate::collection::format::root_value(&item));
    let made = create(&folder.join("opencollection.yml"), "opencollection.yml", &text);
    if made.is_err() {
        let _ = fs::remove_dir(&folder);
    }
    made.map(|()| folder)
}

/// Renames a file or folder to a name that is free but for its own letters' case.
pub(super) fn rename_file(from: &Path, to: &Path) -> Result<()> {
    let failed = |error| io_error("It was not renamed", from, &error);
    fs::rename(from, to).map_err(failed)?;
    let (Some(folder), Some(name)) = (to.parent(), to.file_name()) else { return Ok(()) };
    let is_listed = fs::read_dir(folder).map_err(failed)?.flatten().any(|entry| entry.file_name() == name);
    if is_listed {
        super::atomic::sync_folder(to);
        return Ok(());
    }
    // A file system without case keeps the old letters unless the name was another in between. That one is
    // visible: a program killed here leaves the item in the tree.
    let (stem, extension) = stem(to, name.to_str().unwrap_or_default());
    let between = folder.join(free(folder, &format!("{stem} renamed"), extension, None)?);
    fs::rename(from, &between).and_then(|()| fs::rename(&between, to)).map_err(failed)
}

/// The part of an item's file name that comes from its name, and the extension with its dot.
pub(super) fn stem<'a>(full: &Path, file: &'a str) -> (&'a str, &'a str) {
    let dot = file.rfind('.').filter(|dot| *dot > 0 && !full.is_dir());
    dot.map_or((file, ""), |dot| file.split_at(dot))
}

pub(super) fn free(folder: &Path, stem: &str, extension: &str, own: Option<&str>) -> Result<String> {
    free_name(folder, stem, extension, own).map_err(|error| io_error("No name was found", folder, &error))
}

pub(super) fn seqs(neighbours: &[Scanned]) -> Vec<Option<f64>> {
    neighbours.iter().map(|scanned| scanned.seq).collect()
}

/// An item's name as it is written: one line, not too long.
fn clean_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(
            Error::new(Code::InvalidInput, "The name is empty").hint("Type a name, for example Create order")
        );
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Error::new(Code::InvalidInput, "The name is too long or has line breaks in it")
            .hint(format!("Use one line of at most {LONGEST_NAME} characters")));
    }
    Ok(name.to_owned())
}
