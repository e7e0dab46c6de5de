use serde_json::{Value, json};

use super::read;
use crate::collection::format::query::{joined, separated};
use crate::collection::format::{RequestFile, read_request, request_value};
use crate::http::Field;

fn off(name: &str, value: &str) -> Field {
    Field { enabled: false, ..Field::new(name, value) }
}

#[test]
fn what_stands_in_the_url_and_in_the_table_is_one_parameter() {
    let params = json!([{"name": "a", "value": "1", "type": "query"}, {"name": "b", "value": "2", "type": "query", "disabled": true}]);
    let request = read(&json!({"method": "GET", "url": "{{runtimeUrl}}/x?a=1", "params": params}));
    assert_eq!(request.url, "{{runtimeUrl}}/x");
    assert_eq!(request.parameters, [Field::new("a", "1"), off("b", "2")]);
}

#[test]
fn what_stands_in_one_of_them_only_is_kept_where_it_stands() {
    assert_eq!(separated("x?a=1&b=2", &[Field::new("b", "2"), Field::new("c", "3")]), "x?a=1");
    assert_eq!(separated("x?a=1", &[off("a", "1")]), "x?a=1");
    assert_eq!(separated("x?", &[]), "x?");
}

#[test]
fn the_url_is_written_with_every_row_that_counts() {
    assert_eq!(
        joined("x", &[Field::new("a", "1"), off("b", "2"), Field::new("c", "{{c}}")]),
        "x?a=1&c={{c}}"
    );
    assert_eq!(joined("x?y=1#top", &[Field::new("a", "1")]), "x?y=1&a=1#top");
    assert_eq!(joined("x?", &[Field::new("a", "b&c#d")]), "x?a=b%26c%23d");
    assert_eq!(joined("x", &[Field::new("", "")]), "x");
}

#[test]
fn joining_and_separating_gives_the_url_back() {
    let rows = [Field::new("a", "1"), Field::new("a", "b&c=d#e"), off("o", "1"), Field::new("ü x", "é ?")];
    for url in ["x", "x?a=1", "x?y=a%20b", "{{u}}/p?q={{r}}", "https://h/ä?z#f"] {
        assert_eq!(separated(&joined(url, &rows), &rows), url);
    }
}

#[test]
fn an_encoded_pair_is_the_same_as_its_row() {
    assert_eq!(separated("x?q=a%20b", &[Field::new("q", "a b")]), "x");
    assert_eq!(separated("x?q=%ff%", &[Field::new("q", "a")]), "x?q=%ff%");
}

#[test]
fn a_request_without_rows_keeps_its_url_as_it_is() {
    let value: Value = super::file(&json!({"method": "GET", "url": "x?a=1&&b#c"}));
    let file: RequestFile = read_request(&value).unwrap();
    assert_eq!(request_value(&file)["http"]["url"], "x?a=1&&b#c");
}
