use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::collection::CollectionId;

/// What stands beside a removed environment.
const NOTE: &str = "secrets.json";

/// An environment that was removed and that nothing brings back: the values of its secret variables may go.
pub struct Leftover {
    /// From which collection.
    pub collection: CollectionId,
    /// Its name.
    pub environment: String,
    note: PathBuf,
}

impl Leftover {
    /// Its values are gone, or belong to an environment that is there again.
    pub fn settle(&self) {
        let _ = fs::remove_file(&self.note);
    }
}

/// Says whose secret values wait with a removed environment. Locked while its run can bring the environment back, so
/// that another program, or the next start after a crash, knows whether it still can.
pub(super) struct Note {
    leftover: Leftover,
    _locked: File,
}

impl Note {
    pub(super) fn write(folder: &Path, collection: CollectionId, environment: &str) -> io::Result<Self> {
        let note = folder.join(NOTE);
        let mut file = File::create_new(&note)?;
        file.try_lock()?;
        let content = json!({ "collection": collection, "environment": environment });
        file.write_all(content.to_string().as_bytes())?;
        let leftover = Leftover { collection, environment: environment.to_owned(), note };
        Ok(Self { leftover, _locked: file })
    }

    /// The environment is not brought back any more.
    pub(super) fn into_leftover(self) -> Leftover {
        self.leftover
    }

    /// The environment is back.
    pub(super) fn withdraw(&self) {
        self.leftover.settle();
    }
}

pub(super) fn has_note(folder: &Path) -> bool {
    folder.join(NOTE).is_file()
}

/// The environments runs that are over removed; what another run still holds is left to it.
pub(super) fn leftovers(holding: &Path) -> Vec<Leftover> {
    let entries = fs::read_dir(holding).into_iter().flatten().flatten();
    entries.filter_map(|entry| read(entry.path().join(NOTE))).collect()
}

fn read(note: PathBuf) -> Option<Leftover> {
    // Some file systems lock only what is open for writing.
    let mut file = File::options().read(true).write(true).open(&note).ok()?;
    file.try_lock().ok()?;
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    let content: Value = serde_json::from_str(&text).ok()?;
    let collection = content.get("collection")?.as_str()?.parse().ok()?;
    let environment = content.get("environment")?.as_str()?.to_owned();
    Some(Leftover { collection, environment, note })
}
