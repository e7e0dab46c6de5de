//! That these tests notice what the page must not do.

use crate::support::{Home, Window};

#[tokio::test(flavor = "multi_thread")]
async fn refused_content_and_errors_of_the_page_are_noticed() {
    let window = Window::open(&Home::new()).await;
    let script = "const style = document.createElement('style');
        style.textContent = 'p { color: red }';
        document.body.append(style);
        console.error('something broke');
        setTimeout(() => Promise.reject('nobody cares'))";
    window.client.execute(script, Vec::new()).await.expect("the page runs it");
    let complaints = async || window.complaints().await.join(" ");
    let all = async || {
        let told = complaints().await;
        ["style-src", "something broke", "nobody cares"].iter().all(|words| told.contains(words))
    };
    window.until("all three are noticed", all).await;
    window.close_in_spite_of_complaints().await;
}
