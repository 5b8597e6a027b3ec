//! `log` and `log_format`: what is logged, and in which form.

use tracing_subscriber::EnvFilter;

use super::Raw;

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
        let filter = raw.parsed("log", "info", "a filter such as info, or info,server=debug", |text| {
            EnvFilter::builder().parse(text).is_ok().then(|| text.to_owned())
        });
        let format = raw.parsed("log_format", "text", "text or json", |text| match text {
            "text" => Some(LogFormat::Text),
            "json" => Some(LogFormat::Json),
            _ => None,
        });
        Some(Self { filter: filter?, format: format? })
    }
}
