//! Configuration: one file per section; every mistake is told at start, all of them at once.
//!
//! A TOML file and the environment say the same things; the environment wins. `docs/configure.md` lists the keys.

mod address;
mod mistake;
mod policy;
mod provider;
mod raw;
mod service;
mod session;
mod telemetry;
mod web;

use std::path::Path;

pub use address::Origin;
pub use mistake::{Mistake, Mistakes};
pub use policy::read_offer;
pub use provider::Provider;
pub use raw::Raw;
pub use service::{Credentials, Service};
pub use session::Session;
pub use telemetry::{LogFormat, Telemetry};
pub use web::Web;

use app::Policy;

/// Everything that an operator can set.
#[derive(Debug)]
pub struct Settings {
    /// Where the server listens, and how people reach it.
    pub web: Web,
    /// What is logged, and in which form.
    pub telemetry: Telemetry,
    /// Who signs people in.
    pub provider: Provider,
    /// The identity service's Management API.
    pub service: Service,
    /// How long people stay signed in.
    pub session: Session,
    /// Which choices a person has.
    pub policy: Policy,
}

impl Settings {
    /// Reads the file, if one is named, and the variables that begin with `CONTACT_CHANGE_`.
    ///
    /// # Errors
    /// Every mistake in them, each with its key and what would be right.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Mistakes> {
        Self::try_from(Raw::load(file, environment))
    }
}

impl TryFrom<Raw> for Settings {
    type Error = Mistakes;

    fn try_from(mut raw: Raw) -> Result<Self, Mistakes> {
        let web = Web::read(&mut raw);
        let telemetry = Telemetry::read(&mut raw);
        let provider = Provider::read(&mut raw);
        let service = Service::read(&mut raw, provider.as_ref());
        let session = Session::read(&mut raw);
        let policy = policy::read(&mut raw);
        let mistakes = raw.into_mistakes();
        match (web, telemetry, provider, service, session, policy) {
            (Some(web), Some(telemetry), Some(provider), Some(service), Some(session), Some(policy))
                if mistakes.is_empty() =>
            {
                Ok(Self { web, telemetry, provider, service, session, policy })
            }
            _ => Err(Mistakes::new(mistakes)),
        }
    }
}
