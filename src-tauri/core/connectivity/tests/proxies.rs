use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{network, rules, test};
use crate::connectivity::{Connectivity, ConnectivityReach};
use crate::error::Code;
use crate::http::Network;
use crate::http::tests::authority::Authority;
use crate::http::tests::server::{Server, proxy, text};
use crate::settings::Proxy;

fn through(proxy: &str, authority: &Authority) -> Network {
    let proxy = Proxy::Url { url: proxy.to_owned(), bypass: "direct.example".to_owned() };
    Network { proxy, ..network(std::slice::from_ref(&authority.root)) }
}

async fn tested(scheme: &str, refusal: Option<&'static str>) -> Connectivity {
    let authority = Authority::new("Proxy Root");
    let server = Server::tls(authority.tls(&["tenant.example.invalid"]), |_| text("")).await;
    let address = proxy(server.address, refusal).await;
    test("tenant.example.invalid", through(&format!("{scheme}://{address}"), &authority)).await
}

#[tokio::test]
async fn a_host_behind_a_proxy_is_reached_though_only_the_proxy_knows_its_name() {
    let found = tested("http", None).await;
    assert_eq!((found.reached, found.failure.as_ref()), (ConnectivityReach::Http, None));
    assert!(found.is_sound(), "{:?}", found.findings);
    assert!(found.lookup.is_some_and(|lookup| lookup.failure.is_some()));
    let passage = found.proxy.expect("a proxy");
    assert_eq!((passage.status, passage.failure), (Some(200), None));
    assert_eq!(found.attempts.len(), 1);
}

#[tokio::test]
async fn what_a_proxy_refuses_is_told_with_its_status() {
    for (refusal, status, words) in [
        ("407 Proxy Authentication Required", 407, "user name"),
        ("403 Forbidden", 403, "does not allow"),
        ("502 Bad Gateway", 502, "could not reach"),
    ] {
        let found = tested("http", Some(refusal)).await;
        assert_eq!(found.reached, ConnectivityReach::Proxy);
        assert_eq!(found.proxy.as_ref().and_then(|passage| passage.status), Some(status));
        let failure = found.failure.as_ref().expect("refused");
        assert_eq!(failure.code, Code::ConnectFailed);
        assert!(failure.message.contains(words) && failure.hint.is_some(), "{failure:?}");
        assert_eq!(rules(&found), ["not_reached"]);
    }
}

#[tokio::test]
async fn the_login_of_a_proxy_is_not_shown() {
    let authority = Authority::new("Proxy Root");
    let server = Server::tls(authority.tls(&["tenant.example.invalid"]), |_| text("")).await;
    let address = proxy(server.address, None).await;
    let found =
        test("tenant.example.invalid", through(&format!("http://user:s3cr3t@{address}"), &authority)).await;
    assert_eq!(
        found.proxy.as_ref().map(|passage| passage.address.clone()),
        Some(format!("http://{address}"))
    );
    assert!(!serde_json::to_string(&found).expect("json").contains("s3cr3t"));
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_the_failure() {
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("bind").local_addr().expect("address");
    let authority = Authority::new("Proxy Root");
    let found = test("tenant.example.invalid", through(&format!("http://{closed}"), &authority)).await;
    let failure = found.failure.expect("not reached");
    assert!(
        failure.message.contains("proxy") && failure.message.contains("could not be reached"),
        "{failure:?}"
    );
}

#[tokio::test]
async fn hosts_reached_directly_and_this_computer_pass_by_the_proxy() {
    let authority = Authority::new("Proxy Root");
    let server = Server::tls(authority.tls(&["localhost"]), |_| text("")).await;
    let found = test(&server.url("/"), through("http://127.0.0.1:1", &authority)).await;
    assert!(found.proxy.is_none() && found.reached == ConnectivityReach::Http, "{found:?}");
    let found = test("direct.example", through("http://127.0.0.1:1", &authority)).await;
    assert!(found.proxy.is_none());
}

#[tokio::test]
async fn a_socks_proxy_connects_too() {
    let authority = Authority::new("Proxy Root");
    let server = Server::tls(authority.tls(&["tenant.example.invalid"]), |_| text("")).await;
    let address = socks(server.address).await;
    let found = test("tenant.example.invalid", through(&format!("socks5h://{address}"), &authority)).await;
    assert_eq!((found.reached, found.failure.as_ref()), (ConnectivityReach::Http, None));
    assert_eq!(found.proxy.map(|passage| passage.address), Some(format!("socks5h://{address}")));
}

/// A SOCKS 5 proxy that connects everything to this address, as often as it is asked.
async fn socks(target: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                if stream.read(&mut [0; 64]).await.unwrap_or(0) == 0 {
                    return;
                }
                let _ = stream.write_all(&[5, 0]).await;
                let _ = stream.read(&mut [0; 512]).await;
                let mut onward = TcpStream::connect(target).await.expect("target");
                let _ = stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await;
                let _ = tokio::io::copy_bidirectional(&mut stream, &mut onward).await;
            });
        }
    });
    address
}
