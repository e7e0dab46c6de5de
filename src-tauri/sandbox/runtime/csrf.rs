use std::collections::HashMap;
use std::sync::Mutex;

use uuid::Uuid;

use crate::answer::{Answer, with_header};
use crate::call::Call;
use crate::caller::Caller;
use crate::encoding::{hex, random};
use crate::fault::{Faults, lock};

const SESSIONS_AT_MOST: usize = 10_000;

/// The sessions that CSRF tokens belong to.
#[derive(Default)]
pub(crate) struct Sessions {
    open: Mutex<HashMap<String, Session>>,
}

/// A session of one client, with a token for each address it asked one for.
#[derive(Clone)]
pub(crate) struct Session {
    id: String,
    sticky_id: String,
    client_id: String,
    generation: u64,
    tokens: HashMap<&'static str, String>,
}

impl Sessions {
    /// The session of the call's cookies, or a new one, with a token for this address.
    pub(crate) fn open(
        &self,
        call: &Call,
        caller: &Caller,
        address: &'static str,
        faults: &Faults,
    ) -> (Session, String) {
        let mut session = self.of(call, caller, faults).unwrap_or_else(|| Session::new(caller, faults));
        let token =
            session.tokens.entry(address).or_insert_with(|| hex(&random::<16>()).to_uppercase()).clone();
        let mut open = lock(&self.open);
        if open.len() >= SESSIONS_AT_MOST {
            open.clear();
        }
        open.insert(session.id.clone(), session.clone());
        (session, token)
    }

    /// Whether token, cookies, client and address belong together.
    pub(crate) fn accepts(
        &self,
        call: &Call,
        caller: &Caller,
        address: &str,
        token: &str,
        faults: &Faults,
    ) -> bool {
        let sticky = call.cookie("__VCAP_ID__");
        let routed = call.cookie("__VCAP_ID_META__").is_some();
        self.of(call, caller, faults).is_some_and(|session| {
            let expected = session.tokens.get(address).map(String::as_str);
            routed && sticky.as_ref() == Some(&session.sticky_id) && expected == Some(token)
        })
    }

    fn of(&self, call: &Call, caller: &Caller, faults: &Faults) -> Option<Session> {
        let session = lock(&self.open).get(&call.cookie("JSESSIONID")?)?.clone();
        let same = session.client_id == caller.client_id && session.generation == faults.session_generation();
        same.then_some(session)
    }
}

impl Session {
    fn new(caller: &Caller, faults: &Faults) -> Self {
        Self {
            id: hex(&random::<16>()).to_uppercase(),
            sticky_id: Uuid::new_v4().to_string(),
            client_id: caller.client_id.clone(),
            generation: faults.session_generation(),
            tokens: HashMap::new(),
        }
    }

    pub(crate) fn with_cookies(&self, answer: Answer) -> Answer {
        let cookies = [
            format!("JSESSIONID={}; Path=/http; Secure; HttpOnly", self.id),
            "__VCAP_ID_META__=%7B%22instance%22%3A0%7D; Path=/; Secure; HttpOnly".to_owned(),
            format!("__VCAP_ID__={}; Path=/; Secure; HttpOnly", self.sticky_id),
        ];
        cookies.iter().fold(answer, |answer, cookie| with_header(answer, "set-cookie", cookie))
    }
}
