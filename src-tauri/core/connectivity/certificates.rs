//! Saving what a server showed: its root for a trust store, its chain for whoever asks.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::CertificateDer;
use serde::Deserialize;
use zip::write::SimpleFileOptions;

use super::model::{Connectivity, ConnectivityId};
use crate::certificate::CertificateFacts;
use crate::error::{Code, Error, Result};

/// Certificates of a connectivity test to be written to a file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CertificatesSave {
    /// Which test.
    pub test: ConnectivityId,
    /// Which of its certificates.
    pub wanted: CertificatesWanted,
    /// The file: PEM when its name ends with `.pem`; else the root as DER (`.cer`), the chain as an archive of such files.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub path: PathBuf,
}

/// Which certificates are to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CertificatesWanted {
    /// The root alone.
    Root,
    /// All from the leaf to the root.
    Chain,
}

/// The certificates of one test.
#[derive(Clone, Debug)]
pub struct ShownCertificates {
    test: ConnectivityId,
    host: String,
    chain: Vec<CertificateDer<'static>>,
    root: Option<CertificateDer<'static>>,
}

impl ShownCertificates {
    /// The chain in order, and its root, which may be in it.
    pub(super) fn new(
        report: &Connectivity,
        mut chain: Vec<CertificateDer<'static>>,
        root: Option<CertificateDer<'static>>,
    ) -> Self {
        if let Some(root) = root.as_ref().filter(|root| !chain.contains(*root)) {
            chain.push(root.clone());
        }
        Self { test: report.id, host: report.host.clone(), chain, root }
    }

    /// None were shown.
    pub(super) fn none(report: &Connectivity) -> Self {
        Self::new(report, Vec::new(), None)
    }

    /// The test they come from.
    pub const fn test(&self) -> ConnectivityId {
        self.test
    }

    /// The bytes of a file with this name.
    pub fn file(&self, wanted: CertificatesWanted, path: &Path) -> Result<Vec<u8>> {
        let is_pem = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pem"));
        match wanted {
            CertificatesWanted::Root => {
                let root = self.root.as_ref().ok_or_else(|| self.no_root())?;
                Ok(if is_pem { pem(root).into_bytes() } else { root.to_vec() })
            }
            CertificatesWanted::Chain if self.chain.is_empty() => Err(self.no_chain()),
            CertificatesWanted::Chain if is_pem => {
                Ok(self.chain.iter().map(pem).collect::<String>().into_bytes())
            }
            CertificatesWanted::Chain => self.archive(),
        }
    }

    fn archive(&self) -> Result<Vec<u8>> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (index, der) in self.chain.iter().enumerate() {
            let name = format!("{:02}-{}.cer", index + 1, file_name(der));
            writer.start_file(name, SimpleFileOptions::default()).map_err(|error| unpacked(&error))?;
            writer.write_all(der).map_err(|error| unpacked(&error))?;
        }
        writer.finish().map(Cursor::into_inner).map_err(|error| unpacked(&error))
    }

    fn no_root(&self) -> Error {
        if self.chain.is_empty() {
            return self.no_chain();
        }
        let message =
            format!("The root of {} is not known: it was not sent, and no trusted root fits", self.host);
        Error::new(Code::NotFound, message).hint(
            "Save the chain instead and ask the owner of the server for the root of its last certificate",
        )
    }

    fn no_chain(&self) -> Error {
        Error::new(Code::NotFound, format!("{} showed no certificate, so none was saved", self.host))
            .hint("Look at the findings of the test: they say how far it came")
    }
}

fn pem(der: &CertificateDer<'_>) -> String {
    let text = BASE64_STANDARD.encode(der);
    let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for (index, letter) in text.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            pem.push('\n');
        }
        pem.push(letter);
    }
    pem + "\n-----END CERTIFICATE-----\n"
}

/// The name of a certificate with nothing in it that a file system minds.
fn file_name(der: &CertificateDer<'_>) -> String {
    let name = CertificateFacts::read(der).map(|facts| facts.name).unwrap_or_default();
    let letter = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
    let name: String = name.chars().take(60).map(letter).collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "certificate".to_owned() } else { name.to_owned() }
}

fn unpacked(error: &dyn std::fmt::Display) -> Error {
    Error::new(Code::StorageFailed, "The archive of the certificates could not be made")
        .hint("Save the chain as one PEM file: name it .pem")
        .detail(error.to_string())
}
