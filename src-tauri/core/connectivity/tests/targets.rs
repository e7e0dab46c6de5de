use crate::connectivity::Target;
use crate::error::Code;

#[test]
fn hosts_ports_and_whole_urls_are_read() {
    for (text, host, port) in [
        ("acme.example", "acme.example", 443),
        ("  ACME.example:8443 \n", "acme.example", 8443),
        ("acme.example.", "acme.example", 443),
        ("https://acme.example", "acme.example", 443),
        ("https://acme.example:444/http/orders?a=b:1#x", "acme.example", 444),
        ("http://acme.example/http/orders", "acme.example", 443),
        ("acme.example/http/orders", "acme.example", 443),
        ("https://user:p%40ss@acme.example:9/x@y", "acme.example", 9),
        ("ldaps://acme.example:636", "acme.example", 636),
        ("bücher.example", "xn--bcher-kva.example", 443),
        ("127.0.0.1:8443", "127.0.0.1", 8443),
        ("::1", "::1", 443),
        ("[2001:db8::1]:8443", "2001:db8::1", 8443),
        ("https://[2001:db8::1]/", "2001:db8::1", 443),
    ] {
        let target = Target::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!((target.host().as_str(), target.port()), (host, port), "{text}");
    }
}

#[test]
fn what_is_no_host_is_refused_without_repeating_it() {
    let long = "a".repeat(100_000);
    for text in [
        "",
        "  ",
        "https://",
        "acme example",
        "acme.example:99999",
        "acme.example:0",
        "[::1",
        "fe80::1%eth0",
        ":443",
        &long,
    ] {
        let error = Target::parse(text).expect_err(text);
        assert_eq!(error.code, Code::InvalidInput, "{text}");
        assert!(error.hint.is_some(), "{text}");
    }
    let error = Target::parse("client secret: s3cr3t").expect_err("no host");
    assert!(!format!("{error:?}").contains("s3cr3t"), "{error:?}");
}

#[test]
fn an_address_of_version_6_is_written_with_brackets_where_a_port_follows() {
    let target = Target::parse("::1").expect("target");
    assert_eq!(target.authority(), "[::1]:443");
    assert!(target.name().is_none() && target.is_loopback());
}
