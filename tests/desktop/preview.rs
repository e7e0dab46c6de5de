//! What answers look like to people: pages, pictures, documents and archives, hostile ones among them.

use std::io::Write as _;

use crate::support::{END, Home, Place, Tenant, Window, css, id, row};

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
    window.shows(&id("response-body"), "\"order\": 4711").await;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_pdf_is_drawn_page_by_page_and_grows() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = pdf_answer(&tenant, &home, &pdf("", "")).await;
    window.send("200 OK").await;
    window.shows(&id("pdf-page"), "Page 1 of 2").await;
    window.shows(&page(1), "Invoice 1").await;
    window.find(&css("[data-page='1'] canvas[data-state='drawn']")).await;
    window.press(&id("pdf-pages"), END).await;
    window.shows(&id("pdf-page"), "Page 2 of 2").await;
    window.shows(&page(2), "Invoice 2").await;
    window.press(&id("pdf-pages"), "0").await;
    let before = window.text(&id("pdf-scale")).await;
    window.press(&id("pdf-pages"), "+").await;
    window.until("it is larger", async || window.text(&id("pdf-scale")).await != before).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_pdf_runs_no_script_and_reaches_nothing() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let away = format!("{}/http/stolen", tenant.sandbox.runtime_url());
    let script = format!(
        "/OpenAction << /S /JavaScript /JS (app.launchURL\\('{away}'\\); this.submitForm\\('{away}'\\)) >> \
         /AA << /WC << /S /URI /URI ({away}) >> >>"
    );
    let link = format!(
        "/AA << /O << /S /URI /URI ({away}) >> >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] \
         /A << /S /URI /URI ({away}) >> >>]"
    );
    let window = pdf_answer(&tenant, &home, &pdf(&script, &link)).await;
    window.send("200 OK").await;
    window.shows(&page(1), "Invoice 1").await;
    window.find(&css("[data-page='1'] canvas[data-state='drawn']")).await;
    window.click(&page(1)).await;
    assert!(!window.is_there(&css("[data-testid='pdf-pages'] a")).await);
    // Whatever the document began has had the time of a whole sending and another drawing.
    window.send("200 OK").await;
    window.find(&css("[data-page='1'] canvas[data-state='drawn']")).await;
    assert_eq!(tenant.runs("/http/stolen"), [""; 0]);
    assert_eq!(window.client.title().await.expect("the page has a title"), "Sluice");
    window.shows(&id("status"), "200 OK").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_pdf_says_so_and_opens_elsewhere() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = pdf_answer(&tenant, &home, "%PDF-1.7\nnothing of it is left\n").await;
    window.send("200 OK").await;
    window.shows(&css(".body-preview"), "This PDF is broken").await;
    window.shows(&css(".body-preview"), "Open with the system").await;
    window.close().await;
}

fn page(number: u32) -> Place {
    css(&format!("[data-page='{number}'] .textLayer"))
}

/// A window whose request "Mirror" is answered with this document.
async fn pdf_answer(tenant: &Tenant, home: &Home, document: &str) -> Window {
    home.collection();
    home.file("orders/invoice.pdf", document);
    let data = "    type: file\n    data:\n      - filePath: invoice.pdf\n        contentType: \"\"\n        selected: true\n";
    mirror(tenant, home, "application/pdf", data).await
}

/// A document of two pages, with more entries for its catalog and its first page.
fn pdf(catalog: &str, first: &str) -> String {
    let shown = |number: u32| format!("BT /F1 24 Tf 72 760 Td (Invoice {number}) Tj ET");
    let page = |content: u32, more: &str| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> {more} >>"
        )
    };
    let stream = |text: String| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Count 2 /Kids [4 0 R 6 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        page(5, first),
        stream(shown(1)),
        page(7, ""),
        stream(shown(2)),
    ];
    let parts: Vec<String> =
        (1..).zip(&objects).map(|(number, object)| format!("{number} 0 obj\n{object}\nendobj\n")).collect();
    let head = "%PDF-1.7\n";
    let mut begin = head.len();
    let mut place = |part: &String| {
        let entry = format!("{begin:010} 00000 n \n");
        begin += part.len();
        entry
    };
    let places: Vec<String> = parts.iter().map(&mut place).collect();
    let table = format!(
        "xref\n0 8\n0000000000 65535 f \n{}trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n",
        places.concat()
    );
    format!("{head}{}{table}", parts.concat())
}
