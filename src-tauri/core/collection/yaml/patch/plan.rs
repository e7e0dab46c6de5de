//! What the file says after a change.

use super::super::align::{changed_pairs, pairs, same};
use serde_json::{Map, Value};

/// An item of a list as it will be.
pub(super) struct Step<'a> {
    pub from: Option<usize>,
    pub moved: bool,
    pub before: Option<&'a Value>,
    pub after: Option<&'a Value>,
    pub goal: Value,
}

pub(super) fn plan<'a>(file: &[Value], before: &'a [Value], after: &'a [Value]) -> Vec<Step<'a>> {
    let places = file_places(file, before);
    let partners = changed_pairs(before, after);
    let mut free: Vec<usize> = (0..before.len()).filter(|index| !partners.contains(&Some(*index))).collect();
    let mut steps = Vec::with_capacity(after.len());
    let mut shown = 0;
    for (item, partner) in after.iter().zip(&partners) {
        let from = partner.and_then(|old| places.get(old).copied().flatten());
        if let Some((from, old)) = from.zip(*partner) {
            keep_unknown(&mut steps, file, &places, &mut shown, from);
            shown = from + 1;
            let goal = merged(&file[from], before.get(old), item);
            steps.push(Step {
                from: Some(from),
                moved: false,
                before: before.get(old),
                after: Some(item),
                goal,
            });
            continue;
        }
        let found = free.iter().position(|old| same(&before[*old], item)).map(|place| free.remove(place));
        let from = found.and_then(|old| places.get(old).copied().flatten());
        let goal = from.map_or_else(|| item.clone(), |from| file[from].clone());
        steps.push(Step { from, moved: true, before: None, after: None, goal });
    }
    keep_unknown(&mut steps, file, &places, &mut shown, file.len());
    steps
}

/// Items only the file knows stay where they are.
fn keep_unknown(
    steps: &mut Vec<Step<'_>>,
    file: &[Value],
    places: &[Option<usize>],
    shown: &mut usize,
    until: usize,
) {
    for (index, item) in file.iter().enumerate().take(until).skip(*shown) {
        if !places.contains(&Some(index)) {
            steps.push(Step {
                from: Some(index),
                moved: false,
                before: None,
                after: None,
                goal: item.clone(),
            });
        }
    }
    *shown = (*shown).max(until);
}

/// The item of the file each item of `before` was read from.
fn file_places(file: &[Value], before: &[Value]) -> Vec<Option<usize>> {
    if file.len() == before.len() {
        return (0..before.len()).map(Some).collect();
    }
    pairs(file, before, |file, before| {
        same(file, before) || (file.get("name").is_some() && file.get("name") == before.get("name"))
    })
}

/// What the file says after the change: the change, and what the file says beside.
pub(super) fn merged(file: &Value, before: Option<&Value>, after: &Value) -> Value {
    if before.is_some_and(|before| same(before, after)) {
        return file.clone();
    }
    match (file, before, after) {
        (Value::Object(file), Some(Value::Object(before)), Value::Object(after)) => {
            Value::Object(merged_map(file, before, after))
        }
        (Value::Object(file), None, Value::Object(after)) => {
            Value::Object(merged_map(file, &Map::new(), after))
        }
        (Value::Array(file), before, Value::Array(after)) => {
            let before = before.and_then(Value::as_array).unwrap_or(file);
            Value::Array(plan(file, before, after).into_iter().map(|step| step.goal).collect())
        }
        _ => after.clone(),
    }
}

pub(super) fn merged_map(
    file: &Map<String, Value>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Map<String, Value> {
    let mut goal = Map::with_capacity(file.len());
    for (key, old) in file {
        match after.get(key) {
            Some(new) => goal.insert(key.clone(), merged(old, before.get(key), new)),
            None if before.contains_key(key) => None,
            None => goal.insert(key.clone(), old.clone()),
        };
    }
    for (key, new) in after {
        let silent = before.get(key).is_some_and(|old| same(old, new));
        if !silent && !file.contains_key(key) {
            goal.insert(key.clone(), new.clone());
        }
    }
    goal
}
