//! What a journey does about Digest challenges (RFC 7616).

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::digest::{Answer, Challenge};
use super::engine::WireRequest;
use super::journey::Journey;
use super::prepared::Access;
use crate::error::Error;

/// How many Digest challenges are answered in one sending: the first, and one whose nonce was too old.
const MOST_CHALLENGES: usize = 2;

impl Journey<'_> {
    /// The answer to the challenge at hand, for this very call.
    pub(super) fn sign(&mut self, wire: &mut WireRequest) -> Result<(), Error> {
        let Access::Digest { username, password } = &self.prepared.access else { return Ok(()) };
        let Some(challenge) = self.challenge.as_ref().filter(|_| self.hop.trusted) else { return Ok(()) };
        self.nonce_count = self.nonce_count.saturating_add(1);
        let chance = uuid::Uuid::new_v4().simple().to_string();
        let (method, url, count) = (&wire.method, &wire.url, self.nonce_count);
        let answer = Answer { username, password, method, url, count, chance: &chance };
        let value = challenge.answer(&answer)?;
        wire.headers.entry(AUTHORIZATION).or_insert(value);
        Ok(())
    }

    /// A challenge proves that the call was refused unread; the same one again proves the password wrong.
    pub(super) fn wants_signature(&mut self, status: u16, answer: &HeaderMap) -> bool {
        let is_asked = matches!(self.prepared.access, Access::Digest { .. })
            && status == 401
            && self.hop.trusted
            && self.challenged < MOST_CHALLENGES
            && !self.hop.headers.contains_key(AUTHORIZATION);
        let Some(challenge) = Challenge::of(answer).filter(|_| is_asked) else { return false };
        if self.challenge.is_some() && !challenge.stale {
            return false;
        }
        self.challenged += 1;
        self.nonce_count = 0;
        self.challenge = Some(challenge);
        true
    }
}
