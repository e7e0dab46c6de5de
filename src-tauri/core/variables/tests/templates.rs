use super::{collection, secret, with_secret};
use crate::error::Code;
use crate::secret::Secret;
use crate::variables::{
    DOTS, DYNAMIC, Renderer, Scopes, Secrets, Sources, Spot, dynamic, is_reference, sole_name,
};

fn shown(scopes: &Scopes, text: &str) -> String {
    Renderer::shown(scopes).text(text, &Spot::Url).unwrap()
}

fn refused(scopes: &Scopes, text: &str) -> String {
    Renderer::shown(scopes).text(text, &Spot::Parameter("customer")).unwrap_err().message
}

#[test]
fn names_are_replaced_by_values() {
    let scopes = collection(&[("a", "1"), ("b-c.d_e", "2"), ("grün", "3"), ("base url", "4"), ("empty", "")]);
    for (text, expected) in [
        ("{{a}}", "1"),
        ("{{ a }}{{a}}", "11"),
        ("x{{b-c.d_e}}y", "x2y"),
        ("{{grün}}é{{ base url }}", "3é4"),
        ("{\"o\":{{{a}}}}", "{\"o\":{1}}"),
        ("{{empty}}", ""),
        ("{{", "{{"),
        ("{{a", "{{a"),
        ("a}}", "a}}"),
        ("{{}}{{ }}", "{{}}{{ }}"),
        ("{{\na}}", "{{\na}}"),
        ("{ {a} }", "{ {a} }"),
    ] {
        assert_eq!(shown(&scopes, text), expected, "{text}");
    }
}

#[test]
fn values_may_refer_to_values_and_names_be_made_of_them() {
    let scopes = collection(&[
        ("host", "https://{{name}}.example.com"),
        ("name", "{{stage}}-acme"),
        ("stage", "dev"),
        ("url_dev", "one"),
        ("which", "_{{stage}}"),
    ]);
    assert_eq!(shown(&scopes, "{{host}}/x"), "https://dev-acme.example.com/x");
    assert_eq!(shown(&scopes, "{{url_{{stage}}}}"), "one");
    assert_eq!(shown(&scopes, "{{url{{which}}}}"), "one");
}

#[test]
fn a_circle_is_named() {
    let scopes = collection(&[("a", "{{b}}"), ("b", "{{c}}"), ("c", "x{{a}}"), ("self", "{{self}}")]);
    assert_eq!(
        refused(&scopes, "{{a}}"),
        "{{a}} in the query parameter customer refers to itself: a → b → c → a. Nothing was sent."
    );
    assert!(refused(&scopes, "{{self}}").contains("self → self"));
}

#[test]
fn what_is_not_set_is_named_with_its_place() {
    let scopes = collection(&[("a", "1")]);
    let error = Renderer::shown(&scopes).text("{{soldTo}}", &Spot::Parameter("customer")).unwrap_err();
    assert_eq!(error.code, Code::InvalidInput);
    assert_eq!(
        error.message,
        "{{soldTo}} in the query parameter customer is not set anywhere. Nothing was sent."
    );
    assert!(error.hint.unwrap().contains("Choose an environment"));
    let error = Renderer::shown(&scopes).text("{{clientId}}", &Spot::Header("X")).unwrap_err();
    assert!(error.hint.unwrap().contains("tenant"), "a tenant would supply it");
}

#[test]
fn templates_of_other_languages_stay_in_bodies_and_nowhere_else() {
    let scopes = collection(&[("a", "1")]);
    let body = "{{#if x}}{{a}}{{/if}}{{ range .Items }}{{.Name}}{{- end -}}";
    let rendered = Renderer::shown(&scopes).text(body, &Spot::Body).unwrap();
    assert_eq!(rendered, "{{#if x}}1{{/if}}{{ range .Items }}{{.Name}}{{- end -}}");
    assert!(refused(&scopes, "{{my var}}").contains("no variable's name"));
    assert!(
        Renderer::shown(&scopes).text("{{name}}", &Spot::Body).is_err(),
        "what could be a name must be set"
    );
}

#[test]
fn what_came_out_of_a_secret_is_never_looked_into() {
    let scopes = with_secret(collection(&[("a", "1"), ("wrapped", "<{{key}}>")]), "key");
    let value = "$x|y!={{a}}{{key}}{{{";
    let secrets = Secrets::from([(secret("key"), Secret::from(value))]);
    let renderer = Renderer::clear(&scopes, &secrets);
    assert_eq!(renderer.text("{{key}}{{a}}", &Spot::Url).unwrap(), format!("{value}1"));
    assert_eq!(renderer.text("{{wrapped}}", &Spot::Url).unwrap(), format!("<{value}>"));
    assert_eq!(shown(&scopes, "{{wrapped}}"), "<••••>");
    let refused = Renderer::clear(&scopes, &Secrets::new()).text("{{key}}", &Spot::Url).unwrap_err();
    assert_eq!(
        refused.message,
        "key is a secret variable without a value on this computer. Nothing was sent."
    );
    assert!(renderer.text("{{x{{key}}}}", &Spot::Url).unwrap_err().message.contains("made of a secret"));
    assert!(renderer.text("{{key}}{{x{{key}}}}", &Spot::Url).is_err(), "also when it was used before");
}

#[test]
fn hostile_texts_end_soon() {
    let doubling: Vec<(String, String)> =
        (0..60).map(|level| (format!("v{level}"), format!("{{{{v{0}}}}}{{{{v{0}}}}}", level + 1))).collect();
    let mut entries: Vec<(&str, &str)> =
        doubling.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    entries.push(("v60", ""));
    assert!(refused(&collection(&entries), "{{v0}}").contains("too often"));
    let chain: Vec<(String, String)> =
        (0..10_000).map(|level| (format!("v{level}"), format!("{{{{v{}}}}}", level + 1))).collect();
    let entries: Vec<(&str, &str)> =
        chain.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(refused(&collection(&entries), "{{v0}}").contains("too often"));
    let scopes = collection(&[]);
    for text in ["{{".repeat(100_000), "{{a".repeat(50_000), "}}".repeat(50_000), "{".repeat(100_001)] {
        assert_eq!(shown(&scopes, &text), text);
    }
}

#[test]
fn dynamic_variables_are_made_anew_at_every_use() {
    let scopes = collection(&[]);
    let twice = shown(&scopes, "{{$guid}} {{ $guid }}");
    let (first, second) = twice.split_once(' ').unwrap();
    assert_ne!(first, second);
    assert!(uuid::Uuid::parse_str(first).is_ok());
    for (name, _) in DYNAMIC {
        let value = dynamic(name).unwrap_or_default();
        assert!(!value.is_empty() && !value.contains("{{"), "{name}: {value}");
    }
    assert!(shown(&scopes, "{{$timestamp}}").parse::<i64>().unwrap() > 1_700_000_000);
    assert!(shown(&scopes, "{{$randomInt}}").parse::<u32>().unwrap() <= 1_000);
    let now = shown(&scopes, "{{$isoTimestamp}}");
    assert!(now.len() == 24 && now.ends_with('Z') && now.parse::<jiff::Timestamp>().is_ok(), "{now}");
    assert!(refused(&scopes, "{{$noSuchThing}}").contains("not set anywhere"));
}

#[test]
fn the_process_environment_is_used_by_name_when_it_was_handed_over_and_its_values_are_not_shown() {
    let process = crate::workbench::handed_over(" PATH ,, SLUICE_NO_SUCH_VARIABLE ");
    let scopes = Scopes::of(&Sources {
        request: &[],
        around: None,
        tenant: None,
        globals: &[],
        kept: &[],
        kept_globals: &[],
        process: &process,
    });
    assert_eq!(shown(&scopes, "{{process.env.PATH}}"), DOTS);
    assert!(refused(&scopes, "{{process.env.SLUICE_NO_SUCH_VARIABLE}}").contains("not set anywhere"));
    assert!(refused(&scopes, "{{process.env.HOME}}").contains("not set anywhere"), "nobody handed it over");
}

#[test]
fn a_path_of_a_file_holds_neither_secrets_nor_chance() {
    let scopes = with_secret(collection(&[("folder", "payloads")]), "key");
    let renderer = Renderer::shown(&scopes);
    assert_eq!(renderer.fixed("{{folder}}/a.xml", &Spot::File).unwrap(), "payloads/a.xml");
    for path in ["{{$guid}}.xml", "/tmp/{{key}}"] {
        assert!(renderer.fixed(path, &Spot::File).is_err(), "{path}");
    }
}

#[test]
fn a_reference_is_told_from_a_value() {
    for (text, expected) in
        [("{{a}}", true), (" {{a}}{{b}} ", true), ("x{{a}}", false), ("", false), ("plain", false)]
    {
        assert_eq!(is_reference(text), expected, "{text}");
    }
    assert_eq!(sole_name(" {{ clientId }} "), Some("clientId"));
    assert_eq!((sole_name("{{a}}b"), sole_name("{{a{{b}}}}"), sole_name("a")), (None, None, None));
}
