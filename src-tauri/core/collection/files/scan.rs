use std::cmp::Ordering;
use std::path::Path;

use super::cache::{Cache, Summaries};
use super::path::split;
use super::read::Summary;
use super::walk::{Branch, walk};
use crate::collection::{FileProblem, Node, NodeKind};

/// Everything a collection's folder holds, each below its folder, in the order it is shown.
pub(super) fn scan(root: &Path, cache: &mut Cache) -> Vec<Scanned> {
    let tree = walk(root);
    let summaries = cache.summaries(root, &tree);
    let mut nodes = Vec::with_capacity(summaries.len());
    show(&tree, 0, &summaries, &mut nodes);
    nodes
}

/// A node with its place among its neighbours.
#[derive(Debug)]
pub(super) struct Scanned {
    pub(super) node: Node,
    pub(super) seq: Option<f64>,
}

enum Child<'a> {
    Folder(&'a Branch),
    File,
}

fn show(branch: &Branch, depth: u32, summaries: &Summaries, nodes: &mut Vec<Scanned>) {
    let mut children: Vec<(Scanned, Child<'_>)> = Vec::new();
    for below in branch.branches.iter().filter(|below| is_shown(below)) {
        children.push((folder_node(below, depth, summaries), Child::Folder(below)));
    }
    for leaf in &branch.leaves {
        let Some(summary) = summaries.get(&leaf.path) else { continue };
        children.push((node(leaf.path.clone(), depth, summary.as_ref().clone()), Child::File));
    }
    children.sort_by(|(one, _), (other, _)| in_order(one, other));
    for (scanned, child) in children {
        nodes.push(scanned);
        if let Child::Folder(below) = child {
            show(below, depth.saturating_add(1), summaries, nodes);
        }
    }
}

fn is_shown(branch: &Branch) -> bool {
    branch.own.is_some()
        || branch.problem.is_some()
        || !branch.leaves.is_empty()
        || branch.branches.iter().any(is_shown)
}

fn folder_node(branch: &Branch, depth: u32, summaries: &Summaries) -> Scanned {
    let own = branch.own.as_ref().and_then(|own| summaries.get(&own.path));
    let mut summary = own.map_or_else(Summary::plain_folder, |summary| summary.as_ref().clone());
    summary.problem = summary.problem.or_else(|| branch.problem.clone());
    node(branch.path.clone(), depth, summary)
}

fn node(path: String, depth: u32, summary: Summary) -> Scanned {
    let file = split(&path).1;
    let name = match (summary.name, summary.kind) {
        (Some(name), _) => name,
        (None, NodeKind::Broken | NodeKind::Folder) => file.to_owned(),
        (None, _) => Path::new(file)
            .file_stem()
            .map_or_else(|| file.to_owned(), |stem| stem.to_string_lossy().into_owned()),
    };
    let node =
        Node { path, depth, kind: summary.kind, name, method: summary.method, problem: summary.problem };
    Scanned { node, seq: summary.seq }
}

/// Folders before files, each by `seq`, those without one after them by name, and at last by path.
fn in_order(one: &Scanned, other: &Scanned) -> Ordering {
    let by_seq = match (one.seq, other.seq) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    let is_file = |scanned: &Scanned| scanned.node.kind != NodeKind::Folder;
    let by_name = || one.node.name.to_lowercase().cmp(&other.node.name.to_lowercase());
    is_file(one)
        .cmp(&is_file(other))
        .then(by_seq)
        .then_with(by_name)
        .then_with(|| one.node.path.cmp(&other.node.path))
}

impl Summary {
    fn plain_folder() -> Self {
        Self { kind: NodeKind::Folder, name: None, method: None, seq: None, problem: None }
    }
}

/// The problems among the nodes, for whoever looks for trouble.
pub(super) fn problems(nodes: &[Scanned]) -> impl Iterator<Item = &FileProblem> {
    nodes.iter().filter_map(|scanned| scanned.node.problem.as_ref())
}
