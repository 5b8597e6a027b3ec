//! What a browser fetches for a page.

use std::collections::BTreeSet;

use crate::{
    browser::{Browser, Got, absolute},
    error::{Error, Result},
};

/// What a part of a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// The document, and the styles that it waits for.
    Read,
    /// Everything else: nothing waits for it.
    Later,
}

/// One thing that was fetched.
pub(super) struct Part {
    /// Its path.
    pub(super) name: String,
    /// What it is for.
    pub(super) purpose: Use,
    /// Its octets, over the wire.
    pub(super) size: usize,
    /// Whether it is fetched on every visit.
    pub(super) each_time: bool,
}

/// Loads a page that is not in any cache, with everything that its document and its styles name.
pub(super) fn load(browser: &mut Browser, address: &str) -> Result<Vec<Part>> {
    let document = browser.open(address)?.good()?;
    let html = document.text()?;
    let mut parts = vec![part(absolute("", "the document"), Use::Read, &document)];
    for (reference, purpose) in references(&html) {
        let got = browser.open(&absolute(address, &reference))?.good()?;
        if purpose == Use::Read
            && let Some(inner) = style_references(&got.text()?).next()
        {
            return Err(Error::Unexpected {
                what: format!("A style sheet that fetches nothing ({reference} fetches {inner})"),
                advice: "keep its parts in one file",
            });
        }
        parts.push(part(reference, purpose, &got));
    }
    Ok(parts)
}

fn part(name: String, purpose: Use, got: &Got) -> Part {
    Part { name, purpose, size: got.body.len(), each_time: got.is_asked_for_again() }
}

/// What a document names that a browser fetches by itself. What is in the document itself costs nothing more.
fn references(html: &str) -> BTreeSet<(String, Use)> {
    let tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(|tag| {
        let (reference, purpose) = match tag.split_whitespace().next()? {
            "link" if attribute(tag, "hreflang").is_some() => return None,
            "link" if attribute(tag, "rel") == Some("stylesheet") => (attribute(tag, "href")?, Use::Read),
            "link" => (attribute(tag, "href")?, Use::Later),
            "script" | "img" | "iframe" | "source" | "embed" => (attribute(tag, "src")?, Use::Later),
            _ => return None,
        };
        (!reference.starts_with("data:")).then(|| (reference.to_owned(), purpose))
    })
    .collect()
}

/// What a style sheet fetches.
fn style_references(style: &str) -> impl Iterator<Item = &str> {
    let inner = style.match_indices("url(").map(|(at, _)| style.get(at..).unwrap_or_default());
    let imported = style.match_indices("@import").map(|(at, _)| style.get(at..).unwrap_or_default());
    inner
        .chain(imported)
        .map(|rest| rest.split([')', ';']).next().unwrap_or(rest))
        .filter(|one| !one.contains("data:"))
}

fn attribute<'tag>(tag: &'tag str, name: &str) -> Option<&'tag str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_a_browser_fetches_is_found_once() {
        let html = r#"<link rel="stylesheet" href="/s.css"><link href="data:image/svg+xml,x" rel="icon">
            <link rel="modulepreload" href="/a.js"><script src="/a.js"></script><script>1</script>
            <img class="logo" src="/logo"><a href="/elsewhere">x</a>"#;
        let found: Vec<_> = references(html).into_iter().collect();
        let expected = [("/a.js", Use::Later), ("/logo", Use::Later), ("/s.css", Use::Read)];
        assert_eq!(found, expected.map(|(name, purpose)| (name.to_owned(), purpose)));
    }

    #[test]
    fn what_a_style_sheet_fetches_is_found() {
        let style = "@import \"b.css\";a{background:url(x.png)}b{background:url(data:image/png;base64,x)}";
        assert_eq!(style_references(style).collect::<Vec<_>>(), ["url(x.png", "@import \"b.css\""]);
    }
}
