//! Answers too large for a page, looked at like any other, answers that arrive bit by bit, and hostile ones.

use std::io::Write as _;

use crate::support::{ENTER, ESCAPE, Home, Place, Tenant, Window, css, id, row};

const ROWS: &str = "response-body";

fn fold_of_line(line: u32) -> Place {
    css(&format!("[data-testid='response-body'] button[aria-label='Fold line {line}']"))
}

fn part(name: &str) -> Place {
    Place::XPath(format!("//table//button[normalize-space()='{name}']"))
}

/// A window with a tenant, and a collection whose request "Mirror" sends this body there and back.
async fn mirror(tenant: &Tenant, home: &Home, content_type: &str, body: &str) -> Window {
    home.add_tenant(tenant, "acme-dev");
    if !home.path().join("orders").exists() {
        home.collection();
    }
    let request = format!(
        "info:\n  name: Mirror\n  type: http\n  seq: 9\n\nhttp:\n  method: POST\n  url: \"{}/http/mirror\"\n  \
         headers:\n    - name: Content-Type\n      value: {content_type}\n  body:\n{body}  auth: inherit\n",
        tenant.sandbox.runtime_url()
    );
    home.file("orders/Mirror.yml", request);
    let window = Window::open(home).await;
    window.click(&id("rail-requests")).await;
    window.open_row("Orders").await;
    window.open_request("Mirror").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_two_hundred_megabytes_is_searched_folded_and_gone_through_by_line() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/large?bytes=200000000").await;
    window.send("200 OK").await;
    window.shows(&id(ROWS), "\"material\": \"TG-11\"").await;

    window.click(&fold_of_line(2)).await;
    window.shows(&id(ROWS), "… ").await;
    window.find(&css("[data-testid='response-body'] button[aria-label^='Unfold line 2']")).await;

    window.click(&id("body-search")).await;
    window.fill(&id("find-text"), "\"id\": \"0001500000\"").await;
    window.shows(&id("find-count"), "1 of 1").await;
    window.shows(&id(ROWS), "0001500000").await;
    window.shows(&id("body-path"), "$[1500000].id").await;

    window.click(&id("body-go-to")).await;
    window.fill(&id("go-to"), "10000000").await;
    window.press(&id("go-to"), ENTER).await;
    window.shows(&id("body-line"), "10,000,000").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_twenty_megabytes_is_filtered_by_a_path() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/large?bytes=20000000").await;
    window.send("200 OK").await;
    window.fill(&id("filter"), "$[?@.id == '0000150000'].status").await;
    window.press(&id("filter"), ENTER).await;
    window.shows(&id("filter-count"), "1").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_shown_while_they_arrive() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/chunked?count=100000&ms=100").await;
    window.click(&id("send")).await;
    window.shows(&id(ROWS), "\"event\":30").await;
    window.shows(&id("status"), "Sending").await;
    window.press(&css("body"), ESCAPE).await;
    window.shows(&id("status"), "cut off").await;
    window.shows(&id(ROWS), "\"event\":0").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_page_runs_no_script_and_reaches_nothing() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let away = format!("{}/http/stolen", tenant.sandbox.runtime_url());
    let page = format!(
        "<h1 id=\"shown\">Invoice</h1><script>parent.document.title='stolen';top.location='{away}';fetch('{away}');\
         parent.window.__TAURI_INTERNALS__.invoke('call')</script><img src=\"{away}\"><link rel=\"stylesheet\" \
         href=\"{away}\"><iframe src=\"{away}\"></iframe><meta http-equiv=\"refresh\" content=\"0;url={away}\"><svg \
         onload=\"top.location='{away}'\"></svg><object data=\"{away}\"></object><form action=\"{away}\" \
         id=\"f\"><input autofocus onfocus=\"f.submit()\"></form>"
    );
    let window = mirror(
        &tenant,
        &home,
        "text/html",
        &format!("    type: text\n    data: '{}'\n", page.replace('\'', "''")),
    )
    .await;
    preview_is_harmless(window, &tenant, "Invoice").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_picture_runs_no_script_and_reaches_nothing() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let away = format!("{}/http/stolen", tenant.sandbox.runtime_url());
    let picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"top.location.reload()\"><script>top.location='{away}';\
         fetch('{away}')</script><image href=\"{away}\" width=\"9\" height=\"9\"/><text y=\"20\">Chart</text>\
         <foreignObject width=\"9\" height=\"9\"><iframe xmlns=\"http://www.w3.org/1999/xhtml\" \
         src=\"{away}\"/></foreignObject></svg>"
    );
    let data = format!("    type: xml\n    data: '{}'\n", picture.replace('\'', "''"));
    let window = mirror(&tenant, &home, "image/svg+xml", &data).await;
    preview_is_harmless(window, &tenant, "Chart").await;
}

/// Sends, looks at the preview, and sees that nothing but the request itself reached the tenant.
async fn preview_is_harmless(window: Window, tenant: &Tenant, words: &str) {
    window.send("200 OK").await;
    if !window.is_there(&css("iframe[title='Preview of the answer']")).await {
        window.click(&Place::XPath("//button[@role='radio'][normalize-space()='Preview']".to_owned())).await;
    }
    window.find(&css("iframe[title='Preview of the answer']")).await;
    window.shows_in_frame(&css("iframe[title='Preview of the answer']"), words).await;
    assert_eq!(tenant.runs("/http/stolen"), [""; 0]);
    assert_eq!(window.client.title().await.expect("the page has a title"), "Sluice");
    window.shows(&id("status"), "200 OK").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_of_an_archive_opens_in_the_same_viewer() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.collection();
    archive(&home.path().join("orders/orders.zip"));
    let data = "    type: file\n    data:\n      - filePath: orders.zip\n        contentType: \"\"\n        selected: true\n";
    let window = mirror(&tenant, &home, "application/zip", data).await;
    window.send("200 OK").await;
    window.click(&part("orders.json")).await;
    window.shows(&id(ROWS), "\"order\": 4711").await;
    window.find(&row("Mirror")).await;
    window.close().await;
}

fn archive(path: &std::path::Path) {
    let file = std::fs::File::create(path).expect("the folder can be written to");
    let mut archive = zip::ZipWriter::new(file);
    archive.start_file("orders.json", zip::write::SimpleFileOptions::default()).expect("an entry begins");
    archive.write_all(br#"{"order":4711}"#).expect("the entry takes it");
    archive.finish().expect("the archive is whole");
}
