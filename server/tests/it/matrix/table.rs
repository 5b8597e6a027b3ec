//! The table: what comes of each call when each thing goes wrong with it.

use serde_json::{Value, json};

/// A call that can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Begin,
    Finish,
    User,
    Token,
    Discovery,
    Jwks,
    Send,
}

impl Call {
    pub(super) const ALL: [Self; 7] =
        [Self::Begin, Self::Finish, Self::User, Self::Token, Self::Discovery, Self::Jwks, Self::Send];

    /// The name that the sandbox has for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Finish => "finish",
            Self::User => "user",
            Self::Token => "token",
            Self::Discovery => "discovery",
            Self::Jwks => "jwks",
            Self::Send => "send",
        }
    }
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Refused,
    ResetBefore,
    ResetAfter,
    Hangs,
    Trickles,
    Fails,
    Gateway,
    LimitedFor,
    Limited,
    Malformed,
    Huge,
    Redirects,
    OtherType,
}

impl Wrong {
    pub(super) const ALL: [Self; 13] = [
        Self::Refused,
        Self::ResetBefore,
        Self::ResetAfter,
        Self::Hangs,
        Self::Trickles,
        Self::Fails,
        Self::Gateway,
        Self::LimitedFor,
        Self::Limited,
        Self::Malformed,
        Self::Huge,
        Self::Redirects,
        Self::OtherType,
    ];

    /// The fault of the sandbox that does it; nothing where nobody must listen.
    pub(super) fn fault(self, call: Call) -> Option<Value> {
        let call = call.name();
        Some(match self {
            Self::Refused => return None,
            Self::ResetBefore => json!({ "call": call, "fault": "reset_before" }),
            Self::ResetAfter => json!({ "call": call, "fault": "reset_after" }),
            Self::Hangs => json!({ "call": call, "fault": "hang" }),
            Self::Trickles => json!({ "call": call, "fault": "trickle" }),
            Self::Fails => json!({ "call": call, "fault": "status", "status": 500 }),
            Self::Gateway => json!({ "call": call, "fault": "html" }),
            Self::LimitedFor => json!({ "call": call, "fault": "status", "status": 429, "retryAfter": 3600 }),
            Self::Limited => json!({ "call": call, "fault": "status", "status": 429 }),
            Self::Malformed => json!({ "call": call, "fault": "malformed" }),
            Self::Huge => json!({ "call": call, "fault": "huge" }),
            Self::Redirects => json!({ "call": call, "fault": "redirect" }),
            Self::OtherType => json!({ "call": call, "fault": "wrong_type" }),
        })
    }

    /// Whether it takes the time that a call may take.
    pub(super) fn is_slow(self) -> bool {
        matches!(self, Self::Hangs | Self::Trickles)
    }
}

/// What comes of a call with which something goes wrong.
pub(super) struct Cell {
    pub(super) call: Call,
    pub(super) wrong: Wrong,
    /// Words of the page that the person comes to; nothing where there is no page of it.
    pub(super) sees: Option<&'static str>,
    /// Words of the one line in the log that belongs to the request; nothing where there is none.
    pub(super) logs: Option<&'static str>,
    /// How often the call arrived.
    pub(super) calls: usize,
}

const NOT_SENT: &str = "We cannot send a code right now, so nothing was sent.";
const MAY_ARRIVE: &str = "We do not know whether a code was sent";
const LIMIT: &str = "We cannot send more codes for now.";
const LIMIT_UNTIL: &str = "We cannot send more codes until ";
const NOT_CHECKED: &str = "We could not check the code right now. It was not used.";
const NOT_CHANGED: &str = "Your contact information was not changed";
const DONE: &str = "Your email address is verified";
const NOT_SHOWN: &str = "We cannot show your contact information right now.";
const NOT_SIGNED_IN: &str = "We could not sign you in";

const fn row(
    call: Call,
    wrong: Wrong,
    sees: Option<&'static str>,
    logs: Option<&'static str>,
    calls: usize,
) -> Cell {
    Cell { call, wrong, sees, logs, calls }
}

const fn begin(wrong: Wrong, sees: &'static str, logs: Option<&'static str>, calls: usize) -> Cell {
    row(Call::Begin, wrong, Some(sees), logs, calls)
}

const fn finish(wrong: Wrong, sees: &'static str, logs: &'static str, calls: usize) -> Cell {
    row(Call::Finish, wrong, Some(sees), Some(logs), calls)
}

const fn user(wrong: Wrong, logs: &'static str, calls: usize) -> Cell {
    row(Call::User, wrong, Some(NOT_SHOWN), Some(logs), calls)
}

const fn sign_in(call: Call, wrong: Wrong, logs: &'static str, calls: usize) -> Cell {
    row(call, wrong, Some(NOT_SIGNED_IN), Some(logs), calls)
}

const fn send(wrong: Wrong, logs: Option<&'static str>, calls: usize) -> Cell {
    let sees = if matches!(wrong, Wrong::Refused) { None } else { Some(DONE) };
    row(Call::Send, wrong, sees, logs, calls)
}

/// A call that acts is made once; one that only reads is made again where that may help.
pub(super) static TABLE: &[Cell] = &[
    begin(Wrong::Refused, NOT_SENT, Some("begin: no connection to the identity service"), 0),
    begin(Wrong::ResetBefore, MAY_ARRIVE, Some("begin: the answer of the identity service was cut off"), 1),
    begin(Wrong::ResetAfter, MAY_ARRIVE, Some("begin: the answer of the identity service was cut off"), 1),
    begin(Wrong::Hangs, MAY_ARRIVE, Some("begin: the identity service did not answer in time"), 1),
    begin(Wrong::Trickles, MAY_ARRIVE, Some("begin: the identity service did not answer in time"), 1),
    begin(Wrong::Fails, MAY_ARRIVE, Some("begin: the identity service answered 500"), 1),
    begin(Wrong::Gateway, MAY_ARRIVE, Some("begin: the identity service answered 502"), 1),
    begin(Wrong::LimitedFor, LIMIT_UNTIL, None, 1),
    begin(Wrong::Limited, LIMIT, None, 1),
    begin(
        Wrong::Malformed,
        MAY_ARRIVE,
        Some("begin: the answer of the identity service has no readable JSON"),
        1,
    ),
    begin(Wrong::Huge, MAY_ARRIVE, Some("begin: the answer of the identity service is too large"), 1),
    begin(Wrong::Redirects, MAY_ARRIVE, Some("begin: the identity service answered 307"), 1),
    begin(
        Wrong::OtherType,
        MAY_ARRIVE,
        Some("begin: the answer of the identity service has no readable JSON"),
        1,
    ),
    // What became of it is read from the account: DONE where the service acted.
    finish(Wrong::Refused, NOT_CHECKED, "finish: no connection to the identity service", 0),
    finish(Wrong::ResetBefore, NOT_CHANGED, "finish: the answer of the identity service was cut off", 1),
    finish(Wrong::ResetAfter, DONE, "finish: the answer of the identity service was cut off", 1),
    finish(Wrong::Hangs, NOT_CHANGED, "finish: the identity service did not answer in time", 1),
    finish(Wrong::Trickles, DONE, "finish: the identity service did not answer in time", 1),
    finish(Wrong::Fails, NOT_CHANGED, "finish: the identity service answered 500", 1),
    finish(Wrong::Gateway, NOT_CHANGED, "finish: the identity service answered 502", 1),
    finish(Wrong::LimitedFor, NOT_CHECKED, "finish: the identity service answered 429", 1),
    finish(Wrong::Limited, NOT_CHECKED, "finish: the identity service answered 429", 1),
    finish(Wrong::Malformed, DONE, "finish: the answer of the identity service has no readable JSON", 1),
    finish(Wrong::Huge, DONE, "finish: the answer of the identity service is too large", 1),
    finish(Wrong::Redirects, NOT_CHANGED, "finish: the identity service answered 307", 1),
    finish(Wrong::OtherType, DONE, "finish: the answer of the identity service has no readable JSON", 1),
    user(Wrong::Refused, "user: no connection to the identity service", 0),
    user(Wrong::ResetBefore, "user: the answer of the identity service was cut off", 3),
    user(Wrong::ResetAfter, "user: the answer of the identity service was cut off", 3),
    user(Wrong::Hangs, "user: the identity service did not answer in time", 2),
    user(Wrong::Trickles, "user: the identity service did not answer in time", 2),
    user(Wrong::Fails, "user: the identity service answered 500", 3),
    user(Wrong::Gateway, "user: the identity service answered 502", 3),
    // There is no time to wait for as long as that.
    user(Wrong::LimitedFor, "user: the identity service answered 429", 1),
    user(Wrong::Limited, "user: the identity service answered 429", 3),
    user(Wrong::Malformed, "user: the answer of the identity service has no readable JSON", 1),
    user(Wrong::Huge, "user: the answer of the identity service is too large", 1),
    user(Wrong::Redirects, "user: the identity service answered 307", 1),
    user(Wrong::OtherType, "user: the answer of the identity service has no readable JSON", 1),
    sign_in(Call::Token, Wrong::Refused, "the code was not exchanged: no answer: there was no connection", 0),
    sign_in(
        Call::Token,
        Wrong::ResetBefore,
        "the code was not exchanged: no answer: the answer was cut off",
        1,
    ),
    sign_in(
        Call::Token,
        Wrong::ResetAfter,
        "the code was not exchanged: no answer: the answer was cut off",
        1,
    ),
    sign_in(
        Call::Token,
        Wrong::Hangs,
        "the code was not exchanged: no answer: there was no answer in time",
        1,
    ),
    sign_in(
        Call::Token,
        Wrong::Trickles,
        "the code was not exchanged: no answer: there was no answer in time",
        1,
    ),
    sign_in(Call::Token, Wrong::Fails, "the code was not exchanged: the answer cannot be read", 1),
    sign_in(Call::Token, Wrong::Gateway, "the code was not exchanged: the answer cannot be read", 1),
    sign_in(Call::Token, Wrong::LimitedFor, "the code was not exchanged: the answer cannot be read", 1),
    sign_in(Call::Token, Wrong::Limited, "the code was not exchanged: the answer cannot be read", 1),
    sign_in(Call::Token, Wrong::Malformed, "the code was not exchanged: the answer cannot be read", 1),
    sign_in(Call::Token, Wrong::Huge, "the code was not exchanged: no answer: the answer is too large", 1),
    sign_in(
        Call::Token,
        Wrong::Redirects,
        "the code was not exchanged: the answer is not what it must be",
        1,
    ),
    sign_in(
        Call::Token,
        Wrong::OtherType,
        "the code was not exchanged: the answer is not what it must be",
        1,
    ),
    sign_in(Call::Discovery, Wrong::Refused, "configuration cannot be read: there was no connection", 0),
    sign_in(Call::Discovery, Wrong::ResetBefore, "configuration cannot be read: the answer was cut off", 3),
    sign_in(Call::Discovery, Wrong::ResetAfter, "configuration cannot be read: the answer was cut off", 3),
    sign_in(Call::Discovery, Wrong::Hangs, "configuration cannot be read: there was no answer in time", 2),
    sign_in(Call::Discovery, Wrong::Trickles, "configuration cannot be read: there was no answer in time", 2),
    sign_in(Call::Discovery, Wrong::Fails, "configuration cannot be read: status 500", 3),
    sign_in(Call::Discovery, Wrong::Gateway, "configuration cannot be read: status 502", 3),
    sign_in(Call::Discovery, Wrong::LimitedFor, "configuration cannot be read: status 429", 1),
    sign_in(Call::Discovery, Wrong::Limited, "configuration cannot be read: status 429", 3),
    sign_in(
        Call::Discovery,
        Wrong::Malformed,
        "configuration cannot be read: the document cannot be read",
        1,
    ),
    sign_in(Call::Discovery, Wrong::Huge, "configuration cannot be read: the answer is too large", 1),
    sign_in(Call::Discovery, Wrong::Redirects, "configuration cannot be read: status 307", 1),
    sign_in(
        Call::Discovery,
        Wrong::OtherType,
        "configuration cannot be read: status 200 OK, Unexpected response Content-Type",
        1,
    ),
    sign_in(Call::Jwks, Wrong::Refused, "configuration cannot be read: there was no connection", 0),
    sign_in(Call::Jwks, Wrong::ResetBefore, "configuration cannot be read: the answer was cut off", 3),
    sign_in(Call::Jwks, Wrong::ResetAfter, "configuration cannot be read: the answer was cut off", 3),
    sign_in(Call::Jwks, Wrong::Hangs, "configuration cannot be read: there was no answer in time", 2),
    sign_in(Call::Jwks, Wrong::Trickles, "configuration cannot be read: there was no answer in time", 2),
    sign_in(Call::Jwks, Wrong::Fails, "configuration cannot be read: status 500", 3),
    sign_in(Call::Jwks, Wrong::Gateway, "configuration cannot be read: status 502", 3),
    sign_in(Call::Jwks, Wrong::LimitedFor, "configuration cannot be read: status 429", 1),
    sign_in(Call::Jwks, Wrong::Limited, "configuration cannot be read: status 429", 3),
    sign_in(Call::Jwks, Wrong::Malformed, "configuration cannot be read: the document cannot be read", 1),
    sign_in(Call::Jwks, Wrong::Huge, "configuration cannot be read: the answer is too large", 1),
    sign_in(Call::Jwks, Wrong::Redirects, "configuration cannot be read: status 307", 1),
    sign_in(
        Call::Jwks,
        Wrong::OtherType,
        "configuration cannot be read: status 200 OK, Unexpected response Content-Type",
        1,
    ),
    send(Wrong::Refused, Some("notice: no connection to the identity service"), 0),
    send(Wrong::ResetBefore, Some("notice: the answer of the identity service was cut off"), 1),
    send(Wrong::ResetAfter, Some("notice: the answer of the identity service was cut off"), 1),
    send(Wrong::Hangs, Some("notice: the identity service did not answer in time"), 1),
    send(Wrong::Trickles, None, 1),
    send(Wrong::Fails, Some("notice: the identity service answered 500"), 1),
    send(Wrong::Gateway, Some("notice: the identity service answered 502"), 1),
    send(Wrong::LimitedFor, Some("notice: the identity service answered 429"), 3),
    send(Wrong::Limited, Some("notice: the identity service answered 429"), 3),
    // Of its answer only the status counts.
    send(Wrong::Malformed, None, 1),
    send(Wrong::Huge, Some("notice: the answer of the identity service is too large"), 1),
    send(Wrong::Redirects, Some("notice: the identity service answered 307"), 1),
    send(Wrong::OtherType, None, 1),
];
