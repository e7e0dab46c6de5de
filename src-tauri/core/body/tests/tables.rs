use super::source;
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
