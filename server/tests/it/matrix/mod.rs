//! Every call to the service and to the provider, with everything that can go wrong with it: one table says what the person
//! sees, what the operator's log says, and how often the other side was called. `docs/failures.md` is written from it.

mod act;
mod document;
mod others;
mod table;
mod way;

use std::thread;

use reqwest::Client;
use rstest::rstest;
use sandbox::Running;

use crate::{
    scan,
    support::{Log, issuer, sandbox},
};

use self::{
    act::{Came, act},
    others::OTHERS,
    table::{Call, Cell, TABLE, Wrong},
};

/// Goes through groups of cases at the same time, each group in order, and tells all that are wrong at once. What brings a
/// case about gets a log of its own and a sandbox as new; whatever is left of that is for the next case, since its keys
/// take long to make.
fn all_are_as_told<T: Sync>(
    groups: [Vec<&T>; 2],
    bring_about: impl AsyncFn(&T, Running, &Log) -> (Came, Option<Running>) + Sync,
    compare: impl Fn(&T, &Came) -> Result<(), String> + Sync,
) {
    let one_after_the_other = |group: Vec<&T>| {
        let mut left = None;
        let mut wrong = Vec::new();
        for case in group {
            let log = Log::default();
            let _listening = log.listen_to("trace");
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            let came;
            (came, left) =
                runtime.block_on(async { bring_about(case, as_new(left.take()).await, &log).await });
            wrong.extend(compare(case, &came).err());
        }
        wrong
    };
    let wrong = thread::scope(|scope| {
        let running = groups.map(|group| scope.spawn(|| one_after_the_other(group)));
        running.map(|thread| thread.join().expect("the cases")).concat()
    });
    assert!(wrong.is_empty(), "{} are not as the table says:\n{}", wrong.len(), wrong.join("\n"));
}

async fn as_new(left: Option<Running>) -> Running {
    let Some(left) = left else {
        let new = sandbox().await;
        // Its keys are made when they are first asked for: now, so that no call with a short time waits for them.
        reqwest::get(format!("{}/openid/jwks", issuer(&new))).await.expect("keys");
        return new;
    };
    let reset = Client::new().post(format!("{}/control/reset", issuer(&left))).send().await;
    assert!(reset.expect("an answer").status().is_success());
    left
}

#[rstest]
#[case::begin(Call::Begin)]
#[case::finish(Call::Finish)]
#[case::user(Call::User)]
#[case::token(Call::Token)]
#[case::discovery(Call::Discovery)]
#[case::jwks(Call::Jwks)]
#[case::send(Call::Send)]
fn whatever_goes_wrong_with_a_call_people_are_told_the_truth_and_operators_why(#[case] call: Call) {
    let cells = || TABLE.iter().filter(|cell| cell.call == call);
    // Those that wait for the end of a time do so while the others are gone through.
    let (slow, others) = cells().partition(|cell| cell.wrong.is_slow());
    all_are_as_told(
        [slow, others],
        async |cell: &Cell, sandbox, log| act(cell.call, cell.wrong, sandbox, log).await,
        |cell, came| {
            let compared = came.compare(cell.sees, cell.logs.as_slice(), Some(cell.calls));
            compared.map_err(|told| format!("{:?} {:?}: {told}", cell.call, cell.wrong))
        },
    );
}

#[test]
fn what_is_not_the_service_s_fault_is_told_as_truly() {
    let (one, other) = OTHERS.split_at(OTHERS.len() / 2);
    all_are_as_told(
        [one.iter().collect(), other.iter().collect()],
        async |other, sandbox, log| {
            let (came, sandbox) = other.way.come(sandbox, log).await;
            (came.searched(scan::issued(&sandbox).await), Some(sandbox))
        },
        |other, came| {
            let compared = came.compare(Some(other.sees), other.logs, None);
            let compared = match compared {
                Ok(()) if came.status != other.status => Err(format!("answered {}", came.status)),
                compared => compared,
            };
            compared.map_err(|told| format!("{}: {told}", other.what))
        },
    );
}

#[test]
fn every_call_meets_everything_that_can_go_wrong_once() {
    for call in Call::ALL {
        for wrong in Wrong::ALL {
            let times = TABLE.iter().filter(|cell| cell.call == call && cell.wrong == wrong).count();
            assert_eq!(times, 1, "{call:?} {wrong:?}");
        }
    }
}

#[test]
fn the_document_of_failures_says_what_the_tables_say() {
    crate::reference::is_whole("failures.md", &document::write());
}
