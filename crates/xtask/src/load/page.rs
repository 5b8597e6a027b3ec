//! What a page tells a person, in English: what they read decides what they press next.

use crate::browser::Got;

/// What a person was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    /// A code was sent: enter it.
    EnterCode,
    /// The code was not used: enter it again.
    NotChecked,
    /// No other code was sent; the last one still works.
    NotResent,
    /// The page was an older one, or that of an older code. Nothing was done.
    OlderPage,
    /// A new contact can be entered.
    EnterContact,
    /// Surely nothing was sent.
    NotSent,
    /// A limit is reached: nothing was sent.
    Limit,
    /// The account has it already.
    AlreadyYours,
    /// The code was wrong.
    WrongCode,
    /// The code works no longer.
    Over,
    /// A message may arrive; its code will not work.
    BeginLost,
    /// Surely nothing was changed, and the code is spent.
    NotChanged,
    /// It is not known what became of it.
    Unknown,
    /// The contact is verified.
    Done,
    /// Nobody was signed in.
    NotSignedIn,
    /// Nothing was done: try again.
    Unavailable,
    /// The last press is still worked on.
    Busy,
    /// Something else.
    Odd,
}

/// A page as a person sees it.
pub(crate) struct Page {
    pub(crate) told: Told,
    /// Names the state that its forms are made for.
    pub(crate) flow: String,
    /// Whether it has a button for a new code.
    pub(crate) can_resend: bool,
}

impl Page {
    pub(crate) fn read(html: &str) -> Self {
        let html = shown(html);
        let flow = Got::field(html, "flow").unwrap_or_default();
        Self { told: told(html), flow, can_resend: html.contains("action=\"/api/resend\"") }
    }
}

/// What is shown: the main part, without the sentences that wait for later ones.
fn shown(html: &str) -> &str {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    main.split("<script").next().unwrap_or(main).split("</main>").next().unwrap_or(main)
}

/// Headings, and within some of them the problem that stands on top.
fn told(html: &str) -> Told {
    let says = |words: &str| html.contains(words);
    match heading(html) {
        "Enter the code" => match () {
            () if says("We could not check the code right now.") => Told::NotChecked,
            () if says("Your last code still works.") => Told::NotResent,
            () if says("A newer code was asked for") || says("This page was out of date") => Told::OlderPage,
            () => Told::EnterCode,
        },
        "Change your email address"
        | "Add email address"
        | "Change your mobile number"
        | "Add mobile number" => match () {
            () if says("so nothing was sent.") && says("right now") => Told::NotSent,
            () if says("We cannot send more codes") || says("We cannot send you any more codes") => {
                Told::Limit
            }
            () if says("is already verified on your account") => Told::AlreadyYours,
            () if says("This page was out of date") => Told::OlderPage,
            () => Told::EnterContact,
        },
        // What the last press for a new code came to stands before the reason.
        heading if is_reason(heading) && says("We cannot send a code right now") => Told::NotSent,
        heading if is_reason(heading) && says("We cannot send more codes") => Told::Limit,
        "The code is not correct" => Told::WrongCode,
        "The code has expired" | "That code no longer works" => Told::Over,
        "We do not know whether a code was sent" => Told::BeginLost,
        "Your contact information was not changed" => Told::NotChanged,
        "We do not know whether the change was made" => Told::Unknown,
        "Your email address is verified" | "Your mobile number is verified" => Told::Done,
        "We could not sign you in" => Told::NotSignedIn,
        "The service cannot be used right now" => Told::Unavailable,
        "Your last press is still being worked on" => Told::Busy,
        _ => Told::Odd,
    }
}

fn is_reason(heading: &str) -> bool {
    [
        "The code is not correct",
        "The code has expired",
        "That code no longer works",
        "We do not know whether a code was sent",
        "Your contact information was not changed",
    ]
    .contains(&heading)
}

fn heading(html: &str) -> &str {
    let inner = || html.split_once("<h1")?.1.split_once('>')?.1.split('<').next();
    inner().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("<h1 tabindex=\"-1\">Enter the code</h1>", Told::EnterCode)]
    #[case("<p>We could not check the code right now. It</p><h1>Enter the code</h1>", Told::NotChecked)]
    #[case("<h1>Your contact information was not changed</h1>", Told::NotChanged)]
    #[case("<p>We cannot send more codes for now.</p><h1>The code is not correct</h1>", Told::Limit)]
    #[case(
        "<p>a@b.example is already verified on your account, so</p><h1>Change your email address</h1>",
        Told::AlreadyYours
    )]
    #[case("<h1>Welcome</h1>", Told::Odd)]
    #[case("", Told::Odd)]
    #[case(
        "<main><h1>Enter the code</h1></main><script>We could not check the code right now.",
        Told::EnterCode
    )]
    fn a_page_is_read_as_a_person_reads_it(#[case] html: &str, #[case] told: Told) {
        assert_eq!(Page::read(html).told, told);
    }
}
