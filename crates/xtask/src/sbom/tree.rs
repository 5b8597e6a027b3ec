//! The answer of `cargo tree --prefix depth --format " {p}"`.

use std::collections::{BTreeMap, BTreeSet};

/// A package by name and version. Registries are one: `deny.toml` sees to that.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
}

/// Packages, and what each of them needs. The first one that was listed is the root.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) root: Package,
    pub(crate) needs: BTreeMap<Package, BTreeSet<Package>>,
}

impl Tree {
    /// Reads lines such as `2 futures v0.3.34 (*)`: how deep it stands, its name and version, and whether what it needs was
    /// listed before.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut above: Vec<Package> = Vec::new();
        let mut needs: BTreeMap<Package, BTreeSet<Package>> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let mut words = line.split_whitespace();
            let depth: usize = words.next()?.parse().ok()?;
            let name = words.next()?.to_owned();
            let version = words.next()?.strip_prefix('v')?.to_owned();
            let package = Package { name, version };
            above.truncate(depth);
            if let Some(parent) = above.last() {
                needs.entry(parent.clone()).or_default().insert(package.clone());
            }
            needs.entry(package.clone()).or_default();
            above.push(package);
        }
        Some(Self { root: above.into_iter().next()?, needs })
    }

    pub(super) fn has(&self, package: &Package) -> bool {
        self.needs.contains_key(package)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_what_is_read_by_depth() {
        let tree =
            Tree::parse("0 a v1.0.0 (/somewhere)\n1 b v2.0.0\n2 c v3.0.0+x (proc-macro)\n1 c v3.0.0+x (*)\n")
                .unwrap();
        let package = |name: &str, version: &str| Package { name: name.into(), version: version.into() };
        let (a, b, c) = (package("a", "1.0.0"), package("b", "2.0.0"), package("c", "3.0.0+x"));
        assert_eq!(tree.root, a);
        assert_eq!(tree.needs[&a], [b.clone(), c.clone()].into());
        assert_eq!(tree.needs[&b], [c.clone()].into());
        assert!(tree.needs[&c].is_empty());
        assert!(Tree::parse("").is_none() && Tree::parse("error: no").is_none());
    }
}
