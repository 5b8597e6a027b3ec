//! Every status of the two calls and what it means.

use identity::{Begun, Fault, Finished};
use rstest::rstest;

use crate::support::{Service, begin, finish};

const SENT: &str = r#"{"verificationToken":"t","expiresIn":600}"#;
const USER: &str =
    r#"{"id":"5a0000000000000000000001","emails":[{"address":"ann@example.com","verified":true}]}"#;

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Sent,
    NotAcceptable,
    AlreadyYours,
    LimitReached,
    Changed,
    NotAccepted,
    Over,
    Taken,
    /// The operator's to mend; nothing happened.
    Refused,
    /// Nothing happened.
    NotDone,
    /// Nobody knows.
    Lost,
}

fn of_fault(fault: &Fault) -> Meaning {
    match (fault.is_refused(), fault.may_have_acted()) {
        (true, false) => Meaning::Refused,
        (false, false) => Meaning::NotDone,
        (false, true) => Meaning::Lost,
        (true, true) => panic!("a refused call has done nothing: {fault}"),
    }
}

#[rstest]
#[case(200, Meaning::Sent)]
#[case(202, Meaning::Lost)]
#[case(204, Meaning::Lost)]
#[case(302, Meaning::Lost)]
#[case(307, Meaning::Lost)]
#[case(400, Meaning::NotAcceptable)]
#[case(401, Meaning::Refused)]
#[case(403, Meaning::Refused)]
#[case(404, Meaning::NotDone)]
#[case(405, Meaning::NotDone)]
#[case(409, Meaning::AlreadyYours)]
#[case(415, Meaning::NotDone)]
#[case(422, Meaning::NotDone)]
#[case(429, Meaning::LimitReached)]
#[case(500, Meaning::Lost)]
#[case(502, Meaning::Lost)]
#[case(503, Meaning::Lost)]
#[case(504, Meaning::Lost)]
#[tokio::test]
async fn what_begin_is_answered_means(#[case] status: u16, #[case] meaning: Meaning) {
    let service = Service::answering(status, &[("location", "/elsewhere")], SENT).await;
    let meant = match begin(&service.client()).await {
        Ok(Begun::Sent { .. }) => Meaning::Sent,
        Ok(Begun::NotAcceptable) => Meaning::NotAcceptable,
        Ok(Begun::AlreadyYours) => Meaning::AlreadyYours,
        Ok(Begun::LimitReached { .. }) => Meaning::LimitReached,
        Err(fault) => of_fault(&fault),
    };
    assert_eq!(meant, meaning);
    assert_eq!(service.requests().len(), 1, "a begin costs a message: it is sent once");
}

#[rstest]
#[case(200, Meaning::Changed)]
#[case(202, Meaning::Lost)]
#[case(302, Meaning::Lost)]
#[case(400, Meaning::NotAccepted)]
#[case(401, Meaning::Refused)]
#[case(403, Meaning::Refused)]
#[case(404, Meaning::Over)]
#[case(405, Meaning::NotDone)]
#[case(409, Meaning::Taken)]
#[case(410, Meaning::Over)]
#[case(422, Meaning::Lost)]
#[case(429, Meaning::NotDone)]
#[case(500, Meaning::Lost)]
#[case(502, Meaning::Lost)]
#[case(503, Meaning::Lost)]
#[case(504, Meaning::Lost)]
#[tokio::test]
async fn what_finish_is_answered_means(#[case] status: u16, #[case] meaning: Meaning) {
    let service = Service::answering(status, &[("location", "/elsewhere")], USER).await;
    let meant = match finish(&service.client()).await {
        Ok(Finished::Changed(_)) => Meaning::Changed,
        Ok(Finished::NotAccepted) => Meaning::NotAccepted,
        Ok(Finished::Over) => Meaning::Over,
        Ok(Finished::Taken) => Meaning::Taken,
        Err(fault) => of_fault(&fault),
    };
    assert_eq!(meant, meaning);
    assert_eq!(service.requests().len(), 1, "a finish costs the code: it is sent once");
}
