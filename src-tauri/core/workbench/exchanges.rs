use std::collections::{HashMap, VecDeque};
use std::io::Read as _;
use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use super::{Workbench, lock};
use crate::error::{Code, Error, Result};
use crate::http::{BodyQuery, BodyView, ExchangeId, Header, Sending, SpooledBody, file_name, render, reveal};
use crate::operation::{BodySave, CallName, ExchangeName};

/// Older answers of this run give way; the history will keep them.
const MOST: usize = 200;
/// What a machine reads as text within the record of an exchange.
const LARGEST_TEXT: u64 = 8 * 1024 * 1024;
const CHUNK: usize = 64 * 1024;

/// The exchanges of this run, and those under way.
#[derive(Default)]
pub(super) struct Exchanges {
    under_way: HashMap<ExchangeId, CancellationToken>,
    kept: VecDeque<Sending>,
}

impl Exchanges {
    pub(super) fn begin(&mut self, id: ExchangeId, cancel: CancellationToken) {
        self.under_way.insert(id, cancel);
    }

    pub(super) fn end(&mut self, id: ExchangeId) {
        self.under_way.remove(&id);
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

    fn forget(&mut self, id: ExchangeId) {
        self.kept.retain(|sending| sending.exchange.id != id);
    }

    fn find(&self, id: ExchangeId) -> Result<&Sending> {
        self.kept.iter().rev().find(|sending| sending.exchange.id == id).ok_or_else(|| {
            Error::new(Code::NotFound, "This answer is not kept any more").hint("Send the request again")
        })
    }
}

impl Workbench {
    /// Shows the body of an answer, pretty or raw.
    pub async fn exchange_body(&self, query: BodyQuery) -> Result<BodyView> {
        let (body, answer) = {
            let exchanges = lock(&self.inner.exchanges);
            let sending = exchanges.find(query.exchange)?;
            (sending.body.clone(), sending.exchange.answer().cloned())
        };
        let content_type = answer.and_then(|answer| answer.content_type);
        render(&body, content_type.as_deref(), query.form).await.map_err(|error| unreadable(&error))
    }

    /// Saves the body of an answer to a file.
    pub async fn exchange_save_body(&self, save: BodySave) -> Result<()> {
        let body = self.body(save.exchange)?;
        body.copy_to(save.path.clone()).await.map(|_| ()).map_err(|error| unwritten(save.path, &error))
    }

    /// Shows the masked header values of a call; a deliberate act of the user.
    pub async fn exchange_reveal(&self, name: CallName) -> Result<Vec<Header>> {
        let exchanges = lock(&self.inner.exchanges);
        let sending = exchanges.find(name.exchange)?;
        let call =
            sending.exchange.calls.get(name.call as usize).zip(sending.revealed.get(name.call as usize));
        let (call, revealed) = call.ok_or_else(|| Error::new(Code::NotFound, "There is no such call"))?;
        Ok(reveal(&call.sent.headers, revealed))
    }

    /// Forgets the answer of a closed tab and removes its body.
    pub async fn exchange_forget(&self, name: ExchangeName) -> Result<()> {
        lock(&self.inner.exchanges).forget(name.exchange);
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
        Ok(file_name(&lock(&self.inner.exchanges).find(exchange)?.exchange))
    }

    fn body(&self, exchange: ExchangeId) -> Result<SpooledBody> {
        Ok(lock(&self.inner.exchanges).find(exchange)?.body.clone())
    }
}

fn unreadable(error: &dyn std::fmt::Display) -> Error {
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
