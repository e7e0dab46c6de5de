use http::StatusCode;

use crate::answer::{Answer, bytes};
use crate::call::Call;
use crate::caller::Caller;

pub(super) fn answer(call: &Call, _: &Caller) -> Answer {
    let body = String::from_utf8_lossy(&call.body);
    if !body.contains("Envelope") {
        return soap(StatusCode::INTERNAL_SERVER_ERROR, FAULT);
    }
    soap(StatusCode::OK, STATUS)
}

fn soap(status: StatusCode, content: &str) -> Answer {
    let envelope = format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>{content}</soap:Body>\
         </soap:Envelope>"
    );
    bytes(status, "text/xml;charset=UTF-8", envelope)
}

const STATUS: &str = "<pay:PaymentStatusResponse xmlns:pay=\"urn:example:sandbox:payments\">\
    <pay:Payment>1900004711</pay:Payment><pay:Status>CLEARED</pay:Status><pay:Amount currency=\"EUR\">674.02\
    </pay:Amount></pay:PaymentStatusResponse>";

const FAULT: &str = "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>Error reading XMLStreamReader: \
    the message is no SOAP envelope</faultstring></soap:Fault>";
