use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use tokio::task::{JoinError, spawn_blocking};
use uuid::Uuid;

use super::Workbench;
use super::tenants::clean_name;
use crate::certificate::{
    CertificateFacts, CertificateRequest, Chain, ChainFacts, Identity, RequestContent, RequestRecord,
    SignedRequest, Subject, answers_request, read_answer, request_public_key, request_subject, write_pem,
    write_pkcs12,
};
use crate::collection::files::file_name;
use crate::error::{Code, Error, Result};
use crate::operation::{
    CertificateAnswer, CertificateExport, CertificateRequestAdd, CertificateRequestName, ImportName,
};
use crate::secret::Secret;
use crate::service_key::{KeyImport, PrivateKeyFile};
use crate::tenant::Custody;

/// A chain is far smaller.
const LARGEST_ANSWER: u64 = 4 * 1024 * 1024;

impl Workbench {
    /// Makes a key pair and a certificate request, the private key in the keyring; nothing is kept when that fails.
    pub async fn certificate_request_add(&self, add: CertificateRequestAdd) -> Result<CertificateRequest> {
        let name = clean_name(&add.name)?;
        // Said before a slow key pair is made; whoever is faster with the name wins below.
        if self.request_named(&name)?.is_some() {
            return Err(taken(&name));
        }
        let subject = Subject::read(&add.subject)?;
        let content = RequestContent { subject, dns_names: add.dns_names, kind: add.kind };
        let signed = spawn_blocking(move || content.sign(add.self_signed)).await;
        let SignedRequest { private_key, request, certificate } = signed.map_err(|error| ended(&error))??;
        let record = RequestRecord {
            id: Uuid::new_v4(),
            name,
            kind: add.kind,
            created_at: Timestamp::now(),
            custody: if add.hold_for_run { Custody::Run } else { Custody::Keyring },
            request,
            certificates: certificate.iter().map(|der| der.to_vec()).collect(),
        };
        let secret_name = record.secret_name();
        self.inner.vault.write(record.custody, &secret_name, private_key).await?;
        let added = match self.inner.certificate_requests.add(&record) {
            Ok(true) => Ok(()),
            Ok(false) => Err(taken(&record.name)),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = added {
            // What cannot be removed now is an entry nobody refers to; the first error is the one to tell.
            let _ = self.inner.vault.remove(record.custody, &secret_name).await;
            return Err(error);
        }
        self.show_request(&record)
    }

    /// Lists the certificate requests with what came back, oldest first.
    pub async fn certificate_request_list(&self, (): ()) -> Result<Vec<CertificateRequest>> {
        self.inner.certificate_requests.list()?.iter().map(|record| self.show_request(record)).collect()
    }

    /// Takes in a signed certificate: finds the request it answers and orders its chain.
    ///
    /// Issuers that were missing may follow later, alone.
    pub async fn certificate_request_answer(&self, given: CertificateAnswer) -> Result<CertificateRequest> {
        let read = spawn_blocking(move || read_answers(&given.files)).await;
        let certificates = read.map_err(|error| ended(&error))??;
        for record in self.inner.certificate_requests.list()? {
            if let Some(chain) = completed(&record, &certificates)? {
                let certificates = chain.certificates().iter().map(|der| der.to_vec()).collect();
                let record = RequestRecord { certificates, ..record };
                self.inner.certificate_requests.replace(&record)?;
                return self.show_request(&record);
            }
        }
        Err(unasked(&certificates))
    }

    /// Writes a signed certificate with its private key as a PKCS#12 file only the user may read.
    pub async fn certificate_request_export(&self, export: CertificateExport) -> Result<CertificateRequest> {
        let record = self.request(&export.name)?;
        if record.certificates.is_empty() {
            return Err(Error::new(
                Code::PrivateKeyNeeded,
                format!("{} is still waiting for its signed certificate", record.name),
            )
            .hint("Take in the authority's answer first"));
        }
        let key = self.inner.vault.read(record.custody, &record.secret_name()).await?;
        let key = key.ok_or_else(|| lost(&record.name))?;
        let (chain, name) = (record.certificates.clone(), record.name.clone());
        let written = spawn_blocking(move || {
            let identity = Identity::from_der(chain, key)?;
            let file = write_pkcs12(&identity, &name, &export.passphrase)?;
            write_private(&export.path, &file, export.replace)
        });
        written.await.map_err(|error| ended(&error))??;
        self.show_request(&record)
    }

    /// Adds the private key of the certificate request that a read key's certificate answers; without one nothing changes.
    pub async fn key_add_requested_key(&self, name: ImportName) -> Result<KeyImport> {
        let (mut key, shown) = self.waiting(name.import)?;
        let Some(leaf) = key.certificates().first().filter(|_| key.blocked().is_some()) else {
            return Ok(shown);
        };
        let requests = self.inner.certificate_requests.list()?;
        let Some(record) = requests.into_iter().find(|record| answers_request(leaf, &record.request)) else {
            return Ok(shown);
        };
        let private_key = self.inner.vault.read(record.custody, &record.secret_name()).await?;
        let private_key = private_key.ok_or_else(|| lost(&record.name))?;
        let mut added = key.add_private_key(&record.name, &key_and_chain(&private_key, &record), None);
        // A name may have slashes, which would be the folders of a file.
        added.file = PrivateKeyFile { name: record.name.clone(), requested: true, ..added.file };
        Ok(self.keep_waiting(name.import, key, shown, added))
    }

    /// Removes a certificate request and its private key; what was exported stays.
    pub async fn certificate_request_remove(&self, named: CertificateRequestName) -> Result<()> {
        let record = self.request(&named.name)?;
        self.inner.vault.remove(record.custody, &record.secret_name()).await?;
        Ok(self.inner.certificate_requests.remove(&record)?)
    }

    /// A certificate request as it stands now.
    pub fn certificate_request_facts(&self, name: &str) -> Result<CertificateRequest> {
        self.show_request(&self.request(name)?)
    }

    /// What a file of this certificate request is called, without its ending; valid on every system.
    pub fn certificate_request_file_name(&self, name: &str) -> Result<String> {
        Ok(file_name(&self.request(name)?.name))
    }

    pub(super) fn request(&self, name: &str) -> Result<RequestRecord> {
        self.request_named(name)?.ok_or_else(|| {
            Error::new(Code::NotFound, format!("There is no certificate request {name}"))
                .hint("Look for its name in the list of certificate requests")
        })
    }

    fn request_named(&self, name: &str) -> Result<Option<RequestRecord>> {
        let records = self.inner.certificate_requests.list()?;
        Ok(records.into_iter().find(|record| record.name.eq_ignore_ascii_case(name.trim())))
    }

    fn show_request(&self, record: &RequestRecord) -> Result<CertificateRequest> {
        let certificates: Vec<_> = record.certificates.iter().cloned().map(CertificateDer::from).collect();
        let chain = if certificates.is_empty() { None } else { Some(ChainFacts::read(&certificates)?) };
        Ok(CertificateRequest {
            name: record.name.clone(),
            subject: request_subject(&record.request),
            kind: record.kind,
            created_at: record.created_at,
            request_pem: write_pem("CERTIFICATE REQUEST", &record.request),
            custody: record.custody,
            usable: self.inner.vault.usable(record.custody, &record.secret_name()),
            chain,
            certificate_pem: certificates.first().map(|leaf| write_pem("CERTIFICATE", leaf)),
        })
    }
}

/// The chain of a request with these certificates; none when they have nothing to do with it.
fn completed(record: &RequestRecord, given: &[CertificateDer<'static>]) -> Result<Option<Chain>> {
    // The new ones first: a certificate that was renewed over the same key takes the place of the old.
    let known = record.certificates.iter().cloned().map(CertificateDer::from);
    let all: Vec<_> = given.iter().cloned().chain(known).collect();
    if !all.iter().any(|der| answers_request(der, &record.request)) {
        return Ok(None);
    }
    let chain = Chain::sort(all, request_public_key(&record.request))?;
    let is_answer = given.iter().any(|der| answers_request(der, &record.request));
    let is_longer = chain.certificates().len() > record.certificates.len();
    Ok((is_answer || is_longer).then_some(chain))
}

/// A private key and its certificates as one PEM text, made without a second copy of the key.
fn key_and_chain(key: &Secret<Vec<u8>>, record: &RequestRecord) -> Secret<Vec<u8>> {
    let chain: String = record.certificates.iter().map(|der| write_pem("CERTIFICATE", der)).collect();
    // EXPOSE: to the reader of key files, in this process; a text that grew would leave its beginning behind.
    let key = key.expose();
    let mut text = String::with_capacity(chain.len() + key.len() * 2 + 128);
    text.push_str("-----BEGIN PRIVATE KEY-----\n");
    STANDARD.encode_string(key, &mut text);
    text.push_str("\n-----END PRIVATE KEY-----\n");
    text.push_str(&chain);
    Secret::new(text.into_bytes())
}

fn read_answers(files: &[PathBuf]) -> Result<Vec<CertificateDer<'static>>> {
    let mut certificates = Vec::new();
    for file in files {
        let found = read_answer(&read_file(file)?).map_err(|error| {
            let error = Error::from(error);
            Error { message: format!("{}: {}", file.display(), error.message), ..error }
        })?;
        certificates.extend(found);
    }
    Ok(certificates)
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read as _;
    let unreadable = |detail: String| {
        Error::new(Code::InvalidInput, format!("{} cannot be read", path.display()))
            .hint("Name the file the certificate authority sent back")
            .detail(detail)
    };
    // A pipe or a device may never end.
    if !std::fs::metadata(path).map_or(true, |facts| facts.is_file()) {
        return Err(unreadable("it is no file".to_owned()));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LARGEST_ANSWER + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() as u64 > LARGEST_ANSWER {
        return Err(unreadable("it is far too large for certificates".to_owned()));
    }
    Ok(bytes)
}

/// Writes all of a file or nothing; nobody but the user may read it.
fn write_private(path: &Path, bytes: &[u8], replace: bool) -> Result<()> {
    let whole = std::path::absolute(path);
    let write = || {
        let path = whole?;
        let folder = path.parent().ok_or(std::io::ErrorKind::NotFound)?;
        // A temporary file is readable for its owner alone, and keeps that in its place.
        let mut made = tempfile::Builder::new().prefix(".sluice-").suffix(".tmp").tempfile_in(folder)?;
        made.write_all(bytes)?;
        made.as_file().sync_all()?;
        let placed = if replace { made.persist(&path) } else { made.persist_noclobber(&path) };
        placed.map(drop).map_err(|error| error.error)
    };
    write().map_err(|error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Error::new(Code::AlreadyExists, format!("{} is there already", path.display()))
                .hint("Choose another name, or say that it shall be replaced")
        }
        _ => Error::new(Code::InvalidInput, format!("{} cannot be written", path.display()))
            .hint("Name a file in a folder you may write to")
            .detail(error.to_string()),
    })
}

fn taken(name: &str) -> Error {
    Error::new(Code::AlreadyExists, format!("There is a certificate request {name} already"))
        .hint("Choose another name, or remove the old one")
}

fn lost(name: &str) -> Error {
    Error::new(Code::NotFound, format!("The private key of {name} is not there any more"))
        .hint("Without it the certificate is of no use; ask for a new one")
}

fn unasked(certificates: &[CertificateDer<'static>]) -> Error {
    let named = certificates.first().and_then(|der| CertificateFacts::read(der).ok());
    let name = named.map_or_else(|| "this certificate".to_owned(), |facts| format!("“{}”", facts.name));
    Error::new(Code::KeyMismatch, format!("No certificate request of yours has the key of {name}"))
        .hint("Give the answer to a request that was made here; one made elsewhere has its private key there")
}

fn ended(error: &JoinError) -> Error {
    Error::new(Code::StorageFailed, "The work on the certificate ended early")
        .hint("Try again")
        .detail(error.to_string())
}
