use std::fs;
use std::path::Path;

use serde_json::Value;
use toml_edit::Item;
use uuid::Uuid;

use super::failure::io_error;
use super::holding::{Holding, Removal, copy_whole, relocate};
use super::names::{file_name, free_name};
use super::open_folder::{OpenFolder, is_within};
use super::order::{last, place};
use super::path::{file_inside, inside, join, split};
use super::saving::{change_info, create, folder_file, number, plain_folder};
use super::scan::Scanned;
use super::sidecar::SidecarFile;
use crate::collection::format::{FolderFile, RequestFile, folder_value, needs_sidecar, request_value};
use crate::collection::yaml::emit;
use crate::collection::{CollectionId, FolderItem, NodeKind, RequestItem};
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
        write_name(&full, path, &name, file != name)?;
        if file == own {
            return Ok(path.to_owned());
        }
        rename_file(&full, &full.with_file_name(&file))?;
        let new = join(folder, &file);
        self.follow(path, &new)?;
        Ok(new)
    }

    /// Moves a request or folder, to another collection perhaps; answers its path there.
    pub fn move_item(&self, path: &str, target: &Self, folder: &str, before: Option<&str>) -> Result<String> {
        let full = self.item(path)?;
        let is_same = self.root == target.root;
        if full.is_dir() && is_same && is_within(folder, path) {
            return Err(Error::new(Code::InvalidInput, "A folder cannot be moved into itself")
                .hint("Choose a folder outside of it"));
        }
        let to = target.folder(folder)?;
        let own = if is_same { Some(path) } else { None };
        if before.is_some() && before == own {
            return Ok(path.to_owned());
        }
        let place = target.placed(folder, full.is_dir(), before, own)?;
        let (above, name) = split(path);
        let new = if is_same && above == folder {
            path.to_owned()
        } else {
            let (stem, extension) = stem(&full, name);
            let file = free(&to, stem, extension, None)?;
            relocate(&full, &to.join(&file)).map_err(|error| io_error("It was not moved", &full, &error))?;
            let new = join(folder, &file);
            self.hand_over(path, target, &new)?;
            new
        };
        target.write_place(&new, place)?;
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

    /// Removes a request, folder or broken file; the holding brings it back.
    pub fn remove(&self, collection: CollectionId, path: &str, holding: &Holding) -> Result<Uuid> {
        let full = self.item(path)?;
        let (id, held) = holding.hold(&full)?;
        let mut sidecar = SidecarFile::read(&self.root).ok();
        let beside = sidecar.as_mut().map(|sidecar| sidecar.take(path)).unwrap_or_default();
        holding.remember(id, Removal { collection, path: path.to_owned(), held, beside, environment: None });
        if let Some(sidecar) = sidecar {
            sidecar.write(&self.root)?;
        }
        Ok(id)
    }

    /// Brings back what was removed, under its old name or a free one; answers its path.
    pub fn restore(&self, removal: &Removal) -> Result<String> {
        let path = match &removal.environment {
            Some(binding) => self.restore_environment(removal, binding)?,
            None => self.restore_item(removal)?,
        };
        removal.done();
        Ok(path)
    }

    fn restore_item(&self, removal: &Removal) -> Result<String> {
        let (folder, own) = split(&removal.path);
        self.root_file()?;
        let above = inside(&self.root, folder)?;
        let failed = |error| io_error("It was not brought back", &above, &error);
        fs::create_dir_all(&above).map_err(failed)?;
        let (stem, extension) = stem(&removal.held, own);
        let file = free(&above, stem, extension, None)?;
        relocate(&removal.held, &above.join(&file)).map_err(failed)?;
        let new = join(folder, &file);
        self.put_beside(&removal.beside, &removal.path, &new)?;
        Ok(new)
    }

    /// An item that is there: a file of the collection that is not its own, or a folder.
    fn item(&self, path: &str) -> Result<std::path::PathBuf> {
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

    /// Writes the `seq` into an item's file; broken files keep theirs.
    fn write_seq(&self, path: &str, seq: f64) -> Result<()> {
        let full = inside(&self.root, path)?;
        let value = [("seq", number(seq))];
        if !full.is_dir() {
            return change_info(&full, path, &value);
        }
        if let Some(file) = folder_file(&full) {
            return change_info(&full.join(file), &join(path, file), &value);
        }
        let text = emit(&folder_value(&FolderFile { item: plain_folder(path), seq: Some(seq) }));
        create(&full.join("folder.yml"), &join(path, "folder.yml"), &text)
    }

    /// Which `seq` an item takes before that one, and which neighbours need another.
    fn placed(
        &self,
        folder: &str,
        is_folder: bool,
        before: Option<&str>,
        own: Option<&str>,
    ) -> Result<Vec<(Option<String>, f64)>> {
        let mut neighbours = self.neighbours(folder, is_folder);
        neighbours.retain(|scanned| Some(scanned.node.path.as_str()) != own);
        let at =
            match before {
                None => neighbours.len(),
                Some(before) => match neighbours.iter().position(|scanned| scanned.node.path == before) {
                    Some(at) => at,
                    // Folders stand before files: before a file is behind all folders, before a folder ahead of all files.
                    None if inside(&self.root, before)?.exists() && split(before).0 == folder => {
                        if is_folder { neighbours.len() } else { 0 }
                    }
                    None => {
                        return Err(Error::new(
                            Code::NotFound,
                            format!("{before} is not in this folder any more"),
                        )
                        .hint("Look at the collection again, and move it once more"));
                    }
                },
            };
        let place = place(&seqs(&neighbours), at);
        let is_writable = |scanned: &&Scanned| scanned.node.problem.is_none();
        let others = place.others.into_iter().filter_map(|(position, seq)| {
            neighbours.get(position).filter(is_writable).map(|scanned| (Some(scanned.node.path.clone()), seq))
        });
        Ok(others.chain([(None, place.own)]).collect())
    }

    fn write_place(&self, path: &str, place: Vec<(Option<String>, f64)>) -> Result<()> {
        for (other, seq) in place {
            match other {
                Some(other) => self.write_seq(&other, seq)?,
                // A broken file goes where it is told to, but nothing is written into it.
                None => match self.write_seq(path, seq) {
                    Err(error) if error.code == Code::InvalidInput => {}
                    outcome => outcome?,
                },
            }
        }
        Ok(())
    }

    /// Lets what stands beside an item follow its new path. A broken sluice.toml is left alone.
    fn follow(&self, old: &str, new: &str) -> Result<()> {
        let Ok(mut sidecar) = SidecarFile::read(&self.root) else { return Ok(()) };
        let taken = sidecar.take(old);
        sidecar.put(&taken, old, new);
        sidecar.write(&self.root)
    }

    fn hand_over(&self, old: &str, target: &Self, new: &str) -> Result<()> {
        if self.root == target.root {
            return self.follow(old, new);
        }
        let Ok(mut sidecar) = SidecarFile::read(&self.root) else { return Ok(()) };
        let taken = sidecar.take(old);
        target.put_beside(&taken, old, new)?;
        sidecar.write(&self.root)
    }

    fn put_beside(&self, taken: &[(String, Item)], old: &str, new: &str) -> Result<()> {
        let Ok(mut sidecar) = SidecarFile::read(&self.root) else { return Ok(()) };
        sidecar.put(taken, old, new);
        sidecar.write(&self.root)
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
fn stem<'a>(full: &Path, file: &'a str) -> (&'a str, &'a str) {
    let dot = file.rfind('.').filter(|dot| *dot > 0 && !full.is_dir());
    dot.map_or((file, ""), |dot| file.split_at(dot))
}

fn free(folder: &Path, stem: &str, extension: &str, own: Option<&str>) -> Result<String> {
    free_name(folder, stem, extension, own).map_err(|error| io_error("No name was found", folder, &error))
}

fn seqs(neighbours: &[Scanned]) -> Vec<Option<f64>> {
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
