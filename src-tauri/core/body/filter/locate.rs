use std::collections::HashMap;

use super::path::Key;
use super::walk::{Stop, Walker};
use crate::body::source::Source;

/// Paths that begin with the same steps, together.
#[derive(Default)]
struct Branch {
    children: HashMap<Key, Self>,
    /// The numbers of the paths that end here.
    ends: Vec<usize>,
}

/// Where the values at these paths begin, in one reading of the text; a path that is not there has no place.
pub(super) fn places(source: &dyn Source, paths: &[Vec<Key>]) -> Vec<Option<u64>> {
    let mut root = Branch::default();
    for (number, path) in paths.iter().enumerate() {
        let mut branch = &mut root;
        for key in path {
            branch = branch.children.entry(key.clone()).or_default();
        }
        branch.ends.push(number);
    }
    let mut places = vec![None; paths.len()];
    // Where the text breaks off, the places before are known.
    let _ = visit(&mut Walker::new(source), &root, &mut places);
    places
}

fn visit(walker: &mut Walker<'_>, branch: &Branch, places: &mut [Option<u64>]) -> Result<(), Stop> {
    walker.peek()?;
    let here = walker.offset();
    for number in &branch.ends {
        if let Some(place) = places.get_mut(*number) {
            *place = Some(here);
        }
    }
    if branch.children.is_empty() {
        return walker.skip();
    }
    walker.each_child(&mut |walker, key| match branch.children.get(&key) {
        Some(child) => visit(walker, child, places),
        None => walker.skip(),
    })
}
