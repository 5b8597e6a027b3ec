//! The top of the file: where the server listens, how people reach it, and in which language and time zone.

use std::net::SocketAddr;

use app::Locale;
use jiff::tz::TimeZone;

use super::{Origin, Proxies, Raw};

/// Where the server listens, and how people reach it.
#[derive(Clone, Debug)]
pub struct Web {
    /// `listen`: address and port to bind.
    pub listen: SocketAddr,
    /// `public_url`: as it stands in the person's address bar.
    pub public_url: Origin,
    /// `trusted_proxies`: whose word is taken for where a request came from.
    pub trusted_proxies: Proxies,
    /// `default_locale`: the language when nothing says which one the person reads.
    pub default_locale: Locale,
    /// `time_zone`: for clock times when the provider does not say where the person is.
    pub time_zone: TimeZone,
}

impl Web {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let listen =
            raw.parsed("listen", "127.0.0.1:3000", "an address and a port, such as 127.0.0.1:3000", |text| {
                text.parse().ok()
            });
        let public_url = raw.parsed(
            "public_url",
            "http://localhost:3000",
            "scheme, host and port alone, such as https://contact.example.com",
            Origin::parse,
        );
        let trusted_proxies = raw.parsed(
            "trusted_proxies",
            "",
            "addresses and networks with spaces between, such as 10.0.0.0/8 ::1",
            Proxies::parse,
        );
        let default_locale =
            raw.parsed("default_locale", "en", "a language of the app, such as en", Locale::from_tag);
        let time_zone = raw.parsed("time_zone", "UTC", "an IANA name, such as Europe/Helsinki", |text| {
            TimeZone::get(text).ok()
        });
        Some(Self {
            listen: listen?,
            public_url: public_url?,
            trusted_proxies: trusted_proxies?,
            default_locale: default_locale?,
            time_zone: time_zone?,
        })
    }
}
