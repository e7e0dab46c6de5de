use std::path::PathBuf;

use super::source::Source;
use super::{Import, detect};
use crate::collection::model::{Collection, Item};
use crate::collection::tree::ImportReport;
use crate::error::{Code, Error, Result};

/// Reads files that belong together: one collection, and the environments that come along.
pub fn gather(files: &[PathBuf]) -> Result<Import> {
    let mut whole: Option<Import> = None;
    let mut rest = Vec::new();
    for path in files {
        let source = Source::read(path)?;
        let mut import = detect::read(&source)?;
        if import.collection.root.name.is_empty() {
            import.collection.root.name = source.name();
        }
        let is_collection = !import.collection.items.is_empty() || !has_only_environments(&import);
        match (is_collection, whole.is_some()) {
            (false, _) => rest.push(import),
            (true, false) => whole = Some(import),
            (true, true) => return Err(two_collections()),
        }
    }
    let mut rest = rest.into_iter();
    let mut gathered = whole.or_else(|| rest.next()).ok_or_else(nothing)?;
    for import in rest {
        gathered.collection.environments.extend(import.collection.environments);
        gathered.secrets.extend(import.secrets);
        gathered.globals.extend(import.globals);
        gathered.losses.extend(import.losses);
    }
    Ok(gathered)
}

/// Whether there is nothing but environments or globals in it.
pub fn has_only_environments(import: &Import) -> bool {
    let Collection { items, environments, root } = &import.collection;
    items.is_empty() && root.variables.is_empty() && (!environments.is_empty() || !import.globals.is_empty())
}

/// What an import would do, in numbers.
pub fn report(import: &Import) -> ImportReport {
    let mut report = ImportReport {
        format: import.format.clone(),
        name: import.collection.root.name.clone(),
        requests: 0,
        folders: 0,
        environments: u32::try_from(import.collection.environments.len()).unwrap_or(u32::MAX),
        scripts: u32::try_from(import.collection.root.scripts.len()).unwrap_or(u32::MAX),
        secrets: import.secrets.iter().map(|secret| secret.name.clone()).collect(),
        losses: import.losses.clone(),
    };
    report.secrets.sort();
    report.secrets.dedup();
    count(&import.collection.items, &mut report);
    report
}

fn count(items: &[Item], report: &mut ImportReport) {
    for item in items {
        let scripts = match item {
            Item::Folder(folder, items) => {
                report.folders += 1;
                count(items, report);
                folder.scripts.len()
            }
            Item::Request(request) => {
                report.requests += 1;
                request.details.scripts.len()
            }
        };
        report.scripts = report.scripts.saturating_add(u32::try_from(scripts).unwrap_or(u32::MAX));
    }
}

fn two_collections() -> Error {
    Error::new(Code::InvalidInput, "These are two collections")
        .hint("Import them one after the other, each into a folder of its own; environments may come along")
}

fn nothing() -> Error {
    Error::new(Code::InvalidInput, "Nothing was named to import").hint("Name the exported files")
}
