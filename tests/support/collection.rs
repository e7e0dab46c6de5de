use std::path::{Path, PathBuf};

use super::Terminal;

/// A small collection of a user: one folder with two requests, one environment.
pub struct Collection {
    pub folder: PathBuf,
}

const ROOT: &str = "\
opencollection: 1.0.0

info:
  name: Order to Cash

request:
  headers:
    - name: X-Collection
      value: all
  variables:
    - name: customer
      value: from the collection
  auth:
    type: oauth2
    flow: client_credentials
    accessTokenUrl: \"{{tokenUrl}}\"
    credentials:
      clientId: \"{{clientId}}\"
      clientSecret: \"{{clientSecret}}\"
      placement: basic_auth_header
    tokenConfig:
      id: \"{{tenant}}\"
      placement:
        header: Bearer
      source: access_token
    settings:
      autoFetchToken: true
      autoRefreshToken: true
";

const ORDERS: &str = "\
info:
  name: Orders
  type: folder
  seq: 1

request:
  headers:
    - name: X-Folder
      value: orders
  auth: inherit
";

const CREATE: &str = "\
# written by hand, to be kept
info:
  name: Create order
  type: http
  seq: 1

http:
  method: POST
  url: \"{{runtimeUrl}}/http/echo?customer={{customer}}\"
  headers:
    - name: Content-Type
      value: application/json # of the body
    - name: X-Correlation
      value: \"{{$guid}}\"
  body:
    type: json
    data: |-
      {
        \"customer\": \"{{customer}}\"
      }
  auth: inherit
";

const STATUS: &str = "\
info:
  name: Order status
  type: http
  seq: 2

http:
  method: GET
  url: \"{{runtimeUrl}}/http/echo/:order\"
  params:
    - name: order
      value: 47 11
      type: path
  auth: inherit
";

const DEV: &str = "\
name: dev
variables:
  - name: customer
    value: from dev
";

impl Collection {
    /// Written into the user's folder under this name.
    pub fn new(terminal: &Terminal, name: &str) -> Self {
        let collection = Self { folder: terminal.path(name) };
        collection.write("opencollection.yml", ROOT);
        collection.write("Orders/folder.yml", ORDERS);
        collection.write("Orders/Create order.yml", CREATE);
        collection.write("Orders/Order status.yml", STATUS);
        collection.write("environments/dev.yml", DEV);
        collection
    }

    /// Writes a file of the collection.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.folder.join(path);
        let folder = file.parent().unwrap_or_else(|| Path::new("."));
        std::fs::create_dir_all(folder).expect("the temporary folder can be written to");
        std::fs::write(file, text).expect("the temporary folder can be written to");
    }

    /// The text of a file of the collection.
    pub fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Where a file of the collection is, as a word for the command line.
    pub fn path(&self, path: &str) -> String {
        self.folder.join(path).to_str().expect("temporary paths are text").to_owned()
    }

    /// Every file with its bytes.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.folder, &mut files);
        files.sort();
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = std::fs::read(&path).expect("it can be read");
            files.push((path, bytes));
        }
    }
}
