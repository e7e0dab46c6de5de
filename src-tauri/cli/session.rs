//! Opens the workbench the way this run asks for.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{Door, ImportName, KeyText, PrivateKeyAdd};
use sluice_core::secret::Secret;
use sluice_core::service_key::{KeyImport, KeySave};
use sluice_core::tenant::Stage;
use sluice_core::workbench::{Options, Storage, Workbench, default_data_dir, handed_over};

use crate::arguments::Global;
use crate::output::Output;
use crate::prompt;

/// The tenant that stands for `--service-key`.
pub const THIS_RUN: &str = "this run";
/// A person may have to find the unlock dialog first.
const KEYRING_PATIENCE: Duration = Duration::from_mins(2);
/// The largest key text read; a service key has a few kilobytes.
const LARGEST_KEY: u64 = 4 * 1024 * 1024;

/// The workbench over the user's own data, for verbs that change it.
pub fn open_own(global: &Global) -> Result<Workbench> {
    if global.service_key.is_some() {
        return Err(Error::new(
            Code::InvalidInput,
            "--service-key holds a key for one run and changes nothing",
        )
        .hint("Leave it out here; sluice key import FILE saves a key"));
    }
    let workbench = Workbench::open(options(global, Storage::Folder(data_dir()?))?)?;
    for remark in workbench.remarks() {
        Output::warning(&format!("remark: {}", remark.message));
        remark.hint.iter().for_each(|hint| Output::warning(&format!("hint: {hint}")));
    }
    Ok(workbench)
}

/// The workbench over the user's own data, or over nothing but the key of `--service-key`.
pub async fn open(global: &Global) -> Result<Workbench> {
    let Some(file) = &global.service_key else { return open_own(global) };
    let workbench = Workbench::open(options(global, Storage::Memory)?)?;
    let import = read_key(&workbench, file, global).await?;
    workbench
        .key_save(KeySave {
            import: import.id,
            tenant: THIS_RUN.to_owned(),
            stage: Some(import.suggested_stage.unwrap_or(Stage::Dev)),
            name: None,
            hold_for_run: true,
        })
        .await?;
    Ok(workbench)
}

/// The tenant a verb means: the one named, or that of `--service-key`.
pub fn tenant<'a>(global: &Global, named: Option<&'a str>) -> Result<Option<&'a str>> {
    match (&global.service_key, named) {
        (Some(_), Some(_)) => Err(Error::new(Code::InvalidInput, "--service-key and a tenant are two keys")
            .hint("Name the tenant to use its keys, or the file to use that key for this run")),
        (Some(_), None) => Ok(Some(THIS_RUN)),
        (None, named) => Ok(named),
    }
}

/// Reads a service key file, adds the private key it needs, and stops when it cannot be used.
pub async fn read_key(workbench: &Workbench, file: &Path, global: &Global) -> Result<KeyImport> {
    let text = Secret::new(read_text(file)?);
    let mut import = workbench.key_read(KeyText { text }).await?;
    if let Some(failure) = import.failure {
        return Err(failure);
    }
    if let Some(path) = global.private_key.as_ref().or(global.pkcs12.as_ref()) {
        import = add_private_key(workbench, &import, path, global).await?;
    } else if import.blocked.is_some() {
        import = workbench.key_add_requested_key(ImportName { import: import.id }).await?;
    }
    match &import.blocked {
        None => Ok(import),
        Some(reason) => Err(Error::new(Code::PrivateKeyNeeded, reason.clone())
            .hint("Name the private key with --private-key PEM or --pkcs12 P12")),
    }
}

async fn add_private_key(
    workbench: &Workbench,
    import: &KeyImport,
    path: &Path,
    global: &Global,
) -> Result<KeyImport> {
    let add = |passphrase| {
        workbench.key_add_private_key(PrivateKeyAdd { import: import.id, path: path.to_owned(), passphrase })
    };
    let mut added = add(None).await?;
    if added.private_key.as_ref().is_some_and(|file| file.passphrase_needed) {
        let passphrase = prompt::passphrase(global.passphrase_env.as_deref(), &path.display().to_string())?;
        added = add(Some(passphrase)).await?;
        if added.private_key.as_ref().is_some_and(|file| file.passphrase_needed && file.failure.is_none()) {
            return Err(Error::new(Code::WrongPassphrase, "The passphrase does not open this file")
                .hint("The passphrase was empty; give the one the file was made with"));
        }
    }
    if let Some(failure) = added.private_key.as_ref().and_then(|file| file.failure.clone()) {
        return Err(failure);
    }
    if let Some(comparison) = &added.comparison {
        return Err(Error::new(
            Code::KeyMismatch,
            format!("{} does not fit this key. {}", path.display(), comparison.explanation),
        )
        .hint("Choose the private key the certificate in the service key was made with"));
    }
    Ok(added)
}

fn read_text(file: &Path) -> Result<String> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(LARGEST_KEY + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|open| open.take(LARGEST_KEY + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| {
        Error::new(Code::InvalidInput, format!("{} cannot be read", file.display()))
            .hint("Check the path; - reads standard input")
            .detail(error.to_string())
    })?;
    if bytes.len() as u64 > LARGEST_KEY {
        return Err(Error::new(
            Code::NotAServiceKey,
            format!("{} is far too large for a service key", file.display()),
        )
        .hint("A service key has a few kilobytes; check which file this is"));
    }
    String::from_utf8(bytes).map_err(|_| {
        Error::new(Code::NotAServiceKey, format!("{} is not text", file.display()))
            .hint("Name the JSON file with the service key; a PKCS#12 file goes to --pkcs12")
    })
}

fn options(global: &Global, storage: Storage) -> Result<Options> {
    let mut files: Vec<PathBuf> = variable("SSL_CERT_FILE").into_iter().collect();
    files.extend(global.cacert.iter().cloned());
    let read = |file: &PathBuf| {
        std::fs::read(file).map_err(|error| {
            Error::new(Code::InvalidInput, format!("{} cannot be read", file.display()))
                .hint("--cacert and SSL_CERT_FILE name PEM files with root certificates")
                .detail(error.to_string())
        })
    };
    let authorities = files.iter().map(read).collect::<Result<Vec<_>>>()?;
    let process = global.process_env.as_deref().map(handed_over).unwrap_or_default();
    Ok(Options { door: Door::Terminal, storage, keyring_patience: keyring_patience(), authorities, process })
}

fn data_dir() -> Result<PathBuf> {
    let named = variable("SLUICE_DATA_DIR");
    named.or_else(default_data_dir).ok_or_else(|| {
        Error::new(Code::StorageFailed, "There is no home folder to keep data in")
            .hint("Name one with SLUICE_DATA_DIR, or use --service-key")
    })
}

/// A path in the environment; an empty one counts as none.
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn keyring_patience() -> Duration {
    let named = std::env::var("SLUICE_KEYRING_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    named.map_or(KEYRING_PATIENCE, Duration::from_secs)
}

/// The error of a system that gives no threads.
pub fn no_runtime(error: &std::io::Error) -> Error {
    Error::new(Code::StorageFailed, "The system gave no threads to work with")
        .hint("Check the process limits (ulimit -u)")
        .detail(error.to_string())
}
