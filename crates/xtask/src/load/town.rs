//! Everything that runs: the sandbox with its many people, the app on one node or two, and the Redis that two share. All
//! of it listens on this machine alone, and ends when it is dropped.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use clap::ValueEnum;
use serde_json::Value;

use crate::{
    browser::Browser,
    error::{Error, Result},
    process::{self, Process},
    serve::{
        port::free_port,
        programs::{address, configuration},
        ready,
    },
    setup::{cache, redis},
    workspace::{self, Binaries},
};

/// Where the app keeps what it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Store {
    /// In the memory of one node
    Memory,
    /// In a Redis that two nodes share
    Redis,
}

/// A Redis that forgets everything when it ends.
struct Redis {
    _process: Process,
    port: u16,
}

/// What runs. The order is that in which it ends.
pub(crate) struct Town {
    pub(crate) nodes: Vec<Process>,
    _sandbox: Process,
    redis: Option<Redis>,
    /// What a node was told, but for where it listens.
    environment: Vec<(String, String)>,
    /// The address of the app: that of all nodes.
    pub(crate) public: String,
    /// Their own.
    addresses: Vec<String>,
    pub(crate) sandbox_address: String,
    /// What the nodes have logged.
    pub(crate) logs: Vec<PathBuf>,
}

impl Town {
    /// Starts all of it. `name`: of the folder for what it writes. `settings`: more for the app, as variables.
    pub(crate) fn start(
        name: &str,
        binaries: &Binaries,
        store: Store,
        people: u32,
        settings: &[(&str, &str)],
    ) -> Result<Self> {
        let folder = workspace::target()?.join(name);
        fs::create_dir_all(&folder).map_err(Error::file("made", &folder))?;
        let sandbox_port = free_port()?;
        let mut sandbox = Command::new(&binaries.sandbox);
        sandbox.args(["--port", &sandbox_port.to_string(), "--people", &people.to_string()]);
        // People who meet many faults, or who are measured, ask for many codes.
        sandbox.args(["--per-address", "1000000", "--per-user", "1000000"]);
        let mut sandbox = Process::start(sandbox.stdout(Stdio::null()).stderr(Stdio::null()))?;
        ready::wait(&mut sandbox, "The sandbox", sandbox_port, "/.well-known/openid-configuration")?;

        let redis = match store {
            Store::Memory => None,
            Store::Redis => Some(Redis::start(&folder)?),
        };
        let ports = [free_port()?, free_port()?];
        let count = if redis.is_some() { 2 } else { 1 };
        let public = address(ports[0]);
        let environment = environment(sandbox_port, &public, redis.as_ref(), settings);
        let mut town = Self {
            nodes: Vec::new(),
            _sandbox: sandbox,
            redis,
            environment,
            public: public.clone(),
            addresses: Vec::new(),
            sandbox_address: address(sandbox_port),
            logs: Vec::new(),
        };
        for port in ports.into_iter().take(count) {
            let log = folder.join(format!("node-{}.log", town.nodes.len() + 1));
            let file = File::create(&log).map_err(Error::file("written", &log))?;
            let mut app = town.configured(&binaries.app);
            app.env("CONTACT_CHANGE_LISTEN", format!("127.0.0.1:{port}"));
            let mut node = Process::start(app.stdout(Stdio::null()).stderr(file))?;
            ready::wait(&mut node, "The app", port, "/healthz")?;
            town.nodes.push(node);
            town.addresses.push(address(port));
            town.logs.push(log);
        }
        Ok(town)
    }

    /// A program that is configured as the nodes are.
    pub(crate) fn configured(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_remove(cache::VARIABLE).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The port of the Redis, if there is one.
    pub(crate) fn redis(&self) -> Option<u16> {
        self.redis.as_ref().map(|redis| redis.port)
    }

    /// The address of the first node itself.
    pub(crate) fn address(&self) -> &str {
        self.addresses.first().map_or(&self.public, String::as_str)
    }

    /// A browser of somebody new, who meets the nodes in turn.
    pub(crate) fn browser(&self) -> Browser {
        Browser::of_nodes(&self.public, &self.addresses)
    }

    /// What the sandbox says at a path.
    pub(crate) fn ask(&self, path: &str) -> Result<Value> {
        let text = Browser::new().open(&format!("{}{path}", self.sandbox_address))?.good()?.text()?;
        serde_json::from_str(&text)
            .map_err(|_| Error::Failed { what: format!("Reading {path} of the sandbox") })
    }

    /// Sets something at the sandbox.
    pub(crate) fn set(&self, path: &str, body: &Value) -> Result<()> {
        let address = format!("{}{path}", self.sandbox_address);
        let failed = |_| Error::Failed { what: format!("Setting {path} of the sandbox") };
        ureq::post(&address).send(body.to_string()).map_err(failed).map(drop)
    }
}

/// Two nodes have to know the same.
const SECRET: &str = "b25seSBmb3IgbG9hZCwgdGhlcmUgaXMgbm90aGluZyB0byBwcm90ZWN0";

/// What every node is told.
fn environment(
    sandbox_port: u16,
    public: &str,
    redis: Option<&Redis>,
    settings: &[(&str, &str)],
) -> Vec<(String, String)> {
    let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    // Where each of them listens is told to it besides.
    let of_all = configuration(0, sandbox_port).into_iter().map(|(name, value)| (name.to_owned(), value));
    let lenient = lenient().map(|(name, value)| (name, value.to_owned()));
    let url = redis.map(|redis| format!("redis://127.0.0.1:{}/", redis.port));
    let shared = url.iter().flat_map(|url| {
        [
            ("CONTACT_CHANGE_STORE__KIND", "redis"),
            ("CONTACT_CHANGE_STORE__URL", url),
            ("CONTACT_CHANGE_SESSION__SECRET", SECRET),
        ]
    });
    let ours = [("CONTACT_CHANGE_PUBLIC_URL", public)].into_iter().chain(shared).map(owned);
    of_all.chain(lenient).chain(ours).chain(settings.iter().copied().map(owned)).collect()
}

/// Short times, so that a call that is never answered does not take most of the time; and no limits of the app's own.
fn lenient() -> impl Iterator<Item = (String, &'static str)> {
    let times = [("TIMEOUT", "5s"), ("CONNECT_TIMEOUT", "5s"), ("READ_DEADLINE", "8s")];
    let of = move |section: &'static str| {
        times.map(|(key, time)| (format!("CONTACT_CHANGE_{section}__{key}"), time))
    };
    let limits = ["DESTINATION_PER_HOUR", "DESTINATION_PER_DAY", "ACCOUNT_PER_HOUR", "ACCOUNT_PER_DAY"];
    let limits = limits.map(|limit| (format!("CONTACT_CHANGE_LIMITS__{limit}"), "0"));
    of("SERVICE").into_iter().chain(of("PROVIDER")).chain(limits)
}

impl Redis {
    fn start(folder: &Path) -> Result<Self> {
        redis::ensure()?;
        let port = free_port()?;
        let mut command = Command::new("redis-server");
        command.args([
            "--bind",
            "127.0.0.1",
            "--port",
            &port.to_string(),
            "--save",
            "",
            "--appendonly",
            "no",
        ]);
        let mut redis = Process::start(command.arg("--dir").arg(folder).stdout(Stdio::null()))?;
        for _ in 0..100 {
            process::not_interrupted()?;
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(Self { _process: redis, port });
            }
            if let Some(status) = redis.ended() {
                return Err(Error::Ended { what: "Redis", status });
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(Error::Silent { what: "Redis", address: format!("port {port}") })
    }
}
