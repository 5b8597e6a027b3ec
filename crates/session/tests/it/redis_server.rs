//! A Redis server of the test's own, on a free port of 127.0.0.1, ended when it is dropped. Used by the server's tests
//! as well.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

/// Below the ports that systems give to whoever connects, so that a server can be started anew on its port.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// A server, running or not.
pub(crate) struct RedisServer {
    port: u16,
    arguments: Vec<String>,
    folder: TempDir,
    child: Option<Child>,
}

impl RedisServer {
    /// Starts one that forgets everything when it ends.
    pub(crate) fn start() -> Self {
        Self::with(&["--save", "", "--appendonly", "no"])
    }

    /// Starts one that has everything again when it is started anew.
    pub(crate) fn durable() -> Self {
        Self::with(&["--save", "", "--appendonly", "yes", "--appendfsync", "always"])
    }

    /// Starts one with these settings.
    pub(crate) fn with(arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Self::new(arguments, folder())
    }

    /// Starts one that speaks TLS alone, with this certificate and key (PEM).
    pub(crate) fn by_tls(certificate: &str, key: &str) -> Self {
        let folder = folder();
        let file = |name: &str, content: &str| {
            let path = folder.path().join(name);
            fs::write(&path, content).expect("a file");
            path.to_str().expect("a path").to_owned()
        };
        let (certificate, key) = (file("certificate", certificate), file("key", key));
        let arguments = ["--tls-auth-clients", "no", "--tls-cert-file", &certificate, "--tls-key-file", &key];
        Self::new([&["--save", ""], &arguments[..]].concat().into_iter().map(str::to_owned).collect(), folder)
    }

    fn new(arguments: Vec<String>, folder: TempDir) -> Self {
        let mut server = Self { port: 0, arguments, folder, child: None };
        // Somebody else may be as quick to take the same port.
        for _ in 0..10 {
            server.port = rand::random_range(PORTS);
            if TcpListener::bind(("127.0.0.1", server.port)).is_ok() {
                server.restart();
            }
            if server.child.is_some() {
                return server;
            }
        }
        panic!("redis-server does not start; see what it says above");
    }

    /// Gives the port.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Gives the address for plain connections.
    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Ends the server at once, as a crash does (SIGKILL).
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("a process to end");
            child.wait().expect("an end");
        }
    }

    /// Starts the server on its port, and waits until it answers.
    pub(crate) fn restart(&mut self) {
        self.kill();
        let (port, log) = (self.port.to_string(), self.folder.path().join("log"));
        // What the one before said would be taken for the word of this one.
        let _ = fs::remove_file(&log);
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--dir"]).arg(self.folder.path()).arg("--logfile").arg(&log);
        command.args(if self.speaks_tls() {
            ["--port", "0", "--tls-port", &port]
        } else {
            ["--port", &port, "--tls-port", "0"]
        });
        let child = command.args(&self.arguments).stdout(Stdio::null()).spawn();
        let mut child = child.unwrap_or_else(|error| match error.kind() {
            ErrorKind::NotFound => {
                panic!("redis-server is missing; install it with the packages of your system (redis, redis-server)")
            }
            _ => panic!("redis-server cannot be started: {error}"),
        });
        // Its own word: what answers at the port may be somebody else's.
        while !fs::read_to_string(&log).is_ok_and(|log| log.contains("Ready to accept connections")) {
            if child.try_wait().expect("a process").is_some() {
                return;
            }
            pause();
        }
        self.child = Some(child);
    }

    /// Makes another one the primary in place of this one, with all that is kept; both stay up.
    pub(crate) fn hand_over_to(&self, other: &Self) {
        self.command("CONFIG SET repl-diskless-sync-delay 0");
        other.command(&format!("REPLICAOF 127.0.0.1 {}", self.port));
        // Once it has everything. (`FAILOVER` does all this by itself, and on a busy machine now and then never ends.)
        while !other.command("ROLE").contains("connected") {
            pause();
        }
        other.command("REPLICAOF NO ONE");
        self.command(&format!("REPLICAOF 127.0.0.1 {}", other.port));
    }

    fn speaks_tls(&self) -> bool {
        self.arguments.iter().any(|argument| argument == "--tls-key-file")
    }

    /// Sends a command as a person types it, and gives the beginning of the answer.
    pub(crate) fn command(&self, line: &str) -> String {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        connection.write_all(format!("{line}\r\n").as_bytes()).expect("a command");
        let mut answer = vec![0; 64 * 1024];
        let length = connection.read(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer[..length]).into_owned()
    }
}

fn pause() {
    std::thread::sleep(Duration::from_millis(5));
}

fn folder() -> TempDir {
    TempDir::with_prefix("contact-change-redis-").expect("a folder")
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
