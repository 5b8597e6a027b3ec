//! `contact-change check`: whether the configuration fits the instance, the proxy and the store, before people find out.
//!
//! It only reads: no message goes to anybody, nothing is changed, and no finding holds a secret. What cannot be told
//! without acting is said to be unknown.

mod applications;
mod certificates;
mod finding;
mod ours;
mod provider;
mod reference;
mod service;
mod traces;

pub use finding::{Finding, Report, Verdict};

use identity::Subject;

use crate::{chain, config::Settings, site};

/// What to check against.
#[derive(Clone, Debug)]
pub struct Options {
    /// The id of somebody at the service whose contacts may be read; without one it is asked for somebody who is not there.
    pub user: Option<Subject>,
    /// Where the instance has its reference of the Management API (`OpenAPI`, as JSON): a path of the service.
    pub reference: String,
}

/// Checks everything that can be checked, one after the other. Must be called within a tokio runtime.
pub async fn run(settings: &Settings, options: &Options) -> Report {
    let mut findings = ours::look(settings).await;
    match site::provider_upstream(&settings.provider) {
        Ok(upstream) => {
            findings.extend(provider::look(settings, &upstream).await);
            match site::client(&settings.service, &settings.provider, &upstream) {
                Ok(client) => {
                    findings.extend(service::look(settings, &client, options.user.as_ref()).await);
                    findings.extend(
                        reference::look(&settings.service, client.upstream(), &options.reference).await,
                    );
                }
                Err(error) => findings.push(Finding::failed("service", chain(&error), "mend [service]")),
            }
        }
        Err(error) => findings.push(Finding::failed("provider", chain(&error), "mend [provider]")),
    }
    findings.extend(applications::look(settings).await);
    if let Some(traces) = &settings.traces {
        findings.push(traces::look(traces).await);
    }
    Report(findings)
}
