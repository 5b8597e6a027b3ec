//! Whether the client in `/dist` is the one that a build would give now.

use std::{fs, io, path::Path};

use sha2::{Digest, Sha256};

use super::Profile;
use crate::{
    error::{Error, Result},
    workspace,
};

/// All that goes into the browser's part, from the workspace's root; the last is how it is put together.
const CODE: [&str; 7] = [
    "app",
    "crates/contact",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "rust-toolchain.toml",
    "crates/xtask/src/client",
];
/// All that goes into the style sheet.
const STYLE: [&str; 2] = ["style", "crates/xtask/src/client"];

/// What a part of the client is made of now.
pub(super) struct Fingerprint {
    /// The file in `/dist` that says what the part there was made of. Written last, so that it stands only beside a finished
    /// part.
    kept: &'static str,
    /// A hash over the inputs' paths and contents and the profile, in hexadecimal.
    hash: String,
}

impl Fingerprint {
    /// Gives that of the browser's part of a workspace.
    pub(super) fn of_code(workspace: &Path, profile: Profile) -> Result<Self> {
        Self::of(".code", workspace, &CODE, profile)
    }

    /// Gives that of the style sheet of a workspace.
    pub(super) fn of_style(workspace: &Path, profile: Profile) -> Result<Self> {
        Self::of(".style", workspace, &STYLE, profile)
    }

    fn of(kept: &'static str, workspace: &Path, inputs: &[&str], profile: Profile) -> Result<Self> {
        let mut hash = Hash::new(profile);
        for input in inputs {
            let path = workspace.join(input);
            let files = if path.is_dir() { workspace::files_below(&path)? } else { vec![path] };
            for file in files {
                let content = fs::read(&file).map_err(Error::file("read", &file))?;
                hash.add(&file.to_string_lossy(), &content);
            }
        }
        Ok(Self { kept, hash: hash.finish() })
    }

    /// Whether `/dist` holds the finished part that was made of the same.
    pub(super) fn is_kept(&self) -> bool {
        fs::read_to_string(workspace::dist().join(self.kept)).is_ok_and(|kept| kept == self.hash)
    }

    /// Says that the part in `/dist` is about to be another one: whoever is interrupted leaves none that looks finished.
    pub(super) fn forget(&self) -> Result<()> {
        let path = workspace::dist().join(self.kept);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::file("removed", path)(error)),
            _ => Ok(()),
        }
    }

    /// Says that `/dist` now holds the finished part.
    pub(super) fn keep(&self) -> Result<()> {
        let path = workspace::dist().join(self.kept);
        fs::write(&path, &self.hash).map_err(Error::file("written", &path))
    }
}

/// Names and contents are hashed with their lengths, so that moving a byte from one to the other shows.
struct Hash(Sha256);

impl Hash {
    fn new(profile: Profile) -> Self {
        Self(Sha256::new_with_prefix(profile.cargo_profile()))
    }

    fn add(&mut self, name: &str, content: &[u8]) {
        for part in [name.as_bytes(), content] {
            self.0.update(part.len().to_le_bytes());
            self.0.update(part);
        }
    }

    fn finish(self) -> String {
        format!("{:x}", self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(profile: Profile, files: &[(&str, &str)]) -> String {
        let mut hash = Hash::new(profile);
        for (name, content) in files {
            hash.add(name, content.as_bytes());
        }
        hash.finish()
    }

    #[test]
    fn the_same_inputs_give_the_same_fingerprint() {
        let files = [("a.rs", "fn a() {}"), ("b.css", "")];
        assert_eq!(hash(Profile::Shipped, &files), hash(Profile::Shipped, &files));
    }

    #[test]
    fn a_changed_byte_a_moved_byte_or_another_profile_gives_another_fingerprint() {
        let before = hash(Profile::Shipped, &[("ab", "c")]);
        assert_ne!(before, hash(Profile::Shipped, &[("ab", "d")]));
        assert_ne!(before, hash(Profile::Shipped, &[("a", "bc")]));
        assert_ne!(before, hash(Profile::Development, &[("ab", "c")]));
    }

    #[test]
    fn a_change_of_style_leaves_the_browsers_part_alone_and_a_change_of_code_the_style() {
        let workspace = tempfile::tempdir().unwrap();
        let write = |path: &str, content: &str| {
            let path = workspace.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        };
        for input in CODE.iter().chain(&STYLE) {
            let is_folder = workspace::root().join(input).is_dir();
            write(&if is_folder { format!("{input}/file") } else { (*input).to_owned() }, "");
        }
        let both = || {
            let [of_code, of_style] = [Fingerprint::of_code, Fingerprint::of_style];
            [of_code, of_style].map(|of| of(workspace.path(), Profile::Shipped).unwrap().hash)
        };
        let [code, style] = both();
        write("style/base.css", "a { color: red }");
        let [same_code, other_style] = both();
        assert!(same_code == code && other_style != style);
        write("app/src/lib.rs", "fn main() {}");
        let [other_code, same_style] = both();
        assert!(other_code != code && same_style == other_style);
    }

    #[test]
    fn every_input_exists() {
        assert!(CODE.iter().chain(&STYLE).all(|input| workspace::root().join(input).exists()));
    }
}
