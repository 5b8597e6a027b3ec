//! More and more people who are signed in: pages of any of them, and what is kept.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{Ipv4Addr, TcpStream},
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use super::{
    super::{Asked, median},
    Options,
    table::{Table, column, drawn},
};
use crate::{
    command,
    error::{Error, Result},
    load::{Person, Store, Town, usage},
    workspace::Binaries,
};

/// How many people there are: each of them is signed in many times.
const PEOPLE: u32 = 100;
/// How many sign in at the same time, to fill the memory of the app.
const SIGNING_IN: u32 = 8;
/// How many ask for pages at the same time.
const AT_ONCE: u32 = 100;
/// So many sessions are asked for in turn, from first to last.
const ASKED_FOR: usize = 10_000;

/// Measures for each number of sessions. In the memory of the app each session comes of a sign-in; in Redis the first hundred
/// do, and the others are copies of one of them, which `server/examples/more_sessions.rs` writes.
pub(super) fn grow(
    options: &Options,
    binaries: &Binaries,
    store: Store,
    steps: &[u32],
    folder: &Path,
) -> Result<Table> {
    let more_sessions = options.programs.example("more_sessions")?;
    let town = Town::start("grow", binaries, store, PEOPLE, &[])?;
    let list = folder.join("sessions.tsv");
    let pages = Asked { script: "page.lua", address: town.address(), coding: "br" };
    // What the app takes as soon as it is used at all is no session's.
    let mut sessions = sign_in(&town, PEOPLE)?;
    write(&sessions, &list)?;
    pages.run(&list, AT_ONCE, options.seconds, 0.0)?;
    let at_first = kept(&town)?;
    let mut rows = Vec::new();
    for &step in steps {
        let before = sessions.len();
        let missing = step.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX));
        println!("grow: {missing} sessions more");
        match sessions.first().filter(|_| town.redis().is_some()) {
            Some(one) => {
                let mut fill = town.configured(&more_sessions);
                let copies = command::answer(fill.arg(one).arg(missing.to_string()));
                let copies = copies.ok_or_else(|| Error::Failed { what: "Writing sessions".to_owned() })?;
                sessions.extend(copies.lines().map(str::to_owned));
            }
            None => sessions.extend(sign_in(&town, missing)?),
        }
        let kept = kept(&town)?;
        write(&sessions, &list)?;
        let runs = (0..options.rounds).map(|_| pages.run(&list, AT_ONCE, options.seconds, 0.0));
        let shown = median(runs.collect::<Result<_>>()?);
        let each = (kept - at_first) / f64::from(step.saturating_sub(PEOPLE).max(1)) / 1e3;
        let [app, kept] = [memory(&town), kept].map(|octets| octets / 1e6);
        rows.push((step, vec![shown.per_second, shown.p50, shown.p99, app, kept, each]));
    }
    let columns = vec![
        drawn("pages a second"),
        column("p50, ms"),
        column("p99, ms"),
        column("the app, MB"),
        column("the store, MB"),
        drawn("kB a session"),
    ];
    Ok(Table { what: "sessions", columns, rows })
}

/// Signs people in, some at the same time, and gives their sessions.
fn sign_in(town: &Town, count: u32) -> Result<Vec<String>> {
    let next = AtomicU32::new(0);
    let sessions = Mutex::new(Vec::new());
    thread::scope(|scope| {
        let work = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return Ok(());
                }
                let mut browser = town.browser();
                let person = Person::of(number % PEOPLE + 1).id;
                browser.sign_in(&format!("{}/email", town.public), &town.sandbox_address, &person)?;
                let cookies = browser.cookies();
                let session = cookies.split("; ").find_map(|pair| pair.strip_prefix("session="));
                let session = session.ok_or_else(|| Error::Failed { what: "Signing in".to_owned() })?;
                sessions.lock().unwrap_or_else(PoisonError::into_inner).push(session.to_owned());
            }
        };
        let threads: Vec<_> = (0..SIGNING_IN).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or(Err(Error::Interrupted)))
    })?;
    Ok(sessions.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Writes some of them down, from the first to the last, as those who are measured read them.
fn write(sessions: &[String], path: &Path) -> Result<()> {
    let some = sessions.iter().step_by(sessions.len().div_ceil(ASKED_FOR).max(1));
    let lines: Vec<String> = some.map(|session| format!("-\t-\tsession={session}\t-\n")).collect();
    fs::write(path, lines.concat()).map_err(Error::file("written", path))
}

/// The memory of the store, in octets: that of the app, if it has it in its own.
fn kept(town: &Town) -> Result<f64> {
    let Some(port) = town.redis() else { return Ok(memory(town)) };
    let ask = || {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
        connection.write_all(b"INFO memory\r\n").ok()?;
        let mut lines = BufReader::new(connection).lines().map_while(std::io::Result::ok);
        lines.find_map(|line| line.strip_prefix("used_memory:")?.parse().ok())
    };
    ask().ok_or_else(|| Error::Failed { what: "Asking Redis for its memory".to_owned() })
}

/// The memory of the first node, in octets.
#[expect(clippy::cast_precision_loss, reason = "no process has 2 to the 52nd octets")]
fn memory(town: &Town) -> f64 {
    let usage = town.nodes.first().and_then(|node| usage(node.id()));
    usage.map_or(0.0, |usage| usage.memory as f64 * 1024.0)
}
