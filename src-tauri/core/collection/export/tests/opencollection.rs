use super::{collection, environment, fields, item, request, variable};
use crate::collection::export::opencollection::write;
use crate::collection::import::{opencollection, structured};
use crate::collection::{
    Assertion, Collection, FolderItem, Item, RequestItem, Script, ScriptPhase, Variable,
};
use crate::http::{Authorization, Body, Field, Part, PartContent, RequestOptions};

fn create() -> RequestItem {
    let mut create = request("POST", "{{base}}/orders/:id");
    create.parameters = fields(&[("dry", "yes & no")]);
    create.parameters.push(Field {
        enabled: false,
        description: Some("off".into()),
        ..Field::new("off", "1")
    });
    create.path_parameters = fields(&[("id", "4711")]);
    create.headers = fields(&[("X-Trace", "# {{$guid}}")]);
    create.authorization = Authorization::Inherit;
    create.body = Body::Json { text: "{\n  \"a\": \"{{x}}\"\n}".into() };
    create.options =
        RequestOptions { timeout_ms: Some(3000), follow_redirects: Some(false), ..RequestOptions::default() };
    let mut create = item("Create order", create);
    create.details.tags = vec!["smoke".into()];
    create.details.docs = "Creates one.\n\nAnd more.".into();
    create.details.variables = vec![variable("x", "1")];
    create.details.scripts = vec![Script { phase: ScriptPhase::AfterResponse, code: "done();".into() }];
    let status = Assertion {
        expression: "res.status".into(),
        operator: "eq".into(),
        value: "201".into(),
        enabled: true,
    };
    create.details.assertions = vec![status];
    create
}

fn rich() -> Collection {
    let mut upload = request("PUT", "{{base}}/file");
    let text = Part {
        name: "t".into(),
        content: PartContent::Text { text: "v".into() },
        content_type: None,
        enabled: true,
    };
    let file =
        Part { content: PartContent::File { path: "a b.xml".into() }, name: "f".into(), ..text.clone() };
    upload.body = Body::Multipart { parts: vec![text, file] };
    let mut whole = collection(vec![item("Upload", upload)]);
    let folder = FolderItem {
        name: "Orders".into(),
        headers: fields(&[("X-Folder", "orders")]),
        authorization: Authorization::Inherit,
        ..FolderItem::default()
    };
    whole.items.insert(0, Item::Folder(folder, vec![Item::Request(Box::new(create()))]));
    whole.root.authorization = Authorization::Bearer { key: None };
    whole.root.docs = "# Shop".into();
    let secret = Variable { secret: true, ..variable("clientSecret", "") };
    whole.environments = vec![environment("dev", vec![variable("base", "https://x.example"), secret])];
    whole
}

#[test]
fn one_file_is_read_again_as_the_same_collection() {
    let whole = rich();
    let export = write(&whole);
    assert_eq!(export.losses, []);
    let value = structured::parse(&export.text).unwrap();
    assert_eq!(value["bundled"], true);
    let import = opencollection::read(&value).unwrap();
    assert_eq!(import.losses, []);
    assert_eq!(import.collection, whole);
}

#[test]
fn a_root_without_authorization_stays_without() {
    let whole =
        collection(vec![RequestItem { name: "R".into(), ..item("", request("GET", "https://a.example")) }]);
    let value = structured::parse(&write(&whole).text).unwrap();
    assert_eq!(opencollection::read(&value).unwrap().collection, whole);
}

#[test]
fn what_only_this_workbench_knows_is_told() {
    let mut keyed = request("GET", "https://a.example");
    keyed.authorization = Authorization::Certificate { key: Some("k".into()) };
    keyed.csrf = crate::http::CsrfMode::Always;
    let losses = write(&collection(vec![item("Keyed", keyed)])).losses;
    assert_eq!(losses.len(), 2);
    assert!(losses.iter().all(|loss| loss.place == "Keyed"));
}
