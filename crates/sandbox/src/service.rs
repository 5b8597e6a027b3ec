//! The running service: what never changes while it runs, and the world behind its lock.

use crate::mail::Mailer;
use crate::message::Message;
use crate::openid::Keys;
use crate::settings::{ApiClient, Settings};
use crate::world::World;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

/// The service as every handler gets it.
pub(crate) type Shared = Arc<Service>;

/// The running service.
pub(crate) struct Service {
    /// What it was started with.
    pub(crate) settings: Settings,
    /// Its address, without a slash at the end.
    pub(crate) issuer: String,
    /// Its signing keys.
    pub(crate) keys: Keys,
    mailer: Option<Mailer>,
    world: Mutex<World>,
}

impl Service {
    /// A service with its people as seeded.
    pub(crate) fn new(settings: Settings, issuer: String, mailer: Option<Mailer>) -> Self {
        let world = Mutex::new(World::new(&settings));
        Self { settings, issuer, keys: Keys::default(), mailer, world }
    }

    /// The API client with this id.
    pub(crate) fn api_client(&self, id: &str) -> Option<&ApiClient> {
        self.settings.api_clients.iter().find(|client| client.id == id)
    }

    /// One step: the world, and the sandbox's time.
    pub(crate) fn step<T>(&self, act: impl FnOnce(&mut World, Timestamp) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = world.clock.now();
        act(&mut world, now)
    }

    /// Sends an email to the mail catcher as well, if there is one.
    pub(crate) fn deliver(&self, message: Message) {
        if let Some(mailer) = &self.mailer {
            mailer.send(message);
        }
    }
}

/// 256 random bits, in URL-safe characters.
pub(crate) fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}
