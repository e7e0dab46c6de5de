use toml_edit::Item;

use super::failure::io_error;
use super::holding::relocate;
use super::items::{free, seqs, stem};
use super::open_folder::{OpenFolder, is_within};
use super::order::place;
use super::path::{inside, join, split};
use super::saving::{change_info, create, folder_file, number, plain_folder};
use super::scan::Scanned;
use super::sidecar::SidecarFile;
use crate::collection::format::{FolderFile, folder_value};
use crate::collection::yaml::emit;
use crate::error::{Code, Error, Result};

impl OpenFolder {
    /// Moves a request or folder, to another collection perhaps; answers its path there.
    pub fn move_item(&self, path: &str, target: &Self, folder: &str, before: Option<&str>) -> Result<String> {
        let full = self.item(path)?;
        let is_same = self.root == target.root;
        if full.is_dir() && is_same && is_within(folder, path) {
            return Err(Error::new(Code::InvalidInput, "A folder cannot be moved into itself")
                .hint("Choose a folder outside of it"));
        }
        // What a sluice.toml that cannot be read says about the item would stay behind.
        SidecarFile::open(&self.root)?;
        SidecarFile::open(&target.root)?;
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
    pub(super) fn placed(
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

    pub(super) fn write_place(&self, path: &str, place: Vec<(Option<String>, f64)>) -> Result<()> {
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
    pub(super) fn follow(&self, old: &str, new: &str) -> Result<()> {
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

    pub(super) fn put_beside(&self, taken: &[(String, Item)], old: &str, new: &str) -> Result<()> {
        let Ok(mut sidecar) = SidecarFile::read(&self.root) else { return Ok(()) };
        sidecar.put(taken, old, new);
        sidecar.write(&self.root)
    }
}
