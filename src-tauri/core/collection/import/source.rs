use std::path::{Path, PathBuf};

use crate::error::{Code, Error, Result};

/// The largest file read; collections with their examples have some megabytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// The most files read of one folder.
const MOST: usize = 50_000;
/// How deep folders may stand in each other.
const DEEPEST: usize = 40;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What is imported, as it was found on the disk.
pub enum Source {
    /// One file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its text.
        text: String,
    },
    /// A folder of files.
    Folder {
        /// Where it is.
        path: PathBuf,
        /// Paths below the folder with `/`, in order, and texts.
        files: Vec<(String, String)>,
    },
}

impl Source {
    /// Reads a file or a folder; of a folder the text files importers know.
    pub fn read(path: &Path) -> Result<Self> {
        let facts = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if !facts.is_dir() {
            return Ok(Self::File { path: path.to_owned(), text: read_text(path)? });
        }
        let mut files = Vec::new();
        collect(path, "", 0, &mut files)?;
        files.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(Self::Folder { path: path.to_owned(), files })
    }

    /// The name of the file or folder without its ending.
    pub fn name(&self) -> String {
        let (Self::File { path, .. } | Self::Folder { path, .. }) = self;
        path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

fn collect(folder: &Path, below: &str, depth: usize, files: &mut Vec<(String, String)>) -> Result<()> {
    if depth > DEEPEST {
        return Err(refused(folder, "stands too deep", "Import a folder further down"));
    }
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        // The kind of the entry itself: a link could lead around in circles.
        let kind = entry.file_type().map_err(|error| unreadable(&entry.path(), &error))?;
        if kind.is_dir() && !matches!(name.as_str(), "node_modules" | ".git") {
            collect(&entry.path(), &path, depth + 1, files)?;
        } else if kind.is_file() && is_known(&name) {
            files.push((path, read_text(&entry.path())?));
        }
        if files.len() > MOST {
            return Err(refused(folder, "has too many files", "Import a folder further down"));
        }
    }
    Ok(())
}

fn is_known(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "bru" | "json" | "yml" | "yaml" | "wsdl" | "xsd"))
}

fn read_text(path: &Path) -> Result<String> {
    use std::io::Read as _;
    let facts = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !facts.is_file() {
        return Err(refused(path, "is no file", "Name the exported file itself"));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(refused(path, "is larger than 64 MB", "Export a smaller part of the collection"));
    }
    let text = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0.into_owned(),
        None => String::from_utf8(bytes)
            .map_err(|error| not_text(path, error.as_bytes(), error.utf8_error().valid_up_to()))?,
    };
    Ok(text.trim_start_matches(BYTE_ORDER_MARK).to_owned())
}

fn not_text(path: &Path, bytes: &[u8], place: usize) -> Error {
    let line = bytes.iter().take(place).filter(|byte| **byte == b'\n').count() + 1;
    refused(path, &format!("is not UTF-8 text, from line {line} on"), "Save it as UTF-8 and import it again")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    refused(path, "cannot be read", "Check the path and its permissions").detail(error.to_string())
}

fn refused(path: &Path, why: &str, hint: &str) -> Error {
    Error::new(Code::InvalidInput, format!("{} {why}", path.display())).hint(hint)
}
