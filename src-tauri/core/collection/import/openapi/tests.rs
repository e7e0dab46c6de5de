use serde_json::json;

use super::*;
use crate::http::{ApiKeyPlacement, Body, PartContent};

fn described(paths: &Value, components: &Value) -> Import {
    read(&json!({"openapi": "3.0.3", "info": {"title": "Shop"}, "servers": [{"url": "https://x.test/"}],
                 "paths": paths, "components": components}))
    .unwrap()
}

fn first(import: &Import) -> &RequestItem {
    let Item::Folder(_, items) = &import.collection.items[0] else { panic!("no folder") };
    let Item::Request(item) = &items[0] else { panic!("no request") };
    item
}

fn body_of(content: &Value, components: &Value) -> Body {
    let import = described(&json!({"/a": {"post": {"requestBody": {"content": content}}}}), components);
    first(&import).request.body.clone()
}

#[test]
fn an_operation_becomes_a_request_below_its_tag() {
    let import = read(&json!({
        "openapi": "3.1.0", "info": {"title": "Shop", "description": "about"},
        "servers": [{"url": "https://{stage}.x.test/v1/", "variables": {"stage": {"default": "dev"}}},
                    {"url": "https://x.test", "description": "Production"}],
        "tags": [{"name": "Other"}, {"name": "Orders", "description": "All orders"}],
        "paths": {"/orders/{id}/items({item})": {
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string", "default": "7"}}],
            "get": {"tags": ["Orders"], "summary": "Read", "description": "why", "parameters": [
                {"name": "item", "in": "path", "required": true, "schema": {"type": "integer"}},
                {"name": "top", "in": "query", "schema": {"type": "integer", "minimum": 5}},
                {"name": "sort", "in": "query", "required": true, "schema": {"enum": ["up", "down"]}},
                {"name": "X-A", "in": "header", "example": "e"},
                {"name": "Accept", "in": "header"},
                {"name": "c", "in": "cookie"}]}},
            "/untagged/x": {"get": {}}}
    }))
    .unwrap();
    assert_eq!(import.collection.root.variables[0].value, "https://dev.x.test/v1");
    assert_eq!(import.collection.environments[1].name, "Production");
    let names: Vec<&str> = import
        .collection
        .items
        .iter()
        .map(|item| match item {
            Item::Folder(folder, _) => folder.name.as_str(),
            Item::Request(_) => "request",
        })
        .collect();
    assert_eq!(names, ["Orders", "untagged"]);
    let item = first(&import);
    assert_eq!((item.name.as_str(), item.details.docs.as_str()), ("Read", "why"));
    assert_eq!(item.request.url, "{{baseUrl}}/orders/:id/items({{item}})");
    assert_eq!(item.request.path_parameters[0].value, "7");
    assert_eq!(
        (item.details.variables[0].name.as_str(), item.details.variables[0].value.as_str()),
        ("item", "0")
    );
    let query: Vec<_> =
        item.request.parameters.iter().map(|it| (it.name.as_str(), it.value.as_str(), it.enabled)).collect();
    assert_eq!(query, [("top", "5", false), ("sort", "up", true)]);
    assert_eq!(item.request.headers.len(), 1);
    assert_eq!(import.losses[0].place, "Orders / Read");
    assert_eq!(import.losses.len(), 1);
}

#[test]
fn a_json_body_is_made_of_its_schema_required_first() {
    let body = body_of(
        &json!({"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}),
        &json!({"schemas": {
            "Order": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "required": ["at"], "properties": {
                "note": {"type": ["null", "string"]}, "at": {"type": "string", "format": "date"},
                "lines": {"type": "array", "items": {"oneOf": [{"type": "number"}]}}}}]},
            "Base": {"type": "object", "properties": {"id": {"type": "integer", "readOnly": true}, "state": {"enum": ["new"]}}}}}),
    );
    let Body::Json { text } = body else { panic!() };
    let said: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(said, json!({"state": "new", "at": "2026-01-31", "note": "string", "lines": [0.0]}));
    assert!(text.find("\"at\"") < text.find("\"note\""));
}

#[test]
fn schemas_that_contain_themselves_end() {
    let node = json!({"type": "object", "properties": {"name": {"type": "string"}, "next": {"$ref": "#/components/schemas/Node"},
        "all": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}});
    let body = body_of(
        &json!({"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}),
        &json!({"schemas": {"Node": node}}),
    );
    let Body::Json { text } = body else { panic!() };
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!({"name": "string", "all": []}));
}

#[test]
fn references_in_a_circle_and_wide_schemas_end() {
    let wide = |next: &str| -> Value {
        let properties: serde_json::Map<String, Value> = (0..30)
            .map(|at| (format!("p{at}"), json!({"$ref": format!("#/components/schemas/{next}")})))
            .collect();
        json!({"type": "object", "properties": properties})
    };
    let components = json!({"schemas": {"A": wide("B"), "B": wide("C"), "C": wide("D"), "D": {"type": "string"},
        "Loop": {"$ref": "#/components/schemas/Loop"}}});
    let Body::Json { text } =
        body_of(&json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}), &components)
    else {
        panic!()
    };
    assert!(text.len() < 100_000);
    let looped =
        body_of(&json!({"application/json": {"schema": {"$ref": "#/components/schemas/Loop"}}}), &components);
    assert_eq!(looped, Body::Json { text: "null".into() });
}

#[test]
fn other_bodies_are_made_by_their_kind() {
    let object = json!({"type": "object", "properties": {"a": {"type": "string", "example": "x<y"}, "f": {"type": "string", "format": "binary"}}});
    assert_eq!(
        body_of(
            &json!({"application/xml": {"schema": {"type": "object", "xml": {"name": "o"}, "properties": {"a": {"example": "x<y"}}}}}),
            &json!({})
        ),
        Body::Xml { text: "<o>\n  <a>x&lt;y</a>\n</o>".into() }
    );
    let Body::Multipart { parts } = body_of(&json!({"multipart/form-data": {"schema": object}}), &json!({}))
    else {
        panic!()
    };
    assert_eq!(parts[0].content, PartContent::Text { text: "x<y".into() });
    assert!(matches!(parts[1].content, PartContent::File { .. }));
    assert!(matches!(
        body_of(&json!({"application/x-www-form-urlencoded": {"schema": object}}), &json!({})),
        Body::Form { .. }
    ));
    assert_eq!(
        body_of(&json!({"text/plain": {"example": "hi"}}), &json!({})),
        Body::Text { text: "hi".into() }
    );
}

#[test]
fn the_content_types_that_are_not_chosen_are_told() {
    let content = json!({"application/xml": {"example": "<a/>"}, "application/json": {"examples": {"one": {"value": {"a": 1}}}}});
    let import = described(&json!({"/a": {"post": {"requestBody": {"content": content}}}}), &json!({}));
    assert_eq!(first(&import).request.body, Body::Json { text: "{\n  \"a\": 1\n}".into() });
    assert!(import.losses[0].what.contains("application/xml"));
}

#[test]
fn security_schemes_become_authorizations_with_secret_variables() {
    let import = read(&json!({
        "openapi": "3.0.0", "info": {"title": "S"}, "servers": [{"url": "https://x.test"}],
        "security": [{"cc": ["read", "write"]}],
        "paths": {"/a": {"get": {"security": []}, "put": {"security": [{"key": []}]}, "post": {"security": [{"odd": []}]}, "delete": {}}},
        "components": {"securitySchemes": {
            "cc": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://t.test/token", "scopes": {}}}},
            "key": {"type": "apiKey", "in": "query", "name": "k"},
            "odd": {"type": "openIdConnect"}}}
    }))
    .unwrap();
    let Authorization::ClientCredentials { token_url, scope, .. } = &import.collection.root.authorization
    else {
        panic!()
    };
    assert_eq!((token_url.as_str(), scope.as_str()), ("https://t.test/token", "read write"));
    let secret: Vec<&str> =
        import.collection.root.variables.iter().filter(|it| it.secret).map(|it| it.name.as_str()).collect();
    assert_eq!(secret, ["clientSecret", "apiKey"]);
    let Item::Folder(_, items) = &import.collection.items[0] else { panic!() };
    let kinds: Vec<Authorization> = items
        .iter()
        .map(|item| match item {
            Item::Request(item) => item.request.authorization.clone(),
            Item::Folder(..) => panic!(),
        })
        .collect();
    assert_eq!(kinds[0], Authorization::None);
    assert_eq!(kinds[1], Authorization::Other { name: "odd".into() });
    assert_eq!(
        kinds[2],
        Authorization::ApiKey {
            name: "k".into(),
            value: "{{apiKey}}".into(),
            placement: ApiKeyPlacement::Query
        }
    );
    assert_eq!(kinds[3], Authorization::Inherit);
    assert!(import.losses[0].what.contains("odd"));
}

#[test]
fn references_to_other_files_are_told() {
    let import = described(
        &json!({"/a": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "other.yaml#/X"}}}}}}}),
        &json!({}),
    );
    assert!(import.losses[0].what.contains("another file"));
}

#[test]
fn swagger_2_names_the_version_that_works() {
    let refused = read(&json!({"swagger": "2.0", "paths": {}})).err().unwrap();
    assert_eq!(refused.message, "The file is Swagger 2.0; OpenAPI 3.0 and 3.1 can be read.");
    assert!(refused.hint.is_some_and(|hint| hint.starts_with("Convert it to OpenAPI 3.0")));
    assert!(read(&json!({"openapi": "4.0.0"})).is_err());
}
