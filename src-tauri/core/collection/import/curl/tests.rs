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
fn carets_between_single_quotes_are_none_of_cmd() {
    for (text, body) in [
        (r#"curl x -H 'content-type: application/json' -d '{"a\^":1}'"#, r#"{"a\^":1}"#),
        (r#"curl x -H 'content-type: application/json' -d '{"a":"it'\''s ^"}'"#, r#"{"a":"it's ^"}"#),
        (r#"curl x -H 'content-type: application/json' -d $'{"a":"it\'s ^"}'"#, r#"{"a":"it's ^"}"#),
    ] {
        assert_eq!(parsed(text).body, Body::Json { text: body.to_owned() }, "{text}");
    }
    let request = parsed("curl ^\"https://host.example/it's^\" -H ^\"A: it's^\"");
    assert_eq!(
        (request.url.as_str(), request.headers[0].value.as_str()),
        ("https://host.example/it's", "it's")
    );
}

#[test]
fn a_command_without_an_address_says_so() {
    for text in ["curl --url", "curl ''", "curl --url= -X POST"] {
        assert_eq!(read(text).unwrap_err().message, "The curl command names no URL.", "{text}");
    }
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
fn endings_that_break_off_are_refused() {
    for text in ["curl h -d '", "curl h -d $'\\", "curl h -d $'\\u", "curl h -H \"\\", "curl h -d \"a\nb"] {
        let error = read(text).err().unwrap();
        assert!(error.message.contains("is not closed"), "{text}: {error}");
    }
}

#[test]
fn odd_endings_leave_the_rest_as_it_was_meant() {
    for (text, method) in [
        ("curl h -X", "GET"),
        ("curl h ^", "GET"),
        ("curl h $'\\xff\\777'", "GET"),
        ("curl h -F ;;;=;", "POST"),
        ("curl h \\", "GET"),
    ] {
        let request = parsed(text);
        assert_eq!((request.url.as_str(), request.method.as_str()), ("h", method), "{text}");
    }
}

#[test]
fn two_halves_of_a_sign_are_joined() {
    let request = parsed(r"curl h.example -H 'Content-Type: text/plain' -d $'\ud83d\ude00'");
    assert_eq!(request.body, Body::Text { text: "😀".to_owned() });
}

fn file(text: &str) -> crate::collection::import::Import {
    assert!(is_script(text), "{text}");
    read_file(text).unwrap()
}

fn requests(import: &crate::collection::import::Import) -> Vec<(String, String, String)> {
    let each = import.collection.items.iter().map(|item| {
        let crate::collection::Item::Request(item) = item else { panic!("a request") };
        (item.name.clone(), item.request.method.clone(), item.request.url.clone())
    });
    each.collect()
}

fn row(name: &str, method: &str, url: &str) -> (String, String, String) {
    (name.to_owned(), method.to_owned(), url.to_owned())
}

#[test]
fn every_command_of_a_file_becomes_a_request() {
    let import = file(
        "# Shop\n\n# Read order\ncurl https://h.example/orders/1\n\ncurl -X DELETE \\\n  https://h.example/orders/2\n$ curl h.example/c && /usr/bin/curl h.example/d; curl\n  -I https://h.example/e # done\n",
    );
    let expected = [
        row("Read order", "GET", "https://h.example/orders/1"),
        row("2", "DELETE", "https://h.example/orders/2"),
        row("c", "GET", "h.example/c"),
        row("d", "GET", "h.example/d"),
        row("e", "HEAD", "https://h.example/e"),
    ];
    assert_eq!(requests(&import), expected);
    assert_eq!(import.losses, []);
}

#[test]
fn other_commands_of_a_file_are_told_with_their_line_and_without_their_values() {
    let import = file("#!/bin/sh\nset -e\nTOKEN=geheim\ncurl h.example/a -H \"A: ${TOKEN}\" | jq .\n");
    assert_eq!(requests(&import), [row("a", "GET", "h.example/a")]);
    let told: Vec<String> =
        import.losses.iter().map(|loss| format!("{}: {}", loss.place, loss.what)).collect();
    assert!(told[0].starts_with("Line 2: The command set"), "{told:?}");
    assert!(told[1].starts_with("Line 3: The command TOKEN"), "{told:?}");
    assert!(told[2].starts_with("Line 4: The command jq"), "{told:?}");
    assert!(!told.concat().contains("geheim"), "{told:?}");
}

#[test]
fn a_quote_that_is_not_closed_is_refused_with_its_place() {
    let error = read_file("curl h.example/a\ncurl 'https://h.example/b\n-H x").err().unwrap();
    assert!(error.message.contains("line 2, column 6"), "{error}");
    let error = read("curl h.example -d \"{").err().unwrap();
    assert!(error.message.contains("line 1, column 19") && error.hint.is_some(), "{error}");
}

#[test]
fn one_url_more_is_one_url() {
    let left_out = |text| read_with_losses(text).unwrap().1.remove(0).what;
    assert_eq!(left_out("curl a.example b.example"), "1 more URL is left out.");
    assert_eq!(left_out("curl a.example b.example c.example"), "2 more URLs are left out.");
}

#[test]
fn a_file_of_something_else_is_no_script() {
    for text in ["", "# curl", "curl: 1", "openapi: 3.0.0\n# x\ncurl x", "#!/bin/sh\necho curl"] {
        assert!(!is_script(text), "{text}");
    }
}
