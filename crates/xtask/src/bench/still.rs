//! What can be measured without asking much: the size of the program, how soon it listens, what it and a session take.

use std::{
    fs,
    net::{Ipv4Addr, TcpStream},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use super::table::Line;
use crate::{
    error::{Error, Result},
    load::{Person, Store, Town, now, usage},
    process::{self, Process},
    serve::{port::free_port, programs::configuration},
    workspace::Binaries,
};

/// How often the program is started to see how soon it listens.
const STARTS: usize = 9;

/// All of it, as lines of the table.
pub(super) fn lines(binaries: &Binaries, sessions: u32) -> Result<Vec<Line>> {
    let size = fs::metadata(&binaries.app).map_err(Error::file("read", &binaries.app))?.len();
    let town = Town::start("bench", binaries, Store::Memory, sessions, &[])?;
    let idle = memory(&town);
    println!("bench: {} people sign in", 2 * sessions);
    let sign_in = |number| {
        let page = format!("{}/email", town.public);
        town.browser().sign_in(&page, &town.sandbox_address, &Person::of(number).id).map(drop)
    };
    // What the app takes as soon as it is used at all is no session's.
    (1..=sessions).try_for_each(sign_in)?;
    let used = memory(&town);
    (1..=sessions).try_for_each(sign_in)?;
    let each = f64::from(u32::try_from(memory(&town).saturating_sub(used)).unwrap_or(u32::MAX))
        / f64::from(sessions);
    Ok(vec![
        Line::alone("the program, MB", megabytes(size), "at most 15"),
        Line::alone("from start to listening, ms", listening_after(binaries)?, "at most 50"),
        Line::alone("memory at rest, MB", megabytes(idle * 1024), "at most 25"),
        Line::alone("memory of a session, kB", each * 1.024, "at most 1.5"),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "no size here comes near 2 to the 52nd")]
fn megabytes(octets: u64) -> f64 {
    octets as f64 / 1e6
}

/// The memory of the app, in KiB.
fn memory(town: &Town) -> u64 {
    town.nodes.iter().filter_map(|node| usage(node.id())).map(|usage| usage.memory).sum()
}

/// The median of some starts, in milliseconds. Nothing else has to be there: the provider is asked when somebody signs in.
fn listening_after(binaries: &Binaries) -> Result<f64> {
    let mut took = Vec::new();
    for _ in 0..STARTS {
        let port = free_port()?;
        let mut app = Command::new(&binaries.app);
        app.envs(configuration(port, free_port()?)).stdout(Stdio::null()).stderr(Stdio::null());
        let began = now();
        let mut app = Process::start(&mut app)?;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            process::not_interrupted()?;
            if let Some(status) = app.ended() {
                return Err(Error::Ended { what: "The app", status });
            }
            thread::sleep(Duration::from_micros(200));
        }
        took.push(began.elapsed().as_secs_f64() * 1e3);
    }
    took.sort_by(f64::total_cmp);
    Ok(took.get(STARTS / 2).copied().unwrap_or_default())
}
