//! Configuration: one file per section; every mistake is told at start, all of them at once.
//!
//! A TOML file and the environment say the same things; the environment wins. `docs/configure.md` lists the keys.

mod address;
mod applications;
mod audit;
mod bounds;
mod credentials;
mod events;
mod key;
mod limits;
mod metrics;
mod mistake;
mod policy;
mod provider;
mod proxies;
mod public_url;
mod raw;
pub mod reference;
mod service;
mod session;
mod store;
mod telemetry;
mod theme;
mod traces;
mod upstream;
mod web;

use std::{ffi::OsString, path::Path};

pub use address::Origin;
pub use applications::{Application, Applications};
pub use audit::Audit;
pub use bounds::Bounds;
pub use credentials::Credentials;
pub use events::{Events, Receiver};
pub use key::{Default, Form, Key, Kind};
pub use metrics::Metrics;
pub use mistake::{Mistake, Mistakes};
pub use policy::{Policy, read_offer};
pub use provider::Provider;
pub use proxies::Proxies;
pub use public_url::{PROBES, PublicUrl};
pub use raw::Raw;
pub use service::Service;
pub use session::{CookieKeys, Session};
pub use store::Store;
pub use telemetry::{LogFormat, Telemetry};
pub use theme::{Logo, Names, Theme};
pub use traces::Traces;
pub use upstream::Line;
pub use web::Web;

use ::session::SendLimits;

/// Everything that an operator can set.
#[derive(Debug)]
pub struct Settings {
    /// Where the server listens, and how people reach it.
    pub web: Web,
    /// What one process takes on.
    pub bounds: Bounds,
    /// What is logged, and in which form.
    pub telemetry: Telemetry,
    /// Who signs people in.
    pub provider: Provider,
    /// The identity service's Management API.
    pub service: Service,
    /// How long people stay signed in.
    pub session: Session,
    /// Where sessions, pending changes and counts are kept.
    pub store: Store,
    /// Which choices a person has, and where codes are sent to.
    pub policy: Policy,
    /// How many codes may be asked for.
    pub limits: SendLimits,
    /// Where the record of what happens goes.
    pub audit: Audit,
    /// What is counted, and for whom.
    pub metrics: Metrics,
    /// How requests are followed; nothing if they are not.
    pub traces: Option<Traces>,
    /// How the pages look.
    pub theme: Theme,
    /// Which applications may send people here.
    pub applications: Applications,
    /// How applications are told of changes; nothing if they are not.
    pub events: Option<Events>,
}

impl Settings {
    /// Reads the file, if one is named, and the variables that begin with `CONTACT_CHANGE_`.
    ///
    /// # Errors
    /// Every mistake in them, each with its key and what would be right.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (impl Into<OsString>, impl Into<OsString>)>,
    ) -> Result<Self, Mistakes> {
        Self::try_from(Raw::load(file, environment).map_err(|mistake| Mistakes::new(vec![mistake]))?)
    }
}

impl TryFrom<Raw> for Settings {
    type Error = Mistakes;

    fn try_from(mut raw: Raw) -> Result<Self, Mistakes> {
        let web = Web::read(&mut raw);
        let bounds = Bounds::read(&mut raw);
        let telemetry = Telemetry::read(&mut raw);
        let provider = Provider::read(&mut raw);
        let service = Service::read(&mut raw, provider.as_ref());
        let session = Session::read(&mut raw);
        let store = Store::read(&mut raw, session.as_ref());
        let policy = Policy::read(&mut raw);
        let limits = limits::read(&mut raw);
        let audit = Audit::read(&mut raw);
        let metrics = Metrics::read(&mut raw);
        let traces = Traces::read(&mut raw);
        let theme = Theme::read(&mut raw);
        let applications = Applications::read(&mut raw);
        let events = Events::read(&mut raw, &applications);
        let mistakes = raw.into_mistakes();
        match (web, bounds, telemetry, provider, service, session, store, policy, limits, metrics) {
            (
                Some(web),
                Some(bounds),
                Some(telemetry),
                Some(provider),
                Some(service),
                Some(session),
                Some(store),
                Some(policy),
                Some(limits),
                Some(metrics),
            ) if mistakes.is_empty() => Ok(Self {
                web,
                bounds,
                telemetry,
                provider,
                service,
                session,
                store,
                policy,
                limits,
                audit,
                metrics,
                traces,
                theme,
                applications,
                events,
            }),
            _ => Err(Mistakes::new(mistakes)),
        }
    }
}
