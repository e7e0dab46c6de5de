use std::path::{Path, PathBuf};

use serde::Deserialize as _;
use serde_json::Value;
use sluice_core::draft::Draft;
use sluice_core::error::Result;
use sluice_core::operation::{Door, ImportName, dispatch};
use sluice_core::settings::Settings;
use sluice_core::workbench::Workbench;
use tauri::State;

use crate::chosen::named_in;
use crate::desk::Desk;

/// Calls an operation of the workbench that is declared for the window.
#[tauri::command]
pub async fn call(desk: State<'_, Desk>, name: String, input: Value) -> Result<Value> {
    let workbench = desk.workbench()?;
    desk.chosen.check(files(workbench, &name, &input).iter().map(PathBuf::as_path))?;
    if let Some(import) = discarded(&name, &input) {
        desk.pasted.discard(import.import);
    }
    dispatch(workbench, Door::Window, &name, input).await
}

/// The files an input wants kept; one that does not fit its operation names none, the dispatcher refuses it.
fn files(workbench: &Workbench, name: &str, input: &Value) -> Vec<PathBuf> {
    let in_draft = |draft: Draft| -> Vec<PathBuf> {
        let strange = |path: &Path| match &draft.file {
            Some(file) => workbench.strange_file(file.collection, path),
            None => Some(path.to_owned()),
        };
        named_in(&draft.request.body).into_iter().filter_map(strange).collect()
    };
    let files = match name {
        "draft_keep" => Draft::deserialize(input).map(in_draft),
        "settings_change" => Settings::deserialize(input).map(|settings| settings.authorities),
        _ => return Vec::new(),
    };
    files.unwrap_or_default()
}

fn discarded(name: &str, input: &Value) -> Option<ImportName> {
    (name == "key_discard").then(|| ImportName::deserialize(input).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use serde_json::json;
    use sluice_core::operation::CollectionCreate;
    use sluice_core::workbench::{Options, Storage};

    use super::*;

    fn workbench() -> Workbench {
        let options = Options {
            door: Door::Window,
            storage: Storage::Memory,
            keyring_patience: Duration::from_secs(1),
            authorities: Vec::new(),
            process: BTreeMap::new(),
        };
        Workbench::open(options).unwrap()
    }

    #[tokio::test]
    async fn the_files_of_its_own_collection_may_stand_in_a_draft() {
        let workbench = workbench();
        let place = tempfile::tempdir().unwrap();
        let create = CollectionCreate { folder: place.path().to_owned(), name: "Orders".to_owned() };
        let tree = workbench.collection_create(create).await.unwrap();
        let draft = |path: &str| {
            let file = json!({ "collection": tree.id, "path": "a.yml", "version": "", "changed": true });
            let body = json!({ "kind": "file", "path": path });
            let request = json!({ "method": "POST", "url": "/http/orders", "body": body });
            json!({ "id": tree.id, "position": 1.0, "request": request, "file": file })
        };
        for own in ["payloads/a.bin", "./a.bin", "{{payload}}", ""] {
            assert!(files(&workbench, "draft_keep", &draft(own)).is_empty(), "{own}");
        }
        for strange in ["../a.bin", "/etc/passwd", ".git/config"] {
            assert_eq!(files(&workbench, "draft_keep", &draft(strange)).len(), 1, "{strange}");
        }
    }

    #[test]
    fn the_files_of_what_is_kept_are_found() {
        let workbench = workbench();
        let body = json!({ "kind": "file", "path": "/body" });
        let request = json!({ "method": "POST", "url": "/http/orders", "body": body });
        let draft =
            json!({ "id": "00000000-0000-0000-0000-000000000001", "position": 1.0, "request": request });
        assert_eq!(files(&workbench, "draft_keep", &draft), [PathBuf::from("/body")]);
        let settings = json!({ "authorities": ["/one.pem", "/two.pem"] });
        assert_eq!(
            files(&workbench, "settings_change", &settings),
            ["/one.pem", "/two.pem"].map(PathBuf::from)
        );
        assert!(files(&workbench, "tenant_list", &settings).is_empty());
    }
}
