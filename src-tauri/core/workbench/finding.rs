use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::bodies::unreadable;
use super::{Workbench, lock};
use crate::body::filter::{self, Node};
use crate::body::find::{HitPlace, Search};
use crate::body::table::Table;
use crate::body::{
    BodyKind, BodyName, BodyPart, BodyTable, BodyTableQuery, FilterQuery, Filtered, Find, FindQuery, Found,
    Hit, HitFrom, HitQuery, HitsQuery, Match, OpenBody, PlaceOfRow, Shown, part,
};
use crate::error::{Code, Error, Result};
use crate::http::{BodyForm, ExchangeId};

/// Searches that stay known; the one not looked at for the longest time goes first.
const MOST: usize = 4;
/// How long an answer waits for a search to end.
const PATIENCE: Duration = Duration::from_millis(100);
const BETWEEN_LOOKS: Duration = Duration::from_millis(2);
const MOST_HITS: u32 = 200;
const MOST_RECORDS: u32 = 500;
/// Bytes of the text around a hit in a list.
const AROUND: u64 = 80;

/// What was worked out about bodies and is asked for again.
#[derive(Default)]
pub(super) struct Looks {
    searches: VecDeque<(Shown, Find, Arc<Search>)>,
    tables: VecDeque<(BodyName, Arc<Table>)>,
}

impl Looks {
    pub(super) fn forget(&mut self, exchange: ExchangeId) {
        self.searches.retain(|(shown, ..)| shown.body.exchange != exchange);
        self.tables.retain(|(name, _)| name.exchange != exchange);
    }
}

impl Workbench {
    /// Searches all of a body, or says how far the search is.
    pub async fn body_find(&self, query: FindQuery) -> Result<Found> {
        let FindQuery { shown, find } = query;
        self.on_body(shown.body.clone(), move |workbench, body| {
            let search = workbench.search(body, &shown, &find)?;
            let begun = Instant::now();
            loop {
                let found = search.found().map_err(|error| unreadable(&error))?;
                if found.done || begun.elapsed() > PATIENCE {
                    return Ok(found);
                }
                std::thread::sleep(BETWEEN_LOOKS);
            }
        })
        .await
    }

    /// Shows where a hit of a search is.
    pub async fn body_hit(&self, query: HitQuery) -> Result<Option<Hit>> {
        let HitQuery { shown, find, from } = query;
        self.on_body(shown.body.clone(), move |workbench, body| {
            let search = workbench.search(body, &shown, &find)?;
            let found = match from {
                HitFrom::Number { number } => search.hit(number),
                HitFrom::Row { row } => {
                    body.offset_of_row(shown.form, row).and_then(|offset| search.hit_from(offset))
                }
            };
            let found = found.map_err(|error| unreadable(&error))?;
            found.map(|place| hit(body, shown.form, place)).transpose().map_err(|error| unreadable(&error))
        })
        .await
    }

    /// Lists hits of a search.
    pub async fn body_hits(&self, query: HitsQuery) -> Result<Vec<Hit>> {
        let HitsQuery { shown, find, from, count } = query;
        self.on_body(shown.body.clone(), move |workbench, body| {
            let search = workbench.search(body, &shown, &find)?;
            let places = search.hits(from, count.min(MOST_HITS) as usize);
            let hits = places
                .and_then(|places| places.into_iter().map(|place| hit(body, shown.form, place)).collect());
            hits.map_err(|error: io::Error| unreadable(&error))
        })
        .await
    }

    /// Finds the nodes of a body that a JSONPath or XPath names.
    pub async fn body_filter(&self, query: FilterQuery) -> Result<Filtered> {
        let FilterQuery { shown, expression, namespaces } = query;
        self.on_body(shown.body.clone(), move |_, body| {
            let text = body.text();
            let outcome = match body.kind() {
                BodyKind::Json => filter::json(&text, &expression)?,
                BodyKind::Xml => filter::xml(text.as_ref(), &expression, &namespaces)?,
                _ => return Err(nothing_to_filter()),
            };
            let row = |node: &Node| Some(body.place_of(shown.form, node.offset?).ok()?.row);
            let matches = outcome.nodes.into_iter().map(|node| Match {
                row: row(&node),
                path: node.path,
                text: node.text,
            });
            Ok(Filtered {
                matches: matches.collect(),
                count: outcome.count,
                cut: outcome.cut,
                value: outcome.value,
                documents: outcome.documents,
            })
        })
        .await
    }

    /// Lists the parts of a multipart body, or the entries of an archive.
    pub async fn body_parts(&self, name: BodyName) -> Result<Vec<BodyPart>> {
        self.on_body(name, |_, body| part::list(body.source(), body.kind(), body.content_type())).await
    }

    /// Shows records of a CSV body.
    pub async fn body_table(&self, query: BodyTableQuery) -> Result<BodyTable> {
        let BodyTableQuery { body: name, from, count } = query;
        self.on_body(name.clone(), move |workbench, body| {
            let table = workbench.table(body, name)?;
            table.records(from, count.min(MOST_RECORDS)).map_err(|error| unreadable(&error))
        })
        .await
    }

    fn search(&self, body: &OpenBody, shown: &Shown, find: &Find) -> Result<Arc<Search>> {
        let is_it = |(known, wanted, _): &(Shown, Find, Arc<Search>)| known == shown && wanted == find;
        let mut looks = lock(&self.inner.looks);
        if let Some(place) = looks.searches.iter().position(is_it)
            && let Some(known) = looks.searches.remove(place)
        {
            let search = Arc::clone(&known.2);
            looks.searches.push_back(known);
            return Ok(search);
        }
        let text = if shown.form == BodyForm::Hex { Arc::clone(body.source()) } else { body.text() };
        let search = Search::begin(text, shown.form, find)?;
        if looks.searches.len() == MOST {
            looks.searches.pop_front();
        }
        looks.searches.push_back((shown.clone(), find.clone(), Arc::clone(&search)));
        Ok(search)
    }

    fn table(&self, body: &OpenBody, name: BodyName) -> Result<Arc<Table>> {
        if let Some((_, table)) = lock(&self.inner.looks).tables.iter().find(|(known, _)| *known == name) {
            return Ok(Arc::clone(table));
        }
        let table = Arc::new(Table::read(body.text()).map_err(|error| unreadable(&error))?);
        let mut looks = lock(&self.inner.looks);
        // One that still arrives has more records the next time.
        if table.is_whole() {
            if looks.tables.len() == MOST {
                looks.tables.pop_front();
            }
            looks.tables.push_back((name, Arc::clone(&table)));
        }
        Ok(table)
    }
}

fn hit(body: &OpenBody, form: BodyForm, place: HitPlace) -> io::Result<Hit> {
    let text = if form == BodyForm::Hex { Arc::clone(body.source()) } else { body.text() };
    let begin = place.offset.saturating_sub(AROUND / 2);
    let end = place.offset.saturating_add(place.length.min(AROUND)).saturating_add(AROUND);
    let mut bytes = vec![0; usize::try_from(end - begin).unwrap_or_default()];
    let read = text.read_at(&mut bytes, begin)?;
    bytes.truncate(read);
    let found = usize::try_from(place.offset - begin).unwrap_or_default();
    let matched = bytes.get(found..).unwrap_or_default();
    let matched = matched.get(..usize::try_from(place.length).unwrap_or(usize::MAX)).unwrap_or(matched);
    let length = String::from_utf8_lossy(matched).encode_utf16().count();
    let node = if form == BodyForm::Hex { None } else { body.path_at(place.offset)? };
    let document = node.as_ref().and_then(|node| node.document);
    Ok(Hit {
        number: place.number,
        place: PlaceOfRow {
            path: node.map(|node| node.path),
            document,
            ..body.place_of(form, place.offset)?
        },
        length: u32::try_from(length).unwrap_or(u32::MAX),
        excerpt: excerpt(&bytes, found),
    })
}

/// The line a hit stands in, as much of it as was read.
fn excerpt(bytes: &[u8], found: usize) -> String {
    let before = bytes.get(..found).unwrap_or_default();
    let begin = memchr::memrchr(b'\n', before).map_or(0, |line| line + 1);
    let behind = bytes.get(found..).unwrap_or_default();
    let end = memchr::memchr(b'\n', behind).unwrap_or(behind.len());
    let line = bytes.get(begin..found + end).unwrap_or_default();
    String::from_utf8_lossy(line).trim_matches(['\u{fffd}', ' ', '\t', '\r']).to_owned()
}

fn nothing_to_filter() -> Error {
    Error::new(Code::InvalidInput, "Only JSON and XML can be filtered")
        .hint("Search for a text instead; it looks through any body")
}
