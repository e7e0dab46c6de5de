//! The files the user chose: the page may name these and no others.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sluice_core::error::{Code, Error, Result};
use sluice_core::http::{Body, PartContent};
use sluice_core::workbench::Workbench;

/// What the user chose, in this run or before.
#[derive(Default)]
pub struct ChosenFiles(Mutex<HashSet<PathBuf>>);

impl ChosenFiles {
    /// Those the drafts and settings name that were kept before.
    pub async fn kept(workbench: &Workbench) -> Self {
        // What cannot be read now is chosen again, should it be readable later.
        let drafts = workbench.draft_list(()).await.unwrap_or_default();
        let settings = workbench.settings_get(()).await.unwrap_or_default();
        let bodies = drafts.iter().flat_map(|draft| named_in(&draft.request.body));
        Self(Mutex::new(bodies.map(Path::to_owned).chain(settings.authorities).collect()))
    }

    /// Remembers a file the user just chose.
    pub fn add(&self, file: PathBuf) {
        self.files().insert(file);
    }

    /// Refuses a file the user did not choose; no file at all is fine.
    pub fn check<'a>(&self, named: impl IntoIterator<Item = &'a Path>) -> Result<()> {
        let files = self.files();
        let is_strange = |file: &&Path| !file.as_os_str().is_empty() && !files.contains(*file);
        let Some(strange) = named.into_iter().find(is_strange) else { return Ok(()) };
        Err(Error::new(Code::InvalidInput, format!("{} was not chosen in this window", strange.display()))
            .hint("Choose the file again with the button"))
    }

    fn files(&self) -> MutexGuard<'_, HashSet<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files a body names, those of parts that are not sent included.
pub fn named_in(body: &Body) -> Vec<&Path> {
    match body {
        Body::File { path } => vec![path],
        Body::Multipart { parts } => parts.iter().filter_map(|part| named_by(&part.content)).collect(),
        Body::None
        | Body::Json { .. }
        | Body::Xml { .. }
        | Body::Text { .. }
        | Body::Sparql { .. }
        | Body::Form { .. } => Vec::new(),
    }
}

fn named_by(content: &PartContent) -> Option<&Path> {
    match content {
        PartContent::File { path } => Some(path),
        PartContent::Text { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;
    use sluice_core::workbench::{Options, Storage};

    use super::*;

    fn check(chosen: &ChosenFiles, files: &[&str]) -> Result<()> {
        chosen.check(files.iter().map(Path::new))
    }

    #[test]
    fn only_chosen_files_pass() {
        let chosen = ChosenFiles::default();
        chosen.add(PathBuf::from("/home/you/order.json"));
        assert!(check(&chosen, &["/home/you/order.json"]).is_ok());
        for strange in ["/etc/passwd", "/home/you", "/home/you/../you/order.json", "order.json"] {
            let refused = check(&chosen, &["/home/you/order.json", strange]).unwrap_err();
            assert_eq!(refused.code, Code::InvalidInput, "{strange}");
            assert!(refused.message.contains(strange), "{strange}");
            assert!(refused.hint.is_some(), "{strange}");
        }
    }

    #[test]
    fn a_body_without_a_file_yet_passes() {
        assert!(check(&ChosenFiles::default(), &[""]).is_ok());
        assert!(check(&ChosenFiles::default(), &[]).is_ok());
    }

    #[test]
    fn every_file_of_a_body_is_found() {
        let of = |body: serde_json::Value| -> Vec<PathBuf> {
            let body: Body = serde_json::from_value(body).unwrap();
            named_in(&body).into_iter().map(Path::to_owned).collect()
        };
        let part = |content, enabled| json!({ "name": "a", "content": content, "enabled": enabled });
        let parts = [
            part(json!({ "kind": "text", "text": "/text" }), true),
            part(json!({ "kind": "file", "path": "/sent" }), true),
            part(json!({ "kind": "file", "path": "/kept" }), false),
        ];
        assert_eq!(of(json!({ "kind": "multipart", "parts": parts })), ["/sent", "/kept"].map(PathBuf::from));
        assert_eq!(of(json!({ "kind": "file", "path": "/whole" })), [PathBuf::from("/whole")]);
        assert!(of(json!({ "kind": "text", "text": "/text" })).is_empty());
    }

    #[tokio::test]
    async fn what_a_kept_draft_names_was_chosen_before() {
        let options = Options {
            door: sluice_core::operation::Door::Window,
            storage: Storage::Memory,
            keyring_patience: Duration::from_secs(1),
            authorities: Vec::new(),
            process: std::collections::BTreeMap::new(),
        };
        let workbench = Workbench::open(options).unwrap();
        let draft = json!({
            "id": "00000000-0000-0000-0000-000000000001",
            "position": 1.0,
            "request": { "method": "POST", "url": "/http/orders", "body": { "kind": "file", "path": "/kept" } },
        });
        workbench.draft_keep(serde_json::from_value(draft).unwrap()).await.unwrap();
        let chosen = ChosenFiles::kept(&workbench).await;
        assert!(check(&chosen, &["/kept"]).is_ok());
        assert!(check(&chosen, &["/other"]).is_err());
    }
}
