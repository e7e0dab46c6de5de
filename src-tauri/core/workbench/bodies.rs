use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use super::{Workbench, lock};
use crate::body::{
    BodyFacts, BodyName, FoldQuery, LineQuery, OpenBody, PlaceOfRow, PlaceQuery, Preview, Rows, RowsQuery,
    Shown, part,
};
use crate::error::{Code, Error, Result};
use crate::http::{ExchangeId, safe_name};

/// Bodies that stay open; the one not looked at for the longest time is closed first.
const MOST: usize = 8;

/// As much text goes to the clipboard.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// As long as less of a body has arrived, what it is may still turn out otherwise.
const BEGINNING: u64 = 4096;

/// The bodies that are looked at, the last one used at the end.
#[derive(Default)]
pub(super) struct OpenBodies(VecDeque<(BodyName, Arc<OpenBody>)>);

impl OpenBodies {
    fn find(&mut self, name: &BodyName) -> Option<Arc<OpenBody>> {
        let place = self.0.iter().position(|(known, _)| known == name)?;
        let found = self.0.remove(place)?;
        let body = Arc::clone(&found.1);
        self.0.push_back(found);
        Some(body)
    }

    fn keep(&mut self, name: BodyName, body: Arc<OpenBody>) {
        self.0.retain(|(known, _)| *known != name);
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back((name, body));
    }

    pub(super) fn forget(&mut self, exchange: ExchangeId) {
        self.0.retain(|(name, _)| name.exchange != exchange);
    }
}

impl Workbench {
    /// Says what a body is and how far it is known, in one form.
    pub async fn body_facts(&self, query: Shown) -> Result<BodyFacts> {
        let form = query.form;
        self.look(query.body, move |body| Ok(body.facts(form))).await
    }

    /// Shows rows of a body.
    pub async fn body_rows(&self, query: RowsQuery) -> Result<Rows> {
        let form = query.shown.form;
        self.look(query.shown.body, move |body| body.rows(form, query.from, query.count.into())).await
    }

    /// Says on which row the value ends that opens on a row.
    pub async fn body_fold(&self, query: FoldQuery) -> Result<Option<u64>> {
        let form = query.shown.form;
        self.look(query.shown.body, move |body| body.fold(form, query.row)).await
    }

    /// Says on which row a line begins.
    pub async fn body_line(&self, query: LineQuery) -> Result<PlaceOfRow> {
        let form = query.shown.form;
        self.look(query.shown.body, move |body| body.line(form, query.line)).await
    }

    /// Says which node stands at a place of a body.
    pub async fn body_place(&self, query: PlaceQuery) -> Result<PlaceOfRow> {
        let form = query.shown.form;
        self.look(query.shown.body, move |body| body.place(form, query.row, query.column)).await
    }

    /// A picture or page made of a body.
    pub async fn body_preview(&self, name: BodyName) -> Result<Preview> {
        let preview = self.look(name, OpenBody::preview).await?;
        preview.ok_or_else(|| Error::new(Code::NotFound, "This body has no preview"))
    }

    /// A name for a file another program opens, with an ending that is safe to open.
    pub async fn body_file_name(&self, name: BodyName) -> Result<String> {
        let named = self.body_save_name(name.clone()).await?;
        let ending = self.look(name, |body| Ok(body.safe_ending())).await?.ok_or_else(|| {
            Error::new(
                Code::InvalidInput,
                "The system could run this body instead of showing it, so it is not opened",
            )
            .hint("Save it to a file, and open that with a program of your choice")
        })?;
        let stem = named.rsplit_once('.').map_or(named.as_str(), |(stem, _)| stem);
        Ok(format!("{stem}.{ending}"))
    }

    /// A name for the file a body, or a part of one, is saved to.
    pub async fn body_save_name(&self, name: BodyName) -> Result<String> {
        let BodyName { exchange, mut part } = name;
        let Some(number) = part.pop() else { return self.exchange_file_name(exchange) };
        let parts = self.body_parts(BodyName { exchange, part }).await?;
        let of_part = parts.iter().find(|part| part.number == number).map(|part| safe_name(&part.name));
        Ok(of_part.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("part-{}", number + 1)))
    }

    /// All of a body in one form, for the clipboard, up to 64 MiB.
    pub async fn body_text(&self, shown: Shown) -> Result<String> {
        let form = shown.form;
        self.on_body(shown.body, move |_, body| {
            let text = body.whole(form, MOST_TEXT).map_err(|error| unreadable(&error))?;
            text.ok_or_else(|| {
                Error::new(Code::InvalidInput, "The body is too large for the clipboard")
                    .hint("Save it to a file")
            })
        })
        .await
    }

    async fn look<T: Send + 'static>(
        &self,
        name: BodyName,
        ask: impl FnOnce(&OpenBody) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        self.on_body(name, |_, body| ask(body).map_err(|error| unreadable(&error))).await
    }

    /// Work with a body, away from the threads that answer everybody.
    pub(super) async fn on_body<T: Send + 'static>(
        &self,
        name: BodyName,
        work: impl FnOnce(&Self, &OpenBody) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let workbench = self.clone();
        let worked = move || {
            let body = workbench.open_body(&name)?;
            work(&workbench, &body)
        };
        tokio::task::spawn_blocking(worked).await.map_err(|error| unreadable(&error))?
    }

    /// The body of this name, opened if it is not yet; reads its beginning, so it blocks.
    pub(super) fn open_body(&self, name: &BodyName) -> Result<Arc<OpenBody>> {
        if let Some(open) = lock(&self.inner.open_bodies).find(name) {
            return Ok(open);
        }
        let (body, content_type) = self.arrived(name.exchange)?;
        let folder = self.inner.bodies_folder.clone();
        let (source, content_type) = match name.part.split_last() {
            None => (body, content_type),
            Some((number, above)) => {
                let whole = self.open_body(&BodyName { exchange: name.exchange, part: above.to_vec() })?;
                let (kind, of) = (whole.kind(), whole.content_type());
                let opened = part::open(whole.source(), kind, of, *number, &folder)?;
                (opened.source, opened.content_type)
            }
        };
        let has_beginning = source.size() >= BEGINNING || source.is_whole();
        let open = OpenBody::new(source, content_type, folder).map_err(|error| unreadable(&error))?;
        if has_beginning {
            lock(&self.inner.open_bodies).keep(name.clone(), Arc::clone(&open));
        }
        Ok(open)
    }
}

pub(super) fn unreadable(error: &dyn std::fmt::Display) -> Error {
    Error::new(Code::StorageFailed, "The body cannot be read back from the disk")
        .hint("Send the request again")
        .detail(error.to_string())
}
