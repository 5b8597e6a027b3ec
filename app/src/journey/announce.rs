//! Word of a change, for the applications that the operator lists: left where it is kept until each of them has heard it.

use contact::{Flow, FlowId};
use session::outbox::{Change, NotPut};
use upstream::chain;

use super::{Event, Journey, Untold, Visit};

impl Journey {
    /// Leaves word of a change that is made; of any other state there is none. That happens before the change is written
    /// down as done: a node that dies between the two has done so before anybody knew of the change, and whoever finds it
    /// leaves the same word again, under the same id. `state` is the name of the state until then.
    pub(super) async fn announce(&self, visit: &Visit, state: &FlowId, flow: &Flow) {
        let (Some(outbox), Flow::Done(done)) = (&self.0.outbox, flow) else { return };
        let kind = done.contact.kind();
        let change = Change {
            subject: visit.signed_in.caller.subject.clone(),
            kind,
            primary: done.is_primary(),
            replaced_all: done.choices.replace_all,
            at: done.at,
            reference: visit.reference.clone(),
        };
        for (application, problem) in outbox.put(state, &change).await {
            tracing::error!(
                application,
                reference = %visit.reference,
                fault = %chain(&problem),
                "an application will not be told of a change"
            );
            let why = match problem {
                NotPut::Full => Untold::Full,
                NotPut::Store(_) => Untold::Store,
            };
            self.record(visit, Event::ApplicationNotTold { application, kind, why });
        }
    }
}
