//! The requests of a collection in their order, each with what it inherits.

use crate::collection::{Collection, FolderItem, Item, RequestItem};
use crate::http::{Authorization, Field, Request};

/// A request that stands for itself.
pub(super) struct Flat<'a> {
    /// Folders and name: `Orders / Create order`.
    pub(super) place: String,
    /// The request with the header fields and the authorization of what is above it.
    pub(super) request: Request,
    /// The request as it stands in the collection.
    pub(super) item: &'a RequestItem,
}

/// All requests.
pub(super) fn requests(collection: &Collection) -> Vec<Flat<'_>> {
    let mut flat = Vec::new();
    let above = Above { place: String::new(), headers: Vec::new(), authorization: Authorization::None };
    walk(&collection.items, &above.below(&collection.root, false), &mut flat);
    flat
}

struct Above {
    place: String,
    headers: Vec<Field>,
    authorization: Authorization,
}

impl Above {
    fn below(&self, folder: &FolderItem, named: bool) -> Self {
        let place = if named { self.place(&folder.name) } else { String::new() };
        let authorization = self.chosen(&folder.authorization);
        Self { place, headers: self.inherited(&folder.headers), authorization }
    }

    fn place(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{} / {name}", self.place) }
    }

    fn chosen(&self, own: &Authorization) -> Authorization {
        if *own == Authorization::Inherit { self.authorization.clone() } else { own.clone() }
    }

    fn inherited(&self, own: &[Field]) -> Vec<Field> {
        let unsaid = |field: &&Field| !own.iter().any(|other| other.name.eq_ignore_ascii_case(&field.name));
        self.headers.iter().filter(unsaid).chain(own).cloned().collect()
    }
}

fn walk<'a>(items: &'a [Item], above: &Above, flat: &mut Vec<Flat<'a>>) {
    for item in items {
        match item {
            Item::Folder(folder, inner) => walk(inner, &above.below(folder, true), flat),
            Item::Request(item) => {
                let mut request = item.request.clone();
                request.headers = above.inherited(&request.headers);
                request.authorization = above.chosen(&request.authorization);
                flat.push(Flat { place: above.place(&item.name), request, item });
            }
        }
    }
}
