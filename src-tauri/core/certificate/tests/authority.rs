use tempfile::TempDir;

use crate::certificate::samples::openssl;

/// A certificate authority of two levels, played by OpenSSL.
pub(crate) struct Authority {
    folder: TempDir,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let authority = Self { folder: tempfile::tempdir().unwrap() };
        let [root, root_key, issuer, issuer_key, request] =
            ["root.pem", "root.key", "issuer.pem", "issuer.key", "issuer.csr"]
                .map(|name| authority.path(name));
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        let made =
            ["req", "-x509", "-subj", "/CN=Test Root", "-days", "30", "-keyout", &root_key, "-out", &root];
        openssl(&[&made[..], &curve].concat(), b"");
        let asked = ["req", "-new", "-subj", "/CN=Test Issuer", "-keyout", &issuer_key, "-out", &request];
        openssl(&[&asked[..], &curve].concat(), b"");
        let extensions = authority.file("issuer.ext", b"basicConstraints=critical,CA:TRUE\n");
        let signed = ["x509", "-req", "-in", &request, "-CA", &root, "-CAkey", &root_key, "-CAcreateserial"];
        openssl(&[&signed[..], &["-days", "20", "-extfile", &extensions, "-out", &issuer]].concat(), b"");
        authority
    }

    /// The certificate it gives for a request, as PEM.
    pub(crate) fn sign(&self, request: &str) -> Vec<u8> {
        let [issuer, key] = ["issuer.pem", "issuer.key"].map(|name| self.path(name));
        let extensions = self.file("leaf.ext", b"extendedKeyUsage=clientAuth\n");
        let words = ["x509", "-req", "-CA", &issuer, "-CAkey", &key, "-CAcreateserial", "-days", "10"];
        openssl(&[&words[..], &["-extfile", &extensions]].concat(), request.as_bytes())
    }

    /// The certificate of its issuer, as PEM.
    pub(crate) fn issuer(&self) -> Vec<u8> {
        std::fs::read(self.path("issuer.pem")).unwrap()
    }

    /// The certificate of its root, as PEM.
    pub(crate) fn root(&self) -> Vec<u8> {
        std::fs::read(self.path("root.pem")).unwrap()
    }

    /// A signed certificate, its issuer and the root in a PKCS#7 file, in no good order.
    pub(crate) fn p7b(&self, leaf: &[u8], form: &str) -> Vec<u8> {
        let together = self.file("chain.pem", &[&self.root()[..], leaf, &self.issuer()].concat());
        openssl(&["crl2pkcs7", "-nocrl", "-certfile", &together, "-outform", form], b"")
    }

    /// A file with this content; its path.
    pub(crate) fn file(&self, name: &str, content: &[u8]) -> String {
        std::fs::write(self.folder.path().join(name), content).unwrap();
        self.path(name)
    }

    /// The path of a file that may not be there yet.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }
}
