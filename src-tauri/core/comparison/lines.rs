//! Two texts line by line.

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::sheet::Sheet;

/// Puts the lines of two texts beside each other.
pub(super) fn align(a: &str, b: &str, sheet: &mut Sheet) {
    let a: Vec<&str> = a.lines().collect();
    let b: Vec<&str> = b.lines().collect();
    for operation in capture_diff_slices_deadline(Algorithm::Histogram, &a, &b, Some(sheet.deadline)) {
        let lines_a = a.get(operation.old_range()).unwrap_or_default();
        let lines_b = b.get(operation.new_range()).unwrap_or_default();
        match operation {
            DiffOp::Equal { .. } => lines_a.iter().zip(lines_b).for_each(|(a, b)| sheet.same(a, b)),
            _ => sheet.beside(lines_a, lines_b, false),
        }
    }
}

/// How many lines a text has.
pub(super) fn count(text: &str) -> usize {
    text.lines().count()
}
