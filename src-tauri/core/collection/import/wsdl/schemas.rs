use std::collections::HashMap;

use roxmltree::{Document, Node};

/// The namespace of XML Schema.
pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// The global declarations of all schemas, by kind, namespace and name.
pub(super) struct Schemas<'a> {
    found: HashMap<(&'a str, &'a str, &'a str), Node<'a, 'a>>,
}

impl<'a> Schemas<'a> {
    /// Every schema that stands in these documents.
    pub(super) fn of(documents: &'a [Document<'a>]) -> Self {
        let mut found = HashMap::new();
        let all = documents.iter().flat_map(|document| document.descendants());
        for schema in all.filter(|node| is(node, "schema")) {
            let target = schema.attribute("targetNamespace").unwrap_or_default();
            for declared in schema.children().filter(|node| node.tag_name().namespace() == Some(XSD)) {
                if let Some(name) = declared.attribute("name") {
                    found.entry((declared.tag_name().name(), target, name)).or_insert(declared);
                }
            }
        }
        Self { found }
    }

    /// A declaration; one of a schema without a namespace is taken for an including one.
    pub(super) fn find(&self, kind: &'a str, (space, name): (&'a str, &'a str)) -> Option<Node<'a, 'a>> {
        self.found.get(&(kind, space, name)).or_else(|| self.found.get(&(kind, "", name))).copied()
    }
}

/// Whether this is the XML Schema element of that name.
pub(super) fn is(node: &Node, name: &str) -> bool {
    node.tag_name().namespace() == Some(XSD) && node.tag_name().name() == name
}

/// The namespace and local name a qualified name in an attribute means where it stands.
pub(super) fn qualified<'a>(node: Node<'a, 'a>, name: &'a str) -> (&'a str, &'a str) {
    let (prefix, local) = name.split_once(':').map_or((None, name), |(prefix, local)| (Some(prefix), local));
    (node.lookup_namespace_uri(prefix).unwrap_or_default(), local)
}

/// The namespace a declared element or attribute has in a document.
pub(super) fn namespace<'a>(node: Node<'a, 'a>, default: &str) -> &'a str {
    let Some(schema) = node.ancestors().find(|above| is(above, "schema")) else { return "" };
    let target = schema.attribute("targetNamespace").unwrap_or_default();
    let global = node.parent() == Some(schema);
    let form = node.attribute("form").or_else(|| schema.attribute(default));
    if global || form == Some("qualified") { target } else { "" }
}

/// A value of a built-in type.
pub(super) fn built_in(name: &str) -> &'static str {
    match name {
        "boolean" => "false",
        "int" | "integer" | "long" | "short" | "byte" | "nonNegativeInteger" | "nonPositiveInteger"
        | "unsignedInt" | "unsignedLong" | "unsignedShort" | "unsignedByte" => "0",
        "positiveInteger" => "1",
        "negativeInteger" => "-1",
        "decimal" | "float" | "double" => "0.0",
        "date" => "2026-01-31",
        "dateTime" => "2026-01-31T12:00:00Z",
        "time" => "12:00:00Z",
        "gYear" => "2026",
        "gYearMonth" => "2026-01",
        "gMonth" => "--01",
        "gDay" => "---31",
        "gMonthDay" => "--01-31",
        "duration" => "P1D",
        "base64Binary" => "dGV4dA==",
        "hexBinary" => "00",
        "anyURI" => "https://example.com",
        "language" => "en",
        "anyType" | "anySimpleType" => "",
        _ => "string",
    }
}
