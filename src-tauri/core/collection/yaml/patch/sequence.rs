//! Items of a list changed, added and removed.

use super::super::emit;
use super::super::node::Node;
use super::super::scan::find_indicator;
use super::plan::{Step, plan};
use super::{Patch, Slot};
use serde_json::Value;

impl Patch<'_> {
    /// Changes a list and says what it reads as afterwards.
    pub(super) fn sequence(
        &mut self,
        node: &Node,
        flow: bool,
        items: &[Node],
        (file, before, after): (&[Value], &[Value], &[Value]),
        slot: Slot,
    ) -> Value {
        let plan = plan(file, before, after);
        let goal: Vec<Value> = plan.iter().map(|step| step.goal.clone()).collect();
        let kept: Vec<usize> = plan.iter().filter(|step| !step.moved).filter_map(|step| step.from).collect();
        let reshaped = kept.len() < items.len() || plan.len() > kept.len();
        if flow && !reshaped {
            for step in &plan {
                self.change_item(step, items, file, Slot::Flow);
            }
            return Value::Array(goal);
        }
        let dashes = if flow { None } else { self.dashes(node, items) };
        match (dashes, kept.first()) {
            (Some(dashes), Some(first)) => {
                self.drop_items(items, &dashes, &kept);
                self.write_items(&plan, items, file, &dashes, dashes[*first]);
            }
            _ => self.set(node, &Value::Array(goal.clone()), slot),
        }
        Value::Array(goal)
    }

    fn drop_items(&mut self, items: &[Node], dashes: &[usize], kept: &[usize]) {
        for (index, (item, dash)) in items.iter().zip(dashes).enumerate() {
            if !kept.contains(&index) {
                let next = dashes.get(index + 1).copied();
                self.splices.remove(*dash, item.range.end.max(dash + 1), next);
            }
        }
    }

    /// Changes the items that stay and writes the others between them; `first` is the first dash that stays.
    fn write_items(
        &mut self,
        plan: &[Step<'_>],
        items: &[Node],
        file: &[Value],
        dashes: &[usize],
        first: usize,
    ) {
        let column = self.splices.column(first).0;
        let pad = " ".repeat(column);
        let mut above = None;
        for step in plan {
            if let Some(from) = step.from.filter(|_| !step.moved) {
                self.change_item(step, items, file, Slot::Dash(column, dashes[from] + 1));
                above = Some(items[from].range.end.max(dashes[from] + 1));
                continue;
            }
            let raw = step.from.and_then(|from| self.raw_item(dashes[from], items.get(from)?));
            let text = raw.unwrap_or_else(|| {
                let mut text = String::from("-");
                emit::after_dash(&mut text, &step.goal, column, self.layout);
                text
            });
            match above {
                Some(end) => self.splices.insert_below(end, column, &format!("{pad}{text}")),
                None => self.splices.replace(first..first, &format!("{text}\n{pad}")),
            }
        }
    }

    /// An item's own text with the comment behind it, to stand elsewhere.
    fn raw_item(&self, dash: usize, item: &Node) -> Option<String> {
        let end = item.range.end.max(dash + 1);
        let raw = self.splices.text.get(dash..end + self.splices.comment(end).len())?;
        Some(raw.replace("\r\n", "\n"))
    }

    fn change_item(&mut self, step: &Step<'_>, items: &[Node], file: &[Value], slot: Slot) {
        let Some((from, after)) = step.from.zip(step.after) else { return };
        if let (Some(item), Some(old)) = (items.get(from), file.get(from)) {
            self.change(item, old, step.before, after, slot);
        }
    }

    fn dashes(&self, node: &Node, items: &[Node]) -> Option<Vec<usize>> {
        let mut from = node.range.start;
        let mut dashes = Vec::with_capacity(items.len());
        for item in items {
            let dash = find_indicator(self.splices.text, from, '-')?;
            dashes.push(dash);
            from = item.range.end.max(dash + 1);
        }
        (!dashes.is_empty()).then_some(dashes)
    }
}
