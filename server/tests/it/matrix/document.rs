//! Writes `docs/failures.md` from the tables, so that it says what the tests have seen.

use std::fmt::Write as _;

use super::{
    others::OTHERS,
    table::{Call, Cell, TABLE, Wrong},
};
use crate::security_events::{GIVEN_UP, GONE, NOT_TAKEN, SEALED, TAKEN_AGAIN};

const HEAD: &str = "\
# When something fails

What the person sees, what the log says, what to do. This page is written from the tables that the tests go through
(`server/tests/it/matrix`), so it is what happens. The words of pages are the English ones; the words of the log are the
same in every language, in one line at `error` or `warn` (`info` for what people do themselves) with the id of the request, which the person sees as their
*reference* where there is something to ask for. Further words may follow in the line: the causes. Nothing personal is ever in it.

A call that acts (begin, finish, a token for a code) is made once, whatever comes of it; a notice that surely was not sent is made
again, twice at the most. A call that only reads is made again, up to `read_retries` times, where that may help. After a lost answer to *finish* the account is read, and that
decides what the person sees. What \"may have been sent\" is never sent again by
itself, but for a notice that a node died with. The promises and their proofs:
[reliability.md](reliability.md).
";

/// Gives the document.
pub(super) fn write() -> String {
    let mut text = HEAD.to_owned();
    for call in Call::ALL {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "\n## {}\n", title(call));
        text.push_str("| when | the person sees | the log says | calls | what to do |\n| --- | --- | --- | --- | --- |\n");
        for group in groups(call) {
            let [first, ..] = group.as_slice() else { continue };
            let when: Vec<_> = group.iter().map(|cell| when(cell.wrong)).collect();
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                when.join("; "),
                first.sees.map_or("nothing of it".to_owned(), quoted),
                first.logs.map_or("nothing".to_owned(), code),
                first.calls,
                to_do(first),
            );
        }
    }
    text.push_str("\n## Without a fault of the service\n\n| when | the person sees | status | the log says | what to do |\n| --- | --- | --- | --- | --- |\n");
    for other in OTHERS {
        let logs: Vec<_> = other.logs.iter().map(|words| code(words)).collect();
        let logs = if logs.is_empty() { "nothing".to_owned() } else { logs.join(", then ") };
        let (sees, status) = (quoted(other.sees), other.status.as_u16());
        let _ = writeln!(text, "| {} | {sees} | {status} | {logs} | {} |", other.what, other.to_do);
    }
    text.push_str(TAIL);
    let _ = writeln!(text, "{TOLD}");
    for (when, logs, to_do) in TELLING {
        let _ = writeln!(text, "| {when} | {} | {to_do} |", code(logs));
    }
    text
}

const TOLD: &str = "
## Telling an application of a change

People see nothing of it. The line names the application by its id; its `reason` says what was wrong, such as `there was no connection` or
`it answered 503, not 202`. `contact-change check` tries each address without telling anything.

| when | the log says | what to do |
| --- | --- | --- |";

/// What happens to events, as `security_events` tests it.
const TELLING: [(&str, &str, &str); 5] = [
    (
        "an application does not take an event",
        NOT_TAKEN,
        "As `reason` says. Nothing is lost: it is told again for as long as `events.retry_for`.",
    ),
    (
        "it did not for that long",
        GIVEN_UP,
        "Tell its makers: what they missed they have to ask the identity service for.",
    ),
    ("it takes one again", TAKEN_AGAIN, "Nothing."),
    (
        "another node has a `session.secret` that this one was not given",
        SEALED,
        "Give it to all nodes ([how](operate.md#change-a-secret)). Nothing is lost while another node has it: that one tells it.",
    ),
    (
        "nobody had that secret for as long as `events.retry_for`",
        GONE,
        "Nothing, if the secret was taken away on purpose: what was not told is lost.",
    ),
];

const TAIL: &str = "
A press is answered with 303 to the page that says what came of it. A script gets the same as data: the state, or a
problem (RFC 9457) with the status and the reference.

Three more cannot be brought about at will. A press that arrives while the same one is still worked on waits, and after three
calls' time and ten seconds sees \u{201c}Your last press is still being worked on\u{201d} (503). A page that takes
longer than all that it may wait for ([110 seconds](operate.md#7-put-the-proxy-in-front) by default): \u{201c}Something went wrong\u{201d} (504),
`the answer took too long`; look for what is slow. And a bug: \u{201c}Something went wrong\u{201d} (500), `a handler panicked`, with what the program said on standard error before it; please report it.
";

/// Cells of a call that come to the same, in the order of the table.
fn groups(call: Call) -> Vec<Vec<&'static Cell>> {
    let mut groups: Vec<Vec<&Cell>> = Vec::new();
    for cell in TABLE.iter().filter(|cell| cell.call == call) {
        let outcome = |cell: &Cell| (cell.sees, cell.logs, cell.calls);
        match groups.iter_mut().find(|group| group.iter().any(|other| outcome(other) == outcome(cell))) {
            Some(group) => group.push(cell),
            None => groups.push(vec![cell]),
        }
    }
    groups
}

fn title(call: Call) -> &'static str {
    match call {
        Call::Begin => "Asking for a code (begin)",
        Call::Finish => "Entering it (finish)",
        Call::User => "Reading the account (user), on `/`",
        Call::Token => "Signing in: exchanging the code (token)",
        Call::Discovery => "Signing in: the provider's configuration (discovery)",
        Call::Jwks => "Signing in: the provider's keys (JWKS)",
        Call::Send => "Telling the previous contact (send notice)",
    }
}

fn when(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Refused => "nobody listens",
        Wrong::ResetBefore => "reset before it acts",
        Wrong::ResetAfter => "reset after it acted",
        Wrong::Hangs => "never answers",
        Wrong::Trickles => "one byte a second",
        Wrong::Fails => "500",
        Wrong::Gateway => "502 with a page of a gateway",
        Wrong::LimitedFor => "429 with `Retry-After`",
        Wrong::Limited => "429 without",
        Wrong::Malformed => "JSON that is cut off",
        Wrong::Huge => "ten megabytes",
        Wrong::Redirects => "a redirect",
        Wrong::OtherType => "plain text",
    }
}

fn to_do(cell: &Cell) -> &'static str {
    let Some(logs) = cell.logs else {
        return match cell.call {
            Call::Begin => "Nothing: a limit of the service, told as one.",
            _ => "Nothing: the service took it.",
        };
    };
    let is_of_provider = matches!(cell.call, Call::Token | Call::Discovery | Call::Jwks);
    match (cell.wrong, is_of_provider) {
        (Wrong::Refused, false) => {
            "Is the service up, and `service.base_url` right? Name, port, firewall, certificate."
        }
        (Wrong::Refused, true) => {
            "Is the provider up, and `provider.issuer` right? Name, port, firewall, certificate."
        }
        (Wrong::ResetBefore | Wrong::ResetAfter, _) => {
            "Look at what stands between: a proxy that closes connections sooner than `pool_idle`, or a crash over there."
        }
        (Wrong::Hangs | Wrong::Trickles, _) => {
            "Find out why it is slow over there. `timeout` says how long is waited."
        }
        (Wrong::Fails | Wrong::Gateway, _) => "Look into the log over there.",
        (Wrong::LimitedFor | Wrong::Limited, _) => {
            "Ask for higher limits for this client, or have fewer nodes ask."
        }
        (Wrong::Huge, _) if logs.contains("too large") => {
            "Is it the right address? An honest answer that is larger needs `max_body`."
        }
        (Wrong::Redirects, _) if matches!(cell.call, Call::Token) => {
            "The token endpoint that the provider's own configuration names has to be where it answers itself: redirects are not followed."
        }
        (Wrong::Redirects, _) => {
            "Write the address that it redirects to into the configuration: redirects are not followed."
        }
        (_, false) => {
            "Is it the right address, and not a page of a gateway? Then compare `[service.dialect]`."
        }
        (_, true) => {
            "Is it the right address, and not a page of a gateway? Then look at what the provider answers."
        }
    }
}

fn quoted(words: &str) -> String {
    format!("\u{201c}{}\u{201d}", trimmed(words))
}

fn code(words: &str) -> String {
    format!("`{}`", trimmed(words))
}

/// Words that go on are shown so.
fn trimmed(words: &str) -> String {
    if words.ends_with(' ') { format!("{}…", words.trim_end()) } else { words.to_owned() }
}
