use sluice_sandbox::KeyName;

use crate::client::{client, json, start, token};

#[tokio::test]
async fn the_api_checks_the_plan_and_admits_what_is_missing() {
    let sandbox = start().await;
    let client = client(&sandbox);
    let url = format!("{}/api/v1/MessageProcessingLogs", sandbox.api_url());
    assert_eq!(client.get(&url).send().await.unwrap().status(), 401);
    let wrong_plan = token(&sandbox, KeyName::Secret).await;
    let answer = client.get(&url).bearer_auth(wrong_plan).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    assert_eq!(json(answer).await["error"]["code"], "Forbidden");
    let bearer = token(&sandbox, KeyName::ApiSecret).await;
    let answer = client.get(&url).bearer_auth(&bearer).send().await.unwrap();
    assert_eq!(answer.status(), 501);
    assert_eq!(json(answer).await["error"]["message"]["value"], "not part of this sandbox yet");
    let elsewhere = format!("{}/http/echo", sandbox.api_url());
    assert_eq!(client.get(elsewhere).bearer_auth(bearer).send().await.unwrap().status(), 404);
}
