//! Questions to the person at the terminal.

use std::io::{BufRead as _, IsTerminal as _};

use sluice_core::error::{Code, Error, Result};
use sluice_core::secret::Secret;

use crate::output::Output;

/// The passphrase of a private key: from the named variable, else from a prompt that shows nothing.
pub fn passphrase(variable: Option<&str>, file: &str) -> Result<Secret<String>> {
    if let Some(variable) = variable {
        return std::env::var(variable).map(Secret::new).map_err(|_| {
            Error::new(Code::InvalidInput, format!("The environment variable {variable} is not set"))
                .hint("Set it to the passphrase, or leave --passphrase-env out to be asked")
        });
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::new(
            Code::PassphraseNeeded,
            format!("{file} is encrypted and needs its passphrase"),
        )
        .hint("Name the environment variable that holds it with --passphrase-env"));
    }
    rpassword::prompt_password(format!("Passphrase of {file}: ")).map(Secret::new).map_err(|error| {
        Error::new(Code::PassphraseNeeded, "The passphrase could not be read").detail(error.to_string())
    })
}

/// The passphrase of a file that is to be made: from the named variable, else typed twice.
pub fn new_passphrase(variable: Option<&str>, file: &str) -> Result<Secret<String>> {
    if variable.is_some() {
        return passphrase(variable, file);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::new(Code::PassphraseNeeded, format!("{file} needs a passphrase"))
            .hint("Name the environment variable that holds it with --passphrase-env"));
    }
    let first = passphrase(None, file)?;
    let again = passphrase(None, &format!("{file} again"))?;
    // EXPOSE: to be compared here.
    if first.expose() == again.expose() {
        return Ok(first);
    }
    Err(Error::new(Code::InvalidInput, "The two passphrases differ").hint("Nothing was written; try again"))
}

/// Asks before something that cannot be taken back; without a person `--yes` must have said so.
pub fn confirm(question: &str, yes: bool) -> Result<()> {
    if yes {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::new(Code::InvalidInput, format!("{question} Nobody is there to answer"))
            .hint("Say --yes when you mean it"));
    }
    Output::warning(&format!("{question} [y/N]"));
    let mut answer = String::new();
    let _ = std::io::stdin().lock().read_line(&mut answer);
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    Err(Error::new(Code::ConfirmationNeeded, "Nothing was done")
        .hint("Answer y, or say --yes, when you mean it"))
}
