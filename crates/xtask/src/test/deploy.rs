//! What is shipped in `deploy/`, by the linter of each kind of file. What Prometheus reads is checked by the Rust tests, and
//! `nginx.conf` by a journey through it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::Count;
use crate::{
    command::{self, Listen},
    error::{Error, Result},
    setup::{linters, nginx, systemd},
    workspace,
};

/// The most that `systemd-analyze security` may find, in tenths of its 10. Versions differ by a tenth.
const EXPOSURE: u32 = 13;

/// What nothing of this runs, for want of a container engine, a cluster and a system of one's own.
const NEVER: &str = "the build of the image, compose.yaml, the pods, and the unit under systemd";

/// One check: of what, by what, and how.
type Check = (&'static str, fn(&Path) -> Result<bool>);

const CHECKS: [Check; 6] = [
    ("Containerfile, by hadolint", containerfile),
    ("compose.yaml, by the schema of compose files", compose),
    ("compose.nginx.conf, by nginx", compose_nginx),
    ("kubernetes/contact-change.yaml, by the schemas of Kubernetes", kubernetes),
    ("contact-change.service, by systemd-analyze verify", unit),
    ("contact-change.service, by systemd-analyze security", confinement),
];

/// Runs each check that can be run here, and says which cannot.
pub(super) fn checks() -> Result<Count> {
    let folder = workspace::root().join("deploy");
    let mut counts = Vec::new();
    for (what, check) in CHECKS {
        println!("deploy: {what}");
        match check(&folder) {
            Ok(true) => counts.push(Count::ONE_PASSED),
            Ok(false) => counts.push(Count::ONE_FAILED),
            Err(Error::Missing { what, advice }) => println!("deploy: not run: {what} is missing; {advice}"),
            Err(error) => return Err(error),
        }
    }
    println!("deploy: never run: {NEVER}");
    Ok(counts.into_iter().sum())
}

fn containerfile(folder: &Path) -> Result<bool> {
    let mut hadolint = command::program(linters::ensure()?.join("hadolint"));
    passes(hadolint.arg(folder.join("Containerfile")))
}

fn compose(folder: &Path) -> Result<bool> {
    let mut check = python("check_jsonschema")?;
    check.args(["--builtin-schema", "vendor.compose-spec"]);
    passes(check.arg(folder.join("compose.yaml")))
}

fn kubernetes(folder: &Path) -> Result<bool> {
    let mut check = python("kubernetes_validate")?;
    passes(check.args(["--strict", "--quiet"]).arg(folder.join("kubernetes/contact-change.yaml")))
}

fn python(module: &str) -> Result<Command> {
    let mut python = command::program(linters::ensure()?.join("python"));
    python.args(["-m", module]);
    Ok(python)
}

/// The file stands in an image's own configuration; here, in the least there can be.
fn compose_nginx(folder: &Path) -> Result<bool> {
    let nginx = nginx::ensure()?;
    let included = folder.join("compose.nginx.conf");
    let around = format!(
        "pid nginx.pid;\nevents {{}}\nhttp {{\n  access_log off;\n  client_body_temp_path temp;\n  proxy_temp_path temp;\n  \
         fastcgi_temp_path temp;\n  uwsgi_temp_path temp;\n  scgi_temp_path temp;\n  include {};\n}}\n",
        included.display()
    );
    let place = scratch()?;
    fs::write(place.join("nginx.conf"), around).map_err(Error::file("written", &place))?;
    let mut test = command::program(nginx);
    passes(test.arg("-p").arg(&place).args(["-c", "nginx.conf", "-e", "stderr", "-q", "-t"]))
}

/// The program of the unit is not on this machine; any other does for a check. A setting that systemd does not know is a warning
/// to it, and a failure here.
fn unit(folder: &Path) -> Result<bool> {
    systemd::ensure()?;
    let shipped = folder.join("contact-change.service");
    let unit = fs::read_to_string(&shipped).map_err(Error::file("read", &shipped))?;
    let copy = scratch()?.join("contact-change.service");
    let unit = unit.replace("/usr/local/bin/contact-change", "/bin/true");
    fs::write(&copy, unit).map_err(Error::file("written", &copy))?;
    let mut verify = command::program("systemd-analyze");
    let (status, said) = command::tee(verify.args(["verify", "--man=no"]).arg(&copy), &Listen::Errors)?;
    Ok(status.success() && !said.contains("contact-change.service"))
}

fn confinement(folder: &Path) -> Result<bool> {
    systemd::ensure()?;
    let mut security = command::program("systemd-analyze");
    security.args(["security", "--offline=true", "--no-pager", &format!("--threshold={EXPOSURE}")]);
    security.arg(folder.join("contact-change.service"));
    // A line for each of some eighty settings, and one that sums them up.
    match command::answer(&mut security) {
        Some(said) => {
            println!("{}", said.lines().last().unwrap_or_default());
            Ok(true)
        }
        None => passes(&mut security),
    }
}

fn passes(check: &mut Command) -> Result<bool> {
    command::stream(check).map(|status| status.success())
}

/// A folder for what only these checks read.
fn scratch() -> Result<PathBuf> {
    let folder = workspace::target()?.join("deploy");
    fs::create_dir_all(&folder).map_err(Error::file("created", &folder))?;
    Ok(folder)
}
