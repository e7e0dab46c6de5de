//! What variables are and where they come from; changing the environment.

use crate::support::{CONTROL, Home, Place, Tenant, Window, css, id, label};

/// Adds an environment bound to a tenant to the collection "Orders", as a colleague's commit would.
fn add_environment(home: &Home, name: &str, tenant: &str, variables: &str) {
    home.file(&format!("orders/environments/{name}.yml"), format!("name: {name}\n{variables}"));
    let before = std::fs::read_to_string(home.path().join("orders/sluice.toml")).unwrap_or_default();
    home.file("orders/sluice.toml", format!("{before}[environments.{name}]\ntenant = \"{tenant}\"\n"));
}

async fn open_echo(home: &Home) -> Window {
    let window = Window::open(home).await;
    window.click(&id("rail-requests")).await;
    window.open_row("Orders").await;
    window.open_row("Checks").await;
    window.open_request("Echo").await;
    window.find(&id("url")).await;
    window
}

/// Chooses an environment by its digit, without the mouse.
async fn choose_environment(window: &Window, digit: &str, name: &str) {
    window.press(&css("body"), &format!("{CONTROL}e")).await;
    window.press(&css("[data-testid='environments-dialog'] .environment-choice"), digit).await;
    window.gone(&id("environments-dialog")).await;
    window.shows(&id("environment-chip"), name).await;
}

/// A variable as it is marked in the URL.
fn marked(name: &str, class: &str) -> Place {
    css(&format!(".url-row .variable-marks [data-variable='{name}'][class='{class}']"))
}

#[tokio::test(flavor = "multi_thread")]
async fn another_environment_sends_the_same_request_to_its_own_tenant() {
    let [first, second] = [Tenant::start().await, Tenant::start().await];
    let home = Home::trusting_all(&[&first, &second]);
    home.add_tenant(&first, "acme-dev");
    home.add_tenant(&second, "acme-test");
    home.collection();
    add_environment(&home, "dev", "acme-dev", "");
    add_environment(&home, "test", "acme-test", "");
    let window = open_echo(&home).await;
    let runs = || [&first, &second].map(|tenant| tenant.runs("/http/echo").len());

    choose_environment(&window, "1", "dev").await;
    window.send("200 OK").await;
    assert_eq!(runs(), [1, 0]);
    choose_environment(&window, "2", "test").await;
    window.click(&id("send")).await;
    window.until("the other tenant is called", async || runs() == [1, 1]).await;
    window.shows(&css("footer"), "All edits kept").await;
    window.close().await;

    let window = Window::open(&home).await;
    window.shows(&id("environment-chip"), "test").await;
    window.send("200 OK").await;
    assert_eq!(runs(), [1, 2]);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_variable_shows_its_value_and_where_it_comes_from() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_tenant(&tenant, "acme-dev");
    home.collection();
    add_environment(&home, "dev", "acme-dev", "variables:\n  - name: flow\n    value: whoami\n");
    let window = open_echo(&home).await;
    choose_environment(&window, "1", "dev").await;
    window.fill(&id("url"), "{{runtimeUrl}}/http/{{flow}}").await;

    let card = id("variable-card");
    window.hover(&marked("runtimeUrl", "variable"), &card).await;
    window.shows(&card, &tenant.sandbox.runtime_url()).await;
    window.shows(&card, "from the tenant").await;
    window.shows(&card, "Tenant acme-dev").await;
    window.hover(&css(".req-tab[aria-selected='true']"), &css("body")).await;
    window.gone(&card).await;
    window.hover(&marked("flow", "variable"), &card).await;
    window.shows(&card, "whoami").await;
    window.shows(&card, "from the environment").await;
    window.send("200 OK").await;
    assert_eq!(tenant.runs("/http/whoami"), ["GET"]);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_variable_is_marked_and_set_from_its_card() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_tenant(&tenant, "acme-dev");
    home.collection();
    add_environment(&home, "dev", "acme-dev", "");
    let window = open_echo(&home).await;
    choose_environment(&window, "1", "dev").await;
    window.fill(&id("url"), "{{runtimeUrl}}/http/{{flow}}").await;

    window.find(&marked("flow", "variable unknown")).await;
    window.find(&marked("runtimeUrl", "variable")).await;
    window.press(&id("url"), &format!("{CONTROL}i")).await;
    window.shows(&id("variable-card"), "{{flow}}").await;
    window.click(&button_in_card("Set in environment dev")).await;
    let named = async || window.value(&label("Variable 1 name")).await == "flow";
    window.until("the variable has a row", named).await;
    window.fill(&label("Variable 1 value"), "whoami").await;
    window.press(&label("Variable 1 value"), &format!("{CONTROL}s")).await;
    window.until_file(&home.path().join("orders/environments/dev.yml"), "whoami").await;

    window.open_request("Echo").await;
    window.find(&marked("flow", "variable")).await;
    window.send("200 OK").await;
    assert_eq!(tenant.runs("/http/whoami"), ["GET"]);
    window.close().await;
}

fn button_in_card(words: &str) -> Place {
    Place::XPath(format!("//*[@data-testid='variable-card']//button[normalize-space()='{words}']"))
}
