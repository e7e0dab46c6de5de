use roxmltree::Node;

use super::schemas::{Schemas, XSD, built_in, is, namespace, qualified};
use crate::collection::import::losses::Losses;

/// How many elements a sample has at most.
const BUDGET: usize = 1_500;
/// How deep declarations are followed.
const DEEPEST: usize = 24;

/// How deep a schema's own elements are followed.
const DEEPEST_FILE: usize = 48;

type Declared<'a> = Node<'a, 'a>;

/// Writes samples of elements, and remembers the namespaces they need.
pub(super) struct Sample<'a, 'l> {
    schemas: &'l Schemas<'a>,
    losses: &'l mut Losses,
    spaces: Vec<String>,
    open: Vec<Declared<'a>>,
    budget: usize,
}

/// What an element holds.
#[derive(Default)]
struct Content {
    attributes: String,
    text: String,
    children: String,
}

impl<'a, 'l> Sample<'a, 'l> {
    pub(super) const fn new(schemas: &'l Schemas<'a>, losses: &'l mut Losses) -> Self {
        Self { schemas, losses, spaces: Vec::new(), open: Vec::new(), budget: BUDGET }
    }

    /// The declarations of all namespaces used so far.
    pub(super) fn declarations(&self) -> String {
        let numbered = self.spaces.iter().enumerate();
        let declared: Vec<String> =
            numbered.map(|(at, space)| format!(" xmlns:ns{}=\"{}\"", at + 1, escaped(space))).collect();
        declared.concat()
    }

    /// A name in a namespace, with its prefix.
    pub(super) fn tag(&mut self, space: &str, name: &str) -> String {
        if space.is_empty() {
            return name.to_owned();
        }
        let known = self.spaces.iter().position(|one| one == space);
        let at = known.unwrap_or_else(|| {
            self.spaces.push(space.to_owned());
            self.spaces.len() - 1
        });
        format!("ns{}:{name}", at + 1)
    }

    /// A global element.
    pub(super) fn global(&mut self, name: (&'a str, &'a str), depth: usize) -> String {
        match self.schemas.find("element", name) {
            Some(declared) => self.element(declared, depth),
            None => self.missing("element", name, depth),
        }
    }

    /// An element without a namespace of a named type: a part of an rpc call.
    pub(super) fn part(&mut self, name: &str, node: Declared<'a>, kind: &'a str, depth: usize) -> String {
        let content = self.named(node, kind, depth + 1);
        rendered(name, &content, depth)
    }

    fn missing(&mut self, what: &str, (space, name): (&str, &str), depth: usize) -> String {
        self.losses.note(format!("The {what} `{name}` of `{space}` is in none of the schemas; fill it in."));
        format!("{}<!--{} is not described-->\n", indent(depth), comment(name))
    }

    fn element(&mut self, declared: Declared<'a>, depth: usize) -> String {
        let occurs = occurs(declared, depth);
        let resolved = match declared.attribute("ref") {
            Some(name) => {
                let name = qualified(declared, name);
                match self.schemas.find("element", name) {
                    Some(found) => found,
                    None => return self.missing("element", name, depth),
                }
            }
            None => declared,
        };
        let name = resolved.attribute("name").unwrap_or("element");
        if self.budget == 0 || self.open.len() >= DEEPEST || self.open.contains(&resolved) {
            return format!("{}<!--{} repeats here-->\n", indent(depth), comment(name));
        }
        self.budget -= 1;
        self.open.push(resolved);
        let content = self.content(resolved, depth + 1);
        self.open.pop();
        let tag = self.tag(namespace(resolved, "elementFormDefault"), name);
        format!("{occurs}{}", rendered(&tag, &content, depth))
    }

    fn content(&mut self, declared: Declared<'a>, depth: usize) -> Content {
        if let Some(text) = declared.attribute("fixed").or_else(|| declared.attribute("default")) {
            return Content { text: text.to_owned(), ..Content::default() };
        }
        if let Some(kind) = declared.attribute("type") {
            return self.named(declared, kind, depth);
        }
        match declared.children().find(|child| is(child, "complexType") || is(child, "simpleType")) {
            Some(inline) => self.of_type(inline, depth),
            None => Content::default(),
        }
    }

    fn named(&mut self, node: Declared<'a>, kind: &'a str, depth: usize) -> Content {
        let name = qualified(node, kind);
        if name.0 == XSD {
            return Content { text: built_in(name.1).to_owned(), ..Content::default() };
        }
        let found = self.schemas.find("complexType", name).or_else(|| self.schemas.find("simpleType", name));
        match found {
            Some(found) => self.of_type(found, depth),
            None => Content { children: self.missing("type", name, depth), ..Content::default() },
        }
    }

    fn of_type(&mut self, node: Declared<'a>, depth: usize) -> Content {
        if is(&node, "simpleType") {
            return Content { text: self.simple(node, 0), ..Content::default() };
        }
        let mut content = Content::default();
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "simpleContent" | "complexContent" => {
                    for derived in child.children().filter(|it| is(it, "extension") || is(it, "restriction"))
                    {
                        self.derived(derived, &mut content, depth);
                    }
                }
                _ => self.member(child, &mut content, depth),
            }
        }
        content
    }

    /// What an extension adds to its base, or what a restriction leaves of it.
    fn derived(&mut self, node: Declared<'a>, content: &mut Content, depth: usize) {
        let base = node.attribute("base").map(|base| qualified(node, base));
        let complex = base.and_then(|base| self.schemas.find("complexType", base));
        let simple = node.parent().is_some_and(|parent| is(&parent, "simpleContent"));
        match (base, complex) {
            (_, Some(complex)) if self.open.contains(&complex) || self.open.len() >= DEEPEST => {}
            (_, Some(complex)) if simple || is(&node, "extension") => {
                self.open.push(complex);
                *content = self.of_type(complex, depth);
                self.open.pop();
            }
            (Some(base), None) if simple => content.text = self.simple_named(base, 0),
            _ => {}
        }
        for child in node.children().filter(Node::is_element) {
            self.member(child, content, depth);
        }
    }

    fn member(&mut self, node: Declared<'a>, content: &mut Content, depth: usize) {
        match node.tag_name().name() {
            "attribute" => content.attributes.push_str(&self.attribute(node)),
            "attributeGroup" => self.attribute_group(node, content, depth),
            _ => content.children.push_str(&self.particle(node, depth)),
        }
    }

    fn attribute_group(&mut self, node: Declared<'a>, content: &mut Content, depth: usize) {
        let name = node.attribute("ref").map(|name| qualified(node, name));
        let Some(group) = name.and_then(|name| self.schemas.find("attributeGroup", name)) else { return };
        if self.open.contains(&group) || self.open.len() >= DEEPEST {
            return;
        }
        self.open.push(group);
        for child in group.children().filter(Node::is_element) {
            self.member(child, content, depth);
        }
        self.open.pop();
    }

    fn attribute(&mut self, declared: Declared<'a>) -> String {
        if declared.attribute("use") == Some("prohibited") {
            return String::new();
        }
        let resolved = declared.attribute("ref").map(|name| qualified(declared, name));
        let resolved = match resolved {
            Some(name) => self.schemas.find("attribute", name),
            None => Some(declared),
        };
        let Some((resolved, name)) = resolved.and_then(|node| Some((node, node.attribute("name")?))) else {
            return String::new();
        };
        let value = self.content(resolved, 0).text;
        let tag = self.tag(namespace(resolved, "attributeFormDefault"), name);
        format!(" {tag}=\"{}\"", escaped(&value))
    }

    fn particle(&mut self, node: Declared<'a>, depth: usize) -> String {
        if node.ancestors().take(DEEPEST_FILE).count() == DEEPEST_FILE {
            self.losses.note("The schema is nested too deeply; what stands deepest is left out.");
            return String::new();
        }
        match node.tag_name().name() {
            "element" => self.element(node, depth),
            "sequence" | "all" => {
                node.children().filter(Node::is_element).map(|child| self.particle(child, depth)).collect()
            }
            "choice" => self.choice(node, depth),
            "group" => self.group(node, depth),
            "any" => format!("{}<!--Any element may stand here-->\n", indent(depth)),
            _ => String::new(),
        }
    }

    /// The first of a choice, with the names of the others.
    fn choice(&mut self, node: Declared<'a>, depth: usize) -> String {
        let named = |child: &Declared<'a>| child.attribute("name").or_else(|| child.attribute("ref"));
        let choices: Vec<Declared<'a>> =
            node.children().filter(|child| child.is_element() && !is(child, "annotation")).collect();
        let Some((first, others)) = choices.split_first() else { return String::new() };
        let others: Vec<&str> = others.iter().filter_map(named).collect();
        let told = if others.is_empty() {
            String::new()
        } else {
            format!("{}<!--Instead: {}-->\n", indent(depth), comment(&others.join(", ")))
        };
        format!("{told}{}", self.particle(*first, depth))
    }

    fn group(&mut self, node: Declared<'a>, depth: usize) -> String {
        let Some(name) = node.attribute("ref").map(|name| qualified(node, name)) else {
            return String::new();
        };
        let Some(group) = self.schemas.find("group", name) else { return self.missing("group", name, depth) };
        if self.open.contains(&group) || self.open.len() >= DEEPEST {
            return String::new();
        }
        self.open.push(group);
        let inner =
            group.children().filter(Node::is_element).map(|child| self.particle(child, depth)).collect();
        self.open.pop();
        inner
    }

    fn simple_named(&self, name: (&'a str, &'a str), depth: usize) -> String {
        match self.schemas.find("simpleType", name) {
            Some(found) if name.0 != XSD && depth < DEEPEST => self.simple(found, depth + 1),
            _ => built_in(name.1).to_owned(),
        }
    }

    /// A value of a simple type: the first of its values where it lists them.
    fn simple(&self, node: Declared<'a>, depth: usize) -> String {
        let Some(rule) = node.children().find(|child| child.is_element() && !is(child, "annotation")) else {
            return String::new();
        };
        if let Some(first) = rule.children().find(|child| is(child, "enumeration")) {
            return first.attribute("value").unwrap_or_default().to_owned();
        }
        if let Some(least) = rule.children().find(|child| is(child, "minInclusive")) {
            return least.attribute("value").unwrap_or_default().to_owned();
        }
        let base = ["base", "itemType", "memberTypes"].into_iter().find_map(|name| rule.attribute(name));
        let base = base.and_then(|names| names.split_whitespace().next());
        match (base, rule.children().find(|child| is(child, "simpleType"))) {
            (Some(base), _) => self.simple_named(qualified(rule, base), depth),
            (None, Some(inline)) if depth < DEEPEST => self.simple(inline, depth + 1),
            _ => "string".to_owned(),
        }
    }
}

fn occurs(node: Node, depth: usize) -> String {
    let optional = node.attribute("minOccurs") == Some("0");
    let several = node.attribute("maxOccurs").is_some_and(|most| most != "1" && most != "0");
    let words = match (optional, several) {
        (false, false) => return String::new(),
        (true, false) => "Optional",
        (true, true) => "None or more",
        (false, true) => "One or more",
    };
    format!("{}<!--{words}:-->\n", indent(depth))
}

fn rendered(tag: &str, content: &Content, depth: usize) -> String {
    let indent = indent(depth);
    let Content { attributes, text, children } = content;
    match (children.is_empty(), text.is_empty()) {
        (true, true) => format!("{indent}<{tag}{attributes}/>\n"),
        (true, false) => format!("{indent}<{tag}{attributes}>{}</{tag}>\n", escaped(text)),
        (false, _) => format!("{indent}<{tag}{attributes}>\n{children}{indent}</{tag}>\n"),
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

fn comment(text: &str) -> String {
    text.replace("--", "- -")
}

/// Text as it stands in an element or between double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
