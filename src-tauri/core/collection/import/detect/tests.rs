use super::*;

fn refused(text: &str) -> Error {
    let source = Source::File { path: "a/file.txt".into(), text: text.to_owned() };
    read(&source).err().unwrap()
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    for text in ["", " \n\n"] {
        let error = refused(text);
        assert!(error.message.contains("file.txt is empty") && error.hint.is_some(), "{error}");
    }
}

#[test]
fn a_page_is_no_wsdl_and_a_broken_wsdl_is_one() {
    for text in ["<html><body>Sign in</body>", "<!doctype html>\n<p>definitions", "<a/>"] {
        let error = refused(text);
        assert!(error.message.contains("no WSDL") && error.hint.is_some(), "{error}");
    }
    let broken = refused("<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\">\n<types>");
    assert!(broken.message.contains("The WSDL cannot be read"), "{broken}");
}

#[test]
fn broken_yaml_is_told_in_words_and_with_a_next_step() {
    for text in ["openapi: [a, ]b]\n", "a: {b: ]}\n", "openapi: ]\n"] {
        let error = refused(text);
        assert!(!error.message.contains("while parsing") && error.hint.is_some(), "{error}");
    }
}
