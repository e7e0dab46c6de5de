use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer};
use sluice_sandbox::{KeyName, PASSPHRASE, Plan};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::client::{client, client_with, post_form, start};

#[tokio::test]
async fn every_key_has_the_shape_of_its_kind() {
    let sandbox = start().await;
    let keys = sandbox.issue();
    assert_eq!(keys.len(), KeyName::ALL.len());
    for key in &keys {
        let oauth = &key.json["oauth"];
        let application = if key.name.plan() == Plan::Api { "|it!b45" } else { "|it-rt-sandbox!b45" };
        assert!(key.client_id().ends_with(application));
        assert_eq!(oauth["createdate"].as_str().unwrap().len(), "2025-07-02T00:17:31.919Z".len());
        assert!(key.token_url().ends_with("/oauth/token"));
        if let Some(secret) = key.client_secret() {
            assert!(['$', '=', '-', '_'].iter().all(|sign| secret.contains(*sign)));
        } else {
            assert!(key.token_url().contains(".authentication.cert."));
            assert_eq!(oauth.get("key").is_none(), key.name == KeyName::External);
            let chain = oauth["certificate"].as_str().unwrap().matches("BEGIN CERTIFICATE").count();
            assert_eq!(chain, if key.name == KeyName::External { 1 } else { 3 });
            let details = &oauth["certificatedetails"];
            assert!(details["serialnumber"].as_str().unwrap().starts_with("0x"));
            assert!(details["issuerdn"].as_str().unwrap().starts_with("CN="));
        }
        assert_eq!(KeyName::named(key.name.as_str()), Some(key.name));
        let named = serde_json::to_value(key.name).unwrap();
        assert_eq!(named, key.name.as_str());
    }
}

#[tokio::test]
async fn keys_stay_the_same_and_the_private_key_is_pkcs1() {
    let sandbox = start().await;
    let key = sandbox.service_key(KeyName::Certificate);
    assert_eq!(sandbox.service_key(KeyName::Certificate).json, key.json);
    let pem = key.json["oauth"]["key"].as_str().unwrap();
    assert!(pem.starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
    PrivatePkcs1KeyDer::from_pem_slice(pem.as_bytes()).unwrap();
    let broken = sandbox.service_key(KeyName::WrongPrivateKey);
    assert_ne!(public_key(&broken.certificate_pem.clone().unwrap()), private_modulus(&broken));
    assert_eq!(public_key(&key.certificate_pem.clone().unwrap()), private_modulus(&key));
}

fn public_key(pem: &str) -> Vec<u8> {
    let leaf = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
    let (_, certificate) = X509Certificate::from_der(&leaf).unwrap();
    certificate.public_key().raw.to_vec()
}

fn private_modulus(key: &sluice_sandbox::IssuedKey) -> Vec<u8> {
    use rcgen::PublicKeyData as _;
    rcgen::KeyPair::from_pem(key.private_key_pem.as_deref().unwrap()).unwrap().subject_public_key_info()
}

#[tokio::test]
async fn the_external_key_comes_with_every_form_of_its_private_key() {
    let sandbox = start().await;
    let key = sandbox.service_key(KeyName::External);
    let folder = tempfile::tempdir().unwrap();
    let written = key.write_to(folder.path()).unwrap();
    assert_eq!(
        written,
        [
            "external.json",
            "external.chain.pem",
            "external.key.pem",
            "external.pkcs1.pem",
            "external.encrypted.pem",
            "external.p12",
            "external-legacy.p12"
        ]
    );
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let plain = PrivatePkcs8KeyDer::from_pem_slice(&read("external.key.pem")).unwrap();
    let (_, encrypted) =
        pkcs8::SecretDocument::from_pem(std::str::from_utf8(&read("external.encrypted.pem")).unwrap())
            .unwrap();
    let decrypted = pkcs8::EncryptedPrivateKeyInfoRef::try_from(encrypted.as_bytes()).unwrap();
    assert_eq!(decrypted.decrypt(PASSPHRASE).unwrap().as_bytes(), plain.secret_pkcs8_der());
    for name in ["external.p12", "external-legacy.p12"] {
        let store = KeyStore::from_pkcs12(&read(name), PASSPHRASE, Pkcs12ImportPolicy::Strict).unwrap();
        let (_, chain) = store.private_key_chain().unwrap();
        assert_eq!(chain.key().as_der(), plain.secret_pkcs8_der(), "{name}");
        assert_eq!(chain.certs().len(), 3, "{name}");
    }
}

#[tokio::test]
async fn every_good_key_gets_a_token_and_a_deleted_one_does_not() {
    let sandbox = start().await;
    let cases = [
        (KeyName::Secret, 200),
        (KeyName::ApiSecret, 200),
        (KeyName::SecretSecond, 200),
        (KeyName::NoRole, 200),
        (KeyName::RevokedSecret, 401),
        (KeyName::Certificate, 200),
        (KeyName::ApiCertificate, 200),
        (KeyName::External, 200),
    ];
    for (name, status) in cases {
        let key = sandbox.service_key(name);
        let mut fields = vec![("grant_type", "client_credentials"), ("client_id", key.client_id())];
        let client = match key.client_secret() {
            Some(secret) => {
                fields.push(("client_secret", secret));
                client(&sandbox)
            }
            None => client_with(&sandbox, &key),
        };
        let answer = post_form(&client, key.token_url(), &fields).await.unwrap();
        assert_eq!(answer.status(), status, "{name}");
    }
}
