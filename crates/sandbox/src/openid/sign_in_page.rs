//! The sign-in page: a button for each person and no other. It works without JavaScript.

use crate::page::{escape, page};
use crate::people::Person;
use crate::router::policy;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use std::fmt::Write as _;

/// The languages of the sign-in page.
pub(crate) const LANGUAGES: [&str; 3] = ["en", "fi", "sv"];

/// Who is offered on the page.
pub(crate) struct Offer<'a> {
    pub(crate) people: &'a [Person],
    /// Only this person, if any.
    pub(crate) only: Option<&'a str>,
    /// This person first: an id, a user name, an address or a number.
    pub(crate) hint: Option<&'a str>,
    /// The languages asked for, best first.
    pub(crate) languages: Vec<&'a str>,
    /// The origins whose pages may show this one in a frame.
    pub(crate) framed_by: &'a [String],
    /// The authorization request, as a query.
    pub(crate) request: String,
}

/// The page.
pub(crate) fn sign_in_page(offer: &Offer<'_>) -> Response {
    let language = offer
        .languages
        .iter()
        .filter_map(|tag| tag.split(['-', '_']).next())
        .find_map(|tag| LANGUAGES.into_iter().find(|known| known.eq_ignore_ascii_case(tag)))
        .unwrap_or("en");
    let (title, text) = match language {
        "fi" => ("Kirjaudu sisään", "Tämä on kokeiluympäristö. Valitse, kuka olet. Salasanoja ei ole."),
        "sv" => ("Logga in", "Det här är en testmiljö. Välj vem du är. Det finns inga lösenord."),
        _ => ("Sign in", "This is a sandbox. Choose who you are. There are no passwords."),
    };
    let is_hinted = |person: &Person| offer.hint.is_some_and(|hint| is_hinted(person, hint));
    let is_shown = |person: &&Person| match offer.only {
        Some(only) => only == person.id,
        None => person.is_offered || is_hinted(person),
    };
    let mut people: Vec<&Person> = offer.people.iter().filter(is_shown).collect();
    people.sort_by_key(|person| !is_hinted(person));
    let mut body = format!(
        "<h1>{title}</h1><p>{text}</p><form method=\"post\" action=\"/openid/auth/sign-in\">\
         <input type=\"hidden\" name=\"request\" value=\"{}\"><ul class=\"people\">",
        escape(&offer.request)
    );
    if people.is_empty() {
        body.push_str("<li>The person who was asked for is not known here.</li>");
    }
    for person in people {
        let contact = person.emails.first().or(person.mobiles.first());
        // Writing to a string cannot fail.
        let _ = write!(
            body,
            "<li><button name=\"person\" value=\"{id}\" dir=\"auto\" aria-describedby=\"about-{id}\">{name}</button>\
             <span id=\"about-{id}\">{contact}</span></li>",
            id = person.id,
            name = escape(&person.name.full()),
            contact = escape(contact.map_or("", |one| &one.value)),
        );
    }
    body.push_str("</ul></form>");
    let html = Html(page(language, title, &body));
    let policy = policy(offer.framed_by);
    ([("cache-control", "no-store"), ("content-security-policy", policy.as_str())], html).into_response()
}

/// A page that says what is wrong with a request. Nobody is sent anywhere.
pub(crate) fn problem(sentence: &str) -> Response {
    let body = format!("<h1>This request cannot be served</h1><p>{}</p>", escape(sentence));
    (StatusCode::BAD_REQUEST, Html(page("en", "This request cannot be served", &body))).into_response()
}

fn is_hinted(person: &Person, hint: &str) -> bool {
    let listed = || person.emails.iter().chain(&person.mobiles);
    person.id == hint
        || person.username.eq_ignore_ascii_case(hint)
        || listed().any(|one| one.value.eq_ignore_ascii_case(hint))
}
