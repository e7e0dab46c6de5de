use super::*;
use crate::body::{BodyKind, BodyName, FoldQuery, LineQuery, PlaceQuery, RowsQuery, Shown};
use crate::error::Code;
use crate::http::BodyForm;
use crate::http::tests::server::{Server, answer};
use crate::operation::ExchangeName;

#[tokio::test]
async fn a_body_is_shown_until_its_exchange_is_forgotten() {
    let json = [("content-type", "application/json".to_owned())];
    let server = Server::plain(move |_| answer(200, &json, "{\"orders\":[{\"id\":7}]}")).await;
    let workbench = workbench();
    let exchange = send(&workbench, request(&server.url("/"), Authorization::None), None).await.unwrap().id;
    let body = BodyName { exchange, part: Vec::new() };
    let shown = || Shown { body: body.clone(), form: BodyForm::Pretty };
    let facts = workbench.body_facts(shown()).await.unwrap();
    assert_eq!((facts.kind, facts.rows, facts.done), (BodyKind::Json, 7, true));
    let rows = workbench.body_rows(RowsQuery { shown: shown(), from: 3, count: 1 }).await.unwrap();
    assert_eq!(rows.rows[0].line, Some(4));
    assert_eq!(workbench.body_fold(FoldQuery { shown: shown(), row: 1 }).await.unwrap(), Some(5));
    assert_eq!(workbench.body_line(LineQuery { shown: shown(), line: 99 }).await.unwrap().row, 6);
    let place = workbench.body_place(PlaceQuery { shown: shown(), row: 3, column: 12 }).await.unwrap();
    assert_eq!(place.path.as_deref(), Some("$.orders[0].id"));
    let part = Shown { body: BodyName { exchange, part: vec![0] }, form: BodyForm::Raw };
    assert!(workbench.body_facts(part).await.is_err());
    workbench.exchange_forget(ExchangeName { exchange }).await.unwrap();
    assert_eq!(workbench.body_facts(shown()).await.unwrap_err().code, Code::NotFound);
}
