use super::Workbench;
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::DraftName;

impl Workbench {
    /// Lists the open request tabs.
    pub async fn draft_list(&self, (): ()) -> Result<Vec<Draft>> {
        Ok(self.inner.drafts.list()?)
    }

    /// Keeps an open request tab as it is now.
    pub async fn draft_keep(&self, draft: Draft) -> Result<()> {
        Ok(self.inner.drafts.keep(draft)?)
    }

    /// Forgets a closed request tab.
    pub async fn draft_remove(&self, name: DraftName) -> Result<()> {
        Ok(self.inner.drafts.remove(name.draft)?)
    }
}
