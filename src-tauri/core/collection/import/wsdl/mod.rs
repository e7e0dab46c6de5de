//! WSDL 1.1: a request for each operation of each SOAP port, with a sample of its message.

mod envelope;
mod sample;
mod schemas;
#[cfg(test)]
mod tests;

use roxmltree::{Document, Node};
use url::Url;

use super::Import;
use super::losses::Losses;
use super::misread::Misread;
use crate::collection::{Collection, FolderItem, Item, RequestDetails, RequestItem, Variable};
use crate::error::{Code, Error};
use crate::http::{Authorization, Body, Field, Request};
use schemas::Schemas;

const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
const SOAP_11: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
const SOAP_12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";

/// Whether this text is a WSDL, of any version.
pub fn is(text: &str) -> bool {
    let Ok(document) = Document::parse(without_mark(text)) else { return false };
    let root = document.root_element().tag_name();
    root.name() == "definitions" && root.namespace() == Some(WSDL) || root.name() == "description"
}

/// Reads a WSDL; the others are files it imports, each with its path.
pub fn read(text: &str, others: &[(String, String)]) -> Result<Import, Misread> {
    let mut losses = Losses::default();
    let main = Document::parse(without_mark(text)).map_err(|error| broken(&error))?;
    let root = main.root_element();
    if root.tag_name().name() != "definitions" || root.tag_name().namespace() != Some(WSDL) {
        return Err(Error::new(
            Code::InvalidInput,
            "This is no WSDL 1.1: its root is not `wsdl:definitions`",
        )
        .hint("Download the WSDL again from the tenant (the link `WSDL` of the endpoint), version 1.1.")
        .into());
    }
    let mut documents = vec![main];
    for (path, text) in others {
        match Document::parse(without_mark(text)) {
            Ok(document) => documents.push(document),
            Err(error) => {
                let (line, said) = (error.pos().row, said(&error));
                losses.note(format!("`{path}`, line {line}: the file is left out, {said}."));
            }
        }
    }
    note_missing(&documents, others, &mut losses);
    let service = Service { schemas: Schemas::of(&documents), documents: &documents };
    let (items, variables) = service.ports(&mut losses);
    if items.is_empty() {
        losses.note("The WSDL has no port with a SOAP binding, so there is nothing to send.");
    }
    let named = service.all("service").next().or_else(|| service.all("definitions").next());
    let root = FolderItem {
        name: named.and_then(|node| node.attribute("name")).unwrap_or("WSDL").to_owned(),
        authorization: Authorization::Inherit,
        variables,
        docs: named.map(documentation).unwrap_or_default(),
        ..FolderItem::default()
    };
    Ok(Import {
        format: "WSDL 1.1".to_owned(),
        collection: Collection { root, environments: Vec::new(), items },
        losses: losses.finish(),
        ..Import::default()
    })
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn broken(error: &roxmltree::Error) -> Misread {
    let line = usize::try_from(error.pos().row).unwrap_or(usize::MAX);
    let wrong = Error::new(Code::InvalidInput, format!("The WSDL cannot be read: {}", said(error)));
    Misread::in_line(line, wrong.hint("Download the WSDL again, or mend that line."))
}

/// The parser's complaint without the place it names.
fn said(error: &roxmltree::Error) -> String {
    let place = format!(" at {}", error.pos());
    match error {
        roxmltree::Error::DtdDetected => "it has a document type definition, which is not read".to_owned(),
        other => other.to_string().trim_end_matches(&place).to_owned(),
    }
}

fn note_missing(documents: &[Document], others: &[(String, String)], losses: &mut Losses) {
    let file = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    for node in documents.iter().flat_map(Document::descendants) {
        let told = matches!(node.tag_name().name(), "import" | "include" | "redefine");
        let location = node.attribute("schemaLocation").or_else(|| node.attribute("location"));
        let Some(location) = location.filter(|_| told) else { continue };
        if !others.iter().any(|(path, _)| file(path) == file(location)) {
            losses.note(format!(
                "The imported file `{location}` is not at hand; what it describes is left out."
            ));
        }
    }
}

fn documentation(node: Node) -> String {
    let found = child(node, "documentation");
    let text: String = found
        .into_iter()
        .flat_map(|node| node.descendants())
        .filter_map(|it| it.text().filter(|_| it.is_text()))
        .collect();
    text.trim().to_owned()
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children()
        .find(|child| child.tag_name().name() == name && child.tag_name().namespace() == Some(WSDL))
}

fn soap<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| {
        child.tag_name().name() == name && matches!(child.tag_name().namespace(), Some(SOAP_11 | SOAP_12))
    })
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

struct Service<'a> {
    schemas: Schemas<'a>,
    documents: &'a [Document<'a>],
}

/// What a request needs of its port.
struct Port<'a> {
    binding: Node<'a, 'a>,
    soap_12: bool,
    rpc: bool,
    url: String,
}

impl<'a> Service<'a> {
    fn all(&self, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
        let documents: &'a [Document<'a>] = self.documents;
        documents
            .iter()
            .flat_map(|document| document.root_element().descendants())
            .filter(move |node| node.tag_name().name() == name && node.tag_name().namespace() == Some(WSDL))
    }

    fn named(&self, kind: &'a str, name: &str) -> Option<Node<'a, 'a>> {
        self.all(kind).find(|node| node.attribute("name") == Some(local(name)))
    }

    fn ports(&self, losses: &mut Losses) -> (Vec<Item>, Vec<Variable>) {
        let mut items = Vec::new();
        let mut variables: Vec<Variable> = Vec::new();
        for node in self.all("port") {
            let name = node.attribute("name").unwrap_or("port");
            losses.within(name, |losses| {
                let binding = node.attribute("binding").and_then(|name| self.named("binding", name));
                let Some((binding, transport)) = binding.and_then(|it| Some((it, soap(it, "binding")?)))
                else {
                    losses.note("The port has no SOAP binding and was left out.");
                    return;
                };
                let address =
                    soap(node, "address").and_then(|it| it.attribute("location")).unwrap_or_default();
                let (url, variable) = target(name, address);
                let foreign = variable.is_some();
                variables.extend(variable);
                let port = Port {
                    binding,
                    soap_12: transport.tag_name().namespace() == Some(SOAP_12),
                    rpc: transport.attribute("style") == Some("rpc"),
                    url,
                };
                let folder = FolderItem {
                    name: name.to_owned(),
                    authorization: if foreign { Authorization::None } else { Authorization::Inherit },
                    docs: documentation(node),
                    ..FolderItem::default()
                };
                items.push(Item::Folder(folder, self.operations(&port, losses)));
            });
        }
        (items, variables)
    }

    fn operations(&self, port: &Port<'a>, losses: &mut Losses) -> Vec<Item> {
        let bound = port.binding.children();
        bound
            .filter(|node| node.tag_name().name() == "operation" && node.tag_name().namespace() == Some(WSDL))
            .map(|node| {
                let name = node.attribute("name").unwrap_or("operation");
                losses.within(name, |losses| Item::Request(Box::new(self.request(port, node, name, losses))))
            })
            .collect()
    }

    fn request(&self, port: &Port<'a>, bound: Node<'a, 'a>, name: &str, losses: &mut Losses) -> RequestItem {
        let interface = port.binding.attribute("type").and_then(|name| self.named("portType", name));
        let abstract_one = interface.and_then(|interface| {
            interface
                .children()
                .find(|it| it.tag_name().name() == "operation" && it.attribute("name") == Some(name))
        });
        let action = soap(bound, "operation").and_then(|it| it.attribute("soapAction")).unwrap_or_default();
        let text = self.envelope(port, bound, abstract_one, losses);
        RequestItem {
            name: name.to_owned(),
            request: Request {
                headers: headers(port.soap_12, action),
                body: Body::Xml { text },
                authorization: Authorization::Inherit,
                ..Request::new("POST", port.url.clone())
            },
            details: RequestDetails {
                docs: abstract_one.map(documentation).unwrap_or_default(),
                ..RequestDetails::default()
            },
        }
    }
}

fn headers(soap_12: bool, action: &str) -> Vec<Field> {
    let quoted = action.replace(['"', '\r', '\n'], "");
    match (soap_12, action.is_empty()) {
        (true, true) => vec![Field::new("Content-Type", "application/soap+xml; charset=utf-8")],
        (true, false) => {
            let kind = format!("application/soap+xml; charset=utf-8; action=\"{quoted}\"");
            vec![Field::new("Content-Type", kind)]
        }
        (false, _) => vec![
            Field::new("Content-Type", "text/xml; charset=utf-8"),
            Field::new("SOAPAction", format!("\"{quoted}\"")),
        ],
    }
}

/// The URL of a port: below the tenant's runtime when its path is one there, otherwise a variable of its own.
fn target(port: &str, address: &str) -> (String, Option<Variable>) {
    if let Ok(url) = Url::parse(address)
        && url.path().starts_with("/cxf/")
    {
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        return (format!("{{{{runtimeUrl}}}}{}{query}", url.path()), None);
    }
    let name = format!("{port}Url");
    let variable =
        Variable { name: name.clone(), value: address.to_owned(), enabled: true, ..Variable::default() };
    (format!("{{{{{name}}}}}"), Some(variable))
}
