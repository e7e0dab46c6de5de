//! Filters with any expression over any body.

use std::sync::Once;

use serde_json::Value;
use serde_json_path::JsonPath;
use sluice_core::body::filter::{self, Node};

use super::texts::{halves, source};

/// A node's text up to here is compared.
const SHORT: usize = 1_900;

/// A JSONPath and a body.
pub fn json(data: &[u8]) {
    let (expression, body) = halves(data);
    let Ok(expression) = std::str::from_utf8(expression) else { return };
    if let Ok(outcome) = filter::json(&source(body), expression) {
        assert!(outcome.nodes.len() as u64 <= outcome.count);
        assert!(outcome.nodes.iter().all(|node| node.offset.is_none_or(|at| at < body.len() as u64)));
    }
    // Written anew no member stands twice, and every number is as it is read.
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return };
    let text = serde_json::to_string_pretty(&value).unwrap();
    let Ok(value) = serde_json::from_str::<Value>(&text) else { return };
    agrees(expression.trim(), &text, &value);
}

/// The nodes are those another reader finds with all of the body in memory.
fn agrees(expression: &str, text: &str, value: &Value) {
    let outcome = filter::json(&source(text.as_bytes()), expression);
    // The other reader panics where an escape is cut off.
    if outcome.is_err() && expression.contains('\\') {
        return;
    }
    let Ok(path) = JsonPath::parse(expression) else {
        assert!(outcome.is_err());
        return;
    };
    let expected = path.query(value).all();
    let outcome = outcome.unwrap_or_else(|error| panic!("{}", error.message));
    assert_eq!((outcome.count, outcome.cut), (expected.len() as u64, false), "{expression} {text}");
    for (node, value) in outcome.nodes.iter().zip(expected) {
        points_at(node, value, text);
    }
}

fn points_at(node: &Node, value: &Value, text: &str) {
    let shown = serde_json::to_string_pretty(value).unwrap();
    if shown.len() < SHORT {
        assert_eq!(node.text, shown, "{}", node.path);
    }
    let at = usize::try_from(node.offset.expect("every node has a place")).unwrap();
    let first = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>().next();
    assert_eq!(first.and_then(Result::ok).as_ref(), Some(value), "{} at {at}", node.path);
    let path = JsonPath::parse(&node.path).unwrap_or_else(|error| panic!("{}: {error}", node.path));
    let whole = serde_json::from_str(text).unwrap();
    assert_eq!(path.query(&whole).all(), [value], "{}", node.path);
}

/// An XPath and a body.
pub fn xml(data: &[u8]) {
    leave_xpath_to_its_thread();
    let (expression, body) = halves(data);
    let Ok(expression) = std::str::from_utf8(expression) else { return };
    let given = [("p".to_owned(), "urn:p".to_owned())];
    let lossy = String::from_utf8_lossy(body);
    for expression in [expression, "//*", "//@*", "//text()"] {
        let Ok(outcome) = filter::xml(&*source(body), expression, &given) else { continue };
        for node in &outcome.nodes {
            let Some(at) = node.offset.and_then(|at| usize::try_from(at).ok()) else { continue };
            assert!(at <= body.len(), "{}", node.path);
            let is_element = expression == "//*" && lossy.len() == body.len();
            assert!(!is_element || lossy[at..].starts_with('<'), "{at} {lossy}");
        }
    }
}

/// A panic while an XPath is evaluated ends its thread and is answered as an error, which is no finding here.
fn leave_xpath_to_its_thread() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let otherwise = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() != Some("xpath") {
                otherwise(panic);
            }
        }));
    });
}
