//! The addresses of our own pages and forms.

use serde::{Deserialize, Serialize};

/// Makes addresses of paths. Every address of ours on a page is made here, so that nothing is lost on the way there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    /// The path below which everything stands; empty if that is the root.
    base: String,
    /// What every address carries on the way from an application and back to it: a parameter of the query; empty where
    /// no application sent the person here.
    carried: String,
}

impl Addresses {
    /// Takes the path below which everything stands, and what the server sealed of the start link, if there is one.
    #[cfg(feature = "ssr")]
    pub fn new(base: &str, start: Option<&str>) -> Self {
        let carried = start.map(|start| format!("start={start}")).unwrap_or_default();
        Self { base: base.to_owned(), carried }
    }

    /// Gives the address of a path from which nobody goes back to an application.
    #[cfg(feature = "ssr")]
    pub(crate) fn plain(&self, path: &str) -> String {
        [&self.base, path].concat()
    }

    /// Gives the address of a path, which may have a query.
    pub fn of(&self, path: &str) -> String {
        let mark = match (self.carried.is_empty(), path.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        [&self.base, path, mark, &self.carried].concat()
    }

    /// Gives the address at which whoever is signed in proves anew who they are, and comes back to a path. That path is
    /// named as it is within the base.
    #[cfg(feature = "ssr")]
    pub(crate) fn step_up(&self, path: &str) -> String {
        let within = Self { base: String::new(), carried: self.carried.clone() };
        let escapes = [("%", "%25"), ("/", "%2F"), ("?", "%3F"), ("&", "%26"), ("=", "%3D")];
        let back = within.of(path);
        let back = escapes.iter().fold(back, |back, (plain, escaped)| back.replace(plain, escaped));
        self.plain(&format!("/sign-in?step_up=true&return_to={back}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Addresses;

    #[test]
    fn an_address_carries_what_leads_back_and_keeps_its_query() {
        assert_eq!(Addresses::default().of("/email?done=1"), "/email?done=1");
        let addresses = Addresses::new("", Some("sealed"));
        assert_eq!(addresses.of("/"), "/?start=sealed");
        assert_eq!(addresses.of("/email?done=1"), "/email?done=1&start=sealed");
        assert_eq!(Addresses::new("/account", Some("sealed")).of("/"), "/account/?start=sealed");
    }

    #[test]
    fn whoever_signs_in_again_comes_back_to_the_page_with_what_leads_back() {
        assert_eq!(Addresses::default().step_up("/email"), "/sign-in?step_up=true&return_to=%2Femail");
        assert_eq!(
            Addresses::new("/account", Some("sealed")).step_up("/email"),
            "/account/sign-in?step_up=true&return_to=%2Femail%3Fstart%3Dsealed"
        );
    }
}
