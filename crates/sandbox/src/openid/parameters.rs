//! Parameters of a request, from a query or a form. None may come twice (RFC 6749, section 3.1).

use url::form_urlencoded;

/// Parameters, each once; those without a value count as left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

/// A parameter that came twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repeated;

impl Parameters {
    /// Reads `a=1&b=2`.
    pub(crate) fn read(encoded: &[u8]) -> Result<Self, Repeated> {
        let mut list: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(encoded).into_owned() {
            if list.iter().any(|(known, _)| *known == name) {
                return Err(Repeated);
            }
            if !value.is_empty() {
                list.push((name, value));
            }
        }
        Ok(Self(list))
    }

    /// The value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The words of a parameter that is a list with spaces.
    pub(crate) fn words(&self, name: &str) -> Vec<&str> {
        self.get(name).unwrap_or_default().split_ascii_whitespace().collect()
    }

    /// All of them as `a=1&b=2`.
    pub(crate) fn write(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
}
