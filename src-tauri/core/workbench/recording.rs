//! What a sending leaves behind in the history.

use std::io;

use super::Workbench;
use crate::error::{Code, Error};
use crate::history::{RecordError, Recording, redaction};
use crate::http::{Hidden, Revealed, Sending};
use crate::operation::SendContext;
use crate::secret::Secret;
use crate::tenant::Stage;

/// A shorter header value is too common to be looked for everywhere: `en` of a cookie would take half a body along.
const TELLING: usize = 12;

impl Workbench {
    /// Keeps a sending in the history; a failure is noted in its exchange and changes nothing else.
    pub(super) async fn record(
        &self,
        sending: &mut Sending,
        stage: Option<Stage>,
        context: Option<SendContext>,
        hidden: &Hidden,
    ) {
        let Some(history) = &self.inner.history else { return };
        let hidden = hidden.and(carried(sending.revealed.iter().flatten()));
        let mut exchange = sending.exchange.clone();
        redaction::exchange(&mut exchange, &hidden);
        let (store, body, door) = (history.store.clone(), sending.body.clone(), self.inner.door);
        let record = move || {
            let masked = redaction::body(&body, &hidden, store.bodies());
            store.record(&Recording {
                exchange: &exchange,
                body: masked.as_ref().map_err(io::Error::kind),
                size: body.size(),
                door,
                stage,
                context: context.as_ref(),
            })
        };
        // A body in a file is moved on a thread that may block; what is in memory is quicker written than handed over.
        let recorded = if sending.body.is_in_file() {
            tokio::task::spawn_blocking(record)
                .await
                .unwrap_or_else(|error| Err(RecordError::Body(io::Error::other(error))))
        } else {
            record()
        };
        sending.exchange.unrecorded = recorded.err().map(unrecorded);
        history.caretaker.wake();
    }
}

/// What went out and came back in masked header fields: tokens, cookies, passwords.
pub(super) fn carried<'r>(revealed: impl IntoIterator<Item = &'r Revealed>) -> Vec<Secret<String>> {
    let mut values = Vec::new();
    for (name, value) in revealed {
        // EXPOSE: into the values that are looked for in what is about to be written.
        values.extend(secrets_of(name, value.expose()));
    }
    values.retain(|value| value.len() >= TELLING);
    values.sort_unstable();
    values.dedup();
    values.into_iter().map(Secret::from).collect()
}

/// The secret parts of a header field; the attributes of a cookie, its path for one, are none.
fn secrets_of<'v>(name: &str, value: &'v str) -> Vec<&'v str> {
    let behind_name = |pair: &'v str| pair.split_once('=').map_or(pair, |(_, own)| own).trim();
    match name {
        "cookie" => value.split(';').map(behind_name).collect(),
        "set-cookie" => value.split(';').take(1).map(behind_name).collect(),
        _ => std::iter::once(value).chain(value.split_once(' ').map(|(_, own)| own.trim())).collect(),
    }
}

fn unrecorded(error: RecordError) -> Error {
    let hint = "The answer is shown as ever and can be saved; look at the disk and the data folder before sending more";
    match error {
        RecordError::Database(error) => {
            let cause = Error::from(error);
            let message = format!("This exchange is not in the history. {}", cause.message);
            let told = Error::new(cause.code, message).hint(cause.hint.unwrap_or_else(|| hint.to_owned()));
            Error { detail: cause.detail, ..told }
        }
        RecordError::Body(error) => {
            let code =
                if error.kind() == io::ErrorKind::StorageFull { Code::DiskFull } else { Code::StorageFailed };
            Error::new(code, "The history keeps this exchange without the body of its answer")
                .hint(hint)
                .detail(error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::secrets_of;

    #[test]
    fn only_the_secret_parts_of_a_field_are_looked_for() {
        let cookie = "SESSION=abc=; Path=/http/orders; SameSite=None";
        assert_eq!(secrets_of("set-cookie", cookie), ["abc="]);
        assert_eq!(secrets_of("cookie", "a=1; b=2"), ["1", "2"]);
        assert_eq!(secrets_of("authorization", "Bearer eyJ"), ["Bearer eyJ", "eyJ"]);
        assert_eq!(secrets_of("x-csrf-token", "4711"), ["4711"]);
    }
}
