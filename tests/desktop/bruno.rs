//! A folder of Bruno's `.bru` files: Sluice offers to convert it, and leaves it alone.

use crate::support::{Home, Place, Tenant, Window, css, files, id, item};

const FILES: [(&str, &str); 4] = [
    ("bruno.json", r#"{ "version": "1", "name": "Stock", "type": "collection" }"#),
    ("collection.bru", "headers {\n  X-Landscape: acme\n}\n"),
    ("environments/dev.bru", "vars {\n  flow: whoami\n}\nvars:secret [\n  password\n]\n"),
    (
        "Checks/Read stock.bru",
        "meta {\n  name: Read stock\n  type: http\n  seq: 1\n}\n\n\
         get {\n  url: {{runtimeUrl}}/http/whoami\n  body: none\n  auth: oauth2\n}\n\n\
         auth:oauth2 {\n  grant_type: client_credentials\n  access_token_url: {{tokenUrl}}\n  \
         client_id: {{clientId}}\n  client_secret: {{clientSecret}}\n  \
         credentials_placement: basic_auth_header\n}\n",
    ),
];

fn button(words: &str) -> Place {
    Place::XPath(format!("//div[@role='dialog']//button[starts-with(normalize-space(), '{words}')]"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opened_bru_folder_is_converted_to_a_new_one_and_stays_as_it_is() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_tenant(&tenant, "acme-dev");
    for (path, text) in FILES {
        home.file(&format!("stock/{path}"), text);
    }
    let [folder, shelf] = ["stock", "shelf"].map(|name| home.path().join(name));
    std::fs::create_dir(&shelf).unwrap();
    let before = files(&folder);
    let window = Window::open(&home).await;
    window.click(&id("rail-requests")).await;
    window.click(&id("collection-new")).await;
    window.choose(&item("Open collection"), "^Open a collection", &folder).await;
    window.shows(&id("bruno"), "The .bru files stay as they are").await;
    window.click(&id("bruno-convert")).await;
    window.shows(&id("import-report"), "1 request").await;
    assert!(files(&shelf).is_empty(), "nothing is written before a folder is chosen");
    window.choose(&button("Import"), "^Choose the folder", &shelf).await;

    window.open_row("Checks").await;
    window.open_request("Read stock").await;
    window.send("200 OK").await;
    let calls = tenant.sandbox.journal().runs_of("/http/whoami");
    assert_eq!(calls[0].header("x-landscape"), Some("acme"));
    assert!(shelf.join("Stock/Checks/Read stock.yml").is_file());
    assert_eq!(files(&folder), before);
    // What was made of it took its place in the tree.
    window.gone(&css("[role='treeitem'][aria-level='1'][aria-posinset='2']")).await;
    window.shows(&css("[role='treeitem'][aria-level='1']"), "Stock").await;
    window.close().await;
}
