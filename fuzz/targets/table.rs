//! Records of any text.

use sluice_core::body::table::Table;

use super::texts::{source, stretched};

/// A text.
pub fn run(data: &[u8]) {
    let (options, text) = stretched(data);
    let table = Table::read(source(&text)).unwrap();
    let whole = table.records(0, u32::MAX).unwrap();
    assert_eq!(whole.count, whole.records.len() as u64);
    let count = whole.records.len();
    for from in [0, 1, 999, 1_000, 1_001, count / 2, count, usize::from(options)] {
        let window = table.records(from as u64, 3).unwrap().records;
        let from = from.min(count);
        assert_eq!(window, whole.records[from..(from + 3).min(count)], "from {from} of {count}");
    }
    assert!(table.records(u64::MAX, u32::MAX).unwrap().records.is_empty());
}
