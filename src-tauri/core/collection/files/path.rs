use std::fs;
use std::path::{Component, Path, PathBuf};

use super::failure::io_error;
use crate::error::{Code, Error, Result};

/// Where an item stands on disk, if its path stays inside the collection; a link on the way never leads out of it.
pub(super) fn inside(root: &Path, path: &str) -> Result<PathBuf> {
    if path.is_empty() {
        return Ok(root.to_owned());
    }
    let relative = Path::new(path);
    let is_plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    // A colon names a stream or a drive on Windows, and is a character like any other elsewhere.
    let is_odd = path.contains(['\\', '\0']) || (cfg!(windows) && path.contains(':'));
    if !is_plain || is_odd || path.split('/').any(|part| matches!(part, "" | ".")) {
        return Err(outside(path));
    }
    let full = root.join(relative);
    let mut existing = full.as_path();
    while fs::symlink_metadata(existing).is_err() {
        let Some(above) = existing.parent().filter(|above| above.starts_with(root)) else { return Ok(full) };
        existing = above;
    }
    let failed = |error| io_error("The path cannot be followed", existing, &error);
    let real = fs::canonicalize(existing).map_err(failed)?;
    let real_root = fs::canonicalize(root).map_err(failed)?;
    if real.starts_with(real_root) { Ok(full) } else { Err(outside(path)) }
}

/// Where a request's or a folder's own file stands on disk: inside, and YAML.
pub(super) fn file_inside(root: &Path, path: &str) -> Result<PathBuf> {
    let full = inside(root, path)?;
    let is_hidden = path.split('/').any(|part| part.starts_with('.'));
    if !is_yaml(path) || is_hidden {
        return Err(Error::new(Code::InvalidInput, format!("{path} is no file of a collection"))
            .hint("Only .yml and .yaml files are items"));
    }
    Ok(full)
}

/// Whether there is an ordinary file; a link is none, it may lead out of the collection.
pub(super) fn is_plain_file(full: &Path) -> bool {
    fs::symlink_metadata(full).is_ok_and(|facts| facts.is_file())
}

/// Whether there is a link.
pub(super) fn is_link(full: &Path) -> bool {
    fs::symlink_metadata(full).is_ok_and(|facts| facts.is_symlink())
}

/// Whether a file of this name may be an item.
pub(super) fn is_yaml(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["yml", "yaml"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The folder of an item's path, and its own name.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The path of something in this folder.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Whether the path is the folder or stands below it.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The folder as it really is called, so that it is known again; without Windows' long form.
pub(super) fn resolved(folder: &Path) -> std::io::Result<PathBuf> {
    let real = fs::canonicalize(folder)?;
    let short =
        real.to_str().and_then(|text| text.strip_prefix(r"\\?\")).filter(|text| text.get(1..2) == Some(":"));
    Ok(short.map(PathBuf::from).unwrap_or(real))
}

fn outside(path: &str) -> Error {
    Error::new(Code::InvalidInput, format!("{path} does not stay inside the collection"))
        .hint("Name the item by its path below the collection's folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leaves_the_collection_is_refused() {
        let root = tempfile::tempdir().unwrap();
        for path in [
            "../secret.yml",
            "/etc/passwd.yml",
            "a/../../b.yml",
            "a//b.yml",
            "a\\b.yml",
            "./a.yml",
            "a/./../..",
        ] {
            let refused = inside(root.path(), path).unwrap_err();
            assert_eq!(refused.code, Code::InvalidInput, "{path}");
        }
        assert!(file_inside(root.path(), "notes.txt").is_err());
        assert!(file_inside(root.path(), ".git/config.yml").is_err());
        assert!(file_inside(root.path(), "orders/new.yml").is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_refused() {
        let (root, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("out")).unwrap();
        std::fs::write(elsewhere.path().join("file.yml"), "").unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("file.yml"), root.path().join("file.yml")).unwrap();

        for path in ["out/file.yml", "out/new.yml", "file.yml"] {
            assert!(inside(root.path(), path).is_err(), "{path}");
        }
    }
}
