use std::collections::{BTreeMap, BTreeSet};

use xot::{Node as XmlNode, Xot};

/// With more namespaces for one prefix, only local names count.
const MOST: usize = 50;

/// The namespaces an expression may use, by prefix; those of names without a prefix have the empty one.
pub(super) struct Declared {
    prefixes: BTreeMap<String, Meant>,
}

/// What a prefix means, here and there in a document.
struct Meant {
    first: String,
    all: BTreeSet<String>,
}

impl Meant {
    fn new(namespace: &str) -> Self {
        Self { first: namespace.to_owned(), all: BTreeSet::from([namespace.to_owned()]) }
    }
}

impl Declared {
    /// What the document declares; what is given goes first.
    pub(super) fn of(xot: &Xot, root: XmlNode, given: &[(String, String)]) -> Self {
        let mut declared = Self { prefixes: BTreeMap::new() };
        for node in xot.descendants(root).filter(|node| xot.is_element(*node)) {
            for (prefix, namespace) in xot.namespaces(node).iter() {
                declared.add(xot.prefix_str(prefix), xot.namespace_str(*namespace));
            }
            if xot
                .element(node)
                .is_some_and(|element| xot.namespace_for_name(element.name()) == xot.no_namespace())
            {
                declared.add("", "");
            }
        }
        for (prefix, namespace) in given {
            declared.prefixes.insert(prefix.clone(), Meant::new(namespace));
        }
        declared
    }

    fn add(&mut self, prefix: &str, namespace: &str) {
        match self.prefixes.get_mut(prefix) {
            Some(meant) if meant.all.contains(namespace) => {}
            Some(meant) => drop(meant.all.insert(namespace.to_owned())),
            None => drop(self.prefixes.insert(prefix.to_owned(), Meant::new(namespace))),
        }
    }

    /// What names without a prefix mean; of several the first.
    pub(super) fn default(&self) -> &str {
        self.prefixes.get("").map_or("", |meant| &meant.first)
    }

    /// Prefixes and what they mean; of several the first.
    pub(super) fn prefixes(&self) -> impl Iterator<Item = (&str, &str)> {
        let named = self.prefixes.iter().filter(|(prefix, _)| !prefix.is_empty());
        named.map(|(prefix, meant)| (prefix.as_str(), meant.first.as_str()))
    }

    /// Whether each prefix means one namespace in all of the document.
    pub(super) fn are_plain(&self) -> bool {
        self.prefixes.values().all(|meant| meant.all.len() == 1)
    }

    /// Whether a name with this prefix may be of this namespace.
    pub(super) fn means(&self, prefix: &str, namespace: &str) -> bool {
        let meant = self.prefixes.get(prefix);
        meant.is_some_and(|meant| meant.all.len() > MOST || meant.all.contains(namespace))
    }

    /// A name test for whatever the prefix means, where that is more than one namespace.
    pub(super) fn test(&self, prefix: &str, local: &str) -> Option<String> {
        let all = &self.prefixes.get(prefix)?.all;
        // The library reads no `*:div`, nor any other word of its own there.
        let any = if local == "*" { "*".to_owned() } else { format!("*[local-name(.)='{local}']") };
        if all.len() > MOST {
            return Some(any);
        }
        let quoted = |namespace: &String| format!("'{}'", namespace.replace('\'', "''"));
        let choice = all.iter().map(quoted).collect::<Vec<_>>().join(",");
        (all.len() > 1).then(|| format!("{any}[namespace-uri(.)=({choice})]"))
    }
}
