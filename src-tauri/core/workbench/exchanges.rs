use std::collections::{HashMap, VecDeque};
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::{Workbench, lock};
use crate::body::{Source, SourceReader};
use crate::error::{Code, Error, Result};
use crate::http::{
    Arriving, Exchange, ExchangeId, Header, Sending, SpooledBody, file_name, reveal, write_file,
};
use crate::operation::{BodySave, CallName, ExchangeName};

/// Older answers of this run give way; the history keeps them.
const MOST: usize = 200;
/// What a machine reads as text within the record of an exchange.
const LARGEST_TEXT: u64 = 8 * 1024 * 1024;
const CHUNK: usize = 64 * 1024;

/// The exchanges of this run, and those under way.
#[derive(Default)]
pub(super) struct Exchanges {
    under_way: HashMap<ExchangeId, CancellationToken>,
    arriving: HashMap<ExchangeId, Arriving>,
    kept: VecDeque<Sending>,
}

impl Exchanges {
    pub(super) fn begin(&mut self, id: ExchangeId, cancel: CancellationToken) {
        self.under_way.insert(id, cancel);
    }

    pub(super) fn end(&mut self, id: ExchangeId) {
        self.under_way.remove(&id);
        self.arriving.remove(&id);
    }

    /// The body of the user's answer can be read from now on.
    pub(super) fn arrive(&mut self, id: ExchangeId, arriving: Arriving) {
        self.arriving.insert(id, arriving);
    }

    /// The user's answer while its body arrives.
    pub(super) fn arriving(&self, id: ExchangeId) -> Option<Arriving> {
        self.arriving.get(&id).cloned()
    }

    pub(super) fn cancel(&self, id: ExchangeId) {
        if let Some(token) = self.under_way.get(&id) {
            token.cancel();
        }
    }

    pub(super) fn keep(&mut self, sending: Sending) {
        self.forget(sending.exchange.id);
        if self.kept.len() == MOST {
            self.kept.pop_front();
        }
        self.kept.push_back(sending);
    }

    /// Drops the clear values behind masked headers: the key they belong to is gone.
    pub(super) fn forget_clear_values(&mut self) {
        self.kept.iter_mut().for_each(|sending| sending.revealed.clear());
    }

    pub(super) fn forget(&mut self, id: ExchangeId) {
        self.kept.retain(|sending| sending.exchange.id != id);
    }

    fn find(&self, id: ExchangeId) -> Result<&Sending> {
        self.kept.iter().rev().find(|sending| sending.exchange.id == id).ok_or_else(|| {
            Error::new(Code::NotFound, "This answer is not kept any more").hint("Send the request again")
        })
    }
}

impl Workbench {
    /// Saves the body of an answer to a file.
    pub async fn exchange_save_body(&self, save: BodySave) -> Result<()> {
        let BodySave { body: name, path } = save;
        let written = if name.part.is_empty() {
            self.body(name.exchange)?.copy_to(path.clone()).await
        } else {
            let target = path.clone();
            self.on_body(name, move |_, body| {
                Ok(write_file(target, &mut SourceReader::new(Arc::clone(body.source()))))
            })
            .await?
        };
        written.map(|_| ()).map_err(|error| unwritten(path, &error))
    }

    /// Shows the masked header values of a call; a deliberate act of the user.
    pub async fn exchange_reveal(&self, name: CallName) -> Result<Vec<Header>> {
        let exchanges = lock(&self.inner.exchanges);
        let sending = exchanges.find(name.exchange).map_err(|_| unrevealed())?;
        let call =
            sending.exchange.calls.get(name.call as usize).zip(sending.revealed.get(name.call as usize));
        let (call, revealed) = call.ok_or_else(|| Error::new(Code::NotFound, "There is no such call"))?;
        Ok(reveal(&call.sent.headers, revealed))
    }

    /// Forgets the answer of a closed tab and removes its body.
    pub async fn exchange_forget(&self, name: ExchangeName) -> Result<()> {
        lock(&self.inner.exchanges).forget(name.exchange);
        lock(&self.inner.open_bodies).forget(name.exchange);
        lock(&self.inner.looks).forget(name.exchange);
        Ok(())
    }

    /// The body of an answer if it is text and not too long.
    pub fn exchange_text(&self, exchange: ExchangeId) -> Result<Option<String>> {
        let body = self.body(exchange)?;
        if body.size() > LARGEST_TEXT {
            return Ok(None);
        }
        let mut text = String::new();
        let read = body.open().read_to_string(&mut text);
        Ok(read.is_ok().then_some(text))
    }

    /// The answer while its body arrives; absent before its head is there and after the sending ended.
    pub fn exchange_arriving(&self, exchange: ExchangeId) -> Option<Arriving> {
        lock(&self.inner.exchanges).arriving(exchange)
    }

    /// The body of an answer that arrived, for reading anywhere.
    pub fn exchange_source(&self, exchange: ExchangeId) -> Result<Arc<dyn Source>> {
        Ok(self.body(exchange)?.source())
    }

    /// Passes the body of an answer on, piece by piece.
    pub fn exchange_stream(&self, exchange: ExchangeId, take: &mut dyn FnMut(&[u8])) -> Result<()> {
        let mut reader = self.body(exchange)?.open();
        let mut chunk = vec![0; CHUNK];
        loop {
            match reader.read(&mut chunk).map_err(|error| unreadable(&error))? {
                0 => return Ok(()),
                length => take(&chunk[..length]),
            }
        }
    }

    /// A name for the file an answer is saved to, from its URL and type.
    pub fn exchange_file_name(&self, exchange: ExchangeId) -> Result<String> {
        Ok(file_name(&self.exchange(exchange)?.0))
    }

    /// The body of an answer, with its media type; it may still be arriving.
    pub(super) fn arrived(&self, exchange: ExchangeId) -> Result<(Arc<dyn Source>, Option<String>)> {
        if let Some(Arriving { source, received }) = self.exchange_arriving(exchange) {
            return Ok((source, received.content_type));
        }
        let (exchange, body) = self.exchange(exchange)?;
        let content_type = exchange.answer().and_then(|answer| answer.content_type.clone());
        Ok((body.source(), content_type))
    }

    fn body(&self, exchange: ExchangeId) -> Result<SpooledBody> {
        Ok(self.exchange(exchange)?.1)
    }

    /// An exchange of this run with its body, else one of the history.
    pub(super) fn exchange(&self, id: ExchangeId) -> Result<(Exchange, SpooledBody)> {
        let of_run = lock(&self.inner.exchanges)
            .find(id)
            .map(|sending| (sending.exchange.clone(), sending.body.clone()));
        of_run.or_else(|_| self.kept_body(id))
    }
}

fn unrevealed() -> Error {
    Error::new(
        Code::NotFound,
        "The history keeps no secrets, so the masked values of this exchange cannot be shown",
    )
    .hint("Send the request again: the values of what was sent in this run can be shown")
}

pub(super) fn unreadable(error: &dyn std::fmt::Display) -> Error {
    Error::new(Code::StorageFailed, "The body cannot be read back from the disk")
        .hint("Send the request again")
        .detail(error.to_string())
}

fn unwritten(path: PathBuf, error: &std::io::Error) -> Error {
    let path = path.display();
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Error::new(Code::DiskFull, format!("The disk is full, {path} was not written"))
            .hint("Free some space, or choose another disk");
    }
    Error::new(Code::InvalidInput, format!("{path} cannot be written"))
        .hint("Choose a folder you may write to")
        .detail(error.to_string())
}
