//! Where what a document says is typed: a folder in the place of the machine.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use super::reader::root;

/// 32 bytes, as `openssl rand -base64 32` gives them.
const SECRET: &str = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3JldA==";

/// A folder in the place of the machine, and what stands in it for what the documents say.
pub(super) struct Machine {
    folder: TempDir,
    names: Vec<(String, String)>,
}

impl Machine {
    pub(super) fn new(issuer: &str) -> Self {
        let mut machine = Self { folder: tempfile::tempdir().expect("a folder"), names: Vec::new() };
        let [app, metrics] = free_ports();
        let place = |name: &str| machine.path(name).to_str().expect("a path").to_owned();
        let names = [
            ("target/release/contact-change", env!("CARGO_BIN_EXE_contact-change").to_owned()),
            ("/usr/local/bin", place("bin")),
            ("/etc/contact-change", place("etc")),
            ("/run/secrets", place("etc/secrets")),
            ("/var/log/contact-change", place("log")),
            ("https://www.example.com/account/contact", format!("http://localhost:{app}/account/contact")),
            ("https://<your host>", format!("http://localhost:{app}")),
            ("https://<your instance>", issuer.to_owned()),
            ("https://id.example.com", issuer.to_owned()),
            ("127.0.0.1:3000", format!("127.0.0.1:{app}")),
            ("127.0.0.1:9464", format!("127.0.0.1:{metrics}")),
        ];
        machine.names.extend(names.map(|(theirs, ours)| (theirs.to_owned(), ours)));
        machine
    }

    /// A place in its folder.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lets one more name stand for something of this machine.
    pub(super) fn call(&mut self, theirs: &str, ours: &str) {
        self.names.push((theirs.to_owned(), ours.to_owned()));
    }

    /// Gives a text with the names of this machine.
    pub(super) fn here(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
    }

    pub(super) fn secrets(&self) -> PathBuf {
        self.path("etc/secrets")
    }

    /// What the guide says in words: three files, a line in each.
    pub(super) fn paste_secrets(&self, store: &str) {
        let pasted =
            [("oidc", "contact-change-secret"), ("api", "contact-change-api-secret"), ("store", store)];
        for (name, line) in pasted {
            fs::write(self.secrets().join(name), format!("{line}\n")).expect("a file");
        }
    }

    /// All files with secrets that a document names.
    pub(super) fn with_secrets(self, store: &str) -> Self {
        fs::create_dir_all(self.secrets()).expect("a folder");
        fs::create_dir_all(self.path("log")).expect("a folder");
        self.paste_secrets(store);
        for name in ["session", "session-2", "audit"] {
            fs::write(self.secrets().join(name), SECRET).expect("a file");
        }
        self
    }

    /// Writes a file of configuration, and gives where.
    pub(super) fn configure(&self, content: &str) -> PathBuf {
        let path = self.path("etc/contact-change.toml");
        fs::write(&path, self.here(content)).expect("a file");
        path
    }

    /// Types commands, in the folder of the repository.
    pub(super) fn run(&self, commands: &str) -> String {
        self.run_in(&root(), commands)
    }

    /// Types commands.
    pub(super) fn run_in(&self, folder: &Path, commands: &str) -> String {
        let path = env::var("PATH").expect("a path");
        let path = format!("{}:{path}", self.path("bin").display());
        let mut shell = Command::new("sh");
        shell.args(["-euc", &self.here(commands)]).current_dir(folder).env_clear().env("PATH", path);
        let output = shell.output().expect("a shell");
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{commands}\n{said}");
        said
    }
}

/// Two ports that were free a moment ago, and are not the same.
fn free_ports() -> [u16; 2] {
    let taken = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    taken.map(|port| port.local_addr().expect("an address").port())
}
