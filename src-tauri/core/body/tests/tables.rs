use std::sync::Arc;

use super::{Arriving, source};
use crate::body::Source;
use crate::body::table::Table;

#[test]
fn records_are_given_by_number_whatever_the_separator() {
    let body = "id;name\r\n1;\"a;b\"\r\n2;\"two\nlines\"\r\n3\r\n";
    let table = Table::read(source(body)).unwrap();
    let shown = table.records(0, 10).unwrap();
    assert_eq!(shown.columns, ["id", "name"]);
    assert_eq!(shown.records, [vec!["1", "a;b"], vec!["2", "two\nlines"], vec!["3"]]);
    assert_eq!((shown.count, shown.done), (3, true));
    assert_eq!(table.records(2, 10).unwrap().records, [["3"]]);
}

#[test]
fn a_window_deep_in_a_large_table_is_the_same_as_reading_up_to_it() {
    let rows: Vec<String> = (0..12_345).map(|row| format!("{row},\"x\n{row}\"\n")).collect();
    let rows = rows.concat();
    let table = Table::read(source(format!("a,b\n{rows}"))).unwrap();
    for from in [0, 999, 1000, 5_555, 12_344] {
        let shown = table.records(from, 2).unwrap();
        assert_eq!(shown.records[0], [from.to_string(), format!("x\n{from}")]);
    }
    assert!(table.records(12_345, 2).unwrap().records.is_empty());
}

#[test]
fn an_empty_or_odd_body_is_a_table_without_records() {
    for body in ["", "\n\n", "a,b", "\"unclosed\nquote"] {
        assert_eq!(Table::read(source(body)).unwrap().records(0, 10).unwrap().records.len(), 0, "{body:?}");
    }
}

#[test]
fn a_table_of_a_body_that_still_arrives_is_not_done() {
    let body = Arriving::new("a,b\n1,2\n3,4\n", 8);
    let there = Table::read(Arc::<Arriving>::clone(&body) as Arc<dyn Source>).unwrap();
    assert_eq!((there.records(0, 10).unwrap().count, there.is_whole()), (1, false));
    body.arrive();
    let shown = there.records(0, 10).unwrap();
    assert_eq!((shown.count, shown.done, shown.records.len()), (1, false, 1));
    let whole = Table::read(body).unwrap().records(0, 10).unwrap();
    assert_eq!((whole.count, whole.done), (2, true));
}

#[test]
fn a_quote_that_is_never_closed_ends_the_table_and_tells_its_line() {
    let rows: Vec<String> = (0..200_000).map(|row| format!("{row},text\n")).collect();
    let rows = rows.concat();
    let shown = |body: String| Table::read(source(body)).unwrap().records(0, 10).unwrap();
    let all = shown(format!("a,b\n{rows}"));
    assert_eq!((all.count, all.stopped), (200_000, None));
    let broken = shown(format!("a,b\n1,2\n\"two\nlines\",4\n5,\"6\n{rows}"));
    assert_eq!((broken.count, broken.done, broken.stopped), (3, true, Some(5)));
    assert!(broken.records[2][1].starts_with("6\n0,text"), "{:?}", broken.records[2]);
    let head = shown(format!("\"a,b\n{rows}"));
    assert_eq!((head.count, head.stopped), (0, Some(1)));
}
