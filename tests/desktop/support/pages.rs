use std::path::Path;
use std::process::Command;

use sluice_sandbox::KeyName;

use super::{Clipboard, Place, Tenant, Window, css, id, label, tab};

impl Window {
    /// Copies a text in another program and pastes it on the first page.
    pub async fn paste(&self, text: &str) -> Clipboard {
        let clipboard = Clipboard::holding(text).await;
        self.click(&id("first-run-paste")).await;
        clipboard
    }

    /// Adds this key as a new tenant of a stage, and opens a request to it.
    pub async fn add_tenant(&self, tenant: &Tenant, name: &str, stage: &str) {
        let clipboard = self.paste(&tenant.key(KeyName::Secret)).await;
        self.shows(&id("import-test"), "Token works").await;
        drop(clipboard);
        self.save_key(name, stage).await;
        self.click(&id("tenant-call-flow")).await;
        self.find(&id("url")).await;
    }

    /// Saves the key in the open dialog.
    pub async fn save_key(&self, name: &str, stage: &str) {
        self.fill(&id("import-name"), name).await;
        self.click(&id(&format!("import-stage-{stage}"))).await;
        self.click(&id("import-save")).await;
        self.find(&id("tenant-page")).await;
    }

    /// Writes method and address of the open request.
    pub async fn address(&self, method: &str, url: &str) {
        self.fill(&id("method"), method).await;
        self.fill(&id("url"), url).await;
    }

    /// Writes a JSON body into the editor of the open request.
    pub async fn json_body(&self, text: &str) {
        self.click(&tab("Body")).await;
        self.click(&id("body-kind")).await;
        self.click(&option("JSON")).await;
        let editor = css("[data-testid='request-body'] .cm-content");
        self.click(&editor).await;
        self.press(&editor, text).await;
        self.shows(&editor, text).await;
    }

    /// Writes the first row of a table of names and values.
    pub async fn field(&self, section: &str, noun: &str, name: &str, value: &str) {
        self.click(&tab(section)).await;
        self.fill(&label(&format!("{noun} 1 name")), name).await;
        self.fill(&label(&format!("{noun} 1 value")), value).await;
    }

    /// Answers the system's dialog of this title the way hands would: types the path, presses Enter.
    pub async fn choose(&self, opener: &Place, title: &str, path: &Path) {
        self.click(opener).await;
        let script = include_str!("choose_file.sh");
        let (title, path) = (title.to_owned(), path.to_str().expect("temporary paths are text").to_owned());
        let hands =
            move || Command::new("timeout").args(["30", "sh", "-c", script, "sh", &title, &path]).status();
        let status = tokio::task::spawn_blocking(hands).await.expect("it ends").expect("xdotool starts");
        assert!(status.success(), "the dialog took the path");
    }

    /// Imports a file of another tool as a collection in this folder.
    pub async fn import(&self, file: &Path, folder: &Path) {
        self.click(&id("collection-new")).await;
        self.click(&item("Import")).await;
        self.choose(&button("Choose file"), "^Choose the files to import", file).await;
        self.find(&id("import-report")).await;
        self.choose(&button("Import"), "^Choose the folder", folder).await;
    }

    /// Opens a folder of the tree.
    pub async fn open_row(&self, name: &str) {
        let folded = format!("//*[@role='treeitem'][@aria-expanded][contains(normalize-space(), '{name}')]");
        let place = Place::XPath(folded.clone());
        self.find(&place).await;
        if self.is_there(&Place::XPath(folded.replace("[@aria-expanded]", "[@aria-expanded='false']"))).await
        {
            self.click(&place).await;
        }
    }

    /// Chooses an action of a row of the tree in its menu.
    pub async fn row_action(&self, name: &str, words: &str) {
        self.right_click(&row(name)).await;
        self.click(&item(words)).await;
    }

    /// Waits until a file holds these words.
    pub async fn until_file(&self, file: &Path, words: &str) {
        let holds = async || std::fs::read_to_string(file).is_ok_and(|text| text.contains(words));
        self.until(&format!("{} says {words}", file.display()), holds).await;
    }

    /// Opens a request of the tree and waits for its tab.
    pub async fn open_request(&self, name: &str) {
        self.click(&row(name)).await;
        self.shows(&css("[role='tab'][aria-selected='true']"), name).await;
    }

    /// Sends the open request and waits for an answer with this status.
    pub async fn send(&self, status: &str) {
        self.click(&id("send")).await;
        self.shows(&id("status"), status).await;
    }
}

/// The entry of an open menu.
pub fn item(words: &str) -> Place {
    Place::XPath(format!("//*[@role='menuitem'][starts-with(normalize-space(), '{words}')]"))
}

/// A choice of which only one can be made.
pub fn radio(words: &str) -> Place {
    Place::XPath(format!("//button[@role='radio'][normalize-space()='{words}']"))
}

/// The entry of an open list.
pub fn option(words: &str) -> Place {
    Place::XPath(format!("//*[@role='option'][normalize-space()='{words}']"))
}

/// A row of the tree.
pub fn row(name: &str) -> Place {
    Place::XPath(format!("//*[@role='treeitem'][contains(normalize-space(), '{name}')]"))
}

/// A button whose words begin like this.
fn button(words: &str) -> Place {
    Place::XPath(format!("//div[@role='dialog']//button[starts-with(normalize-space(), '{words}')]"))
}
