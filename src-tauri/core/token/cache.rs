use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Method, Token};
use crate::error::{Code, Error};

/// A token is not handed out any more when this much of its life is left (sap-domain 3.6).
const MARGIN: Duration = Duration::from_mins(1);
/// Short-lived tokens keep at least nine tenths of their life.
const MARGIN_SHARE: u32 = 10;

/// What makes two askers share a token; two keys of one tenant never do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenIdentity {
    /// The token URL that is called.
    pub token_url: String,
    /// The client id.
    pub client_id: String,
    /// How the token server learns who asks.
    pub method: Method,
    /// SHA-256 of the client secret or certificate: a key with another secret never gets its token.
    pub credential: [u8; 32],
    /// The scopes asked for; none means all.
    pub scope: Option<String>,
}

/// The tokens of this run, in memory only; many askers of one token wait for a single call.
#[derive(Default)]
pub struct TokenCache {
    slots: Mutex<HashMap<TokenIdentity, Arc<Slot>>>,
}

#[derive(Default)]
struct Slot {
    content: tokio::sync::Mutex<Content>,
}

#[derive(Default)]
struct Content {
    token: Option<Arc<Token>>,
    failure: Option<(Instant, Error)>,
}

impl TokenCache {
    /// The cached token, or the one `fetch` brings. `older` names a token the caller found refused: it is not given again.
    pub async fn get<F>(
        &self,
        identity: &TokenIdentity,
        older: Option<&Arc<Token>>,
        fetch: F,
    ) -> Result<Arc<Token>, Error>
    where
        F: AsyncFnOnce() -> Result<Token, Error>,
    {
        let asked = Instant::now();
        let slot = self.slot(identity);
        let mut content = slot.content.lock().await;
        if let Some(token) = content.token.as_ref().filter(|token| token.is_fresh() && !is_same(token, older))
        {
            return Ok(Arc::clone(token));
        }
        // Who waited while the call failed has its answer: asking again at once would only be refused again.
        if let Some((_, failure)) = content.failure.as_ref().filter(|(failed, _)| *failed >= asked) {
            return Err(failure.clone());
        }
        match fetch().await {
            Ok(token) => {
                let token = Arc::new(token);
                *content = Content { token: Some(Arc::clone(&token)), failure: None };
                Ok(token)
            }
            Err(error) => {
                // That one asker gave up or ran out of time says nothing to the others.
                let is_shared = !matches!(error.code, Code::Cancelled | Code::TimedOut);
                *content =
                    Content { token: None, failure: is_shared.then(|| (Instant::now(), error.clone())) };
                Err(error)
            }
        }
    }

    /// The cached token if it still lives; asks nobody and waits for nobody.
    pub fn peek(&self, identity: &TokenIdentity) -> Option<Arc<Token>> {
        self.last(identity).filter(|token| !token.has_ended())
    }

    /// The last token, also one that has ended; for what it tells, not to be sent.
    pub fn last(&self, identity: &TokenIdentity) -> Option<Arc<Token>> {
        let slot = self.slots.lock().unwrap_or_else(PoisonError::into_inner).get(identity).cloned()?;
        let content = slot.content.try_lock().ok()?;
        content.token.clone()
    }

    /// Forgets every token of this client.
    pub fn forget(&self, client_id: &str) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|identity, _| identity.client_id != client_id);
    }

    fn slot(&self, identity: &TokenIdentity) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(identity.clone()).or_default())
    }
}

impl Token {
    /// Whether it may still be handed out.
    pub fn is_fresh(&self) -> bool {
        self.is_fresh_at(self.age())
    }

    /// Whether its time is over.
    pub fn has_ended(&self) -> bool {
        self.age() >= self.lifetime
    }

    fn is_fresh_at(&self, age: Duration) -> bool {
        age + MARGIN.min(self.lifetime / MARGIN_SHARE) < self.lifetime
    }
}

fn is_same(token: &Arc<Token>, other: Option<&Arc<Token>>) -> bool {
    other.is_some_and(|other| Arc::ptr_eq(token, other))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn identity(client_id: &str) -> TokenIdentity {
        TokenIdentity {
            token_url: "https://acme.authentication.eu10.hana.ondemand.com/oauth/token".to_owned(),
            client_id: client_id.to_owned(),
            method: Method::Body,
            credential: [0; 32],
            scope: None,
        }
    }

    fn token(value: &str, lifetime: Duration) -> Token {
        Token::granted(value.to_owned(), lifetime, None, Duration::ZERO)
    }

    #[tokio::test]
    async fn a_thousand_askers_share_one_call() {
        let (cache, calls) = (Arc::new(TokenCache::default()), Arc::new(AtomicU32::new(0)));
        let askers = (0..1_000).map(|_| {
            let (cache, calls) = (Arc::clone(&cache), Arc::clone(&calls));
            tokio::spawn(async move {
                let fetch = async || {
                    calls.fetch_add(1, Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    Ok(token("t", Duration::from_hours(1)))
                };
                cache.get(&identity("a"), None, fetch).await.map(|_| ())
            })
        });
        for asker in askers.collect::<Vec<_>>() {
            asker.await.unwrap().unwrap();
        }
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn those_who_waited_for_a_refused_call_share_the_refusal() {
        let (cache, calls) = (TokenCache::default(), AtomicU32::new(0));
        let identity = identity("a");
        let ask = async || {
            let fetch = async || {
                calls.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(5)).await;
                Err(Error::new(Code::TokenRefused, "no"))
            };
            cache.get(&identity, None, fetch).await
        };
        let (first, second, third) = tokio::join!(ask(), ask(), ask());
        assert!(first.is_err() && second.is_err() && third.is_err());
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        assert!(ask().await.is_err());
        assert_eq!(calls.load(Ordering::SeqCst), 2, "a later asker tries again");
    }

    #[tokio::test]
    async fn one_asker_who_gives_up_takes_nobody_along() {
        let (cache, identity) = (TokenCache::default(), identity("a"));
        let first = cache.get(&identity, None, async || {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Err(Error::new(Code::Cancelled, "cancelled"))
        });
        let second = cache.get(&identity, None, async || Ok(token("t", Duration::from_hours(1))));
        let (first, second) = tokio::join!(first, second);
        assert!(first.is_err() && second.is_ok());
    }

    #[tokio::test]
    async fn two_keys_with_the_same_token_url_never_share_a_token() {
        let cache = TokenCache::default();
        let of = async |client: &str, value: &str| {
            let fetch = async || Ok(token(value, Duration::from_hours(1)));
            cache.get(&identity(client), None, fetch).await.unwrap()
        };
        let (first, second) = (of("a", "one").await, of("b", "two").await);
        assert!(first.value.expose() == "one" && second.value.expose() == "two");
    }

    #[tokio::test]
    async fn a_refused_token_is_not_given_again_but_a_newer_one_is() {
        let (cache, calls) = (TokenCache::default(), AtomicU32::new(0));
        let identity = identity("a");
        let get = |older: Option<Arc<Token>>| {
            let (cache, calls, identity) = (&cache, &calls, &identity);
            async move {
                let fetch = async || {
                    calls.fetch_add(1, Ordering::SeqCst);
                    Ok(token("t", Duration::from_hours(1)))
                };
                cache.get(identity, older.as_ref(), fetch).await.unwrap()
            }
        };
        let first = get(None).await;
        let second = get(Some(Arc::clone(&first))).await;
        let third = get(Some(first)).await;
        assert!(Arc::ptr_eq(&second, &third), "the second refusal of the same token finds the newer one");
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_token_is_renewed_before_it_ends() {
        let hour = token("t", Duration::from_hours(1));
        assert!(hour.is_fresh_at(Duration::from_mins(58)));
        assert!(!hour.is_fresh_at(Duration::from_mins(59)), "the last minute is kept for the way");
        let short = token("t", Duration::from_secs(10));
        assert!(short.is_fresh_at(Duration::from_secs(8)) && !short.is_fresh_at(Duration::from_secs(9)));
        assert!(!token("t", Duration::ZERO).is_fresh());
    }
}
