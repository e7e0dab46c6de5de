use std::fmt::Write as _;

use super::*;

/// A WSDL with one operation `Create`, in a document and in an rpc style binding.
fn wsdl(schema: &str, address: &str, soap: &str, style: &str) -> String {
    let element = match style {
        "rpc" => r#"<w:part name="order" type="t:Order"/><w:part name="n" type="x:int"/>"#,
        _ => r#"<w:part name="body" element="t:Create"/>"#,
    };
    format!(
        r#"<w:definitions name="Orders" targetNamespace="urn:w" xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="{soap}"
  xmlns:t="urn:t" xmlns:m="urn:w" xmlns:x="http://www.w3.org/2001/XMLSchema">
 <w:types>{schema}</w:types>
 <w:message name="In">{element}</w:message>
 <w:message name="Head"><w:part name="h" element="t:Token"/></w:message>
 <w:portType name="PT"><w:operation name="Create"><w:documentation>Creates one.</w:documentation><w:input message="m:In"/></w:operation></w:portType>
 <w:binding name="B" type="m:PT"><s:binding style="{style}" transport="http://schemas.xmlsoap.org/soap/http"/>
  <w:operation name="Create"><s:operation soapAction="urn:create"/><w:input><s:body use="literal" namespace="urn:rpc"/><s:header message="m:Head" part="h" use="literal"/></w:input></w:operation></w:binding>
 <w:service name="OrderService"><w:port name="P" binding="m:B"><s:address location="{address}"/></w:port></w:service>
</w:definitions>"#
    )
}

fn schema(form: &str, inner: &str) -> String {
    format!(
        r#"<x:schema targetNamespace="urn:t" elementFormDefault="{form}"><x:element name="Token" type="x:string"/>{inner}</x:schema>"#
    )
}

const SIMPLE: &str = r#"<x:element name="Create"><x:complexType><x:sequence><x:element name="id" type="x:int"/></x:sequence></x:complexType></x:element>
 <x:complexType name="Order"><x:sequence><x:element name="id" type="x:int"/></x:sequence></x:complexType>"#;

fn first(import: &Import) -> &RequestItem {
    let Item::Folder(_, items) = &import.collection.items[0] else { panic!("no folder") };
    let Item::Request(item) = &items[0] else { panic!("no request") };
    item
}

fn envelope(import: &Import) -> String {
    let Body::Xml { text } = &first(import).request.body else { panic!("no XML") };
    Document::parse(text).unwrap();
    text.clone()
}

fn body_of(inner: &str) -> (String, Vec<crate::collection::Loss>) {
    let import =
        read(&wsdl(&schema("qualified", inner), "https://h/cxf/a", SOAP_11, "document"), &[]).unwrap();
    (envelope(&import), import.losses)
}

#[test]
fn an_operation_becomes_a_soap_11_request_on_the_runtime() {
    let text = wsdl(&schema("qualified", SIMPLE), "https://h.test/cxf/orders?x=1", SOAP_11, "document");
    assert!(is(&text));
    let import = read(&text, &[]).unwrap();
    assert_eq!(import.collection.root.name, "OrderService");
    let item = first(&import);
    assert_eq!(
        (item.request.method.as_str(), item.request.url.as_str()),
        ("POST", "{{runtimeUrl}}/cxf/orders?x=1")
    );
    assert_eq!(
        item.request.headers,
        [Field::new("Content-Type", "text/xml; charset=utf-8"), Field::new("SOAPAction", "\"urn:create\"")]
    );
    assert_eq!(item.details.docs, "Creates one.");
    assert_eq!(
        envelope(&import),
        r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:t">
  <soapenv:Header>
    <ns1:Token>string</ns1:Token>
  </soapenv:Header>
  <soapenv:Body>
    <ns1:Create>
      <ns1:id>0</ns1:id>
    </ns1:Create>
  </soapenv:Body>
</soapenv:Envelope>"#
    );
    assert_eq!(import.losses, []);
}

#[test]
fn unqualified_local_elements_have_no_namespace() {
    let import =
        read(&wsdl(&schema("unqualified", SIMPLE), "https://h/cxf/a", SOAP_11, "document"), &[]).unwrap();
    assert!(envelope(&import).contains("<ns1:Create>\n      <id>0</id>"));
}

#[test]
fn soap_12_carries_the_action_in_the_content_type_and_its_own_namespace() {
    let import =
        read(&wsdl(&schema("qualified", SIMPLE), "http://elsewhere.test/s", SOAP_12, "document"), &[])
            .unwrap();
    let item = first(&import);
    assert_eq!(
        item.request.headers,
        [Field::new("Content-Type", "application/soap+xml; charset=utf-8; action=\"urn:create\"")]
    );
    assert!(envelope(&import).contains("http://www.w3.org/2003/05/soap-envelope"));
    assert_eq!(item.request.url, "{{PUrl}}");
    assert_eq!(import.collection.root.variables[0].value, "http://elsewhere.test/s");
    let Item::Folder(folder, _) = &import.collection.items[0] else { panic!() };
    assert_eq!(folder.authorization, Authorization::None);
}

#[test]
fn rpc_encoded_is_written_as_rpc_literal_and_told() {
    let literal = wsdl(&schema("qualified", SIMPLE), "https://h/cxf/a", SOAP_11, "rpc");
    let encoding =
        "use=\"encoded\" encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\" namespace=\"urn:rpc\"";
    let encoded = literal.replace("use=\"literal\" namespace=\"urn:rpc\"", encoding);
    let (literal, encoded) = (read(&literal, &[]).unwrap(), read(&encoded, &[]).unwrap());
    assert_eq!(envelope(&encoded), envelope(&literal));
    assert_eq!(literal.losses, []);
    assert_eq!(encoded.losses[0].place, "P / Create");
    assert!(encoded.losses[0].what.contains("rpc/encoded"), "{}", encoded.losses[0].what);
}

#[test]
fn rpc_without_a_namespace_takes_that_of_the_service() {
    let text = wsdl(&schema("qualified", SIMPLE), "https://h/cxf/a", SOAP_11, "rpc");
    let import = read(&text.replace(" namespace=\"urn:rpc\"", ""), &[]).unwrap();
    assert!(envelope(&import).contains("=\"urn:w\""), "{}", envelope(&import));
}

#[test]
fn rpc_wraps_the_parts_in_the_namespace_of_the_binding() {
    let import = read(&wsdl(&schema("qualified", SIMPLE), "https://h/cxf/a", SOAP_11, "rpc"), &[]).unwrap();
    let text = envelope(&import);
    assert!(text.contains("xmlns:ns2=\"urn:rpc\""), "{text}");
    assert!(text.contains("<ns2:Create>\n      <order>\n        <ns1:id>0</ns1:id>\n      </order>\n      <n>0</n>\n    </ns2:Create>"), "{text}");
}

#[test]
fn types_are_followed_through_extensions_choices_attributes_and_lists_of_values() {
    let (text, losses) = body_of(
        r#"<x:element name="Create" type="t:Big"/><x:element name="Note" type="x:string"/>
        <x:complexType name="Base"><x:sequence><x:element name="state" type="t:State"/></x:sequence><x:attribute name="v" type="x:int" use="required"/></x:complexType>
        <x:simpleType name="State"><x:restriction base="x:string"><x:enumeration value="new &amp; &lt;old&gt;"/><x:enumeration value="b"/></x:restriction></x:simpleType>
        <x:complexType name="Amount"><x:simpleContent><x:extension base="x:decimal"><x:attribute name="cur" fixed="EUR"/></x:extension></x:simpleContent></x:complexType>
        <x:group name="G"><x:sequence><x:element name="g" type="x:boolean"/></x:sequence></x:group>
        <x:complexType name="Big"><x:complexContent><x:extension base="t:Base"><x:sequence>
          <x:element ref="t:Note" minOccurs="0" maxOccurs="unbounded"/><x:element name="amount" type="t:Amount"/>
          <x:choice><x:element name="a" type="x:date"/><x:element name="b" type="x:int"/></x:choice><x:group ref="t:G"/>
        </x:sequence></x:extension></x:complexContent></x:complexType>"#,
    );
    assert!(
        text.contains("<ns1:Create v=\"0\">\n      <ns1:state>new &amp; &lt;old&gt;</ns1:state>"),
        "{text}"
    );
    assert!(text.contains("<!--None or more:-->\n      <ns1:Note>string</ns1:Note>"));
    assert!(text.contains("<ns1:amount cur=\"EUR\">0.0</ns1:amount>"));
    assert!(text.contains("<!--Instead: b-->\n      <ns1:a>2026-01-31</ns1:a>"));
    assert!(!text.contains("<ns1:b>"));
    assert!(text.contains("<ns1:g>false</ns1:g>"));
    assert_eq!(losses, []);
}

#[test]
fn types_that_contain_themselves_end() {
    let (text, _) = body_of(
        r#"<x:element name="Create" type="t:Node"/>
        <x:complexType name="Node"><x:sequence><x:element name="child" type="t:Node"/><x:element ref="t:Create"/></x:sequence></x:complexType>"#,
    );
    assert!(text.contains("<!--child repeats here-->") && text.contains("<!--Create repeats here-->"));
    let (_, _) = body_of(
        r#"<x:element name="Create" type="t:A"/><x:simpleType name="S"><x:restriction base="t:S"/></x:simpleType>
        <x:group name="G"><x:sequence><x:group ref="t:G"/></x:sequence></x:group>
        <x:attributeGroup name="AG"><x:attributeGroup ref="t:AG"/></x:attributeGroup>
        <x:complexType name="A"><x:complexContent><x:extension base="t:A"><x:sequence><x:element name="s" type="t:S"/><x:group ref="t:G"/></x:sequence><x:attributeGroup ref="t:AG"/></x:extension></x:complexContent></x:complexType>"#,
    );
}

#[test]
fn wide_types_end_at_a_budget() {
    let mut types = String::new();
    for level in 0..12 {
        let inner: Vec<String> = (0..8)
            .map(|at| format!(r#"<x:element name="e{level}_{at}" type="t:T{}"/>"#, level + 1))
            .collect();
        let inner = inner.concat();
        write!(types, r#"<x:complexType name="T{level}"><x:sequence>{inner}</x:sequence></x:complexType>"#)
            .unwrap();
    }
    let (text, _) = body_of(&format!(
        r#"<x:element name="Create" type="t:T0"/>{types}<x:simpleType name="T12"><x:restriction base="x:int"/></x:simpleType>"#
    ));
    assert!(text.len() < 2_000_000);
}

#[test]
fn imported_schemas_are_used_when_at_hand_and_named_when_not() {
    let text = wsdl(
        r#"<x:schema><x:import namespace="urn:t" schemaLocation="xsd/orders.xsd"/></x:schema>"#,
        "https://h/cxf/a",
        SOAP_11,
        "document",
    );
    let missing = read(&text, &[]).unwrap();
    assert!(missing.losses.iter().any(|loss| loss.what.contains("xsd/orders.xsd")));
    assert!(missing.losses.iter().any(|loss| loss.place == "P / Create" && loss.what.contains("Create")));
    let other = schema("qualified", SIMPLE)
        .replace("<x:schema ", "<x:schema xmlns:x=\"http://www.w3.org/2001/XMLSchema\" xmlns:t=\"urn:t\" ");
    let found = read(&text, &[("a/xsd/orders.xsd".to_owned(), other)]).unwrap();
    assert_eq!(found.losses, []);
    assert!(envelope(&found).contains("<ns1:id>0</ns1:id>"));
}

#[test]
fn broken_foreign_and_dangerous_files_are_refused_with_a_next_step() {
    let said = |text: &str| read(text, &[]).err().unwrap().of_file("a.wsdl");
    let unclosed = said("<a>\n<b></a>").message;
    assert!(unclosed.starts_with("a.wsdl, line 2: The WSDL cannot be read: "), "{unclosed}");
    assert_eq!(unclosed.matches('2').count(), 1, "the place is told once: {unclosed}");
    assert!(said("<a/>").message.contains("no WSDL 1.1"));
    assert!(said("<description xmlns=\"http://www.w3.org/ns/wsdl\"/>").hint.is_some());
    let bomb = "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>";
    assert!(said(bomb).message.contains("document type definition"));
    let empty = read(&format!("<definitions xmlns=\"{WSDL}\"/>"), &[]).unwrap();
    assert!(empty.losses[0].what.contains("no port"));
}

#[test]
fn deeply_nested_schemas_do_not_exhaust_the_stack() {
    let deep = format!("{}{}", "<x:sequence>".repeat(3_000), "</x:sequence>".repeat(3_000));
    let (_, losses) =
        body_of(&format!(r#"<x:element name="Create"><x:complexType>{deep}</x:complexType></x:element>"#));
    assert!(losses[0].what.contains("nested too deeply"));
}
