//! The frame of every page, and how text gets into it.

/// A whole page. `title` is text, `body` is HTML.
pub(crate) fn page(language: &str, title: &str, body: &str) -> String {
    page_with(language, title, "", body)
}

/// A whole page with more in its head. `title` is text, `head` and `body` are HTML.
pub(crate) fn page_with(language: &str, title: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{} - Sandbox identity service</title><link rel=\"icon\" href=\"data:,\">\
         <link rel=\"stylesheet\" href=\"/sandbox.css\">{head}</head><body><main>{body}</main></body></html>",
        escape(title)
    )
}

/// Text as it may stand in HTML, in an attribute too.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
