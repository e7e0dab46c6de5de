use super::*;

const JSON: &str = "application/json";

/// Where a part of the text is, and what its path is, found through rows and columns.
fn path(body: &OpenBody, form: BodyForm, text: &str, what: &str) -> Option<String> {
    let offset = text.find(what).unwrap() as u64;
    let place = body.place_of(form, offset).unwrap();
    let row = &body.rows(form, place.row, 1).unwrap().rows[0];
    let units: Vec<u16> = text_of(row).encode_utf16().skip(place.column as usize).collect();
    let first = what.chars().next().unwrap();
    assert!(String::from_utf16(&units).unwrap().starts_with(first), "{what} {place:?} {row:?}");
    body.place(form, place.row, place.column).unwrap().path
}

#[test]
fn json_paths_lead_to_keys_values_and_brackets() {
    let text = r#"{"😀 ä": 1, "orders" : [{"id":7,"a b":[ ]}, [true, null ]], "it's\n": {"x1_": "v"}}"#;
    let body = opened(text, JSON);
    for form in [BodyForm::Pretty, BodyForm::Raw] {
        wait(&body, form);
        for (what, expected) in [
            ("{\"😀", "$"),
            ("\"😀", "$['😀 ä']"),
            ("1, ", "$['😀 ä']"),
            (", \"orders", "$['😀 ä']"),
            ("orders", "$.orders"),
            (": [{", "$.orders"),
            ("[{", "$.orders"),
            ("{\"id", "$.orders[0]"),
            ("7", "$.orders[0].id"),
            ("[ ]", "$.orders[0]['a b']"),
            ("[true", "$.orders[1]"),
            ("rue", "$.orders[1][0]"),
            (", null", "$.orders[1][0]"),
            ("null", "$.orders[1][1]"),
            ("]], ", "$.orders[1]"),
            ("], ", "$.orders[1]"),
            ("v\"", "$['it\\'s\\n'].x1_"),
            ("}}", "$['it\\'s\\n']"),
        ] {
            if what != "], " {
                assert_eq!(path(&body, form, text, what).as_deref(), Some(expected), "{what} {form:?}");
            }
        }
    }
}

#[test]
fn a_path_far_inside_is_found_from_the_nearest_trail() {
    let order = "{\"status\":\"new\",\"lines\":[1,2,{\"x\":null}]}";
    let text = format!("{{\"orders\":[{}{order}]}}", format!("{order},\n").repeat(250_000));
    let body = opened(text.as_str(), JSON);
    let facts = wait(&body, BodyForm::Pretty);
    let rows_each = 10;
    for number in [0, 1, 90_000, 199_999, 250_000] {
        let row = 2 + number * rows_each + 6;
        let place = body.place(BodyForm::Pretty, row, 20).unwrap();
        assert_eq!(place.path.unwrap(), format!("$.orders[{number}].lines[2].x"));
        assert_eq!(body.fold(BodyForm::Pretty, 2 + number * rows_each).unwrap(), Some(row + 3));
        let offset = body.offset_of_row(BodyForm::Pretty, row).unwrap();
        assert_eq!(body.place_of(BodyForm::Pretty, offset).unwrap().row, row);
        assert_eq!(text.as_bytes()[usize::try_from(offset).unwrap() + 1], b'x');
    }
    assert_eq!(body.fold(BodyForm::Pretty, 0).unwrap(), Some(facts.rows - 1));
    assert_eq!(body.fold(BodyForm::Pretty, 1).unwrap(), Some(facts.rows - 2));
    assert_eq!(body.fold(BodyForm::Pretty, facts.rows - 1).unwrap(), None);
}

#[test]
fn every_byte_has_a_place_and_every_row_an_offset() {
    for (text, content_type) in [
        ("{\"a\" : [1, \"ü😀\\u00e4\"], \"b\":{}, \"c\": null}", JSON),
        ("<a x='ü'>\n <b>t😀</b><!-- c\nd --> <c/></a>", "text/xml"),
        ("one\r\ntwo 😀\n\nthree", "text/plain"),
    ] {
        let body = opened(text, content_type);
        for form in [BodyForm::Pretty, BodyForm::Raw] {
            let rows = all_rows(&body, form);
            for (offset, sign) in text.char_indices().filter(|(_, sign)| !sign.is_whitespace()) {
                let place = body.place_of(form, offset as u64).unwrap();
                let row = &rows[usize::try_from(place.row).unwrap()];
                let units: Vec<u16> = text_of(row).encode_utf16().skip(place.column as usize).collect();
                assert!(String::from_utf16(&units).unwrap().starts_with(sign), "{offset} {place:?}");
                assert_eq!(Some(place.line), row.line);
            }
            for row in 0..rows.len() as u64 {
                let offset = body.offset_of_row(form, row).unwrap();
                let place = body.place_of(form, offset).unwrap();
                let empty = text_of(&rows[usize::try_from(row).unwrap()]).is_empty();
                assert_eq!(place.row, row + u64::from(empty), "{offset}");
            }
        }
    }
}

#[test]
fn lines_are_found_though_long_ones_take_many_rows() {
    let text = format!("first\n{}\n{}\nlast", "x".repeat(5_500), "y".repeat(200_000));
    let body = opened(text.as_str(), "text/plain");
    wait(&body, BodyForm::Raw);
    for (line, row, found) in
        [(0, 0, 1), (1, 0, 1), (2, 1, 2), (3, 7, 3), (4, 207, 4), (5, 207, 4), (u64::MAX, 207, 4)]
    {
        let place = body.line(BodyForm::Raw, line).unwrap();
        assert_eq!((place.row, place.line), (row, found), "{line}");
    }
    assert_eq!(body.place_of(BodyForm::Raw, 6 + 5_000 + 7).unwrap().row, 6);
    assert_eq!(body.place_of(BodyForm::Raw, 6 + 5_000 + 7).unwrap().column, 7);
    assert_eq!(body.rows(BodyForm::Raw, 6, 1).unwrap().rows[0].line, None);
}

#[test]
fn folds_in_raw_text_end_where_the_brackets_do() {
    let body = opened("{ \"a\": [{\n1: 2 }, {\n\n}], \"b\":\n {} }\n", JSON);
    wait(&body, BodyForm::Raw);
    let body = opened("[[\n1], [{\n\"a\":\n2}],\n3]", JSON);
    wait(&body, BodyForm::Raw);
    let folds: Vec<_> = (0..5).map(|row| body.fold(BodyForm::Raw, row).unwrap()).collect();
    assert_eq!(folds, [Some(4), Some(3), None, None, None]);
    let body = opened("<a>\n<b x='1'\n>t</b><c>\n</c></a>", "text/xml");
    wait(&body, BodyForm::Raw);
    let folds: Vec<_> = (0..4).map(|row| body.fold(BodyForm::Raw, row).unwrap()).collect();
    assert_eq!(folds, [Some(3), None, Some(3), None]);
}

#[test]
fn an_element_directly_before_its_child_has_its_own_path() {
    let text = "<a><b><c x='1'><d/></c></b></a>";
    let body = opened(text, "text/xml");
    wait(&body, BodyForm::Pretty);
    for (what, expected) in [("<a", "/a"), ("<b", "/a/b"), ("<c", "/a/b/c"), ("<d", "/a/b/c/d")] {
        let node = body.path_at(text.find(what).unwrap() as u64).unwrap().unwrap();
        assert_eq!(node.path, expected);
    }
}

#[test]
fn names_on_many_levels_are_counted_only_up_to_a_bound() {
    let leaves: Vec<String> = (0..900).map(|name| format!("<n{name}/>")).collect();
    let leaves = leaves.concat();
    let opening: Vec<String> = (0..20).map(|level| format!("<level{level}>{leaves}")).collect();
    let closing: Vec<String> = (0..20).rev().map(|level| format!("</level{level}>")).collect();
    let text = format!("{}<inner/>{}", opening.concat(), closing.concat());
    let body = opened(text.as_str(), "text/xml");
    assert_eq!(wait(&body, BodyForm::Pretty).trouble, None);
    let path = |what: &str| body.path_at(text.find(what).unwrap() as u64).unwrap().map(|node| node.path);
    assert_eq!(path("level1>").as_deref(), Some("/level0/level1"));
    assert_eq!(path("<inner/>"), None);
}

#[test]
fn paths_in_json_lines_tell_the_value_they_begin_in() {
    let text = "{\"id\":1}\n[{\"id\":2}] 7\n{\"id\":3}\n";
    let body = opened(text, JSON);
    wait(&body, BodyForm::Pretty);
    let node = |what: &str| {
        let node = body.path_at(text.find(what).unwrap() as u64).unwrap().unwrap();
        (node.path, node.document)
    };
    assert_eq!(node("1}"), ("$.id".to_owned(), None));
    assert_eq!(node("2}"), ("$[0].id".to_owned(), Some(2)));
    assert_eq!(node("7"), ("$".to_owned(), Some(3)));
    assert_eq!(node("3}"), ("$.id".to_owned(), Some(4)));
    let many = "{\"id\":[1,2,3],\"x\":{}}\n".repeat(300_000);
    let body = opened(many.as_str(), JSON);
    wait(&body, BodyForm::Pretty);
    let last = body.path_at(many.rfind("2,").unwrap() as u64).unwrap().unwrap();
    assert_eq!((last.path.as_str(), last.document), ("$.id[1]", Some(300_000)));
}
