use std::path::{Path, PathBuf};

use serde::Deserialize as _;
use serde_json::Value;
use sluice_core::draft::Draft;
use sluice_core::error::Result;
use sluice_core::operation::{Door, ImportName, dispatch};
use sluice_core::settings::Settings;
use tauri::State;

use crate::chosen::named_in;
use crate::desk::Desk;

/// Calls an operation of the workbench that is declared for the window.
#[tauri::command]
pub async fn call(desk: State<'_, Desk>, name: String, input: Value) -> Result<Value> {
    desk.chosen.check(files(&name, &input).iter().map(PathBuf::as_path))?;
    if let Some(import) = discarded(&name, &input) {
        desk.pasted.discard(import.import);
    }
    dispatch(desk.workbench()?, Door::Window, &name, input).await
}

/// The files an input wants kept; one that does not fit its operation names none, the dispatcher refuses it.
fn files(name: &str, input: &Value) -> Vec<PathBuf> {
    let in_draft = |draft: Draft| named_in(&draft.request.body).into_iter().map(Path::to_owned).collect();
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
    use serde_json::json;

    use super::*;

    #[test]
    fn the_files_of_what_is_kept_are_found() {
        let body = json!({ "kind": "file", "path": "/body" });
        let request = json!({ "method": "POST", "url": "/http/orders", "body": body });
        let draft =
            json!({ "id": "00000000-0000-0000-0000-000000000001", "position": 1.0, "request": request });
        assert_eq!(files("draft_keep", &draft), [PathBuf::from("/body")]);
        let settings = json!({ "authorities": ["/one.pem", "/two.pem"] });
        assert_eq!(files("settings_change", &settings), ["/one.pem", "/two.pem"].map(PathBuf::from));
        assert!(files("tenant_list", &settings).is_empty());
    }
}
