//! How a file indents.

use super::super::emit::Layout;
use super::super::node::{Kind, Node};
use super::super::splice::Splices;

/// The steps of the first mapping and the first list below a key.
pub(super) fn measured(splices: &Splices<'_>, root: &Node) -> Layout {
    let (mut step, mut list) = (None, None);
    measure(splices, root, &mut step, &mut list);
    let step = step.unwrap_or(Layout::default().step);
    Layout { step, list: list.unwrap_or(step) }
}

fn measure(splices: &Splices<'_>, node: &Node, step: &mut Option<usize>, list: &mut Option<usize>) {
    match &node.kind {
        Kind::Mapping { flow: false, entries } => {
            for entry in entries {
                let column = splices.column(entry.key_range.start).0;
                let inner = splices.column(entry.value.range.start).0;
                match entry.value.kind {
                    Kind::Mapping { flow: false, .. } if inner > column => {
                        *step = step.or(Some(inner - column));
                    }
                    Kind::Sequence { flow: false, .. } if inner >= column => {
                        *list = list.or(Some(inner - column));
                    }
                    _ => {}
                }
                measure(splices, &entry.value, step, list);
            }
        }
        Kind::Sequence { flow: false, items } => {
            for item in items {
                measure(splices, item, step, list);
            }
        }
        _ => {}
    }
}
