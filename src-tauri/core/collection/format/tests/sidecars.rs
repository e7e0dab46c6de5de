use serde_json::json;

use super::{file, read};
use crate::collection::format::{
    RequestFile, Sidecar, apply_sidecar, needs_sidecar, read_request, request_value,
};
use crate::http::{Authorization, CsrfMode, Request};

fn plain() -> Request {
    read(&json!({"method": "GET", "url": "x"}))
}

fn again(request: &Request) -> Request {
    let file = RequestFile { item: read_request(&file(&json!({"url": "x"}))).unwrap().item, seq: None };
    let written = request_value(&RequestFile {
        item: crate::collection::RequestItem { request: request.clone(), ..file.item },
        ..file
    });
    let mut read = read_request(&written).unwrap().item.request;
    if let Some(sidecar) = needs_sidecar(request) {
        let kept = serde_json::to_string(&sidecar).unwrap();
        apply_sidecar(&mut read, &serde_json::from_str(&kept).unwrap());
    }
    read
}

#[test]
fn file_and_sidecar_together_keep_everything() {
    let key = || Some("orders".to_owned());
    for authorization in [
        Authorization::Certificate { key: None },
        Authorization::Certificate { key: key() },
        Authorization::Bearer { key: key() },
        Authorization::Basic { key: key() },
        Authorization::Bearer { key: None },
        Authorization::None,
    ] {
        let mut request = Request { authorization, csrf: CsrfMode::Always, ..plain() };
        request.options.http1_only = true;
        assert_eq!(again(&request), request);
    }
}

#[test]
fn a_usual_request_needs_no_sidecar() {
    for authorization in [Authorization::Bearer { key: None }, Authorization::Inherit, Authorization::None] {
        assert_eq!(needs_sidecar(&Request { authorization, ..plain() }), None);
    }
    assert_eq!(serde_json::to_string(&Sidecar::default()).unwrap(), "{}");
}

#[test]
fn what_the_file_says_since_wins_over_an_old_certificate() {
    let sidecar = Sidecar { certificate: true, key: Some("old".into()), ..Sidecar::default() };
    let mut request = Request { authorization: Authorization::Bearer { key: None }, ..plain() };
    apply_sidecar(&mut request, &sidecar);
    assert_eq!(request.authorization, Authorization::Bearer { key: None });
}
