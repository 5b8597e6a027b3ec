//! The top of the file: where the server listens, how people reach it, and in which language and time zone.

use std::net::SocketAddr;

use app::Locale;
use jiff::tz::TimeZone;

use super::{
    Key, Proxies, PublicUrl, Raw,
    key::{Kind, Section},
};

static LISTEN: Key = Key::with_default(
    "listen",
    Kind::text("address:port", "an address and a port, such as 127.0.0.1:3000"),
    "127.0.0.1:3000",
    "where the server listens; port 0 takes a free one",
);
static PUBLIC_URL: Key = Key::with_default(
    "public_url",
    Kind::text(
        "address",
        "scheme, host and port, such as https://contact.example.com, and a path of letters, digits, - and _ if others \
         have the same host",
    ),
    "http://localhost:3000",
    "the address in the person's address bar. With a path, such as `https://www.example.com/account/contact`, everything \
     stands below it (`/healthz` and `/readyz` at the root as well), and the proxy passes paths on as they are. With \
     `https` cookies are `Secure`, named `__Host-…`, and HSTS is sent. The provider must know \
     `<public_url>/sign-in/callback` as a redirect URI and `<public_url>/signed-out` as a post-logout redirect URI",
);
static TRUSTED_PROXIES: Key = Key::optional(
    "trusted_proxies",
    Kind::text(
        "addresses and networks, spaces between",
        "addresses and networks with spaces between, such as 10.0.0.0/8 ::1",
    ),
    "none",
    "the proxies in front of the server, such as `10.0.0.0/8 ::1`: only their `X-Forwarded-For` is believed, from the \
     right up to the first hop that is none of them. Without it a caller is whoever connects, so behind a proxy all \
     callers are one (`limits.network_…`)",
);
static DEFAULT_LOCALE: Key = Key::with_default(
    "default_locale",
    Kind::text("language tag", "a language of the app, such as en"),
    "en",
    "the language when neither `ui_locales`, nor a choice made before on this browser, nor the person's profile, nor \
     the browser names one that the app has: `en`, `fi`, `sv`, `ar`",
);
static TIME_ZONE: Key = Key::with_default(
    "time_zone",
    Kind::text("IANA name", "an IANA name, such as Europe/Helsinki"),
    "UTC",
    "for clock times when the provider does not say where the person is (`zoneinfo`): they are then shown with its name",
);

/// The keys of this part of the file.
pub(super) static SECTION: Section = &[&LISTEN, &PUBLIC_URL, &TRUSTED_PROXIES, &DEFAULT_LOCALE, &TIME_ZONE];

/// Where the server listens, and how people reach it.
#[derive(Clone, Debug)]
pub struct Web {
    /// `listen`: address and port to bind.
    pub listen: SocketAddr,
    /// `public_url`: as it stands in the person's address bar.
    pub public_url: PublicUrl,
    /// `trusted_proxies`: whose word is taken for where a request came from.
    pub trusted_proxies: Proxies,
    /// `default_locale`: the language when nothing says which one the person reads.
    pub default_locale: Locale,
    /// `time_zone`: for clock times when the provider does not say where the person is.
    pub time_zone: TimeZone,
}

impl Web {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let listen = raw.parsed(&LISTEN, |text| text.parse().ok());
        let public_url = raw.parsed(&PUBLIC_URL, PublicUrl::parse);
        let trusted_proxies = raw.parsed(&TRUSTED_PROXIES, Proxies::parse);
        let default_locale = raw.parsed(&DEFAULT_LOCALE, Locale::from_tag);
        let time_zone = raw.parsed(&TIME_ZONE, |text| TimeZone::get(text).ok());
        Some(Self {
            listen: listen?,
            public_url: public_url?,
            trusted_proxies: trusted_proxies?,
            default_locale: default_locale?,
            time_zone: time_zone?,
        })
    }
}
