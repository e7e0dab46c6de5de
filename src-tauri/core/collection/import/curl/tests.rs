use super::*;
use crate::http::{Body, Part, PartContent};

fn parsed(command: &str) -> Request {
    read(command).unwrap()
}

#[test]
fn a_command_of_a_browser_becomes_a_request() {
    let request = parsed(
        "curl 'https://host.example/http/orders?a=1' \\\n  -X 'POST' \\\n  -H 'accept: */*' \\\n  -H 'content-type: application/json' \\\n  --data-raw $'{\"name\":\"O\\'Neil \\u0021\"}' \\\n  --compressed",
    );
    assert_eq!(request.method, "POST");
    assert_eq!(request.url, "https://host.example/http/orders?a=1");
    assert_eq!(request.body, Body::Json { text: "{\"name\":\"O'Neil !\"}".to_owned() });
    assert_eq!(request.headers.len(), 2);
}

#[test]
fn a_command_for_cmd_is_unescaped() {
    let request = parsed(
        "curl ^\"https://host.example/a?x=1^&y=2^\" ^\r\n  -H ^\"A: b^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"",
    );
    assert_eq!(request.url, "https://host.example/a?x=1&y=2");
    assert_eq!(request.headers[0], Field::new("A", "b"));
    assert_eq!(request.body, Body::Json { text: "{\"a\":1}".to_owned() });
}

#[test]
fn a_command_for_powershell_goes_on_after_a_backtick() {
    let request = parsed("curl.exe https://host.example `\n -H \"A: b\"");
    assert_eq!(request.headers[0], Field::new("A", "b"));
}

#[test]
fn short_options_stand_together_and_take_the_rest_as_value() {
    let request = parsed("curl -sSLkXPUT -uuser:pass:word https://host.example");
    assert_eq!(request.method, "PUT");
    assert_eq!(request.options.follow_redirects, Some(true));
    let login = Authorization::Login { username: "user".to_owned(), password: "pass:word".to_owned() };
    assert_eq!(request.authorization, login);
}

#[test]
fn several_data_are_joined_to_a_form() {
    let request = parsed("curl https://h.example -d a=1 --data 'b=2' --data-urlencode 'c=x y&z'");
    let fields = vec![Field::new("a", "1"), Field::new("b", "2"), Field::new("c", "x y&z")];
    assert_eq!(request.body, Body::Form { fields });
    assert_eq!(request.method, "POST");
}

#[test]
fn data_of_a_get_go_to_the_url() {
    let request = parsed("curl -G https://h.example/p?x=1 -d a=1 --data-urlencode 'b=x y'");
    assert_eq!((request.method.as_str(), request.url.as_str()), ("GET", "https://h.example/p?x=1&a=1&b=x+y"));
    assert_eq!(request.body, Body::None);
}

#[test]
fn files_are_named_and_not_read() {
    assert_eq!(
        parsed("curl h.example --data-binary @/no/such.xml").body,
        Body::File { path: "/no/such.xml".into() }
    );
    let upload = parsed("curl -T a.txt h.example");
    assert_eq!((upload.method.as_str(), upload.body), ("PUT", Body::File { path: "a.txt".into() }));
}

#[test]
fn form_parts_carry_files_and_types() {
    let request = parsed(
        "curl h.example -F 'f=@a.pdf;type=application/pdf' -F 't=text;type=text/plain; charset=utf-8' --form-string 'r=@x;type=y'",
    );
    let part = |name: &str, content, kind: Option<&str>| Part {
        name: name.to_owned(),
        content,
        content_type: kind.map(str::to_owned),
        enabled: true,
    };
    let text = |text: &str| PartContent::Text { text: text.to_owned() };
    let parts = vec![
        part("f", PartContent::File { path: "a.pdf".into() }, Some("application/pdf")),
        part("t", text("text"), Some("text/plain; charset=utf-8")),
        part("r", text("@x;type=y"), None),
    ];
    assert_eq!(request.body, Body::Multipart { parts });
}

#[test]
fn authorization_headers_become_kinds() {
    let token = parsed("curl h.example -H 'Authorization: Bearer {{t}}'");
    assert_eq!(token.authorization, Authorization::Token { token: "{{t}}".to_owned() });
    assert!(token.headers.is_empty());
    let login = parsed("curl h.example -H 'authorization: Basic dTpw'");
    assert_eq!(
        login.authorization,
        Authorization::Login { username: "u".to_owned(), password: "p".to_owned() }
    );
}

#[test]
fn options_that_are_left_out_are_told() {
    let (_, losses) =
        read_with_losses("curl h.example -k -x proxy:1 --cert c.pem --brand-new -m 2.5 --http1.1").unwrap();
    let told: Vec<_> = losses.iter().map(|loss| loss.what.as_str()).collect();
    assert_eq!(losses.len(), 4, "{told:?}");
    let request = parsed("curl h.example --max-time=2.5 --http1.1");
    assert_eq!((request.options.timeout_ms, request.options.http1_only), (Some(2500), true));
}

#[test]
fn what_follows_the_command_is_not_part_of_it() {
    assert_eq!(parsed("$ curl h.example/a | jq . && rm -rf x").url, "h.example/a");
}

#[test]
fn what_is_no_command_is_told_as_such() {
    for text in ["", "wget h.example", "curl", "curl -H 'a: b'", "'", "\\", "$'"] {
        assert!(read(text).unwrap_err().hint.is_some(), "{text}");
    }
}

#[test]
fn nasty_endings_do_no_harm() {
    for text in [
        "curl h -d '",
        "curl h -d $'\\",
        "curl h -d $'\\u",
        "curl h -X",
        "curl h -H \"\\",
        "curl h ^",
        "curl h $'\\xff\\777'",
        "curl h -F ;;;=;",
    ] {
        let _ = read(text);
    }
}

#[test]
fn two_halves_of_a_sign_are_joined() {
    let request = parsed(r"curl h.example -H 'Content-Type: text/plain' -d $'\ud83d\ude00'");
    assert_eq!(request.body, Body::Text { text: "😀".to_owned() });
}
