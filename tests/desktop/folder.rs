//! What requests inherit from their folders.

use crate::support::{CONTROL, Home, Tenant, Window, css, id, label, tab, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_header_of_a_folder_is_saved_there_and_goes_out_with_its_requests() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_tenant(&tenant, "acme-dev");
    let folder = home.collection();
    let request = text(&folder.join("Checks/Echo.yml"));
    let window = Window::open(&home).await;
    window.click(&id("rail-requests")).await;
    window.open_row("Orders").await;
    window.row_action("Checks", "Settings").await;
    window.fill(&label("Header 1 name"), "X-Landscape").await;
    window.fill(&label("Header 1 value"), "acme {{runtimeUrl}}").await;
    window.press(&label("Header 1 value"), &format!("{CONTROL}s")).await;
    window.until_file(&folder.join("Checks/folder.yml"), "X-Landscape").await;

    window.open_row("Checks").await;
    window.open_request("Echo").await;
    window.click(&tab("Headers")).await;
    window.shows(&css("table[aria-label='Inherited headers']"), "X-Landscape").await;
    window.send("200 OK").await;
    let calls = tenant.sandbox.journal().runs_of("/http/echo");
    let runtime = tenant.sandbox.runtime_url();
    assert_eq!(calls[0].header("x-landscape"), Some(format!("acme {runtime}").as_str()));
    assert_eq!(text(&folder.join("Checks/Echo.yml")), request);

    window.field("Headers", "Header", "x-landscape", "its own").await;
    window.gone(&css("table[aria-label='Inherited headers']")).await;
    window.send("200 OK").await;
    let answered = async || tenant.runs("/http/echo").len() == 2;
    window.until("the flow ran again", answered).await;
    let calls = tenant.sandbox.journal().runs_of("/http/echo");
    let sent: Vec<_> = calls[1].headers.iter().filter(|(name, _)| name == "x-landscape").collect();
    assert_eq!(sent, [&("x-landscape".to_owned(), "its own".to_owned())]);
    window.close().await;
}
