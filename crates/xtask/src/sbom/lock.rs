//! The checksums in `Cargo.lock`.

use std::collections::BTreeMap;

use super::tree::Package;

/// The SHA-256 of each package that comes from a registry, in hexadecimal digits. Our own packages have none.
pub(super) struct Lock(BTreeMap<Package, String>);

impl Lock {
    /// Reads the file, which cargo writes always in the same way.
    pub(super) fn parse(text: &str) -> Self {
        let entries = text.split("[[package]]").filter_map(|entry| {
            let value = |key: &str| {
                let line = entry.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
                Some(line.strip_suffix('"')?.to_owned())
            };
            Some((Package { name: value("name")?, version: value("version")? }, value("checksum")?))
        });
        Self(entries.collect())
    }

    pub(super) fn checksum(&self, package: &Package) -> Option<&str> {
        self.0.get(package).map(String::as_str)
    }
}
