use std::io;
use std::path::Path;

use serde_json::Value;
use toml_edit::{DocumentMut, Item, Table, TableLike, value};

use super::atomic::{write_new, write_over};
use super::failure::{io_error, linked, problem, problem_error, unreadable};
use super::path::{is_below, is_link};
use super::read::bytes;
use crate::collection::FileProblem;
use crate::collection::format::Sidecar;
use crate::error::Result;

/// The file of our own facts beside `opencollection.yml`: TOML, because Bruno takes every `.yml` for an item.
pub(super) const NAME: &str = "sluice.toml";
const ENVIRONMENTS: &str = "environments";
const REQUESTS: &str = "requests";
/// What of a request's table is ours; other keys and comments stay.
const KEYS: &[&str] = &["certificate", "key", "csrf", "http1_only"];
/// Allows nothing: whom the user's credentials may go to is not for a file that others write.
const WITHOUT_MEANING: &str = "any_host";

/// `sluice.toml`: the tenants of environments, and what Bruno's layout has no place for.
pub(super) struct SidecarFile {
    document: DocumentMut,
    before: Option<String>,
}

impl SidecarFile {
    /// Reads the file; where there is none it says nothing.
    pub(super) fn read(root: &Path) -> std::result::Result<Self, FileProblem> {
        if is_link(&root.join(NAME)) {
            return Err(linked(NAME));
        }
        let bytes = match bytes(&root.join(NAME)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { document: DocumentMut::new(), before: None });
            }
            Err(error) => return Err(unreadable(NAME, &error)),
        };
        let hint = Some("Repair the file by hand; Sluice does not write to it until then.");
        let text =
            String::from_utf8(bytes).map_err(|_| problem(NAME, None, "The file is no UTF-8.", hint))?;
        let document = text.parse::<DocumentMut>().map_err(|error| {
            let start = error.span().map(|span| span.start);
            let above = start.and_then(|start| text.get(..start)).map(|above| above.matches('\n').count());
            let line = above.and_then(|lines| u32::try_from(lines + 1).ok());
            problem(
                NAME,
                line,
                format!("The file is no TOML: {}.", error.message().trim_end_matches('.')),
                hint,
            )
        })?;
        Ok(Self { document, before: Some(text) })
    }

    /// Reads the file for an operation that must be able to write it.
    pub(super) fn open(root: &Path) -> Result<Self> {
        Self::read(root).map_err(problem_error)
    }

    /// Writes what changed; a file with nothing left to say disappears, one that never said anything never appears.
    pub(super) fn write(&self, root: &Path) -> Result<()> {
        let (path, text) = (root.join(NAME), self.document.to_string());
        let written = match &self.before {
            Some(before) if *before == text => Ok(()),
            Some(_) if text.trim().is_empty() => std::fs::remove_file(&path),
            Some(_) => write_over(&path, text.as_bytes()),
            None if text.trim().is_empty() => Ok(()),
            None => write_new(&path, text.as_bytes()),
        };
        written.map_err(|error| io_error("Sluice's own facts were not saved", &path, &error))
    }

    /// The tenant an environment is bound to.
    pub(super) fn tenant(&self, environment: &str) -> Option<String> {
        let table = self.document.get(ENVIRONMENTS)?.as_table_like()?;
        Some(table.get(environment)?.get("tenant")?.as_str()?.to_owned())
    }

    /// Binds an environment to a tenant, or to none.
    pub(super) fn bind(&mut self, environment: &str, tenant: Option<&str>) {
        let Some(table) = self.section(ENVIRONMENTS) else { return };
        if let Some(tenant) = tenant {
            let own = table.entry(environment).or_insert_with(|| Item::Table(Table::new()));
            if let Some(own) = own.as_table_like_mut().filter(|own| text(*own, "tenant") != Some(tenant)) {
                own.insert("tenant", value(tenant));
            }
        } else if let Some(own) = table.get_mut(environment).and_then(Item::as_table_like_mut) {
            own.remove("tenant");
            if own.is_empty() {
                table.remove(environment);
            }
        }
        self.tidy(ENVIRONMENTS);
    }

    /// Lets the facts of a renamed environment follow it.
    pub(super) fn rename_environment(&mut self, old: &str, new: &str) {
        if let Some(table) = self.section(ENVIRONMENTS)
            && let Some(facts) = table.remove(old)
        {
            table.insert(new, facts);
        }
        self.tidy(ENVIRONMENTS);
    }

    /// The names of the environments it says something about, with the line of each.
    pub(super) fn environments(&self) -> Vec<(String, Option<u32>)> {
        let table = self.document.get(ENVIRONMENTS).and_then(Item::as_table_like);
        let names = table.into_iter().flat_map(|table| table.iter().map(|(name, _)| name.to_owned()));
        let located =
            self.before.as_deref().and_then(|text| text.parse::<toml_edit::Document<String>>().ok());
        let line = |name: &str| {
            let located = located.as_ref()?;
            let table = located.get(ENVIRONMENTS)?.as_table_like()?;
            let start = table.get_key_value(name)?.1.span().map(|span| span.start)?;
            let above = located.raw().get(..start)?.matches('\n').count();
            u32::try_from(above + 1).ok()
        };
        names.map(|name| (name.clone(), line(&name))).collect()
    }

    /// The lines of keys that would let credentials go anywhere, and do not.
    pub(super) fn without_meaning(&self) -> Vec<Option<u32>> {
        let table = self.document.get(REQUESTS).and_then(Item::as_table_like);
        let tables = table.into_iter().flat_map(|table| table.iter());
        let says = |item: &Item| item.as_table_like().is_some_and(|own| own.contains_key(WITHOUT_MEANING));
        let lines = self.before.as_deref().unwrap_or_default().lines().enumerate();
        let mut found = lines.filter(|(_, line)| line.contains(WITHOUT_MEANING));
        let mut line = || u32::try_from(found.next()?.0 + 1).ok();
        tables.filter(|(_, item)| says(item)).map(|_| line()).collect()
    }

    /// What stands beside a request's file.
    pub(super) fn request(&self, path: &str) -> Option<Sidecar> {
        let table = self.document.get(REQUESTS)?.as_table_like()?.get(path)?.as_table_like()?;
        let mut object = serde_json::Map::new();
        for key in KEYS {
            let Some(item) = table.get(key) else { continue };
            let json = item.as_bool().map(Value::from).or_else(|| item.as_str().map(Value::from));
            object.extend(json.map(|json| ((*key).to_owned(), json)));
        }
        serde_json::from_value(Value::Object(object)).ok()
    }

    /// Says what stands beside a request's file; nothing removes it.
    pub(super) fn set_request(&mut self, path: &str, sidecar: Option<&Sidecar>) {
        let wanted = sidecar.and_then(|sidecar| serde_json::to_value(sidecar).ok()).unwrap_or_default();
        let Some(table) = self.section(REQUESTS) else { return };
        let own = table.entry(path).or_insert_with(|| Item::Table(Table::new()));
        let Some(own) = own.as_table_like_mut() else { return };
        for key in KEYS {
            match wanted.get(key) {
                Some(Value::Bool(flag)) if own.get(key).and_then(Item::as_bool) != Some(*flag) => {
                    own.insert(key, value(*flag));
                }
                Some(Value::String(word)) if text(own, key) != Some(word) => {
                    own.insert(key, value(word));
                }
                None | Some(Value::Null) => drop(own.remove(key)),
                Some(_) => {}
            }
        }
        if own.is_empty() {
            table.remove(path);
        }
        self.tidy(REQUESTS);
    }

    /// What stands beside the item and everything below it, by path.
    pub(super) fn below(&self, path: &str) -> Vec<(String, Item)> {
        let table = self.document.get(REQUESTS).and_then(Item::as_table_like);
        let all = table.into_iter().flat_map(|table| table.iter());
        let own = all.filter(|(name, _)| is_below(name, path));
        own.map(|(name, item)| (name.to_owned(), item.clone())).collect()
    }

    /// Takes out what stands beside the item and everything below it.
    pub(super) fn take(&mut self, path: &str) -> Vec<(String, Item)> {
        let taken = self.below(path);
        if let Some(table) = self.section(REQUESTS) {
            for (name, _) in &taken {
                table.remove(name);
            }
        }
        self.tidy(REQUESTS);
        taken
    }

    /// Puts back what was taken out from below `old`, now below `new`.
    pub(super) fn put(&mut self, taken: &[(String, Item)], old: &str, new: &str) {
        if let Some(table) = self.section(REQUESTS) {
            for (name, item) in taken {
                let rest = name.strip_prefix(old).unwrap_or_default();
                let mut item = item.clone();
                if let Some(table) = item.as_table_mut() {
                    table.set_position(None);
                }
                table.insert(&format!("{new}{rest}"), item);
            }
        }
        self.tidy(REQUESTS);
    }

    /// A section, made when it is missing; nothing when it is no table.
    fn section(&mut self, name: &str) -> Option<&mut dyn TableLike> {
        let made = || {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        };
        self.document.as_table_mut().entry(name).or_insert_with(made).as_table_like_mut()
    }

    fn tidy(&mut self, name: &str) {
        let section = self.document.get(name).and_then(Item::as_table_like);
        if section.is_some_and(TableLike::is_empty) {
            self.document.remove(name);
        }
    }
}

fn text<'a>(table: &'a dyn TableLike, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Item::as_str)
}
