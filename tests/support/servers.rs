//! Real servers on free ports, ended with their test.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Certificates made by OpenSSL, each with its key and what a server sends.
pub struct Certificates {
    folder: TempDir,
}

impl Certificates {
    /// A root, an intermediate, and servers that are good, expired, for another name, self-signed, alone and disordered.
    pub fn new() -> Self {
        let certificates = Self { folder: tempfile::tempdir().expect("a temporary folder can be made") };
        let authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n";
        certificates.write("ca.ext", authority);
        for (file, name) in [("leaf.ext", "localhost"), ("other.ext", "other.example.invalid")] {
            certificates.write(file, &format!("subjectAltName=DNS:{name}\nextendedKeyUsage=serverAuth\n"));
        }
        certificates.self_signed("root", "Inspect Root", &[]);
        certificates.self_signed(
            "self-signed",
            "localhost",
            &["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"],
        );
        certificates.issue("intermediate", "Inspect Intermediate", "root", "ca.ext", "3000");
        certificates.issue("good", "localhost", "intermediate", "leaf.ext", "300");
        certificates.issue("other", "other", "intermediate", "other.ext", "300");
        // It ends a day before it begins, which is the only past this tool can make.
        certificates.issue("expired", "localhost", "intermediate", "leaf.ext", "-1");
        certificates.compose();
        certificates
    }

    /// The path of a file as text.
    pub fn file(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("temporary paths are text").to_owned()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("it can be written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).expect("it can be read")
    }

    /// What the servers send: the leaf first, then the rest.
    fn compose(&self) {
        let (root, intermediate) = (self.read("root.pem"), self.read("intermediate.pem"));
        for name in ["good", "other", "expired"] {
            self.write(&format!("{name}.rest.pem"), &intermediate);
        }
        for (name, rest) in [("leaf-alone", String::new()), ("disordered", root + &intermediate)] {
            self.write(&format!("{name}.pem"), &self.read("good.pem"));
            self.write(&format!("{name}.key"), &self.read("good.key"));
            self.write(&format!("{name}.rest.pem"), &rest);
        }
        self.write("self-signed.rest.pem", "");
        for name in ["good", "other", "expired", "leaf-alone", "disordered", "self-signed"] {
            let sent = self.read(&format!("{name}.pem")) + &self.read(&format!("{name}.rest.pem"));
            self.write(&format!("{name}.sent.pem"), &sent);
        }
    }

    fn self_signed(&self, file: &str, name: &str, more: &[&str]) {
        let (key, out, subject) = (format!("{file}.key"), format!("{file}.pem"), format!("/CN={name}"));
        let words = [
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "3000",
        ];
        self.openssl(&[&words[..], &["-subj", &subject, "-keyout", &key, "-out", &out], more].concat());
    }

    fn issue(&self, file: &str, name: &str, issuer: &str, extensions: &str, days: &str) {
        let (key, request, out) = (format!("{file}.key"), format!("{file}.csr"), format!("{file}.pem"));
        let (authority, authority_key) = (format!("{issuer}.pem"), format!("{issuer}.key"));
        let subject = format!("/CN={name}");
        let words =
            ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", &subject];
        self.openssl(&[&words[..], &["-keyout", &key, "-out", &request]].concat());
        let words =
            ["x509", "-req", "-in", &request, "-CA", &authority, "-CAkey", &authority_key, "-CAcreateserial"];
        self.openssl(&[&words[..], &["-days", days, "-extfile", extensions, "-out", &out]].concat());
    }

    fn openssl(&self, words: &[&str]) {
        let output = Command::new("openssl")
            .args(words)
            .current_dir(self.folder.path())
            .output()
            .expect("openssl is installed by ./dev setup");
        assert!(output.status.success(), "openssl {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// `openssl s_server`; it takes one connection at a time and leaves HEAD without an answer.
pub struct OpenSsl {
    pub port: u16,
    child: Child,
}

impl OpenSsl {
    /// Serves these certificates with more options.
    pub fn start(certificates: &Certificates, name: &str, options: &[&str]) -> Self {
        let [certificate, key, rest] =
            ["pem", "key", "rest.pem"].map(|ending| certificates.file(&format!("{name}.{ending}")));
        let mut command = Command::new("openssl");
        command
            .args(["s_server", "-accept", "127.0.0.1:0", "-cert", &certificate, "-key", &key])
            .args(options);
        if std::fs::metadata(&rest).is_ok_and(|facts| facts.len() > 0) {
            command.args(["-cert_chain", &rest]);
        }
        // Its standard input stays open: at its end it would stop serving.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("openssl is installed by ./dev setup");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut port = None;
        let mut line = String::new();
        while port.is_none() && lines.read_line(&mut line).is_ok_and(|read| read > 0) {
            port = line.strip_prefix("ACCEPT ").and_then(|rest| rest.trim().rsplit(':').next()?.parse().ok());
            line.clear();
        }
        // What it goes on saying must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let Some(port) = port else {
            let _ = child.kill();
            panic!("openssl s_server {options:?} does not listen");
        };
        Self { port, child }
    }
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// nginx with one server.
pub struct Nginx {
    pub port: u16,
    child: Child,
    _folder: TempDir,
}

impl Nginx {
    /// Serves these certificates with more directives.
    pub fn start(certificates: &Certificates, name: &str, directives: &str) -> Self {
        let [sent, key] = ["sent.pem", "key"].map(|ending| certificates.file(&format!("{name}.{ending}")));
        Self::run(" ssl", &format!("ssl_certificate {sent}; ssl_certificate_key {key}; {directives}"))
    }

    /// Serves without TLS.
    pub fn plain(_: &Certificates) -> Self {
        Self::run("", "")
    }

    fn run(listen: &str, directives: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let at = folder.path().display();
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
        let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {at}/{name};\n"))
            .concat();
        let text = format!(
            "daemon off; pid {at}/nginx.pid; error_log {at}/error.log;\nevents {{}}\nhttp {{ access_log off;\n{paths}\
             server {{ listen 127.0.0.1:{port}{listen}; root {at}/none; {directives} }} }}\n"
        );
        let file = folder.path().join("nginx.conf");
        std::fs::write(&file, text).expect("it can be written");
        let mut command = Command::new("nginx");
        command.arg("-p").arg(folder.path()).arg("-c").arg(&file).stdin(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("nginx is installed by ./dev setup");
        let nginx = Self { port, child, _folder: folder };
        nginx.wait();
        nginx
    }

    fn wait(&self) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < deadline, "nginx does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It ends its workers itself when it is asked to end.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// A proxy that connects one name to a port of this computer, or refuses.
pub struct ConnectProxy {
    pub address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl ConnectProxy {
    /// Listens until the test's process ends.
    pub fn start(name: &'static str, port: u16, refusal: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let proxy = Self { address: listener.local_addr().expect("an address"), heads: Arc::default() };
        let heads = Arc::clone(&proxy.heads);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let heads = Arc::clone(&heads);
                std::thread::spawn(move || pass(stream, name, port, refusal, &heads));
            }
        });
        proxy
    }

    /// What it was asked, one head for each connection.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no panic").clone()
    }
}

fn pass(mut stream: TcpStream, name: &str, port: u16, refusal: Option<&str>, heads: &Mutex<Vec<String>>) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read > 0) {
        head.extend_from_slice(&byte);
    }
    // Whoever only looks whether the proxy listens says nothing.
    let head = String::from_utf8_lossy(&head).into_owned();
    if head.is_empty() {
        return;
    }
    heads.lock().expect("no panic").push(head.clone());
    let known = head.starts_with(&format!("CONNECT {name}:"));
    let onward = TcpStream::connect(("127.0.0.1", port)).ok().filter(|_| known && refusal.is_none());
    let Some(mut onward) = onward else {
        let refusal = refusal.unwrap_or("502 Bad Gateway");
        let _ = stream.write_all(format!("HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n").as_bytes());
        return;
    };
    let _ = stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
    let (mut back, mut from) = (stream.try_clone().expect("a socket"), onward.try_clone().expect("a socket"));
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut back);
        let _ = back.shutdown(std::net::Shutdown::Both);
    });
    let _ = std::io::copy(&mut stream, &mut onward);
    let _ = onward.shutdown(std::net::Shutdown::Both);
}
