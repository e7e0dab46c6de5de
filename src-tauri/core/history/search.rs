use std::time::{Duration, Instant};

use jiff::Zoned;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::query::{Field, NUMBER, Query};
use super::store::{COLUMNS, HistoryStore, entry, parse};
use super::{HistoryCount, HistoryEntry, HistoryFacets, HistoryPage, HistoryQuery, found};
use crate::database::DatabaseError;

/// Entries of a page when the query does not say how many.
const USUAL: u32 = 50;
const MOST: u32 = 500;
/// How long a search may first look through what was just sent.
const CATCHING_UP: Duration = Duration::from_millis(500);

/// The fields that are tallied; a kind of entry has one value of each, so that one tally serves them all.
const FACETS: [Field; 3] = [Field::Tenant, Field::Status, Field::Door];

/// More rows than this are frequent.
const FREQUENT: u32 = 5_000;
const MATCH: &str = "exchange_text MATCH ?";

/// What a query leaves of the history, as SQL.
pub(super) struct Narrowed {
    pub(super) from: &'static str,
    pub(super) condition: String,
    pub(super) number: &'static str,
    pub(super) values: Vec<Value>,
    /// Whether the full text alone knows.
    is_text_only: bool,
}

/// One kind of entry and how many there are.
struct Tally {
    tenant: Option<String>,
    stage: Option<String>,
    status: Option<u16>,
    door: String,
    count: u32,
    /// Whether it fits what the query says about each field of the facets.
    fits: [bool; FACETS.len()],
}

impl HistoryStore {
    /// A page of what fits a query, newest first.
    pub fn search(&self, asked: &HistoryQuery) -> Result<HistoryPage, DatabaseError> {
        let begun = Instant::now();
        let query = Query::parse(&asked.text, &Zoned::now());
        if !query.words.is_empty() {
            self.catch_up()?;
        }
        let most = if asked.count == 0 { USUAL } else { asked.count.min(MOST) };
        let narrowed = narrowed(&query, &[]);
        let (mut entries, count, total) = self.reader.read(|connection| {
            let total = count(connection, &Narrowed::all())?;
            let entries = page(connection, &narrowed, asked.offset, most)?;
            let fits = asked.offset == 0 && entries.len() < most as usize;
            let count = match u32::try_from(entries.len()) {
                Ok(found) if fits => found,
                _ if narrowed.condition == "1" => total,
                _ => count(connection, &narrowed)?,
            };
            Ok((entries, count, total))
        })?;
        if query.words.iter().any(|word| !word.negated) {
            for entry in &mut entries {
                entry.found = found::in_entry(self, entry, &query.words)?;
            }
        }
        let took_ms = begun.elapsed().as_secs_f64() * 1e3;
        Ok(HistoryPage { entries, count, total, took_ms, terms: query.terms })
    }

    /// How many fit a query by tenant, answer and door, each group as if it were not narrowed itself.
    pub fn facets(&self, asked: &HistoryQuery) -> Result<HistoryFacets, DatabaseError> {
        let query = Query::parse(&asked.text, &Zoned::now());
        if !query.words.is_empty() {
            self.catch_up()?;
        }
        self.reader.read(|connection| {
            let narrowed = narrowed(&query, &FACETS);
            let narrowed = if is_frequent(connection, &query)? { narrowed.by_facts() } else { narrowed };
            let tallies = tally(connection, &narrowed, &query)?;
            let of = |own: Field| -> Vec<&Tally> {
                let fits =
                    |tally: &&Tally| FACETS.iter().zip(tally.fits).all(|(field, fits)| fits || *field == own);
                tallies.iter().filter(fits).collect()
            };
            Ok(HistoryFacets {
                tenants: tenants_of(&of(Field::Tenant)),
                answers: grouped(&of(Field::Status), |tally| answer(tally.status)),
                doors: grouped(&of(Field::Door), |tally| tally.door.clone()),
            })
        })
    }

    /// What was sent a moment ago is to be found, too.
    fn catch_up(&self) -> Result<(), DatabaseError> {
        let begun = Instant::now();
        while begun.elapsed() < CATCHING_UP && self.index_some()? {}
        Ok(())
    }
}

/// Whether so many rows have the words that it is quicker to read the facts of all, which are narrow, than those of each.
fn is_frequent(connection: &Connection, query: &Query) -> Result<bool, DatabaseError> {
    let Some(words) = query.wanted() else { return Ok(false) };
    // The facts know nothing else.
    if query.conditions.iter().any(|condition| condition.field == Field::Other) {
        return Ok(false);
    }
    let sql = "SELECT 1 FROM exchange_text WHERE exchange_text MATCH ?1 LIMIT 1 OFFSET ?2";
    Ok(connection.prepare_cached(sql)?.exists(rusqlite::params![words, FREQUENT])?)
}

impl Narrowed {
    /// The same over the index of the facts.
    fn by_facts(self) -> Self {
        let words = "exchange.number IN (SELECT rowid FROM exchange_text WHERE exchange_text MATCH ?)";
        let condition = self.condition.replacen(MATCH, words, 1).replace(self.number, "exchange.number");
        let from = "exchange INDEXED BY exchange_facts";
        Self { from, condition, number: "exchange.number", ..self }
    }

    fn all() -> Self {
        Self {
            from: "exchange",
            condition: "1".to_owned(),
            number: "exchange.number",
            values: Vec::new(),
            is_text_only: false,
        }
    }
}

/// What a query leaves, without its conditions about some fields.
pub(super) fn narrowed(query: &Query, without: &[Field]) -> Narrowed {
    let mut narrowed = Narrowed::all();
    let mut conditions = Vec::new();
    if let Some(words) = query.wanted() {
        narrowed.from = "exchange_text CROSS JOIN exchange ON exchange.number = exchange_text.rowid";
        narrowed.number = "exchange_text.rowid";
        conditions.push(MATCH.to_owned());
        narrowed.values.push(Value::Text(words));
    }
    let left = query.conditions.iter().filter(|condition| !without.contains(&condition.field));
    narrowed.is_text_only =
        !conditions.is_empty() && left.clone().all(|condition| condition.field == Field::Time);
    for condition in left {
        conditions.push(condition.sql.replace(NUMBER, narrowed.number));
        narrowed.values.extend(condition.values.iter().cloned());
    }
    if let Some(words) = query.unwanted() {
        let text = "(SELECT rowid FROM exchange_text WHERE exchange_text MATCH ?)";
        conditions.push(format!("{} NOT IN {text}", narrowed.number));
        narrowed.values.push(Value::Text(words));
    }
    if !conditions.is_empty() {
        narrowed.condition = conditions.join(" AND ");
    }
    narrowed
}

fn count(connection: &Connection, narrowed: &Narrowed) -> Result<u32, DatabaseError> {
    let from = if narrowed.is_text_only { "exchange_text" } else { narrowed.from };
    let sql = format!("SELECT count(*) FROM {from} WHERE {}", narrowed.condition);
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(&narrowed.values), |row| row.get(0))?)
}

fn page(
    connection: &Connection,
    narrowed: &Narrowed,
    offset: u32,
    most: u32,
) -> Result<Vec<HistoryEntry>, DatabaseError> {
    let Narrowed { from, condition, number, values, .. } = narrowed;
    let sql = format!(
        "SELECT {COLUMNS} FROM {from} WHERE {condition} ORDER BY {number} DESC LIMIT {most} OFFSET {offset}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn tally(connection: &Connection, narrowed: &Narrowed, query: &Query) -> Result<Vec<Tally>, DatabaseError> {
    let (mut fits, mut values) = (String::new(), Vec::new());
    for field in FACETS {
        let own = query.conditions.iter().filter(|condition| condition.field == field);
        let parts: Vec<&str> = own.clone().map(|condition| condition.sql.as_str()).collect();
        values.extend(own.flat_map(|condition| condition.values.iter().cloned()));
        fits += if parts.is_empty() { ", 1" } else { ", ifnull(" };
        fits += &parts.join(" AND ");
        fits += if parts.is_empty() { "" } else { ", 0)" };
    }
    values.extend(narrowed.values.iter().cloned());
    let sql = format!(
        "SELECT tenant, stage, status, door, count(*){fits} FROM {} WHERE {} GROUP BY tenant, stage, status, door",
        narrowed.from, narrowed.condition
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&values), |row| {
        Ok(Tally {
            tenant: row.get(0)?,
            stage: row.get(1)?,
            status: row.get(2)?,
            door: row.get(3)?,
            count: row.get(4)?,
            fits: [row.get(5)?, row.get(6)?, row.get(7)?],
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A tenant's stage is that of its newest word for it; with several the first stands for all.
fn tenants_of(tallies: &[&Tally]) -> Vec<HistoryCount> {
    let mut counts = grouped(tallies, |tally| tally.tenant.clone().unwrap_or_else(|| "none".to_owned()));
    for count in &mut counts {
        let own = |tally: &&&Tally| tally.tenant.as_deref() == Some(count.value.as_str());
        count.stage = tallies.iter().find(own).and_then(|tally| parse(tally.stage.clone()));
    }
    counts
}

fn answer(status: Option<u16>) -> String {
    status.map_or_else(|| "none".to_owned(), |status| format!("{}xx", status / 100))
}

/// The groups, largest first.
fn grouped(tallies: &[&Tally], name: impl Fn(&Tally) -> String) -> Vec<HistoryCount> {
    let mut counts: Vec<HistoryCount> = Vec::new();
    for tally in tallies {
        let value = name(tally);
        match counts.iter_mut().find(|count| count.value == value) {
            Some(count) => count.count = count.count.saturating_add(tally.count),
            None => counts.push(HistoryCount { value, stage: None, count: tally.count }),
        }
    }
    counts.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
    counts
}

/// How many the index of the facts finds, however frequent the words are.
#[cfg(test)]
pub(super) fn tally_by_facts(store: &HistoryStore, text: &str) -> u32 {
    store.index_all().unwrap();
    let query = Query::parse(text, &Zoned::now());
    let narrowed = narrowed(&query, &[]).by_facts();
    let counts = store.reader.read(|connection| tally(connection, &narrowed, &query)).unwrap();
    counts.iter().map(|tally| tally.count).sum()
}
