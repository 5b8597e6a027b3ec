//! Calls that brought no answer, and how an error is written down.

/// A call that brought no answer. Its text is for the operator; the address is not in it, since that can name a person.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// All places for calls were taken for as long as the call could wait. Nothing was sent.
    #[error("too many calls are under way")]
    Busy,
    /// The server failed again and again, so reads rest. Nothing was sent.
    #[error("the server failed too often a moment ago, and is left alone for now")]
    Resting,
    /// The request could not be made. Nothing was sent.
    #[error("the request could not be made")]
    NotSent(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// There was no connection. Nothing was sent.
    #[error("there was no connection")]
    NoConnection(#[source] reqwest::Error),
    /// The time was over: of one call, or of a read with all its attempts.
    #[error("there was no answer in time")]
    TimedOut(#[source] Option<reqwest::Error>),
    /// The connection broke, or what came was not HTTP.
    #[error("the answer was cut off")]
    Broken(#[source] reqwest::Error),
    /// The answer is longer than what is read.
    #[error("the answer is too large")]
    TooLarge,
}

/// Writes an error and all its causes, from the outermost to the innermost.
pub fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |chain, cause| format!("{chain}: {cause}"))
}

impl Failure {
    /// Tells whether surely nothing reached the server.
    pub fn sent_nothing(&self) -> bool {
        matches!(self, Self::Busy | Self::Resting | Self::NotSent(_) | Self::NoConnection(_))
    }

    /// Gives the word for it in metrics.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Resting => "resting",
            Self::NotSent(_) => "not_sent",
            Self::NoConnection(_) => "no_connection",
            Self::TimedOut(_) => "timed_out",
            Self::Broken(_) => "broken",
            Self::TooLarge => "too_large",
        }
    }

    /// Tells whether the server, or the way to it, is in trouble; if not, the trouble is ours, or it is with what one answer is
    /// about.
    pub(crate) fn is_of_the_server(&self) -> bool {
        !matches!(self, Self::Busy | Self::Resting | Self::NotSent(_) | Self::TooLarge)
    }
}

impl From<reqwest::Error> for Failure {
    /// Leaves the address out: it can name a person.
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_connect() {
            Self::NoConnection(error)
        } else if error.is_builder() {
            Self::NotSent(error.into())
        } else if error.is_timeout() {
            Self::TimedOut(Some(error))
        } else {
            Self::Broken(error)
        }
    }
}
