//! `log` and `log_format`: what is logged, and in which form.

use tracing_subscriber::{EnvFilter, filter::LevelFilter};

use super::{
    Key, Raw,
    key::{Kind, Section},
};

static LOG: Key = Key::with_default(
    "log",
    Kind::text("filter", "off, error, warn, info, debug or trace, or a filter such as info,server=debug"),
    "info",
    "what is logged, to standard error: a level, and others by target, such as `info,server=debug`",
);

static LOG_FORMAT: Key = Key::with_default(
    "log_format",
    Kind::one_of("`text`, `json`", "text or json", &["text", "json"]),
    "text",
    "a line for eyes, or an object a line, whose `spans` begin with the request and its `id`",
);

/// The keys of this part of the file.
pub(super) static SECTION: Section = &[&LOG, &LOG_FORMAT];

/// What is logged, and in which form.
#[derive(Clone, Debug)]
pub struct Telemetry {
    /// `log`: a filter such as `info` or `info,server=debug`.
    pub filter: String,
    /// `log_format`: for eyes or for machines.
    pub format: LogFormat,
}

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// `text`: a line for a person.
    Text,
    /// `json`: an object a line.
    Json,
}

impl Telemetry {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let filter = raw.parsed(&LOG, |text| is_filter(text).then(|| text.to_owned()));
        let format = raw.parsed(&LOG_FORMAT, |text| match text {
            "text" => Some(LogFormat::Text),
            "json" => Some(LogFormat::Json),
            _ => None,
        });
        Some(Self { filter: filter?, format: format? })
    }
}

/// Tells whether a text is a filter. A single word in it is a level: the library takes any other for the name of a target, of
/// which alone it would then log, so that a slip would leave the operator without a log.
fn is_filter(text: &str) -> bool {
    let is_level = |part: &str| part.contains(['=', '[']) || part.trim().parse::<LevelFilter>().is_ok();
    text.split(',').all(is_level) && EnvFilter::builder().parse(text).is_ok()
}
