use super::Workbench;
use super::exchanges::unreadable;
use crate::body::Source;
use crate::collection::export::call;
use crate::comparison::{Compare, Compared, ExchangeComparison, Extract, Side, compare};
use crate::error::{Code, Error, Result};
use crate::http::{Body, Exchange, Request};
use crate::operation::CallName;
use crate::tenant::Stage;
use crate::variables::DOTS;

impl Workbench {
    /// Compares two exchanges.
    pub async fn exchange_compare(&self, query: Compare) -> Result<ExchangeComparison> {
        let (exchange_a, body_a) = self.exchange(query.a)?;
        let (exchange_b, body_b) = self.exchange(query.b)?;
        let (stage_a, stage_b) = (self.stage_of(&exchange_a)?, self.stage_of(&exchange_b)?);
        let compared = tokio::task::spawn_blocking(move || {
            let (source_a, source_b) = (body_a.source(), body_b.source());
            let extract = Extract::of(source_a.as_ref(), source_b.as_ref())?;
            let answer_a = side(&exchange_a, source_a.as_ref(), extract)?;
            let answer_b = side(&exchange_b, source_b.as_ref(), extract)?;
            let a = Compared { exchange: &exchange_a, stage: stage_a };
            let b = Compared { exchange: &exchange_b, stage: stage_b };
            Ok(compare(&a, &b, (&answer_a, &answer_b), &query))
        });
        compared
            .await
            .map_err(|error| unreadable(&error))?
            .map_err(|error: std::io::Error| unreadable(&error))
    }

    /// Shows a call as it went out as a curl command without secrets.
    pub async fn exchange_curl(&self, query: CallName) -> Result<String> {
        let (exchange, _) = self.exchange(query.exchange)?;
        let found = usize::try_from(query.call).ok().and_then(|at| exchange.calls.get(at));
        let found = found.ok_or_else(|| Error::new(Code::NotFound, "There is no such call"))?;
        // A variable of the shell says more than dots do.
        let sent = exchange.sent_body.as_deref().filter(|body| !is_dotted(body)).cloned();
        let body = sent.unwrap_or_else(|| exchange.request.body.clone());
        Ok(call(found, &Request { body, ..exchange.request }))
    }

    fn stage_of(&self, exchange: &Exchange) -> Result<Option<Stage>> {
        let Some(name) = &exchange.tenant else { return Ok(None) };
        // A tenant that is gone has no stage any more.
        Ok(self.inner.tenants.find(name)?.map(|tenant| tenant.stage))
    }
}

fn is_dotted(body: &Body) -> bool {
    serde_json::to_string(body).is_ok_and(|text| text.contains(DOTS))
}

fn side(exchange: &Exchange, body: &dyn Source, extract: Extract) -> std::io::Result<Side> {
    let content_type = exchange.answer().and_then(|answer| answer.content_type.clone());
    Side::of_answer(body, extract, content_type)
}
