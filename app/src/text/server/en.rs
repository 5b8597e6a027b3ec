//! English, as the server alone says it.

use contact::Kind;
use session::Span;

use super::{ContactsText, FrameText, KindText, NoticeText, PlainText, ServerText};
use crate::text::with;

pub(super) static TEXT: ServerText = ServerText {
    service: "Contact information",
    skip_to_content: "Skip to main content",
    sign_out: "Sign out",
    back_to: with("Back to {application}"),
    frame: FrameText {
        languages: "Language",
        support: "Help",
        privacy: "Privacy",
        accessibility: "Accessibility",
    },
    contacts: ContactsText {
        title: "Your contact information",
        verify_now: "Verify now",
        unreadable: "We cannot show your contact information right now. Try again in a moment.",
        look_again: "Try again",
        pending: with("You started a change to {contact} and have not finished it."),
        resume: "Continue",
    },
    email: KindText {
        heading: "Email addresses",
        change: "Change email address",
        title: "Change your email address",
        add: "Add email address",
        becomes_primary: "Once verified, it becomes your primary email address.",
        others_removed: "Any other email addresses will be removed.",
        is_primary: "It is your primary email address.",
        still_primary: with("{contact} is still your primary email address."),
        allowance: |codes, within| {
            format!("You can ask for {} to this address {}.", more_codes(codes), time(within))
        },
    },
    mobile: KindText {
        heading: "Mobile numbers",
        change: "Change mobile number",
        title: "Change your mobile number",
        add: "Add mobile number",
        becomes_primary: "Once verified, it becomes your primary mobile number.",
        others_removed: "Any other mobile numbers will be removed.",
        is_primary: "It is your primary mobile number.",
        still_primary: with("{contact} is still your primary mobile number."),
        allowance: |codes, within| {
            format!("You can ask for {} to this number {}.", more_codes(codes), time(within))
        },
    },
    allowance: |codes, within| format!("You can ask for {} {}.", more_codes(codes), time(within)),
    next_code: with("You can ask for the next code at {time}."),
    removed: with("This removes: {list}"),
    next_removed: ", ",
    sign_in_first: "You will be asked to sign in again before the code is sent.",
    signed_in_again: "You have signed in again. Press the button to send the code.",
    resent: "This is a new code. Earlier codes no longer work.",
    not_left: with(
        "We could not do that: the change may have been made already, and we cannot read your account right now. \
         Nothing was sent or cancelled. Try again in a moment. If you ask for help, quote reference {reference}.",
    ),
    national_number: with("You can leave out + and the country code for a number of this country: {country}"),
    plain: PlainText {
        signed_out: [
            "You are signed out",
            "Your contact information is saved in your account.",
            "Sign in again",
        ],
        sign_in_failed: ["We could not sign you in", "Nothing was changed.", "Try again"],
        not_found: ["Page not found", "There is nothing at this address.", "Go to your contact information"],
        cross_site: [
            "This was not sent from our own page",
            "To keep your account safe, we did nothing. Open the page again and try again there.",
            "Go to your contact information",
        ],
        unavailable: [
            "The service cannot be used right now",
            "It is not your fault, and nothing was done. Try again in a moment.",
            "Try again",
        ],
        busy: [
            "Your last press is still being worked on",
            "Nothing will be done twice. Wait a moment, then look again.",
            "Look again",
        ],
        failed: [
            "Something went wrong",
            "It is not your fault. Try again in a moment.",
            "Go to your contact information",
        ],
        bad_link: [
            "This link does not work",
            "There is a mistake in the link of the application that sent you here, so we do not know what you came for. \
             Nothing was changed.",
            "Go to your contact information",
        ],
        by_itself: [
            "Open this in a tab of its own",
            "You cannot sign in inside another page. In a tab of its own you can, and it leads you back when you are done.",
            "Open in a new tab",
        ],
        handed_over: ["You are done here", "Go back to carry on where you were."],
        reference: with("If you ask for help, quote reference {reference}."),
        link_error: with(
            "Error {number} in the start link. If you tell the application about it, quote this number.",
        ),
    },
    notice: NoticeText {
        subject: |told| {
            let what = match told.kind {
                Kind::Email => "new email address was added to your account",
                Kind::Mobile => "new mobile number was added to your account",
            };
            match &told.service {
                Some(service) => format!("{service}: a {what}"),
                None => format!("A {what}"),
            }
        },
        email: |told| {
            let what = match told.kind {
                Kind::Email => "email address",
                Kind::Mobile => "mobile number",
            };
            let removed = match (told.replaced, told.kind) {
                (false, _) => "",
                (true, Kind::Email) => " All previous email addresses were removed.",
                (true, Kind::Mobile) => " All previous mobile numbers were removed.",
            };
            let account = match &told.service {
                Some(service) => format!("your account at {service}"),
                None => "your account".to_owned(),
            };
            let help = match (&told.support, &told.service) {
                (Some(address), _) => format!("get help at once: {address}"),
                (None, Some(service)) => format!("contact the support of {service} at once."),
                (None, None) => "contact the support of the service at once.".to_owned(),
            };
            format!(
                "The {what} {} was added to {account}.\nWhen: {}.{removed}\n\nIf you did this, there is nothing \
                 you need to do.\nIf you did not, somebody else may be using your account: {help}",
                told.contact, told.time
            )
        },
        sms: |told| {
            let what = match told.kind {
                Kind::Email => "Email address",
                Kind::Mobile => "Mobile number",
            };
            let service = told.service.as_ref().map(|service| format!("{service}: ")).unwrap_or_default();
            let help = told.support.as_ref().map(|address| format!(" {address}")).unwrap_or_default();
            format!(
                "{service}{what} {} was added to your account, {}. Not you? Get help at once.{help}",
                told.contact, told.time
            )
        },
    },
    clock: |hour, minute| {
        let half = if hour < 12 { "am" } else { "pm" };
        format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
    },
    clock_on: |time, day, month| {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
        format!("{time} on {day} {month}")
    },
};

fn more_codes(codes: u32) -> String {
    match codes {
        1 => "1 more code".to_owned(),
        codes => format!("{codes} more codes"),
    }
}

fn time(within: Span) -> &'static str {
    match within {
        Span::Hour => "in the next hour",
        Span::Day => "in the next 24 hours",
    }
}
