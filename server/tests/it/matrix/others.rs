//! The second table: what goes wrong and is not a fault in a call to another server.

use reqwest::StatusCode;

use super::way::Way;

/// A way to fail, and what comes of it.
pub(super) struct Other {
    pub(super) way: Way,
    /// What has happened, for the document.
    pub(super) what: &'static str,
    pub(super) status: StatusCode,
    /// Words of the page that the person comes to.
    pub(super) sees: &'static str,
    /// Words of each line in the log that belongs to the request.
    pub(super) logs: &'static [&'static str],
    /// What the operator does about it.
    pub(super) to_do: &'static str,
}

/// All of them.
pub(super) static OTHERS: &[Other] = &[
    Other {
        way: Way::StoreIsDown,
        what: "the store cannot be reached",
        status: StatusCode::SERVICE_UNAVAILABLE,
        sees: "The service cannot be used right now",
        logs: &["the sessions cannot be read or written"],
        to_do: "Bring the store back; nodes go on by themselves. `GET /readyz` is 503 `store` until then.",
    },
    Other {
        way: Way::StoreIsFull,
        what: "the store can be read and not written",
        status: StatusCode::SERVICE_UNAVAILABLE,
        sees: "The service cannot be used right now",
        logs: &["a change cannot be opened or kept"],
        to_do: "Give it more memory, or make a primary of it again: the words of the store follow in the line.",
    },
    Other {
        way: Way::OwnLimit,
        what: "a limit of our own is reached",
        status: StatusCode::SEE_OTHER,
        sees: "We cannot send you any more codes until ",
        logs: &["a code was not sent: a limit is reached"],
        to_do: "Nothing, if it is one person. Many lines: somebody tries, or `[limits]` are too narrow.",
    },
    Other {
        way: Way::NotAllowed,
        what: "the domain or country is not on the operator's lists",
        status: StatusCode::SEE_OTHER,
        sees: "is at a domain that we do not send codes to, so nothing was sent.",
        logs: &["a code was not sent: the destination is not allowed"],
        to_do: "Nothing, if `[policy]` is as it should be.",
    },
    Other {
        way: Way::CredentialsRefused,
        what: "the service does not accept the API client, or not for this call",
        status: StatusCode::SEE_OTHER,
        sees: "We cannot send a code right now, so nothing was sent.",
        logs: &["begin: the identity service answered 403"],
        to_do: "Mend `[service]` `client_id` and `client_secret`, or the client's permissions at the service.",
    },
    Other {
        way: Way::TooManyCalls,
        what: "all places for calls to the service are taken",
        status: StatusCode::SEE_OTHER,
        sees: "We cannot send a code right now, so nothing was sent.",
        logs: &["begin: too many calls are under way; nothing was sent"],
        to_do: "Find out why the service is slow; then see `service.concurrent_calls`.",
    },
    Other {
        way: Way::OutcomeUnknown,
        what: "the answer to a code is lost, and the account cannot be read",
        status: StatusCode::SEE_OTHER,
        sees: "We do not know whether the change was made",
        logs: &[
            "finish: the answer of the identity service was cut off",
            "user: the identity service answered 500",
        ],
        to_do: "As for each of the lines. The person's next visit, or press, settles it by reading the account; while that cannot be \
                read, no press takes them further.",
    },
    Other {
        way: Way::PreviousUnread,
        what: "a change takes contacts away that are to be told of it, and they cannot be read before the code is entered",
        status: StatusCode::SEE_OTHER,
        sees: "We could not check the code right now. It was not used.",
        logs: &["user: the identity service answered 500"],
        to_do: "As for the line. The same code can be entered once the account can be read.",
    },
    Other {
        way: Way::ReadsRest,
        what: "reads failed again and again, so the service is left alone for a while",
        status: StatusCode::OK,
        sees: "We cannot show your contact information right now.",
        logs: &["user: the identity service failed too often a moment ago, so it was not asked"],
        to_do: "See the failures before it. It is asked again after `service.breaker_pause`.",
    },
    Other {
        way: Way::Shed,
        what: "more requests are under way than a process takes on",
        status: StatusCode::SERVICE_UNAVAILABLE,
        sees: "The service cannot be used right now",
        logs: &["too many requests are under way"],
        to_do: "Find out what is slow; then more nodes, or a higher `max_requests`.",
    },
    Other {
        way: Way::SlowForm,
        what: "a form does not arrive in time",
        status: StatusCode::REQUEST_TIMEOUT,
        sees: "Something went wrong",
        logs: &["the form did not arrive in time"],
        to_do: "Nothing: a bad connection. Many lines: somebody holds connections open on purpose.",
    },
    Other {
        way: Way::LargeForm,
        what: "a form is larger than any of ours",
        status: StatusCode::PAYLOAD_TOO_LARGE,
        sees: "Something went wrong",
        logs: &["the form is too large"],
        to_do: "Nothing: no browser sends that by itself.",
    },
    Other {
        way: Way::CrossSite,
        what: "a form comes from another site's page",
        status: StatusCode::FORBIDDEN,
        sees: "This was not sent from our own page",
        logs: &["the request came from another site"],
        to_do: "See that `public_url` is what people have in the address bar; else somebody tries.",
    },
    Other {
        way: Way::NoSuchPage,
        what: "there is no such page",
        status: StatusCode::NOT_FOUND,
        sees: "Page not found",
        logs: &[],
        to_do: "Nothing.",
    },
    Other {
        way: Way::SignInDeclined,
        what: "the person says no at the provider",
        status: StatusCode::FORBIDDEN,
        sees: "We could not sign you in",
        logs: &["sign-in failed: the provider answered access_denied"],
        to_do: "Nothing.",
    },
    Other {
        way: Way::SignInForgotten,
        what: "the browser comes back from the provider without having left, or too late",
        status: StatusCode::BAD_REQUEST,
        sees: "We could not sign you in",
        logs: &["sign-in failed: the browser has no sign-in under way"],
        to_do: "Nothing, if it is one person. Many lines: nodes have different `session.secret`s, or `public_url` is not \
                the address that people use.",
    },
    Other {
        way: Way::ForgedToken,
        what: "the ID token is not signed by the provider",
        status: StatusCode::BAD_GATEWAY,
        sees: "We could not sign you in",
        logs: &["sign-in failed: the ID token does not hold"],
        to_do: "Compare `provider.issuer` with the provider's own configuration; nodes' clocks have to be right.",
    },
    Other {
        way: Way::NoAuthTime,
        what: "somebody proves anew who they are, and the ID token does not say when",
        status: StatusCode::BAD_GATEWAY,
        sees: "We could not sign you in",
        logs: &["sign-in failed: the ID token does not say when the person proved who they are"],
        to_do: "Have the provider send `auth_time`; for one that never does, there is `provider.without_auth_time`.",
    },
];
