//! Collections in the window: made, imported, sent from, and changed by others meanwhile.

use std::path::PathBuf;

use crate::support::{
    CONTROL, ENTER, Home, ORDERS, Place, Tenant, Window, css, id, item, label, option, row,
};

fn button(words: &str) -> Place {
    Place::XPath(format!("//button[starts-with(normalize-space(), '{words}')]"))
}

/// An empty folder of the user's, for collections.
fn shelf(home: &Home) -> PathBuf {
    let folder = home.path().join("shelf");
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written to");
    folder
}

const BRUNO: &str = r#"{
  "name": "Stock", "version": "1",
  "items": [{
    "type": "http", "name": "Read stock", "seq": 1,
    "request": {
      "method": "GET", "url": "{{runtimeUrl}}/http/whoami", "headers": [], "params": [],
      "body": { "mode": "none" },
      "auth": { "mode": "oauth2", "oauth2": {
        "grantType": "client_credentials", "accessTokenUrl": "{{tokenUrl}}",
        "clientId": "{{clientId}}", "clientSecret": "{{clientSecret}}", "credentialsPlacement": "basic_auth_header"
      } }
    }
  }],
  "environments": []
}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_collection_is_made_bound_to_a_tenant_sent_from_and_there_after_a_restart() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = Window::open(&home).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.click(&id("collection-new")).await;
    window.click(&item("New collection")).await;
    window.fill(&label("Name"), "Order to Cash").await;
    window.choose(&button("Choose folder"), "^Choose the folder", &shelf(&home)).await;
    window.shows(&id("collection-tree"), "Order to Cash").await;
    let folder = home.path().join("shelf/Order to Cash");
    assert!(folder.join("opencollection.yml").is_file());

    window.click(&id("rail-requests")).await;
    window.address("GET", "{{runtimeUrl}}/http/whoami").await;
    window.click(&id("save")).await;
    window.fill(&id("save-name"), "Who am I").await;
    window.press(&id("save-name"), &format!("{CONTROL}{ENTER}")).await;
    window.until_file(&folder.join("Who am I.yml"), "{{runtimeUrl}}/http/whoami").await;
    window.shows(&id("collection-tree"), "Who am I").await;

    window.click(&id("environment-chip")).await;
    window.click(&item("Environments")).await;
    window.click(&button("New environment")).await;
    window.fill(&label("Name"), "dev").await;
    window.click(&id("environment-tenant")).await;
    window.click(&option("acme-dev")).await;
    window.click(&id("page-save")).await;
    window.until_file(&folder.join("environments/dev.yml"), "dev").await;
    window.until_file(&folder.join("sluice.toml"), "acme-dev").await;

    window.open_request("Who am I").await;
    window.send("200 OK").await;
    window.quit().await;

    let window = Window::open(&home).await;
    window.shows(&id("collection-tree"), "Order to Cash").await;
    window.send("200 OK").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postman_file_is_imported_and_sent_from() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let file = home.file("orders.json", ORDERS);
    let window = Window::open(&home).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.import(&file, &shelf(&home)).await;
    window.shows(&id("collection-tree"), "Orders").await;
    window.open_row("Orders").await;
    window.open_row("Checks").await;
    window.open_request("Who am I").await;
    window.send("200 OK").await;
    window.shows(&id("response-body"), "clientId").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bruno_export_is_imported_and_sent_from() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let file = home.file("stock.json", BRUNO);
    let window = Window::open(&home).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.import(&file, &shelf(&home)).await;
    window.open_request("Read stock").await;
    window.send("200 OK").await;
    assert_eq!(tenant.runs("/http/whoami"), ["GET"]);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_by_another_program_shows_within_a_second_and_an_unsaved_edit_survives_it() {
    let home = Home::new();
    let folder = home.collection();
    let file = folder.join("Checks/Echo.yml");
    let window = Window::open(&home).await;
    window.click(&id("rail-requests")).await;
    window.open_row("Orders").await;
    window.open_row("Checks").await;
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(folder.join("Checks/Late.yml"), text.replace("name: Echo", "name: Came later")).unwrap();
    window.shows(&id("collection-tree"), "Came later").await;

    window.open_request("Echo").await;
    window.find(&id("url")).await;
    window.fill(&id("url"), "{{runtimeUrl}}/http/mine").await;
    window.shows(&css("footer"), "All edits kept").await;
    std::fs::write(&file, text.replace("/http/echo", "/http/theirs")).unwrap();
    window.find(&id("conflict")).await;
    assert_eq!(window.value(&id("url")).await, "{{runtimeUrl}}/http/mine");
    window.click(&id("take-theirs")).await;
    window.gone(&id("conflict")).await;
    assert_eq!(window.value(&id("url")).await, "{{runtimeUrl}}/http/theirs");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_file_stands_in_the_tree_with_its_line_and_is_left_alone() {
    let home = Home::new();
    let folder = home.collection();
    let file = folder.join("Checks/broken.yml");
    let text = "info:\n  name: Broken\n   type: http\n  seq: 9\n\nhttp:\n  method: GET\n  url: /x\n";
    std::fs::write(&file, text).unwrap();
    let window = Window::open(&home).await;
    window.click(&id("rail-requests")).await;
    window.open_row("Orders").await;
    window.open_row("Checks").await;
    window.shows(&id("collection-tree"), "line 3").await;
    window.shows(&id("broken-files"), "1 file").await;
    window.click(&row("broken.yml")).await;
    window.shows(&id("broken-problem"), "Line 3").await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_saved_by_key_and_changes_only_its_line() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let folder = home.collection();
    let file = folder.join("Checks/Echo.yml");
    let before = format!("# kept\n{}", std::fs::read_to_string(&file).unwrap());
    std::fs::write(&file, &before).unwrap();
    let window = Window::open(&home).await;
    window.click(&id("rail-requests")).await;
    window.open_row("Orders").await;
    window.open_row("Checks").await;
    window.open_request("Echo").await;
    window.find(&id("url")).await;
    window.fill(&id("url"), "{{runtimeUrl}}/http/mirror").await;
    window.find(&id("unsaved")).await;
    window.press(&id("url"), &format!("{CONTROL}s")).await;
    window.until_file(&file, "/http/mirror").await;
    window.gone(&id("unsaved")).await;
    let after = std::fs::read_to_string(&file).unwrap();
    assert_eq!(after, before.replace("/http/echo", "/http/mirror"));
    window.close().await;
}
