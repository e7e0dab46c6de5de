//! Which children of two nodes belong together.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::tree::{Kind, Node, Tree};

/// The same thing on both sides, or on one side only.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// Children of a node that are looked at to tell how much two have in common.
const MOST_PARTS: usize = 64;
/// Larger gaps are paired one after the other.
const LARGEST_GAP: usize = 10_000;

/// Members of the same name belong together, whatever their order; what is new stands behind what it followed.
pub(super) fn of_members(a: &Tree, of_a: &[usize], b: &Tree, of_b: &[usize]) -> Vec<Pair> {
    let places: HashMap<(&str, usize), usize> =
        numbered(a, of_a).into_iter().enumerate().map(|(at, key)| (key, at)).collect();
    let mut partners: Vec<Option<usize>> = vec![None; of_a.len()];
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); of_a.len() + 1];
    let mut slot = 0;
    for (index, key) in of_b.iter().zip(numbered(b, of_b)) {
        let place = places.get(&key).copied();
        match place.and_then(|place| partners.get_mut(place)) {
            Some(partner) => {
                *partner = Some(*index);
                slot = place.map_or(slot, |place| place + 1);
            }
            None => behind.get_mut(slot).into_iter().for_each(|new| new.push(*index)),
        }
    }
    let mut pairs = Vec::with_capacity(of_a.len() + of_b.len());
    let mut new = behind.into_iter();
    let mut add = |pairs: &mut Vec<Pair>| {
        pairs.extend(new.next().unwrap_or_default().into_iter().map(|index| (None, Some(index))));
    };
    add(&mut pairs);
    for (index, partner) in of_a.iter().zip(partners) {
        pairs.push((Some(*index), partner));
        add(&mut pairs);
    }
    pairs
}

/// Names with how often they came before: a name twice is two members.
fn numbered<'t>(tree: &'t Tree, children: &[usize]) -> Vec<(&'t str, usize)> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut keys = Vec::with_capacity(children.len());
    for index in children {
        let name = tree.nodes.get(*index).and_then(|node| node.name.as_deref()).unwrap_or_default();
        let count = seen.entry(name).or_default();
        keys.push((name, *count));
        *count += 1;
    }
    keys
}

/// Children in order: the same ones belong together, and between them those that are most alike.
pub(super) fn in_order(a: &Tree, of_a: &[usize], b: &Tree, of_b: &[usize], deadline: Instant) -> Vec<Pair> {
    let marks = |tree: &Tree, children: &[usize]| -> Vec<u64> {
        children.iter().map(|index| tree.nodes.get(*index).map_or(0, |node| node.mark)).collect()
    };
    let (marks_a, marks_b) = (marks(a, of_a), marks(b, of_b));
    let mut pairs = Vec::with_capacity(of_a.len().max(of_b.len()));
    for operation in capture_diff_slices_deadline(Algorithm::Histogram, &marks_a, &marks_b, Some(deadline)) {
        let part_a = of_a.get(operation.old_range()).unwrap_or_default();
        let part_b = of_b.get(operation.new_range()).unwrap_or_default();
        let is_same = matches!(operation, DiffOp::Equal { .. });
        let small = part_a.len().saturating_mul(part_b.len()) <= LARGEST_GAP && Instant::now() < deadline;
        if is_same || !small {
            for at in 0..part_a.len().max(part_b.len()) {
                pairs.push((part_a.get(at).copied(), part_b.get(at).copied()));
            }
        } else {
            gap(a, part_a, b, part_b, &mut pairs);
        }
    }
    pairs
}

/// Pairs the children of a gap so that they have the most in common.
fn gap(a: &Tree, of_a: &[usize], b: &Tree, of_b: &[usize], pairs: &mut Vec<Pair>) {
    let width = of_b.len() + 1;
    let parts_a: Vec<HashSet<u64>> = of_a.iter().map(|index| parts(a, *index)).collect();
    let parts_b: Vec<HashSet<u64>> = of_b.iter().map(|index| parts(b, *index)).collect();
    let alike = |i: usize, j: usize| -> usize {
        let nodes = of_a.get(i).and_then(|i| a.nodes.get(*i)).zip(of_b.get(j).and_then(|j| b.nodes.get(*j)));
        let parts = parts_a.get(i).zip(parts_b.get(j));
        nodes.zip(parts).map_or(0, |((a, b), (of_a, of_b))| likeness(a, b, of_a, of_b))
    };
    // The best sum for what is left of both sides from here on.
    let mut best = vec![0_usize; (of_a.len() + 1) * width];
    let at = |best: &[usize], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    for i in (0..of_a.len()).rev() {
        for j in (0..of_b.len()).rev() {
            let likeness = alike(i, j);
            let together = if likeness > 0 { likeness + at(&best, i + 1, j + 1) } else { 0 };
            let most = together.max(at(&best, i + 1, j)).max(at(&best, i, j + 1));
            best.get_mut(i * width + j).into_iter().for_each(|cell| *cell = most);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < of_a.len() || j < of_b.len() {
        let here = at(&best, i, j);
        let likeness = alike(i, j);
        if likeness > 0 && here == likeness + at(&best, i + 1, j + 1) {
            pairs.push((of_a.get(i).copied(), of_b.get(j).copied()));
            (i, j) = (i + 1, j + 1);
        } else if i < of_a.len() && (j >= of_b.len() || here == at(&best, i + 1, j)) {
            pairs.push((of_a.get(i).copied(), None));
            i += 1;
        } else {
            pairs.push((None, of_b.get(j).copied()));
            j += 1;
        }
    }
}

fn parts(tree: &Tree, index: usize) -> HashSet<u64> {
    let children = tree.nodes.get(index).map(|node| node.children.as_slice()).unwrap_or_default();
    let nodes = children.iter().take(MOST_PARTS).filter_map(|child| tree.nodes.get(*child));
    nodes.map(|child| child.mark).collect()
}

/// How much two nodes have in common; nothing when they are of another kind or name.
fn likeness(a: &Node, b: &Node, of_a: &HashSet<u64>, of_b: &HashSet<u64>) -> usize {
    if a.name != b.name || (a.kind == Kind::Leaf) != (b.kind == Kind::Leaf) {
        return 0;
    }
    1 + 2 * of_a.intersection(of_b).count()
}
