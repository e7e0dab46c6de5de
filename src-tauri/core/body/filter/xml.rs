use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use xee_xpath::context::StaticContextBuilder;
use xee_xpath::query::SequenceQuery;
use xee_xpath::{Documents, Item, Queries, Query as _};
use xot::{Node as XmlNode, SpanInfo, SpanInfoKey, Value, Xot};

use super::names::widened;
use super::namespaces::Declared;
use super::{LARGEST, MOST, Node, Outcome, cut, too_large, unreadable};
use crate::body::source::Source;
use crate::error::{Code, Error, Result};

/// Deep documents and nested expressions are worked through by calls within calls.
const STACK: usize = 256 * 1024 * 1024;
/// With more bytes that are no text, places are not known.
const MOST_REPLACED: usize = 100_000;
/// An expression can count to a billion; nobody waits for that.
const PATIENCE: Duration = Duration::from_secs(20);

/// The nodes an XPath names, with the prefixes the document declares and those given; names without a prefix are of the
/// document's default namespace. Where the document declares several, a prefix, or none, means all of them.
pub fn filter(source: &dyn Source, expression: &str, namespaces: &[(String, String)]) -> Result<Outcome> {
    if source.size() > LARGEST {
        return Err(too_large("Search for a text instead, or save the body and use another program"));
    }
    let bytes = super::walk::read(source, 0, source.size()).map_err(|error| unreadable(&error))?;
    let text = Text::read(&bytes);
    let (expression, namespaces) = (expression.trim().to_owned(), namespaces.to_vec());
    let (answer, answered) = sync_channel(1);
    let work = move || {
        // Nobody listens any more when it took too long.
        let _ = answer.send(evaluate(&text, &expression, &namespaces));
    };
    let spawned = std::thread::Builder::new().name("xpath".to_owned()).stack_size(STACK).spawn(work);
    spawned.map_err(|error| unreadable(&error))?;
    answered.recv_timeout(PATIENCE).unwrap_or_else(|error| Err(unanswered(error)))
}

fn unanswered(error: RecvTimeoutError) -> Error {
    let what = match error {
        RecvTimeoutError::Timeout => "The expression takes too long",
        RecvTimeoutError::Disconnected => "The expression cannot be evaluated on this body",
    };
    Error::new(Code::InvalidInput, what)
        .hint("Write it more narrowly, beginning at the top: /Orders/Order[@id='1']")
}

fn evaluate(text: &Text, expression: &str, given: &[(String, String)]) -> Result<Outcome> {
    let mut documents = Documents::new();
    let xml = text.text.trim_start_matches('\u{feff}');
    let (root, spans) = documents.xot_mut().parse_with_span_info(xml).map_err(|error| no_xml(&error))?;
    let places = Places { spans, xml, before: text.text.len() - xml.len(), text };
    let declared = Declared::of(documents.xot(), root, given);
    let mut query =
        compiled(expression, &declared).map_err(|error| invalid(Some(expression), &declared, &error))?;
    let mut written = Some(expression);
    if !declared.are_plain()
        && let Some(wide) = widened(expression, &declared)
        && let Ok(wide) = compiled(&wide, &declared)
    {
        // Places in this one are not those of what the user wrote.
        (query, written) = (wide, None);
    }
    let answer = query.execute(&mut documents, root).map_err(|error| invalid(written, &declared, &error))?;
    Ok(outcome(documents.xot(), &declared, &places, answer.iter()))
}

fn compiled(expression: &str, declared: &Declared) -> xee_xpath::error::Result<SequenceQuery> {
    let mut context = StaticContextBuilder::default();
    for (prefix, namespace) in declared.prefixes() {
        context.add_namespace(prefix, namespace);
    }
    context.default_element_namespace(declared.default());
    Queries::new(context).sequence(expression)
}

fn outcome(
    xot: &Xot,
    declared: &Declared,
    places: &Places<'_>,
    items: impl Iterator<Item = Item>,
) -> Outcome {
    let mut outcome = Outcome::default();
    let mut values = Vec::new();
    for item in items {
        match item {
            Item::Node(node) => outcome.add(|| found(xot, declared, places, node)),
            other if values.len() < MOST => values.push(other.string_value(xot).unwrap_or_default()),
            _ => outcome.cut = true,
        }
    }
    outcome.value = (!values.is_empty()).then(|| cut(&values.join("\n")));
    outcome
}

fn found(xot: &Xot, declared: &Declared, places: &Places<'_>, node: XmlNode) -> Node {
    let text = match xot.value(node) {
        Value::Element(_) => {
            let indented = xot::output::xml::Parameters {
                indentation: Some(xot::output::Indentation::default()),
                ..Default::default()
            };
            xot.serialize_xml_string(indented, node).unwrap_or_default()
        }
        _ => xot.string_value(node),
    };
    Node { path: path(xot, declared, node), text: cut(text.trim_end()), offset: places.of(xot, node) }
}

/// A body as text; bytes that are none are replaced.
struct Text {
    text: String,
    /// Behind each replacement, where the text goes on: there and in the body. None when there are too many of them.
    resumed: Option<Vec<(usize, usize)>>,
}

impl Text {
    fn read(bytes: &[u8]) -> Self {
        let (mut text, mut resumed) = (String::with_capacity(bytes.len()), Vec::new());
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            at += chunk.valid().len() + chunk.invalid().len();
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
                if resumed.len() <= MOST_REPLACED {
                    resumed.push((text.len(), at));
                }
            }
        }
        Self { text, resumed: Some(resumed).filter(|resumed| resumed.len() <= MOST_REPLACED) }
    }

    /// The place in the body of a place in the text.
    fn place(&self, at: usize) -> Option<u64> {
        let resumed = self.resumed.as_ref()?;
        let before = resumed.partition_point(|(there, _)| *there <= at);
        let (there, here) = before.checked_sub(1).map_or((0, 0), |last| resumed[last]);
        Some((here + at - there) as u64)
    }
}

/// Where the nodes stand in the body.
struct Places<'a> {
    spans: SpanInfo,
    xml: &'a str,
    /// Bytes before the document.
    before: usize,
    text: &'a Text,
}

impl Places<'_> {
    fn of(&self, xot: &Xot, node: XmlNode) -> Option<u64> {
        let key = match xot.value(node) {
            Value::Element(_) => SpanInfoKey::ElementStart(node),
            Value::Text(_) => SpanInfoKey::Text(node),
            Value::Comment(_) => SpanInfoKey::Comment(node),
            Value::ProcessingInstruction(_) => SpanInfoKey::PiTarget(node),
            Value::Attribute(attribute) => SpanInfoKey::AttributeName(xot.parent(node)?, attribute.name()),
            Value::Document => return Some(0),
            Value::Namespace(_) => return None,
        };
        let start = self.spans.get(key)?.start;
        let start = if xot.is_element(node) { self.tag(start) } else { start };
        self.text.place(self.before + start)
    }

    /// Where the tag begins whose name is here.
    fn tag(&self, name: usize) -> usize {
        self.xml.get(..name).and_then(|before| before.rfind('<')).unwrap_or(name)
    }
}

/// A path that leads to this node and no other: `/Orders/Order[2]/@id`.
fn path(xot: &Xot, declared: &Declared, node: XmlNode) -> String {
    let mut steps: Vec<String> = Vec::new();
    let mut at = Some(node);
    while let Some(here) = at.filter(|here| !xot.is_document(*here)) {
        let parent = xot.parent(here);
        steps.push(step(xot, declared, parent, here));
        at = parent;
    }
    steps.reverse();
    format!("/{}", steps.join("/"))
}

fn step(xot: &Xot, declared: &Declared, parent: Option<XmlNode>, node: XmlNode) -> String {
    let name = |node: XmlNode| xot.node_name(node).and_then(|name| xot.full_name(node, name).ok());
    let own = match xot.value(node) {
        Value::Element(_) => name(node).unwrap_or_else(|| "*".to_owned()),
        Value::Attribute(attribute) => {
            return format!("@{}", xot.full_name(node, attribute.name()).unwrap_or_else(|_| "*".to_owned()));
        }
        Value::Text(_) => "text()".to_owned(),
        Value::Comment(_) => "comment()".to_owned(),
        _ => "node()".to_owned(),
    };
    let prefix = own.split_once(':').map_or("", |(prefix, _)| prefix);
    let is_named_alike = |other: XmlNode| {
        let names = xot.node_name(node).zip(xot.node_name(other));
        names.is_some_and(|(name, other)| {
            let (local, namespace) = xot.name_ns_str(other);
            name == other || (local == xot.local_name_str(name) && declared.means(prefix, namespace))
        })
    };
    let is_alike = |other: &XmlNode| {
        xot.value_type(*other) == xot.value_type(node) && (!xot.is_element(node) || is_named_alike(*other))
    };
    let siblings: Vec<XmlNode> =
        parent.map(|parent| xot.children(parent).filter(is_alike).collect()).unwrap_or_default();
    match siblings.iter().position(|sibling| *sibling == node) {
        Some(place) if siblings.len() > 1 => format!("{own}[{}]", place + 1),
        _ => own,
    }
}

fn no_xml(error: &xot::ParseError) -> Error {
    Error::new(Code::InvalidInput, format!("The body is no XML an XPath can look at: {error}"))
        .hint("The raw form shows it as it came; search works on any text")
}

fn invalid(expression: Option<&str>, declared: &Declared, error: &xee_xpath::error::Error) -> Error {
    let place = error.span.map(|span| span.range().start);
    let column = place
        .zip(expression)
        .map(|(at, expression)| expression.char_indices().take_while(|(start, _)| *start < at).count() + 1);
    let place = column.map(|column| format!(" at character {column}")).unwrap_or_default();
    let prefixes: Vec<&str> = declared.prefixes().map(|(prefix, _)| prefix).collect();
    let hint = if prefixes.is_empty() {
        "For example /Orders/Order[@id='1'], //Status/text() or count(//Item)".to_owned()
    } else {
        format!(
            "For example //{}:Name or count(//*); the document declares {}",
            prefixes[0],
            prefixes.join(", ")
        )
    };
    Error::new(
        Code::InvalidInput,
        format!("This is no XPath for this body: {}{place}", error.error.message()),
    )
    .hint(hint)
}
