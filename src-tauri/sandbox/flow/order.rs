use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::{Answer, empty, json as json_answer, with_header};
use crate::call::Call;
use crate::caller::Caller;

const TAX_PERCENT: f64 = 19.0;

pub(super) fn answer(call: &Call, _: &Caller) -> Answer {
    let number = call.path().strip_prefix("/http/orders/").filter(|number| !number.is_empty());
    match (&call.parts.method, number) {
        (&Method::GET | &Method::HEAD, None) => json_answer(StatusCode::OK, &list()),
        (&Method::GET | &Method::HEAD, Some(number)) => {
            json_answer(StatusCode::OK, &order(number, "CREATED", &sample_items()))
        }
        (&Method::DELETE, _) => empty(StatusCode::NO_CONTENT),
        (&Method::POST, _) => create(call),
        (_, number) => {
            let items = items_of(call).unwrap_or_else(sample_items);
            json_answer(StatusCode::OK, &order(number.unwrap_or("4500018237"), "CHANGED", &items))
        }
    }
}

fn create(call: &Call) -> Answer {
    let items = items_of(call).unwrap_or_else(sample_items);
    let answer = json_answer(StatusCode::CREATED, &order("4500018237", "CREATED", &items));
    with_header(answer, "location", "/http/orders/4500018237")
}

fn list() -> Value {
    let line = |number: &str, status: &str, net: f64| json!({ "salesOrder": number, "status": status, "soldTo": "0010001000", "net": net, "currency": "EUR" });
    json!({ "orders": [
        line("4500018237", "CREATED", 566.4),
        line("4500018236", "DELIVERED", 1_290.0),
        line("4500018231", "BLOCKED", 14.95),
    ] })
}

fn order(number: &str, status: &str, items: &[Value]) -> Value {
    let amount = |item: &Value, field: &str| item[field].as_f64().unwrap_or(0.0);
    let net: f64 = items
        .iter()
        .map(|item| amount(item, "quantity") * amount(item, "netPrice"))
        .fold(0.0, |sum, price| sum + price);
    let confirmed: Vec<_> = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            json!({
                "item": (index + 1) * 10,
                "material": item["material"],
                "confirmed": item["quantity"],
                "deliveryDate": "2026-12-01",
            })
        })
        .collect();
    json!({
        "salesOrder": number,
        "status": status,
        "createdAt": Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "system": { "sid": "S4D", "client": "100" },
        "totals": { "net": cents(net), "tax": cents(net * TAX_PERCENT / 100.0), "currency": "EUR" },
        "items": confirmed,
    })
}

fn items_of(call: &Call) -> Option<Vec<Value>> {
    let body: Value = serde_json::from_slice(&call.body).ok()?;
    body["items"].as_array().cloned()
}

fn sample_items() -> Vec<Value> {
    vec![
        json!({ "material": "TG-11", "quantity": 12, "unit": "EA", "netPrice": 14.95 }),
        json!({ "material": "TG-14", "quantity": 3, "unit": "EA", "netPrice": 129.00 }),
    ]
}

fn cents(amount: f64) -> f64 {
    (amount * 100.0).round() / 100.0
}
