use super::*;
use crate::body::SpanKind;

const XML: &str = "application/xml";
const NAMES: [&str; 5] = ["a", "ns:order", "b-2", "größe", "_x.y"];
const SPACES: [&str; 5] = ["", "", "\n", " ", "\r\n        \t "];
const TEXTS: [&str; 7] =
    ["text", "a &amp; b", " led", "<![CDATA[<x> ]] ]>]]>", "&#xe4;ü😀", "two\nlines", "]]&gt; \"'>"];
const TAGS: [&str; 4] = ["", " x=\"1 > 0\"", " y='\"/>'\n  z = \"&lt;\"", " "];

/// A random element, and the same indented by the slow way.
fn random(dice: &mut Dice, depth: usize, text: &mut String, indented: &mut String, level: usize) {
    let (name, attributes) = (dice.one_of(&NAMES), dice.one_of(&TAGS));
    let mut both = |piece: &str| {
        text.push_str(piece);
        indented.push_str(piece);
    };
    both(&format!("<{name}{attributes}"));
    match if depth == 0 { dice.roll(3) } else { dice.roll(8) } {
        0 => both("/>"),
        1 => both(&format!(">{}</{name} >", dice.one_of(&SPACES))),
        2 => {
            let long = if dice.roll(20) == 0 { "ä ".repeat(dice.roll(2000)) } else { String::new() };
            let words = [dice.one_of(&TEXTS), dice.one_of(&TEXTS), &long].concat();
            both(&format!(">{words}</{name}>"));
        }
        3 => both(&format!("> {} <i>x <b/>\n</i> end <!-- - -- > --></{name}>", dice.one_of(&TEXTS))),
        _ => {
            both(">");
            for _ in 0..=dice.roll(5) {
                text.push_str(dice.one_of(&SPACES));
                indented.push('\n');
                indented.push_str(&"  ".repeat(level + 1));
                if dice.roll(8) == 0 {
                    let other = dice.one_of(&["<!-- <a> -->", "<?pi <a> ?>", "<!---->"]);
                    text.push_str(other);
                    indented.push_str(other);
                } else {
                    random(dice, depth - 1, text, indented, level + 1);
                }
            }
            text.push_str(dice.one_of(&SPACES));
            indented.push('\n');
            indented.push_str(&"  ".repeat(level));
            let end = format!("</{name}>");
            text.push_str(&end);
            indented.push_str(&end);
        }
    }
}

/// White space at line ends that nobody sees.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[test]
fn rows_are_what_a_slow_printer_prints_and_the_same_in_any_order() {
    for seed in 1..150 {
        let dice = &mut Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
        let prolog = dice.one_of(&[
            "",
            "<?xml version=\"1.0\"?>",
            "<!DOCTYPE a [<!ENTITY b \"]>\"> <!-- don't ]> -->]>",
        ]);
        let mut text = format!(" {prolog} ");
        let mut indented = prolog.to_owned();
        if !prolog.is_empty() {
            indented.push('\n');
        }
        let depth = 1 + dice.roll(5);
        random(dice, depth, &mut text, &mut indented, 0);
        let body = opened(text.as_str(), XML);
        assert_eq!(joined(&all_rows(&body, BodyForm::Pretty)), lines(&indented), "{text}");
        assert_eq!(wait(&body, BodyForm::Pretty).trouble, None, "{text}");
        windows_agree(&body, BodyForm::Pretty, dice);
        assert_eq!(joined(&all_rows(&body, BodyForm::Raw)), lines(&text).trim_end_matches('\n'));
        windows_agree(&body, BodyForm::Raw, dice);
    }
}

#[test]
fn a_large_text_is_the_same_through_all_its_checkpoints() {
    let dice = &mut Dice(77);
    let (mut text, mut indented) = ("<all>".to_owned(), "<all>".to_owned());
    while text.len() < 400_000 {
        indented.push_str("\n  ");
        random(dice, 5, &mut text, &mut indented, 1);
    }
    text.push_str("</all>");
    indented.push_str("\n</all>");
    let body = opened(text.as_str(), XML);
    assert!(joined(&all_rows(&body, BodyForm::Pretty)) == lines(&indented));
    for form in [BodyForm::Pretty, BodyForm::Raw] {
        windows_agree(&body, form, dice);
    }
}

#[test]
fn elements_are_indented_and_text_is_not_touched() {
    for (text, expected) in [
        (
            "<?xml version=\"1.0\"?><a x='1'><b>t  x</b><c/></a>",
            "<?xml version=\"1.0\"?>\n<a x='1'>\n  <b>t  x</b>\n  <c/>\n</a>",
        ),
        ("<a><d><e> </e>  <f></f></d></a>", "<a>\n  <d>\n    <e> </e>\n    <f></f>\n  </d>\n</a>"),
        (
            "<m>one <i>two</i>\n three &amp; <![CDATA[<x>]]></m>",
            "<m>one <i>two</i>\n three &amp; <![CDATA[<x>]]></m>",
        ),
        ("<a xml:space=\"preserve\"> <b/> </a>", "<a xml:space=\"preserve\"> <b/> </a>"),
        ("<a><b/> late <c/></a>", "<a>\n  <b/> late <c/></a>"),
    ] {
        assert_eq!(pretty(text, XML), expected);
        assert_eq!(pretty(expected, XML), expected);
        assert_eq!(trouble(text, XML), None);
    }
}

#[test]
fn tags_attributes_and_comments_have_their_kinds() {
    for form in [BodyForm::Pretty, BodyForm::Raw] {
        let rows = all_rows(&opened("<a x=\"1\"><!-- n -->\n<b>&amp;</b></a>", XML), form);
        let spans: Vec<_> = rows.iter().flat_map(|row| &row.spans).collect();
        for (kind, text) in [
            (SpanKind::Tag, "a"),
            (SpanKind::Attribute, "x"),
            (SpanKind::String, "\"1\""),
            (SpanKind::Comment, "<!-- n -->"),
            (SpanKind::Literal, "&amp;"),
        ] {
            assert!(spans.iter().any(|span| span.kind == kind && span.text == text), "{text} {spans:?}");
        }
    }
}

#[test]
fn faults_have_their_place_and_nothing_is_lost() {
    for (text, line, column) in [
        ("<a>\n<b></a>", 2, 4),
        ("<a>\n<b>", 2, 1),
        ("<a", 1, 1),
        ("<a/>text", 1, 5),
        ("<a/><b/>", 1, 5),
        ("</a>", 1, 1),
        ("<a>Müller & Co</a>", 1, 11),
        ("<a>1 < 2</a>", 1, 6),
        ("<a x=1/>", 1, 6),
        ("<a x/>", 1, 5),
        ("<a x=\"1\"y=\"2\"/>", 1, 9),
        ("<a x=\"<\"/>", 1, 7),
        ("<a x=\"&b\"/>", 1, 7),
        ("<a><!-- x</a>", 1, 4),
        ("<a></a b>", 1, 8),
        ("text", 1, 1),
        ("<a><!x></a>", 1, 4),
        ("<?xml version='1.0'?>", 1, 22),
    ] {
        let found = trouble(text, XML).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((found.line, found.column), (line, column), "{text} {found:?}");
        let without_space = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(without_space(&pretty(text, XML)), without_space(text));
        assert_eq!(joined(&all_rows(&opened(text, XML), BodyForm::Raw)), text);
    }
}

#[test]
fn a_path_has_numbers_only_where_it_needs_them() {
    let text = "<?xml version='1.0'?><ns:a xmlns:ns='u'><b/><c>1</c><b id='7' x='8'>t<d/></b><b/></ns:a>";
    for form in [BodyForm::Pretty, BodyForm::Raw] {
        let body = opened(text, XML);
        wait(&body, form);
        for (what, path) in [
            ("<ns:a", "/ns:a"),
            ("ns='u'", "/ns:a/@xmlns:ns"),
            ("<b/>", "/ns:a/b[1]"),
            ("<c>", "/ns:a/c"),
            ("1</c", "/ns:a/c"),
            ("/c>", "/ns:a/c"),
            ("<b id", "/ns:a/b[2]"),
            ("id=", "/ns:a/b[2]/@id"),
            ("7'", "/ns:a/b[2]/@id"),
            ("x='8", "/ns:a/b[2]/@x"),
            ("t<d", "/ns:a/b[2]"),
            ("<d/>", "/ns:a/b[2]/d"),
            ("<b/></ns", "/ns:a/b[3]"),
        ] {
            let offset = text.find(what).unwrap() as u64;
            let place = body.place_of(form, offset).unwrap();
            let found = body.place(form, place.row, place.column).unwrap();
            assert_eq!(found.path.as_deref(), Some(path), "{what} {place:?}");
        }
    }
}
