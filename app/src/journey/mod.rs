//! What the server does for a page and for a press: the one place where session, service and flow meet.
//!
//! The change of a person is opened, and held, before anything is decided; so two presses are taken one after the
//! other, and the second one finds what the first one came to.

mod announce;
mod answer;
mod back;
mod calls;
mod clock;
mod countries;
mod event;
mod finish;
mod limits;
mod notice;
mod page;
mod settle;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use contact::{Country, Destinations, FlowId, Kind, Timestamp};
use identity::Client;
use leptos::{prelude::*, server_fn::ServerFnError};
use session::{ChangeError, Changes, Keyring, Network, Outbox, Sends, SignedIn};

pub(crate) use answer::Ask;
pub(crate) use countries::listed;
pub use event::{Event, SignInProblem, Stop, Untold, Who, Witness};
pub use notice::Notices;
use opentelemetry::context::FutureExt as _;
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use crate::{Addresses, Answer, Locale, Policy, Reading, Step, WayBack};

/// What a journey is made from.
pub struct JourneySettings {
    /// The identity service.
    pub service: Client,
    /// The pending changes of everybody.
    pub changes: Changes,
    /// What names people without telling who they are.
    pub keyring: Arc<Keyring>,
    /// What is left to the person.
    pub policy: Policy,
    /// Where codes are sent to.
    pub destinations: Destinations,
    /// How many are sent.
    pub sends: Sends,
    /// What the contacts that an account had before are told; nothing if they are told nothing.
    pub notices: Option<Notices>,
    /// Where word of changes is left for the applications that are told; nothing if none is.
    pub outbox: Option<Outbox>,
    /// How long after they proved who they are people may change a contact without doing so again.
    pub fresh_for: Duration,
    /// Where people are whose locale names no country: a number in national writing is read as one of there.
    pub region: Option<Country>,
    /// Who keeps the record of what happens.
    pub witness: Arc<dyn Witness>,
    /// Reads the server's clock.
    pub clock: fn() -> Timestamp,
    /// The time zone of people whose own is not known.
    pub zone: jiff::tz::TimeZone,
}

/// Serves the pages and the presses of everybody.
pub struct Journey(JourneySettings, TaskTracker);

/// One request of a person who is signed in.
#[derive(Clone)]
pub struct Visit {
    /// Who it is.
    pub signed_in: SignedIn,
    /// The language of the page.
    pub locale: Locale,
    /// The network that the request came from.
    pub network: Network,
    /// The addresses of our pages and forms.
    pub addresses: Addresses,
    /// The way back to the application that sent them here, if one did.
    pub way_back: Option<WayBack>,
    /// The id of the request, by which the operator finds its log lines.
    pub reference: String,
}

/// Why a server function gave no answer, if it gave none. The server provides one for each request.
#[derive(Clone, Default)]
pub struct Setback(Arc<Mutex<Option<ChangeError>>>);

impl Setback {
    /// Takes the error out.
    pub fn take(&self) -> Option<ChangeError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&self, error: ChangeError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

impl Visit {
    /// Tells whether the person proved who they are within a time.
    fn is_fresh(&self, now: Timestamp, fresh_for: Duration) -> bool {
        self.signed_in.authenticated_at.is_some_and(|proven| now.since(proven) <= fresh_for)
    }
}

impl Journey {
    /// Takes what the journey is made from.
    pub fn new(settings: JourneySettings) -> Self {
        Self(settings, TaskTracker::new())
    }

    /// Waits until every press that was taken, and whatever else was begun for somebody, has come to its end: the program must
    /// not end before.
    pub async fn settled(&self) {
        self.1.close();
        self.1.wait().await;
    }

    /// Begins work that goes on when the browser hangs up, and that the program does not end before.
    fn outlasting<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
        self.1.spawn(upstream::along(work).in_current_span().with_current_context())
    }
}

/// Answers a press, for the server functions. The work goes on when the browser hangs up: a call that was begun is
/// brought to its end, so that the next visit finds what it came to.
pub(crate) async fn pressed(kind: Kind, form: &str, ask: Ask) -> Result<Answer, ServerFnError> {
    let (journey, visit) = provided()?;
    let form = FlowId::from_form(form);
    let addresses = visit.addresses.clone();
    let presses = Arc::clone(&journey);
    let work = presses.outlasting(async move { journey.answer(&visit, kind, form, ask).await });
    // A bug in it is one here.
    let answer = work.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
    let answer = answer.map_err(unanswered)?;
    leptos_axum::redirect(&answer.address(kind, &addresses));
    Ok(answer)
}

/// Answers a look at a change, for the server functions.
pub(crate) async fn looked(kind: Kind) -> Result<Step, ServerFnError> {
    let (journey, visit) = provided()?;
    journey.look(&visit, kind).await.map_err(unanswered)
}

/// Reads what is being typed, for the server functions.
pub(crate) fn reading(kind: Kind, typed: &str) -> Result<Reading, ServerFnError> {
    let (journey, visit) = provided()?;
    Ok(journey.reading(&visit, kind, typed))
}

/// Leaves the error for the server, which answers in its place: server functions can say no more than that there is one.
fn unanswered(error: ChangeError) -> ServerFnError {
    if let Some(setback) = use_context::<Setback>() {
        setback.put(error);
    }
    ServerFnError::new("the change cannot be opened or kept")
}

fn provided() -> Result<(Arc<Journey>, Visit), ServerFnError> {
    let missing = || ServerFnError::new("the server provides no journey");
    let journey = use_context::<Arc<Journey>>().ok_or_else(missing)?;
    Ok((journey, use_context::<Visit>().ok_or_else(missing)?))
}

impl Answer {
    /// Gives the address of the page that shows this answer, for a browser that runs no script.
    fn address(&self, kind: Kind, addresses: &Addresses) -> String {
        match self {
            Self::Step(step) => addresses.of(&step.path(kind)),
            Self::Leave(address) => address.clone(),
        }
    }
}
