use std::path::Path;

use super::failure::left_out;
use super::open_folder::OpenFolder;
use super::surroundings::root_above;
use crate::collection::model::{Collection, Item};
use crate::collection::{Loss, Node, NodeKind};
use crate::error::{Code, Error, Result};

/// A collection read as a whole, or a part of it with the folders above that part.
pub struct Loaded {
    /// The collection.
    pub collection: Collection,
    /// The files that could not be read, or hold what is no request.
    pub losses: Vec<Loss>,
}

/// Reads everything a collection, a folder or a request file of one says.
pub fn load(source: &Path) -> Result<Loaded> {
    let source = source.canonicalize().map_err(|error| {
        Error::new(Code::NotFound, format!("{} cannot be read", source.display()))
            .hint("Name a collection's folder, or a folder or request file in one")
            .detail(error.to_string())
    })?;
    // The file it is looked up from is the one above which the collection's own file stands.
    let folder =
        OpenFolder::new(root_above(&source.join("opencollection.yml")).or_else(|_| root_above(&source))?);
    let part = if source == folder.root() { String::new() } else { folder.path_of(&source)? };
    let nodes: Vec<Node> = folder.scan().into_iter().map(|scanned| scanned.node).collect();
    let nodes: Vec<Node> = nodes.into_iter().filter(|node| belongs(&node.path, &part)).collect();
    if !part.is_empty() && !nodes.iter().any(|node| node.path == part) {
        return Err(Error::new(
            Code::InvalidInput,
            format!("{part} is no folder or request of the collection"),
        )
        .hint("Name the collection's folder, or a folder or request file in it"));
    }
    let mut losses = Vec::new();
    let items = items(&folder, &mut nodes.iter().peekable(), 0, &mut losses);
    let environments = folder.all_environments(&mut losses);
    let root = folder.read_folder("")?.item;
    Ok(Loaded { collection: Collection { root, environments, items }, losses })
}

/// Whether a node is the part, stands in it, or is a folder around it.
fn belongs(path: &str, part: &str) -> bool {
    let is_in = |path: &str, folder: &str| {
        folder.is_empty()
            || path == folder
            || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    is_in(path, part) || is_in(part, path)
}

fn items<'a>(
    folder: &OpenFolder,
    nodes: &mut std::iter::Peekable<impl Iterator<Item = &'a Node>>,
    depth: u32,
    losses: &mut Vec<Loss>,
) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some(node) = nodes.next_if(|node| node.depth == depth) {
        match node.kind {
            NodeKind::Request => match folder.read_request(&node.path) {
                Ok(read) => items.push(Item::Request(Box::new(read.item))),
                Err(error) => losses.push(unread(node, &error)),
            },
            NodeKind::Folder => {
                let own = folder.read_folder(&node.path);
                let below = self::items(folder, nodes, depth + 1, losses);
                match own {
                    Ok(read) => items.push(Item::Folder(read.item, below)),
                    Err(error) => {
                        losses.push(unread(node, &error));
                        items.extend(below);
                    }
                }
            }
            NodeKind::Broken => losses.extend(node.problem.as_ref().map(left_out)),
            NodeKind::Other => losses.push(loss(&node.path, "It is no HTTP request.")),
        }
    }
    items
}

/// What is wrong with a node's file; without a problem it was changed since the folder was looked through.
fn unread(node: &Node, error: &Error) -> Loss {
    node.problem.as_ref().map_or_else(|| loss(&node.path, &error.message), left_out)
}

fn loss(place: &str, what: &str) -> Loss {
    Loss { place: place.to_owned(), what: what.to_owned() }
}
