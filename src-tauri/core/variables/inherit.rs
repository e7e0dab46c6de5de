//! What a request takes over from the folders and the collection around it.

use crate::collection::{FolderItem, Surroundings};
use crate::http::{Authorization, Field, Request};

/// The request with what it inherits: header fields, and as whom it is sent.
pub fn inherit(mut request: Request, around: &Surroundings) -> Request {
    request.headers = headers(std::mem::take(&mut request.headers), around);
    if request.authorization == Authorization::Inherit {
        request.authorization = authorization(around);
    }
    request
}

/// From the collection inwards; a nearer one of the same name replaces, and one the request switched off stays off.
fn headers(own: Vec<Field>, around: &Surroundings) -> Vec<Field> {
    let mut headers: Vec<Field> = Vec::new();
    for level in outer_to_inner(around) {
        let enabled: Vec<&Field> = level.headers.iter().filter(|field| field.enabled).collect();
        headers.retain(|known| !enabled.iter().any(|field| same(field, known)));
        headers.extend(enabled.into_iter().cloned());
    }
    headers.retain(|known| !own.iter().any(|field| same(field, known)));
    headers.extend(own);
    headers
}

fn same(one: &Field, other: &Field) -> bool {
    !one.name.trim().is_empty() && one.name.trim().eq_ignore_ascii_case(other.name.trim())
}

/// The nearest folder that says something, else the collection.
fn authorization(around: &Surroundings) -> Authorization {
    let mut nearest = around.folders.iter().chain([&around.root]).map(|level| &level.authorization);
    nearest
        .find(|authorization| **authorization != Authorization::Inherit)
        .cloned()
        .unwrap_or(Authorization::None)
}

fn outer_to_inner(around: &Surroundings) -> impl Iterator<Item = &FolderItem> {
    [&around.root].into_iter().chain(around.folders.iter().rev())
}
