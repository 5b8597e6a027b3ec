//! Everything the sandbox holds. One value behind one lock: each call is one step, and nothing comes between.

use crate::change::Verification;
use crate::clock::Clock;
use crate::contact::Kind;
use crate::faults::Faults;
use crate::ledger::{Arrival, Ledger};
use crate::limits::{Limits, Sent};
use crate::message::Message;
use crate::openid::{ApiTokens, SignIns};
use crate::people::Person;
use crate::seed;
use crate::settings::{Client, Settings};
use std::collections::HashMap;

/// Everything the sandbox holds, but for its signing keys.
pub(crate) struct World {
    /// Its time.
    pub(crate) clock: Clock,
    /// Who has an account, in the order of the sign-in page.
    pub(crate) people: Vec<Person>,
    /// Applications that people sign in to.
    pub(crate) clients: Vec<Client>,
    /// Who is signed in, and with which tokens.
    pub(crate) sign_ins: SignIns,
    /// The tokens of API clients.
    pub(crate) api_tokens: ApiTokens,
    /// Changes that were begun, by token.
    pub(crate) verifications: HashMap<String, Verification>,
    /// The token of the one that each user began last, of each kind.
    pub(crate) last_begun: HashMap<(String, Kind), String>,
    /// How many messages, how long a code.
    pub(crate) limits: Limits,
    /// The messages that count.
    pub(crate) sent: Sent,
    /// Every message, oldest first.
    pub(crate) outbox: Vec<Message>,
    /// What happened.
    pub(crate) ledger: Ledger,
    /// Every call that arrived, oldest first.
    pub(crate) calls: Vec<Arrival>,
    /// What shall go wrong, in order.
    pub(crate) faults: Faults,
}

impl World {
    /// The world as it is at the start and after a reset.
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            clock: Clock::default(),
            people: seed::people(settings.people),
            clients: settings.clients.clone(),
            sign_ins: SignIns::default(),
            api_tokens: ApiTokens::default(),
            verifications: HashMap::new(),
            last_begun: HashMap::new(),
            limits: settings.limits,
            sent: Sent::default(),
            outbox: Vec::new(),
            ledger: Ledger::default(),
            calls: Vec::new(),
            faults: Faults::default(),
        }
    }

    /// The person with this id.
    pub(crate) fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The application with this id.
    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }
}
