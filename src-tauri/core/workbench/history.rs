use std::io::BufWriter;
use std::path::Path;

use tokio::task::spawn_blocking;

use super::{Workbench, lock};
use crate::database::DatabaseError;
use crate::error::{Code, Error, Result};
use crate::history::{
    Caretaker, ExchangeKept, HistoryChange, HistoryCount, HistoryEntry, HistoryExport, HistoryFacets,
    HistoryPage, HistoryQuery, HistoryRemove, HistoryStore, HistoryUsage, Kept, har::Archive, request_text,
};
use crate::http::mask::lacks_secret;
use crate::http::{Body, Exchange, ExchangeId, SpooledBody};
use crate::operation::{Door, ExchangeName, RequestSend, SendContext};
use crate::redact::Segment;

/// The history of a workbench that keeps one, and who looks after it.
pub(super) struct KeptHistory {
    pub(super) store: HistoryStore,
    pub(super) caretaker: Caretaker,
}

impl Workbench {
    /// Searches the history.
    pub async fn history_search(&self, query: HistoryQuery) -> Result<HistoryPage> {
        let empty = HistoryPage { entries: Vec::new(), count: 0, total: 0, took_ms: 0.0, terms: Vec::new() };
        self.in_history(empty, move |store| store.search(&query)).await
    }

    /// Counts what fits a query by tenant, answer and door.
    pub async fn history_facets(&self, query: HistoryQuery) -> Result<HistoryFacets> {
        let empty =
            HistoryFacets { tenants: Vec::<HistoryCount>::new(), answers: Vec::new(), doors: Vec::new() };
        self.in_history(empty, move |store| store.facets(&query)).await
    }

    /// Shows an exchange as it was kept.
    pub async fn history_read(&self, query: ExchangeName) -> Result<ExchangeKept> {
        let limits = self.inner.settings.read()?.history;
        let kept = self.in_history(None, move |store| store.read(query.exchange)).await?;
        let kept = kept.ok_or_else(not_kept)?;
        let kept_until = (!kept.entry.pinned).then(|| limits.kept_until(kept.entry.started_at)).flatten();
        let (request_body, request_cut) = shown(kept.exchange.body_sent());
        Ok(ExchangeKept {
            request_body,
            request_cut,
            lacks_secret: lacks_secret(&kept.exchange.request),
            has_body: kept.body.is_some(),
            entry: kept.entry,
            exchange: kept.exchange,
            context: kept.context,
            kept_until,
        })
    }

    /// Pins an exchange or notes something.
    pub async fn history_change(&self, change: HistoryChange) -> Result<HistoryEntry> {
        let changed =
            move |store: &HistoryStore| store.change(change.exchange, change.pinned, change.note.as_deref());
        let entry = self.in_history(None, changed).await?;
        self.wake_caretaker();
        entry.ok_or_else(not_kept)
    }

    /// Forgets exchanges; answers how many.
    pub async fn history_remove(&self, what: HistoryRemove) -> Result<u32> {
        {
            let mut exchanges = lock(&self.inner.exchanges);
            if let HistoryRemove::Some { exchanges: ids } = &what {
                for id in ids {
                    exchanges.forget(*id);
                }
            }
        }
        // A window lives on and tidies up behind the user's back; the program of a terminal ends.
        let is_last_chance = self.inner.door == Door::Terminal;
        let removed = self
            .in_history(0, move |store| {
                let removed = match what {
                    HistoryRemove::Some { exchanges } => store.remove(&exchanges),
                    HistoryRemove::Found { text } => store.remove_found(&text),
                    HistoryRemove::All => store.remove_all(),
                }?;
                if is_last_chance {
                    store.scrub()?;
                }
                Ok(removed)
            })
            .await?;
        self.wake_caretaker();
        Ok(removed)
    }

    /// Writes exchanges as HAR without secrets.
    pub async fn history_export(&self, export: HistoryExport) -> Result<()> {
        let Some(store) = self.inner.history.as_ref().map(|history| history.store.clone()) else {
            return Err(not_kept());
        };
        let exchanges = export.exchanges;
        let archive = spawn_blocking(move || archive(&store, &exchanges)).await.map_err(unwritten)??;
        archive.copy_to(export.path.clone()).await.map_err(|error| {
            let named = format!("{}: {error}", export.path.display());
            unwritten(std::io::Error::new(error.kind(), named))
        })?;
        Ok(())
    }

    /// Says how much the history takes.
    pub async fn history_usage(&self, (): ()) -> Result<HistoryUsage> {
        let empty = HistoryUsage { count: 0, bytes: 0, oldest: None };
        self.in_history(empty, HistoryStore::usage).await
    }

    /// A kept request ready to be sent again, as it was written, to the same tenant, in the same place of its collection.
    pub async fn history_again(&self, name: ExchangeName) -> Result<RequestSend> {
        let kept = self.in_history(None, move |store| store.read(name.exchange)).await?;
        let Kept { exchange, context, .. } = kept.ok_or_else(not_kept)?;
        if lacks_secret(&exchange.request) {
            return Err(Error::new(
                Code::InvalidInput,
                "A secret was typed into this request, which the history does not keep. Nothing was sent",
            )
            .hint("Send it anew, or keep such values in secret variables or keys, which are there again"));
        }
        let context = match context {
            Some(context) => {
                let collections = &self.inner.collections;
                collections.read_alone(context.collection);
                let folder = collections.folder_of_request(context.collection)?;
                // A request whose file is gone is sent as it was, with what stands around it.
                let read = folder.read_request(&context.path);
                let variables = read.map(|read| read.item.details.variables).unwrap_or_default();
                Some(SendContext { variables, ..context })
            }
            None => None,
        };
        let Exchange { tenant, request, .. } = exchange;
        // What went out once was its user's to send.
        let scene = self.scene(tenant.as_deref(), context.as_ref(), request.clone())?;
        let files = scene.strange_files()?;
        Ok(RequestSend { files, id: ExchangeId::new_v4(), tenant, request, confirmed: false, context })
    }

    /// What the user should be told once: that the data file was damaged, and what was saved of it.
    pub fn remarks(&self) -> Vec<Error> {
        std::mem::take(&mut *lock(&self.inner.remarks))
    }

    /// What the user is to be told once about their data.
    pub async fn remark_list(&self, (): ()) -> Result<Vec<Error>> {
        Ok(self.remarks())
    }

    /// The exchanges whose names begin so, newest first: what a person types of one.
    pub async fn history_find(&self, beginning: String) -> Result<Vec<ExchangeId>> {
        self.in_history(Vec::new(), move |store| store.find(&beginning)).await
    }

    /// An exchange and its body out of the history.
    pub(super) fn kept_body(&self, id: ExchangeId) -> Result<(Exchange, SpooledBody)> {
        let store = self.inner.history.as_ref().map(|history| &history.store);
        let kept = store.map(|store| store.read(id)).transpose()?.flatten().ok_or_else(not_kept)?;
        let body = kept.body.ok_or_else(|| {
            Error::new(Code::NotFound, "The body of this answer is not kept any more; its record is")
                .hint("Send the request again, or allow the history more space in the settings")
        })?;
        Ok((kept.exchange, body))
    }

    /// Runs `work` where it may block; a workbench that keeps nothing answers with `empty`.
    async fn in_history<T: Send + 'static>(
        &self,
        empty: T,
        work: impl FnOnce(&HistoryStore) -> std::result::Result<T, DatabaseError> + Send + 'static,
    ) -> Result<T> {
        let Some(store) = self.inner.history.as_ref().map(|history| history.store.clone()) else {
            return Ok(empty);
        };
        let done = spawn_blocking(move || work(&store)).await.map_err(|error| {
            Error::new(Code::StorageFailed, "The history did not answer").detail(error.to_string())
        })?;
        Ok(done?)
    }

    fn wake_caretaker(&self) {
        if let Some(history) = &self.inner.history {
            history.caretaker.wake();
        }
    }
}

impl KeptHistory {
    pub(super) fn open(
        database: &crate::database::Database,
        bodies: &Path,
        settings: &crate::settings::SettingsStore,
    ) -> Result<Self> {
        let store = HistoryStore::new(database.clone(), bodies.to_owned())?;
        Ok(Self { caretaker: Caretaker::start(store.clone(), settings.clone()), store })
    }
}

fn not_kept() -> Error {
    Error::new(Code::NotFound, "This exchange is not in the history any more")
        .hint("Send the request again; how long exchanges are kept is in the settings")
}

/// The archive of these exchanges, in a file that goes with it.
fn archive(store: &HistoryStore, exchanges: &[ExchangeId]) -> Result<SpooledBody> {
    std::fs::create_dir_all(store.bodies()).map_err(unwritten)?;
    let file = tempfile::tempfile_in(store.bodies()).map_err(unwritten)?;
    let mut archive = Archive::begin(BufWriter::new(file)).map_err(unwritten)?;
    for id in exchanges {
        let kept = store.read(*id)?.ok_or_else(not_kept)?;
        archive.add(&kept.exchange, &kept.body.unwrap_or_default()).map_err(unwritten)?;
    }
    let file =
        archive.end().map_err(unwritten)?.into_inner().map_err(|error| unwritten(error.into_error()))?;
    SpooledBody::of_file(file).map_err(unwritten)
}

fn unwritten(error: impl Into<std::io::Error>) -> Error {
    Error::new(Code::InvalidInput, "The archive cannot be written")
        .hint("Name a file in a folder you may write to")
        .detail(error.into().to_string())
}

/// The beginning of a request's body as text, and whether that is all of it.
fn shown(body: &Body) -> (Option<Vec<Segment>>, bool) {
    let text = request_text(body);
    let is_cut = body.text().is_some_and(|whole| whole.len() > text.len());
    (Some(text).filter(|text| !text.is_empty()).map(|text| vec![Segment::text(text)]), is_cut)
}
