//! Which items of one list are which items of another.

use serde_json::Value;

/// Beyond this many comparisons lists are compared from both ends only.
const COMPARISONS: usize = 4_000_000;

/// Whether two contents are the same; `2` and `2.0` are.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let equal =
                |(key, value): (&String, &Value)| right.get(key).is_some_and(|other| same(value, other));
            left.len() == right.len() && left.iter().all(equal)
        }
        _ => left == right,
    }
}

/// For each item of `right`, its partner in `left`: the longest common subsequence of items that `agree`.
pub(super) fn pairs(
    left: &[Value],
    right: &[Value],
    agree: impl Fn(&Value, &Value) -> bool,
) -> Vec<Option<usize>> {
    let mut partner = vec![None; right.len()];
    let head = left.iter().zip(right).take_while(|(left, right)| agree(left, right)).count();
    let rest = left[head..].iter().rev().zip(right[head..].iter().rev());
    let tail = rest.take_while(|(left, right)| agree(left, right)).count();
    for (index, slot) in partner.iter_mut().enumerate() {
        if index < head {
            *slot = Some(index);
        } else if index + tail >= right.len() {
            *slot = Some(index + left.len() - right.len());
        }
    }
    let (from, to) = (&left[head..left.len() - tail], &right[head..right.len() - tail]);
    if from.len().saturating_mul(to.len()) <= COMPARISONS {
        for (index, found) in subsequence(from, to, agree).into_iter().enumerate() {
            partner[head + index] = found.map(|found| head + found);
        }
    }
    partner
}

fn subsequence(
    left: &[Value],
    right: &[Value],
    agree: impl Fn(&Value, &Value) -> bool,
) -> Vec<Option<usize>> {
    let width = right.len() + 1;
    let mut lengths = vec![0_u32; (left.len() + 1) * width];
    let mut agreed = vec![false; left.len() * right.len()];
    for row in (0..left.len()).rev() {
        for column in (0..right.len()).rev() {
            let both = agree(&left[row], &right[column]);
            agreed[row * right.len() + column] = both;
            lengths[row * width + column] = if both {
                lengths[(row + 1) * width + column + 1] + 1
            } else {
                lengths[(row + 1) * width + column].max(lengths[row * width + column + 1])
            };
        }
    }
    let mut partner = vec![None; right.len()];
    let (mut row, mut column) = (0, 0);
    while row < left.len() && column < right.len() {
        if agreed[row * right.len() + column] {
            partner[column] = Some(row);
            (row, column) = (row + 1, column + 1);
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    partner
}

/// For each item of `after`, the item of `before` it was: equal ones first, then those of one name, then by place.
pub(super) fn changed_pairs(before: &[Value], after: &[Value]) -> Vec<Option<usize>> {
    let mut partner = pairs(before, after, same);
    fill(&mut partner, before, after, |left, right| pairs(left, right, same_name));
    let lone = |index: &usize| !partner.contains(&Some(*index));
    let gone: Vec<&Value> = (0..before.len()).filter(lone).map(|index| &before[index]).collect();
    let unpaired = after.iter().zip(&partner).filter(|(_, partner)| partner.is_none());
    let new: Vec<&Value> = unpaired.map(|(item, _)| item).collect();
    fill(&mut partner, before, after, |left, right| {
        let moved = |item: &Value, others: &[&Value]| others.iter().any(|other| same(item, other));
        let place = |(index, item): (usize, &Value)| {
            let other = left.get(index)?;
            (!moved(item, &gone) && !moved(other, &new) && alike(item, other)).then_some(index)
        };
        right.iter().enumerate().map(place).collect()
    });
    partner
}

fn same_name(left: &Value, right: &Value) -> bool {
    let name = left.get("name");
    name.is_some() && name == right.get("name")
}

fn alike(left: &Value, right: &Value) -> bool {
    let scalar = |value: &Value| !value.is_array() && !value.is_object();
    (scalar(left) && scalar(right)) || std::mem::discriminant(left) == std::mem::discriminant(right)
}

/// Pairs what still stands unpaired between pairs.
fn fill(
    partner: &mut [Option<usize>],
    before: &[Value],
    after: &[Value],
    within: impl Fn(&[Value], &[Value]) -> Vec<Option<usize>>,
) {
    let (mut start, mut from) = (0, 0);
    for end in 0..=after.len() {
        let fixed = partner.get(end).copied().flatten();
        if end < after.len() && fixed.is_none() {
            continue;
        }
        let to = fixed.unwrap_or(before.len());
        if start < end && from < to {
            let found = within(&before[from..to], &after[start..end]);
            for (slot, found) in partner[start..end].iter_mut().zip(found) {
                *slot = found.map(|found| from + found);
            }
        }
        (start, from) = (end + 1, to + 1);
    }
}
