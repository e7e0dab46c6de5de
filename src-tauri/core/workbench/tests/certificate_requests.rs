use std::path::PathBuf;

use super::workbench;
use crate::certificate::samples::openssl;
use crate::certificate::tests::authority::Authority;
use crate::certificate::{CertificateRequest, KeyPairKind};
use crate::error::{Code, Result};
use crate::operation::*;
use crate::secret::Secret;
use crate::workbench::Workbench;

fn add(name: &str) -> CertificateRequestAdd {
    CertificateRequestAdd {
        name: name.to_owned(),
        subject: format!("CN={name}, O=Acme Foods"),
        kind: KeyPairKind::EcP256,
        dns_names: Vec::new(),
        self_signed: false,
        hold_for_run: true,
    }
}

async fn take_in(workbench: &Workbench, files: &[String]) -> Result<CertificateRequest> {
    let files = files.iter().map(PathBuf::from).collect();
    workbench.certificate_request_answer(CertificateAnswer { files }).await
}

fn export(name: &str, path: &str, passphrase: &str) -> CertificateExport {
    CertificateExport {
        name: name.to_owned(),
        path: PathBuf::from(path),
        passphrase: Secret::from(passphrase),
        replace: false,
    }
}

fn names(request: &CertificateRequest) -> Vec<&str> {
    let chain = request.chain.as_ref().unwrap();
    chain.certificates.iter().map(|facts| facts.name.as_str()).collect()
}

#[tokio::test]
async fn a_request_is_answered_and_its_identity_exported_with_the_chain_in_order() {
    let (workbench, authority) = (workbench(), Authority::new());
    workbench.certificate_request_add(add("other")).await.unwrap();
    let asked = workbench.certificate_request_add(add("orders-dev")).await.unwrap();
    assert_eq!(asked.subject, "CN=orders-dev, O=Acme Foods");
    assert!(asked.usable && asked.chain.is_none() && asked.certificate_pem.is_none());
    let p7b = authority.p7b(&authority.sign(&asked.request_pem), "DER");
    let answered = take_in(&workbench, &[authority.file("answer.p7b", &p7b)]).await.unwrap();
    assert_eq!(answered.name, "orders-dev", "the request whose key it is, not the first");
    assert_eq!(names(&answered), ["orders-dev", "Test Issuer", "Test Root"]);
    assert!(answered.chain.as_ref().unwrap().complete);
    let path = authority.path("orders.p12");
    workbench.certificate_request_export(export("Orders-Dev", &path, "secret-1")).await.unwrap();
    let opened = openssl(&["pkcs12", "-nokeys", "-passin", "pass:secret-1", "-in", &path], b"");
    assert_eq!(String::from_utf8(opened).unwrap().matches("-----BEGIN CERTIFICATE-----").count(), 3);
    let listed = workbench.certificate_request_list(()).await.unwrap();
    let listed: Vec<_> = listed.iter().map(|one| (one.name.as_str(), one.chain.is_some())).collect();
    assert_eq!(listed, [("other", false), ("orders-dev", true)]);
}

#[tokio::test]
async fn issuers_that_were_missing_may_follow_alone() {
    let (workbench, authority) = (workbench(), Authority::new());
    let asked = workbench.certificate_request_add(add("orders-dev")).await.unwrap();
    let leaf = authority.file("leaf.pem", &authority.sign(&asked.request_pem));
    let answered = take_in(&workbench, &[leaf]).await.unwrap();
    assert!(!answered.chain.unwrap().complete);
    let issuers = [authority.path("root.pem"), authority.path("issuer.pem")];
    let answered = take_in(&workbench, &issuers).await.unwrap();
    assert_eq!(names(&answered), ["orders-dev", "Test Issuer", "Test Root"]);
    assert_eq!(answered.certificate_pem.unwrap().matches("BEGIN CERTIFICATE").count(), 1, "the leaf alone");
}

#[tokio::test]
async fn a_certificate_nobody_asked_for_is_refused_by_its_name() {
    let (workbench, authority) = (workbench(), Authority::new());
    workbench.certificate_request_add(add("orders-dev")).await.unwrap();
    let refused = take_in(&workbench, &[authority.path("root.pem")]).await.unwrap_err();
    assert_eq!(refused.code, Code::KeyMismatch);
    assert!(refused.message.contains("Test Root"), "{}", refused.message);
    let missing = take_in(&workbench, &[authority.path("none.pem")]).await.unwrap_err();
    assert_eq!(missing.code, Code::InvalidInput);
    assert!(missing.message.contains("none.pem"), "{}", missing.message);
}

#[tokio::test]
async fn an_export_needs_the_answer_and_replaces_no_file_unless_told() {
    let (workbench, authority) = (workbench(), Authority::new());
    workbench.certificate_request_add(add("waiting")).await.unwrap();
    let signed = CertificateRequestAdd { self_signed: true, ..add("signed") };
    assert!(workbench.certificate_request_add(signed).await.unwrap().chain.unwrap().complete);
    let path = authority.file("there.p12", b"mine");
    let export_code = async |wanted| workbench.certificate_request_export(wanted).await.err().map(|e| e.code);
    assert_eq!(export_code(export("waiting", &path, "x")).await, Some(Code::PrivateKeyNeeded));
    assert_eq!(export_code(export("signed", &path, "x")).await, Some(Code::AlreadyExists));
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    assert_eq!(export_code(export("signed", &path, "")).await, Some(Code::PassphraseNeeded));
    let replaced = CertificateExport { replace: true, ..export("signed", &path, "x") };
    assert_eq!(export_code(replaced).await, None);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else reads it");
    }
}

#[tokio::test]
async fn names_are_unique_and_a_removed_request_is_gone_with_its_key() {
    let workbench = workbench();
    workbench.certificate_request_add(add("orders-dev")).await.unwrap();
    let again = workbench.certificate_request_add(add("Orders-DEV")).await.unwrap_err();
    assert_eq!(again.code, Code::AlreadyExists);
    let named = CertificateRequestName { name: "orders-dev".to_owned() };
    let secret_name = workbench.request("orders-dev").unwrap().secret_name();
    workbench.certificate_request_remove(named.clone()).await.unwrap();
    assert!(workbench.certificate_request_list(()).await.unwrap().is_empty());
    assert!(!workbench.inner.vault.usable(crate::tenant::Custody::Run, &secret_name));
    let twice = workbench.certificate_request_remove(named).await.unwrap_err();
    assert_eq!(twice.code, Code::NotFound);
}

#[tokio::test]
async fn a_file_of_a_request_has_a_name_every_system_takes() {
    let workbench = workbench();
    workbench.certificate_request_add(add("acme/orders: dev")).await.unwrap();
    assert_eq!(workbench.certificate_request_file_name("acme/orders: dev").unwrap(), "acme-orders- dev");
    assert_eq!(workbench.certificate_request_facts("ACME/orders: dev").unwrap().name, "acme/orders: dev");
    assert_eq!(workbench.certificate_request_file_name("other").unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn requests_leave_the_settings_as_they_are() {
    let workbench = workbench();
    let before = workbench.settings_get(()).await.unwrap();
    workbench.certificate_request_add(add("orders-dev")).await.unwrap();
    workbench.settings_change(before.clone()).await.unwrap();
    assert_eq!(workbench.settings_get(()).await.unwrap(), before);
    assert_eq!(workbench.certificate_request_list(()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_service_key_over_the_signed_certificate_finds_its_private_key() {
    let (workbench, authority) = (workbench(), Authority::new());
    let asked = workbench.certificate_request_add(add("orders-dev")).await.unwrap();
    let leaf = authority.sign(&asked.request_pem);
    let files = [authority.file("leaf.pem", &leaf), authority.path("issuer.pem"), authority.path("root.pem")];
    take_in(&workbench, &files).await.unwrap();
    let read = async |certificate: &[u8]| {
        let text = external_key(certificate);
        let import = workbench.key_read(KeyText { text: Secret::new(text) }).await.unwrap();
        assert!(import.blocked.is_some(), "{:?}", import.failure);
        workbench.key_add_requested_key(ImportName { import: import.id }).await.unwrap()
    };
    let import = read(&leaf).await;
    assert!(import.blocked.is_none(), "{:?}", import.private_key);
    let private_key = import.private_key.unwrap();
    assert_eq!((private_key.name.as_str(), private_key.requested), ("orders-dev", true));
    let foreign = read(&authority.root()).await;
    assert!(
        foreign.blocked.is_some() && foreign.private_key.is_none(),
        "another's certificate changes nothing"
    );
}

/// A service key as the platform answers to a certificate of the user's own.
fn external_key(certificate: &[u8]) -> String {
    serde_json::json!({ "oauth": {
        "clientid": "sb-8f2c41d7!b1|it-rt-acme-dev!b2",
        "url": "https://acme-dev.it-cpi001-rt.cfapps.eu10.hana.ondemand.example",
        "tokenurl": "https://acme-dev.authentication.cert.eu10.hana.ondemand.example/oauth/token",
        "certificate": String::from_utf8_lossy(certificate),
    }})
    .to_string()
}
