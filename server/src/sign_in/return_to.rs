//! Where a person goes after sign-in: a page of ours, whatever the address says.

use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

use crate::{Site, config::PublicUrl, start::Start};

/// Where nobody is sent back to: these would sign in again, sign out, or act.
const NOT_PAGES: [&str; 6] = ["/sign-in", "/sign-out", "/signed-out", "/back-channel-logout", "/api", "/pkg"];

/// The longest address that is kept whole, in octets. It goes into a cookie, sealed, and browsers take no cookie above 4,096.
const LONGEST: usize = 2400;

/// A path of this server, with its query: as everywhere within, less the path below which all of ours stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct ReturnTo(String);

impl Default for ReturnTo {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl ReturnTo {
    /// Takes a path that begins with one slash and, read as browsers read it (URL Standard), leads to a page of this
    /// server; nothing if it does not.
    pub(crate) fn parse(text: &str, public_url: &PublicUrl) -> Option<Self> {
        let plain = text.starts_with('/')
            && !text.starts_with("//")
            && !text.contains(|character: char| character == '\\' || character.is_control());
        let url = plain.then(|| public_url.origin().join(text))??;
        let path = url.path();
        // A path such as /.//elsewhere is normalised to //elsewhere.
        let page = !path.starts_with("//")
            && NOT_PAGES.iter().all(|other| {
                path.strip_prefix(other).is_none_or(|rest| !(rest.is_empty() || rest.starts_with('/')))
            });
        page.then(|| short(&url).map(Self))?
    }

    /// Gives the address, for a redirect or a link.
    pub(crate) fn address(&self, public_url: &PublicUrl) -> String {
        public_url.address(&self.0)
    }

    /// Gives what an application sent the person to this page for, if one did.
    pub(crate) fn start(&self, site: &Site) -> Option<Start> {
        site.start(&self.0.parse().ok()?)
    }

    /// Gives the address at which a person signs in to come here, in the languages they asked for.
    pub(crate) fn sign_in(&self, public_url: &PublicUrl, ui_locales: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("return_to", &self.0);
        if let Some(locales) = ui_locales {
            query.append_pair("ui_locales", locales);
        }
        public_url.address(&format!("/sign-in?{}", query.finish()))
    }
}

/// Gives the path and the query; of one that is too long, the path and what an application sent the person for, or the path
/// alone; nothing if that is too long by itself.
fn short(url: &Url) -> Option<String> {
    let path = url.path();
    let whole = url[url::Position::BeforePath..url::Position::AfterQuery].to_owned();
    let start = url.query_pairs().find(|(name, _)| name == "start");
    let started = start.map(|(name, value)| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).finish();
        format!("{path}?{query}")
    });
    [Some(whole), started, Some(path.to_owned())]
        .into_iter()
        .flatten()
        .find(|address| address.len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::ReturnTo;
    use crate::config::PublicUrl;

    fn read(text: &str) -> Option<String> {
        let ours = PublicUrl::parse("https://contact.example.com").expect("an origin");
        ReturnTo::parse(text, &ours).map(|path| path.address(&ours))
    }

    #[test]
    fn a_page_of_ours_is_returned_to_with_its_query() {
        assert_eq!(read("/email?ui_locales=fi").as_deref(), Some("/email?ui_locales=fi"));
        assert_eq!(read("/").as_deref(), Some("/"));
        assert_eq!(read("/sign-ins").as_deref(), Some("/sign-ins"));
    }

    #[test]
    fn an_address_that_no_cookie_holds_is_cut_down_to_what_matters() {
        let long = "x".repeat(3000);
        assert_eq!(read(&format!("/email?typed={long}")).as_deref(), Some("/email"));
        assert_eq!(read(&format!("/email?typed={long}&start=abc")).as_deref(), Some("/email?start=abc"));
        assert_eq!(read(&format!("/email?start={long}")).as_deref(), Some("/email"));
        assert_eq!(read(&format!("/{long}")), None);
    }

    #[test]
    fn nobody_is_led_to_another_site_or_round_in_circles() {
        for text in [
            "",
            "email",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n",
            "/.//evil.example",
            "/..//evil.example",
            "/sign-in",
            "/sign-in?return_to=/",
            "/sign-in/callback",
            "/sign-out",
            "/api/begin",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
