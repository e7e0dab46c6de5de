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

    /// Sends the open request and waits for an answer with this status.
    pub async fn send(&self, status: &str) {
        self.click(&id("send")).await;
        self.shows(&id("status"), status).await;
    }
}

/// The entry of an open list.
fn option(words: &str) -> Place {
    Place::XPath(format!("//*[@role='option'][normalize-space()='{words}']"))
}
