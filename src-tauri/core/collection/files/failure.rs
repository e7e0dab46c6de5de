use std::io::{self, ErrorKind};
use std::path::Path;

use crate::collection::{FileProblem, Loss, format::Misfit, yaml::Document, yaml::YamlError};
use crate::error::{Code, Error};

/// What went wrong with a file or folder: `what` is the sentence before the colon.
pub(super) fn io_error(what: &str, path: &Path, error: &io::Error) -> Error {
    let shown = path.display();
    let told = match error.kind() {
        ErrorKind::NotFound => Error::new(Code::NotFound, format!("{what}: {shown} is not there any more"))
            .hint("Look whether its folder was moved or its drive is connected. What you typed is kept here"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Error::new(Code::DiskFull, format!("{what}: the disk is full. {shown} is as it was before"))
                .hint("Free some space and try again")
        }
        ErrorKind::FileTooLarge if is_ours(error) => {
            Error::new(Code::InvalidInput, format!("{what}: {shown} is larger than 64 MiB"))
                .hint("No request is that large; move the file out of the collection")
        }
        ErrorKind::InvalidInput if is_ours(error) => {
            Error::new(Code::InvalidInput, format!("{what}: {shown} is no ordinary file"))
                .hint("Name the file of a request; a pipe or a device is none")
        }
        ErrorKind::FileTooLarge => Error::new(
            Code::DiskFull,
            format!("{what}: no more may be written here. {shown} is as it was before"),
        )
        .hint("Free some space or raise the limit, and try again"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Error::new(Code::StorageFailed, format!("{what}: {shown} may not be changed or read by you"))
                .hint("Check the permissions of the file and its folder, and try again")
        }
        ErrorKind::AlreadyExists => {
            Error::new(Code::AlreadyExists, format!("{what}: {shown} is there already"))
                .hint("Try again, or choose another name")
        }
        ErrorKind::NotADirectory => Error::new(
            Code::NotFound,
            format!("{what}: {shown} stands below something that is no folder any more"),
        )
        .hint("Look at the folder with your file manager, then read the collection anew"),
        _ => Error::new(Code::StorageFailed, format!("{what}: {shown} could not be read or written"))
            .hint("Try again; look at the folder with your file manager if it stays"),
    };
    told.detail(error.to_string())
}

/// Why a file or folder the user named cannot be written.
pub fn unwritable(path: &Path, error: &io::Error) -> Error {
    let shown = path.display();
    let told = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Error::new(Code::DiskFull, format!("{shown} cannot be written: the disk is full"))
                .hint("Free some space and try again")
        }
        ErrorKind::InvalidFilename => Error::new(
            Code::InvalidInput,
            format!("{shown} cannot be written: the path or a name in it is too long"),
        )
        .hint("Choose a folder with a shorter path, or shorten the name"),
        ErrorKind::NotFound => {
            Error::new(Code::InvalidInput, format!("{shown} cannot be written: there is no such folder"))
                .hint("Make the folder first, or name another one")
        }
        ErrorKind::IsADirectory => {
            Error::new(Code::InvalidInput, format!("{shown} cannot be written: it is a folder"))
                .hint("Name a file in it")
        }
        _ => Error::new(Code::InvalidInput, format!("{shown} cannot be written"))
            .hint("Choose a folder you may write to"),
    };
    told.detail(error.to_string())
}

/// Whether the error was made when the file was looked at, not by the system when it was written.
fn is_ours(error: &io::Error) -> bool {
    error.raw_os_error().is_none() && error.get_ref().is_none()
}

/// Why a link is not read, for the tree.
pub(super) fn linked(path: &str) -> FileProblem {
    let message = "This is a link, and Sluice does not follow links inside a collection.";
    problem(path, None, message, Some("Put the file or folder itself here, or open where it leads."))
}

/// Why a file cannot be read, for the tree.
pub(super) fn unreadable(path: &str, error: &io::Error) -> FileProblem {
    let (message, hint) = match error.kind() {
        ErrorKind::PermissionDenied => ("You may not read this file.", "Check its permissions."),
        ErrorKind::NotFound => ("The file is not there any more.", "Read the collection anew."),
        ErrorKind::FileTooLarge => {
            ("The file is larger than 64 MiB, so it is not read.", "Move it out of the collection.")
        }
        ErrorKind::InvalidInput => {
            ("This is no ordinary file, so it is not read.", "Move it out of the collection.")
        }
        _ => ("The file cannot be read.", "Look at it with your file manager."),
    };
    problem(path, None, message, Some(hint))
}

/// Why a file is no YAML, for the tree.
pub(super) fn no_yaml(path: &str, error: YamlError) -> FileProblem {
    FileProblem {
        path: path.to_owned(),
        line: Some(error.line),
        column: Some(error.column),
        message: error.message,
        hint: error.hint,
    }
}

/// Why a file is not what its place says, for the tree.
pub(super) fn misfit(path: &str, document: &Document, misfit: Misfit) -> FileProblem {
    FileProblem {
        path: path.to_owned(),
        line: document.line_of(&misfit.pointer),
        column: None,
        message: misfit.message,
        hint: misfit.hint,
    }
}

/// A problem without a column.
pub(super) fn problem(
    path: &str,
    line: Option<u32>,
    message: impl Into<String>,
    hint: Option<&str>,
) -> FileProblem {
    FileProblem {
        path: path.to_owned(),
        line,
        column: None,
        message: message.into(),
        hint: hint.map(str::to_owned),
    }
}

/// The problem of a file as the error of an operation that needs it.
pub(super) fn problem_error(problem: FileProblem) -> Error {
    let place = place_of(&problem);
    let message = if place.is_empty() { problem.message } else { format!("{place}: {}", problem.message) };
    let error = Error::new(Code::InvalidInput, message);
    error.hint(problem.hint.unwrap_or_else(|| "Repair the file first; it was left as it is".to_owned()))
}

/// What an export leaves out because its file cannot be read.
pub(super) fn left_out(problem: &FileProblem) -> Loss {
    Loss { place: place_of(problem), what: format!("The file is left out. {}", problem.message) }
}

/// `FILE, line N`; nothing for a problem of the whole collection.
fn place_of(problem: &FileProblem) -> String {
    problem.line.map_or_else(|| problem.path.clone(), |line| format!("{}, line {line}", problem.path))
}
