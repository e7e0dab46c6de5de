use std::io::Read as _;
use std::path::Path;

use super::{network, tested};
use crate::certificate::{CertificateFacts, authorities};
use crate::connectivity::CertificatesWanted;
use crate::error::Code;
use crate::http::tests::authority::Authority;
use crate::http::tests::server::{Server, raw, text};

#[tokio::test]
async fn root_and_chain_are_saved_as_der_pem_and_archive() {
    let authority = Authority::new("Test Root");
    let mut tls = authority.tls(&["localhost"]);
    // The root comes from the trust store.
    tls.chain.truncate(1);
    let server = Server::tls(tls, |_| text("")).await;
    let shown = tested(&server.url("/"), network(std::slice::from_ref(&authority.root))).await.certificates;
    let file = |wanted, name: &str| shown.file(wanted, Path::new(name)).expect("a file");
    assert_eq!(file(CertificatesWanted::Root, "root.cer"), authority.root.to_vec());
    let pem = file(CertificatesWanted::Root, "root.PEM");
    assert_eq!(authorities(&pem).expect("pem"), std::slice::from_ref(&authority.root));
    assert!(pem.split(|byte| *byte == b'\n').all(|line| line.len() <= 64));
    assert_eq!(authorities(&file(CertificatesWanted::Chain, "chain.pem")).expect("pem").len(), 2);
    let archive = file(CertificatesWanted::Chain, "chain.zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("text").into_owned()).collect();
    assert_eq!(names, ["01-leaf.cer", "02-Test-Root.cer"], "{names:?}");
    let mut leaf = Vec::new();
    archive.by_index(0).expect("leaf").read_to_end(&mut leaf).expect("bytes");
    assert!(CertificateFacts::read(&leaf).is_ok_and(|facts| facts.dns_names == ["localhost"]));
}

#[tokio::test]
async fn what_was_not_seen_is_not_saved_and_said() {
    let authority = Authority::new("Test Root");
    let mut tls = authority.tls(&["localhost"]);
    tls.chain.truncate(1);
    let server = Server::tls(tls, |_| text("")).await;
    let shown = tested(&server.url("/"), network(&[])).await.certificates;
    let error = shown.file(CertificatesWanted::Root, Path::new("root.cer")).expect_err("no root");
    assert!(error.code == Code::NotFound && error.hint.is_some(), "{error:?}");
    assert!(shown.file(CertificatesWanted::Chain, Path::new("chain.zip")).is_ok());
    let address = raw(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), false).await;
    let shown = tested(&address.to_string(), network(&[])).await.certificates;
    assert!(shown.file(CertificatesWanted::Chain, Path::new("chain.zip")).is_err());
}
