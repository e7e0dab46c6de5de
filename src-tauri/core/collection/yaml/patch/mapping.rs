//! Keys of a mapping changed, added and removed.

use super::super::align::same;
use super::super::emit;
use super::super::node::{Entry, Node};
use super::super::scan::find_indicator;
use super::plan::merged_map;
use super::{Patch, Slot};
use serde_json::{Map, Value};

/// The same mapping in the file, before and after.
type Versions<'a> = (&'a Map<String, Value>, &'a Map<String, Value>, &'a Map<String, Value>);

impl Patch<'_> {
    /// Changes a mapping and says what it reads as afterwards.
    pub(super) fn mapping(
        &mut self,
        node: &Node,
        flow: bool,
        entries: &[Entry],
        (file, before, after): Versions<'_>,
        slot: Slot,
    ) -> Value {
        let goal = merged_map(file, before, after);
        let gone = |entry: &Entry| !entry.merge && !goal.contains_key(&entry.key);
        let kept: Vec<&Entry> = entries.iter().filter(|entry| !gone(entry)).collect();
        let fresh = |key: &str, value: &Value| {
            let written = entries.iter().any(|entry| entry.key == key);
            !written && !file.get(key).is_some_and(|old| same(old, value))
        };
        let added = goal.iter().any(|(key, value)| fresh(key, value));
        let reshaped = added || kept.len() < entries.len();
        if kept.is_empty() || (flow && reshaped) {
            let goal = Value::Object(goal);
            self.set(node, &goal, slot);
            return goal;
        }
        for (index, entry) in entries.iter().enumerate() {
            if gone(entry) {
                let next = entries.get(index + 1).map(|entry| entry.key_range.start);
                self.splices.remove(entry.key_range.start, entry.value.range.end, next);
            } else if let (Some(old), Some(new), false) =
                (file.get(&entry.key), after.get(&entry.key), entry.merge)
            {
                let slot = self.key_slot(entry, flow);
                self.change(&entry.value, old, before.get(&entry.key), new, slot);
            }
        }
        self.add_entries(&kept, &goal, after, matches!(slot, Slot::Root), fresh);
        Value::Object(goal)
    }

    fn add_entries(
        &mut self,
        kept: &[&Entry],
        goal: &Map<String, Value>,
        after: &Map<String, Value>,
        top: bool,
        fresh: impl Fn(&str, &Value) -> bool,
    ) {
        let Some(first) = kept.first() else { return };
        let column = self.splices.column(first.key_range.start).0;
        let pad = " ".repeat(column);
        let mut previous: Option<&Entry> = None;
        for key in after.keys() {
            if let Some(entry) = kept.iter().find(|entry| entry.key == *key) {
                previous = Some(entry);
                continue;
            }
            let Some(value) = goal.get(key).filter(|value| fresh(key, value)) else { continue };
            let text = emit::entry(key, value, column, self.layout);
            if let Some(entry) = previous {
                let blank = if top && emit::sets_off(key) { "\n" } else { "" };
                self.splices.insert_below(entry.value.range.end, column, &format!("{blank}{pad}{text}"));
            } else {
                let place = first.key_range.start;
                let blank = if top && emit::sets_off(&first.key) { "\n" } else { "" };
                self.splices.replace(place..place, &format!("{text}\n{blank}{pad}"));
            }
        }
    }

    fn key_slot(&self, entry: &Entry, flow: bool) -> Slot {
        if flow {
            return Slot::Flow;
        }
        let column = self.splices.column(entry.key_range.start).0;
        let colon = find_indicator(self.splices.text, entry.key_range.end, ':').map(|place| place + 1);
        Slot::Key(column, colon.unwrap_or(entry.key_range.end))
    }
}
