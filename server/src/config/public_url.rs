//! The address of this server as people reach it.

use upstream::is_loopback;
use url::Url;

use super::Origin;

/// What is asked at the root, whatever the path.
pub const PROBES: [&str; 2] = ["/healthz", "/readyz"];

/// An origin and, where other applications have the same one, the path below which everything of ours stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: Origin,
    /// Empty, or a path without a slash at its end.
    base: String,
}

impl PublicUrl {
    /// Takes an `http` or `https` address without user, query and fragment. Its path is made of letters, digits, `-` and
    /// `_`: nobody, be it a proxy, a browser or a router, reads such a path in another way than it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = &text[text.find("://")? + 3..];
        let (origin, base) = match rest.find('/') {
            Some(slash) => text.split_at(text.len() - rest.len() + slash),
            None => (text, ""),
        };
        let base = base.strip_suffix('/').unwrap_or(base);
        let is_word = |part: &str| {
            !part.is_empty() && part.chars().all(|each| each.is_ascii_alphanumeric() || "-_".contains(each))
        };
        let is_path = base.split('/').skip(1).all(is_word) && !PROBES.contains(&base);
        let origin = Origin::parse(origin).filter(|_| is_path)?;
        Some(Self { origin, base: base.to_owned() })
    }

    /// Gives scheme, host and port.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Gives the path below which everything stands; empty if that is the root.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Tells whether it is reached by https.
    pub fn is_secure(&self) -> bool {
        self.origin.is_secure()
    }

    /// Gives the address of a path of ours, as pages and redirects hold it: less scheme, host and port.
    pub fn address(&self, path: &str) -> String {
        [&self.base, path].concat()
    }

    /// Gives the whole address of a path of ours, which begins with a slash and has no query.
    pub fn at(&self, path: &str) -> Url {
        self.origin.at(&self.address(path))
    }

    /// Gives the path and the query of an address of ours, less what all of ours begin with; nothing if it is none.
    pub fn within<'url>(&self, url: &'url Url) -> Option<&'url str> {
        let is_here = url.origin() == self.origin.at("/").origin();
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let path = path.strip_prefix(&self.base).filter(|_| is_here)?;
        path.starts_with('/').then_some(path)
    }

    /// Tells whether somebody came here by another name of this machine, as the header `Host` has it: what their browser keeps
    /// for that one is not there when the provider sends them back. Never where people come from other machines.
    pub fn is_alias(&self, host: &str) -> bool {
        let here = self.origin.at("/");
        let other = Url::parse(&format!("{}://{host}/", here.scheme())).ok();
        self.origin.is_loopback()
            && other.is_some_and(|other| {
                let is_here = other.port_or_known_default() == here.port_or_known_default();
                is_here && is_loopback(&other) && other.host() != here.host()
            })
    }

    /// Gives the name under which a browser keeps something of ours.
    ///
    /// `__Host-` binds a cookie to this host, the path `/` and TLS (RFC 6265bis, section 4.1.3.2), so that no other host
    /// below the same domain can plant one; browsers refuse the prefix without TLS. A path would be no such wall, since
    /// whatever has the same origin can open our pages (section 8.5); it is in the name instead, so that two of us on one
    /// host do not take each other's.
    pub fn cookie(&self, name: &str) -> String {
        let prefix = if self.is_secure() { "__Host-" } else { "" };
        [prefix, name, &self.base.replace('/', ".")].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn everything_of_ours_stands_below_the_path() {
        let url = PublicUrl::parse("https://www.example.com/account/contact/").expect("an address");
        assert_eq!(url.address("/email"), "/account/contact/email");
        assert_eq!(url.at("/signed-out").as_str(), "https://www.example.com/account/contact/signed-out");
        assert_eq!(url.cookie("session"), "__Host-session.account.contact");
        assert_eq!(url.origin().to_string(), "https://www.example.com");
    }

    #[test]
    fn only_what_stands_below_it_is_ours() {
        let url = PublicUrl::parse("https://www.example.com/account").expect("an address");
        let within = |text: &str| url.within(&text.parse().expect("a URL")).map(str::to_owned);
        assert_eq!(within("https://www.example.com/account/email?a=1").as_deref(), Some("/email?a=1"));
        for other in [
            "https://www.example.com/accounts/email",
            "https://www.example.com/",
            "https://example.com/account/",
        ] {
            assert_eq!(within(other), None, "{other}");
        }
    }

    #[test]
    fn a_path_that_could_be_read_in_two_ways_is_none() {
        for text in [
            "https://x.example//a",
            "https://x.example/a/../b",
            "https://x.example/a%2Fb",
            "https://x.example/a.b",
            "https://x.example/a?b",
            "https://x.example/healthz",
            "https://x.example/ä",
            "ftp://x.example/a",
            "/a",
        ] {
            assert_eq!(PublicUrl::parse(text), None, "{text}");
        }
    }
}
