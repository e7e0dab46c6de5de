use roxmltree::Node;

use super::sample::Sample;
use super::{Port, SOAP_11, SOAP_12, Service, child, schemas, soap};
use crate::collection::import::losses::Losses;

impl<'a> Service<'a> {
    /// The envelope with a sample of the message the operation takes.
    pub(super) fn envelope(
        &self,
        port: &Port<'a>,
        bound: Node<'a, 'a>,
        operation: Option<Node<'a, 'a>>,
        losses: &mut Losses,
    ) -> String {
        let input = child(bound, "input");
        let body = input.and_then(|input| soap(input, "body"));
        if body.and_then(|body| body.attribute("use")) == Some("encoded") {
            losses.note(
                "The message is rpc/encoded; the sample is rpc/literal, without `encodingStyle` and `xsi:type`. Add them where the receiver asks.",
            );
        }
        let message = operation.and_then(|it| child(it, "input")).and_then(|it| it.attribute("message"));
        let message = message.and_then(|name| self.named("message", name));
        if message.is_none() {
            losses.note("The input message is not described; the body of the envelope is empty.");
        }
        let style = soap(bound, "operation").and_then(|it| it.attribute("style"));
        let rpc = style.map_or(port.rpc, |style| style == "rpc");
        let mut sample = Sample::new(&self.schemas, losses);
        let header = input.map(|input| self.header(input, &mut sample)).unwrap_or_default();
        let parts = message.map(|message| parts(message, body)).unwrap_or_default();
        let inner = if rpc {
            rpc_body(&parts, bound, body, &mut sample)
        } else {
            parts.iter().map(|part| part_sample(*part, 2, &mut sample)).collect()
        };
        let space = if port.soap_12 {
            "http://www.w3.org/2003/05/soap-envelope"
        } else {
            "http://schemas.xmlsoap.org/soap/envelope/"
        };
        let header = if header.is_empty() {
            "  <soapenv:Header/>\n".to_owned()
        } else {
            format!("  <soapenv:Header>\n{header}  </soapenv:Header>\n")
        };
        let declared = sample.declarations();
        format!(
            "<soapenv:Envelope xmlns:soapenv=\"{space}\"{declared}>\n{header}  <soapenv:Body>\n{inner}  </soapenv:Body>\n</soapenv:Envelope>"
        )
    }

    fn header(&self, input: Node<'a, 'a>, sample: &mut Sample<'a, '_>) -> String {
        let declared = input.children().filter(|it| {
            it.tag_name().name() == "header" && matches!(it.tag_name().namespace(), Some(SOAP_11 | SOAP_12))
        });
        declared
            .filter_map(|header| {
                let message = self.named("message", header.attribute("message")?)?;
                let name = header.attribute("part");
                let part = parts(message, None).into_iter().find(|part| part.attribute("name") == name)?;
                Some(part_sample(part, 2, sample))
            })
            .collect()
    }
}

/// The parts of a message that go into the body.
fn parts<'a>(message: Node<'a, 'a>, body: Option<Node<'a, 'a>>) -> Vec<Node<'a, 'a>> {
    let chosen = body.and_then(|body| body.attribute("parts"));
    let wanted = |part: &Node| {
        let name = part.attribute("name").unwrap_or_default();
        chosen.is_none_or(|chosen| chosen.split_whitespace().any(|one| one == name))
    };
    message.children().filter(|it| it.tag_name().name() == "part").filter(wanted).collect()
}

fn part_sample<'a>(part: Node<'a, 'a>, depth: usize, sample: &mut Sample<'a, '_>) -> String {
    if let Some(element) = part.attribute("element") {
        return sample.global(schemas::qualified(part, element), depth);
    }
    let name = part.attribute("name").unwrap_or("part");
    let kind = part.attribute("type");
    kind.map(|kind| sample.part(name, part, kind, depth)).unwrap_or_default()
}

/// The parts inside an element named like the operation, in the namespace the binding says.
fn rpc_body<'a>(
    parts: &[Node<'a, 'a>],
    bound: Node<'a, 'a>,
    body: Option<Node<'a, 'a>>,
    sample: &mut Sample<'a, '_>,
) -> String {
    // A binding that says no namespace means that of the service.
    let own = || bound.document().root_element().attribute("targetNamespace");
    let space = body.and_then(|body| body.attribute("namespace")).or_else(own).unwrap_or_default();
    let tag = sample.tag(space, bound.attribute("name").unwrap_or("operation"));
    let inner: String = parts.iter().map(|part| part_sample(*part, 3, sample)).collect();
    format!("    <{tag}>\n{inner}    </{tag}>\n")
}
