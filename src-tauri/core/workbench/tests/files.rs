//! Which files of this computer a request may send.

use std::path::{Path, PathBuf};

use super::{at, collection, order, request, send, workbench};
use crate::error::{Code, Result};
use crate::http::tests::server::{Server, text};
use crate::http::{Authorization, Body, Exchange, Part, PartContent, Request};
use crate::operation::{RequestSend, SendContext};
use crate::workbench::Workbench;

fn with_file(url: &str, path: &Path) -> Request {
    let mut wanted = request(url, Authorization::None);
    wanted.method = "POST".to_owned();
    wanted.body = Body::File { path: path.to_owned() };
    wanted
}

async fn send_of(
    workbench: &Workbench,
    context: &SendContext,
    request: Request,
    files: &[PathBuf],
) -> Result<Exchange> {
    let order = RequestSend { context: Some(context.clone()), files: files.to_vec(), ..order(request, None) };
    workbench.send(order, &|_| {}).await
}

#[tokio::test]
async fn a_request_of_a_collection_sends_no_file_from_outside_its_folder() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    let (folder, id) = collection(&workbench, &[("orders/payload.bin", "inside")]).await;
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().canonicalize().unwrap().join("id_ed25519");
    std::fs::write(&secret, "PRIVATE").unwrap();
    let mut ways = vec![secret.clone(), Path::new("..").join("..").join(secret.strip_prefix("/").unwrap())];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&secret, folder.path().join("link.bin")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("linked")).unwrap();
        ways.extend([PathBuf::from("link.bin"), PathBuf::from("linked/id_ed25519")]);
    }
    let context = at(id, "x.yml");
    for way in &ways {
        let refused = send_of(&workbench, &context, with_file(&server.url("/"), way), &[]).await.unwrap_err();
        assert_eq!(refused.code, Code::InvalidInput, "{}", way.display());
        assert!(refused.message.contains("did not choose"), "{}", refused.message);
        let mut parted = with_file(&server.url("/"), way);
        parted.body = Body::Multipart {
            parts: vec![Part {
                name: "a".to_owned(),
                content: PartContent::File { path: way.clone() },
                content_type: None,
                enabled: true,
            }],
        };
        assert!(send_of(&workbench, &context, parted, &[]).await.is_err(), "{}", way.display());
    }
    assert!(server.got().is_empty());
    let own = with_file(&server.url("/"), Path::new("orders/payload.bin"));
    send_of(&workbench, &context, own, &[]).await.unwrap();
    assert_eq!(&server.got()[0].body[..], b"inside");
    let chosen = with_file(&server.url("/"), &secret);
    send_of(&workbench, &context, chosen, std::slice::from_ref(&secret)).await.unwrap();
    assert_eq!(&server.got()[1].body[..], b"PRIVATE", "the user chose it");
}

#[tokio::test]
async fn a_request_of_no_collection_sends_chosen_files_only() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.bin");
    std::fs::write(&file, "bytes").unwrap();
    let wanted = with_file(&server.url("/"), &file);
    assert!(send(&workbench, wanted.clone(), None).await.is_err());
    let chosen = RequestSend { files: vec![file], ..order(wanted, None) };
    workbench.send(chosen, &|_| {}).await.unwrap();
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn what_is_hidden_in_the_folder_is_nobodys_payload() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    let files = [(".env", "KEY=1"), (".git/config", "token"), ("payloads/.hidden/a.bin", "x")];
    let (folder, id) = collection(&workbench, &files).await;
    let mut ways: Vec<PathBuf> = files.iter().map(|(path, _)| PathBuf::from(path)).collect();
    ways.extend(["payloads/../.env", "./.git/config"].map(PathBuf::from));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(".git", folder.path().join("linked")).unwrap();
        ways.push(PathBuf::from("linked/config"));
    }
    for way in &ways {
        let wanted = with_file(&server.url("/"), way);
        assert!(send_of(&workbench, &at(id, "x.yml"), wanted, &[]).await.is_err(), "{}", way.display());
    }
    assert!(server.got().is_empty());
    let chosen = folder.path().canonicalize().unwrap().join(".env");
    let wanted = with_file(&server.url("/"), Path::new(".env"));
    send_of(&workbench, &at(id, "x.yml"), wanted, &[chosen]).await.unwrap();
    assert_eq!(server.got().len(), 1, "the user chose it");
}

#[tokio::test]
async fn a_draft_may_name_the_files_of_its_own_collection() {
    let workbench = workbench();
    let (_folder, id) = collection(&workbench, &[("payload.bin", "x")]).await;
    for own in ["payload.bin", "not/there/yet.bin", "{{payload}}", ""] {
        assert_eq!(workbench.strange_file(id, Path::new(own)), None, "{own}");
    }
    for strange in ["../payload.bin", "/etc/passwd", ".git/config"] {
        assert!(workbench.strange_file(id, Path::new(strange)).is_some_and(|file| file.is_absolute()));
    }
}
