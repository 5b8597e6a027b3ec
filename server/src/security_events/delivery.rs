//! Telling one application what waits for it, one event after the other.
//!
//! An event that is not taken is tried again after as long as it has waited already, so the pauses double. There is no count
//! of attempts that a node could die with. One that this node has no secret for is left to others in the same way; since when
//! it waits cannot be read then, so it is counted from when it was met.

use std::{collections::HashMap, sync::Arc, time::Duration};

use app::ssr::{Event, Untold, Who, Witness};
use contact::Timestamp;
use http::{
    Request, Response, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde::Deserialize;
use session::{
    Outbox,
    outbox::{Change, Taken},
};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use upstream::{Call, Upstream};

use super::{
    key::Keys,
    token::{Parties, claims},
};
use crate::{chain, clock, config::Receiver, metrics};

/// How often the queue is looked into, besides whenever this node put something there.
const LOOKS: Duration = Duration::from_secs(1);

/// The first pause before an event is told again.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The longest.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// How much longer an event is held than the call may take: for the writing of what it came to.
const MARGIN: Duration = Duration::from_secs(3);

/// The reasons that a receiver can give (RFC 8935, section 2.4; the registry of RFC 8935, section 7.1).
const REASONS: [&str; 6] = [
    "invalid_request",
    "invalid_key",
    "invalid_issuer",
    "invalid_audience",
    "authentication_failed",
    "access_denied",
];

/// What all deliveries have in common.
pub(super) struct Shared {
    pub(super) upstream: Upstream,
    pub(super) keys: Keys,
    pub(super) parties: Parties,
    pub(super) outbox: Outbox,
    pub(super) retry_for: Duration,
    pub(super) timeout: Duration,
    pub(super) witness: Arc<dyn Witness>,
    /// The program ends: what is due is told as long as it is taken.
    pub(super) end: CancellationToken,
    /// It has ended for too long: nothing is begun any more.
    pub(super) stop: CancellationToken,
}

/// The delivery to one application.
pub(super) struct Delivery {
    receiver: Receiver,
    shared: Arc<Shared>,
    is_failing: bool,
    /// Since when it meets events that cannot be opened here, by their names.
    sealed: HashMap<u128, Timestamp>,
}

/// What a refusal says of itself (RFC 8935, section 2.3).
#[derive(Deserialize)]
struct Refusal {
    err: String,
}

impl Delivery {
    pub(super) fn new(receiver: Receiver, shared: Arc<Shared>) -> Self {
        Self { receiver, shared, is_failing: false, sealed: HashMap::new() }
    }

    /// Tells what is due, as it becomes due, until the program ends.
    pub(super) async fn run(mut self) {
        loop {
            let is_told = self.next().await;
            let is_over = self.shared.end.is_cancelled();
            match is_told {
                Some(true) if !self.shared.stop.is_cancelled() => {}
                Some(false) if !is_over => {}
                None if !is_over => {
                    tokio::select! {
                        () = self.shared.end.cancelled() => {}
                        () = self.shared.outbox.news() => {}
                        () = sleep(LOOKS) => {}
                    }
                }
                _ => return,
            }
        }
    }

    /// Tells what is due first. Gives whether it was taken; nothing if nothing is due, or the store fails, which those tell
    /// of who have to wait for it.
    async fn next(&mut self) -> Option<bool> {
        let Shared { outbox, timeout, .. } = &*self.shared;
        let (taken, waiting) = outbox.take(&self.receiver.id, clock::now(), *timeout + MARGIN).await.ok()?;
        metrics::waiting(&self.receiver.id, waiting);
        let taken = taken?;
        let Some(change) = &taken.change else {
            self.left_to_others(&taken).await;
            return Some(false);
        };
        Some(match self.push(&taken, change).await {
            Ok(()) => self.told(&taken, change).await,
            Err(reason) => self.not_told(&taken, change, &reason).await,
        })
    }

    /// Pushes the event, once. Anything but 202 is no acknowledgement (RFC 8935, section 2.2), and why there was none is
    /// what is given back, with nothing in it that the receiver made up.
    async fn push(&self, taken: &Taken, change: &Change) -> Result<(), String> {
        let Shared { parties, keys, upstream, .. } = &*self.shared;
        let address = &self.receiver.address;
        let signed = keys.sign(&claims(parties, address, taken.id, change));
        let signed = signed.map_err(|problem| format!("the file of events.key {problem}"))?;
        let request = Request::post(address)
            .header(CONTENT_TYPE, "application/secevent+jwt")
            .header(ACCEPT, "application/json")
            .extension(Call("event"))
            .body(signed.into_bytes())
            .map_err(|problem| chain(&problem))?;
        let answer = upstream.send(request).await.map_err(|failure| chain(&failure))?;
        if answer.status() == StatusCode::ACCEPTED { Ok(()) } else { Err(refused(&answer)) }
    }

    async fn told(&mut self, taken: &Taken, change: &Change) -> bool {
        let application = &self.receiver.id;
        if std::mem::take(&mut self.is_failing) {
            tracing::info!(application, "an application takes events again");
        }
        if self.is_settled(taken).await {
            self.saw(change, Event::ApplicationTold { application, kind: change.kind });
        }
        true
    }

    async fn left_to_others(&mut self, taken: &Taken) {
        let Self { receiver, shared, sealed, .. } = self;
        let (application, event) = (&receiver.id, format!("{:032x}", taken.id));
        let (now, longest) = (clock::now(), shared.retry_for + LONGEST_PAUSE);
        // Those that others have told since.
        sealed.retain(|_, met| now.since(*met) < longest);
        let met = *sealed.entry(taken.id).or_insert_with(|| {
            tracing::error!(
                application,
                event,
                "an event was sealed with a secret that this node does not have; it is put off"
            );
            now
        });
        let age = now.since(met);
        if age < shared.retry_for {
            return self.put_off(taken, age).await;
        }
        tracing::error!(application, event, "an event was sealed with a secret that is gone; it is not told");
        self.is_settled(taken).await;
    }

    async fn not_told(&mut self, taken: &Taken, change: &Change, reason: &str) -> bool {
        let application = self.receiver.id.clone();
        let age = clock::now().since(change.at);
        if age >= self.shared.retry_for {
            let (event, reference) = (format!("{:032x}", taken.id), &change.reference);
            tracing::error!(
                application,
                event,
                reference,
                reason,
                "an application did not take an event for too long; it is not told any more"
            );
            if self.is_settled(taken).await {
                let (application, kind, why) = (&*application, change.kind, Untold::GivenUp);
                self.saw(change, Event::ApplicationNotTold { application, kind, why });
            }
            return false;
        }
        // Once, until it takes one: it is told again and again.
        if !std::mem::replace(&mut self.is_failing, true) {
            tracing::warn!(application, reason, "an application does not take an event; it is told again");
        }
        self.put_off(taken, age).await;
        false
    }

    /// Puts off what could not be told, `age` after it began to wait.
    async fn put_off(&self, taken: &Taken, age: Duration) {
        let Shared { outbox, retry_for, .. } = &*self.shared;
        let pause = age.clamp(FIRST_PAUSE, LONGEST_PAUSE).mul_f64(rand::random_range(0.5..1.0));
        let due = clock::now().after(pause.min(retry_for.saturating_sub(age)));
        // If that cannot be written, it is due again when its time is over.
        let _ = outbox.put_off(&self.receiver.id, taken, due).await;
    }

    /// Takes the event out of the queue. Gives whether that could be done; if not, it comes again.
    async fn is_settled(&self, taken: &Taken) -> bool {
        self.shared.outbox.done(&self.receiver.id, taken).await.is_ok()
    }

    fn saw(&self, change: &Change, event: Event<'_>) {
        let who = Who { request: &change.reference, subject: Some(&change.subject), network: None };
        self.shared.witness.saw(who, event);
    }
}

fn refused(answer: &Response<Vec<u8>>) -> String {
    let status = answer.status().as_u16();
    let refusal: Option<Refusal> = serde_json::from_slice(answer.body()).ok();
    match refusal.filter(|refusal| REASONS.contains(&refusal.err.as_str())) {
        Some(Refusal { err }) => format!("it answered {status}, {err}"),
        None => format!("it answered {status}, not 202"),
    }
}
