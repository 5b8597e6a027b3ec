//! English.

#[cfg(feature = "ssr")]
use super::PlainText;
use super::{CodeText, ContactsText, EnterText, FrameText, KindText, RestartText, Text, TroubleText};

pub(super) static TEXT: Text = Text {
    service: "Contact information",
    skip_to_content: "Skip to main content",
    sign_out: "Sign out",
    error_prefix: "Error: ",
    problem: "There is a problem",
    steps_label: "Progress",
    step_of: |step, steps| format!("Step {step} of {steps}"),
    step_enter: "New contact",
    step_code: "Code",
    step_done: "Done",
    back_to_contacts: "Back to your contact information",
    back_to: |application| format!("Back to {application}"),
    frame: FrameText {
        languages: "Language",
        support: "Help",
        privacy: "Privacy",
        accessibility: "Accessibility",
    },
    contacts: ContactsText {
        title: "Your contact information",
        primary: "Primary",
        verified: "Verified",
        unverified: "Not verified",
        verify_now: "Verify now",
        unreadable: "We cannot show your contact information right now. Nothing has been changed.",
        look_again: "Try again",
        pending: |contact| format!("You started changing to {contact} but have not finished."),
        resume: "Continue",
    },
    enter: EnterText {
        choices: "What else do you want to do?",
        send: "Send code",
        sending: "Sending…",
        did_you_mean: |address| format!("Did you mean {address}?"),
        use_suggestion: "Use this address",
        will_send_to: |contact| format!("We will send the code to {contact}"),
        removed: |list| format!("This removes: {list}"),
        not_acceptable: |contact| {
            format!("We could not accept {contact}. Check that it is correct, or use a different one.")
        },
        already_yours: |contact| {
            format!(
                "{contact} is already verified on your account. Nothing was sent and you do not need to change anything."
            )
        },
        limit_until: |time| {
            format!("We cannot send more codes until {time}. You can use a different contact now.")
        },
        limit: "We cannot send more codes for now. Try again tomorrow, or use a different contact now.",
        own_limit: |time| format!("We cannot send you any more codes before {time}."),
        allowance: |codes, within| format!("You can ask for {} {}.", more_codes(codes), time(within)),
        next_code: |time| format!("You can ask for the next code at {time}."),
        older_form: "This page was out of date, so nothing was sent. Check the details below and send again.",
        unavailable: |reference| {
            format!(
                "We cannot send a code right now, so nothing was sent. Try again later. \
                 If you ask for help, quote reference {reference}."
            )
        },
    },
    code: CodeText {
        title: "Enter the code",
        sent_to: |contact| format!("We sent a 6-digit code to {contact}"),
        once: "You can enter the code only once. Check it against the message before you verify.",
        label: "Verification code",
        hint: "6 digits",
        works_until: |time| format!("The code works until {time}"),
        time_left: "Time left",
        minutes_left: |minutes| match minutes {
            1 => "1 minute left".to_owned(),
            minutes => format!("{minutes} minutes left"),
        },
        seconds_left: |seconds| format!("{seconds} seconds left"),
        over: "The code has expired. Nothing was changed.",
        over_resend: "You can send a new code.",
        verify: "Verify",
        verifying: "Verifying…",
        resend: "Send a new code",
        cancel: "Cancel",
        cancelling: "Cancelling…",
        empty: "Enter the 6-digit code from the message",
        too_short: |digits| {
            format!("You entered {digits} of the 6 digits. The code was not used. Check it and try again.")
        },
        too_long: "Enter only the 6 digits of the code. The code was not used. Check it and try again.",
        older_form: "This page was out of date, so nothing was done. Your change stands as you see it here.",
        superseded: "That was an older code. It was not used. Enter the code from the newest message.",
        another_pending: |contact| {
            format!(
                "You have already started changing to {contact}, so nothing else was sent. Finish or cancel that change first."
            )
        },
        still_works: "Your last code still works.",
        not_checked: |reference| {
            format!(
                "We could not check the code right now. It was not used. Try again in a moment. \
                 If you ask for help, quote reference {reference}."
            )
        },
    },
    restart: RestartText {
        wrong_code: ("The code is not correct", |contact| {
            format!("You can enter a code only once, so you need a new one. We can send it to {contact}.")
        }),
        expired: ("The code has expired", |contact| {
            format!("Nothing was changed. We can send a new code to {contact}.")
        }),
        over: ("That code no longer works", |contact| {
            format!(
                "It has expired or was replaced by a newer one. Nothing was changed. We can send a new code to {contact}."
            )
        }),
        taken: ("This contact is used on another account", |contact| {
            format!("{contact} has been verified on another account. Use a different one.")
        }),
        begin_lost: ("We do not know whether a code was sent", |contact| {
            format!(
                "If a message arrives at {contact}, the code in it will not work. Send a new code and use that one."
            )
        }),
        not_changed: ("Your contact information was not changed", |contact| {
            format!(
                "Something went wrong while we checked the code, and the code cannot be used again. We can send a new code to {contact}."
            )
        }),
        unknown: ("We do not know whether the change was made", |contact| {
            format!(
                "Something went wrong while we checked the code for {contact}, and we cannot read your account right now."
            )
        }),
        look_again: "Check your contact information",
    },
    trouble: TroubleText {
        offline: "You are offline. Press the button again when you are connected. Nothing will be done twice.",
        timed_out: "This is taking too long. Press the button again. Nothing will be done twice.",
        failed: "Something went wrong on our side. Press the button again. Nothing will be done twice.",
        signed_out: "You have been signed out, so nothing was done. Sign in to carry on where you were.",
        sign_in: "Sign in",
    },
    email: KindText {
        heading: "Email addresses",
        none: "There is no email address on your account.",
        change: "Change email address",
        title: "Change your email address",
        label: "New email address",
        hint: "We will send a 6-digit code to this address to check that it is yours.",
        primary: "Make it my primary email address",
        primary_hint: "Messages about your account go there.",
        replace_all: "Remove my previous email addresses",
        different: "Use a different email address",
        not_arrived: "It can take a few minutes. If it does not arrive, look in your spam folder.",
        empty: "Enter your new email address",
        incomplete: "Enter a full email address, like name@example.com",
        too_long: "An email address can have at most 254 characters",
        malformed: "Enter an email address in the correct format, like name@example.com",
        not_mobile: "Enter an email address in the correct format, like name@example.com",
        not_allowed: |contact| {
            format!(
                "{contact} is at a domain that we do not send codes to, so nothing was sent. Use a different email address."
            )
        },
        allowance: |codes, within| {
            format!("You can ask for {} to this address {}.", more_codes(codes), time(within))
        },
        done: "Your email address is verified",
        is_verified: |contact| format!("{contact} is now a verified email address on your account."),
        is_primary: "It is your primary email address.",
        now_listed: "Your email addresses now",
    },
    mobile: KindText {
        heading: "Mobile numbers",
        none: "There is no mobile number on your account.",
        change: "Change mobile number",
        title: "Change your mobile number",
        label: "New mobile number",
        hint: "Start with + and the country code, like +44 7700 900123. We will text a 6-digit code to this number.",
        primary: "Make it my primary mobile number",
        primary_hint: "Text messages about your account go there.",
        replace_all: "Remove my previous mobile numbers",
        different: "Use a different mobile number",
        not_arrived: "It can take a few minutes. If it does not arrive, check that your phone has reception.",
        empty: "Enter your new mobile number",
        incomplete: "Start with + and the country code, like +44 7700 900123",
        too_long: "This number is too long. Check it.",
        malformed: "This is not a valid mobile number in any country. Check it.",
        not_mobile: "This number cannot receive text messages. Enter a mobile number.",
        not_allowed: |contact| {
            format!(
                "{contact} is in a country that we do not send codes to, so nothing was sent. Use a different mobile number."
            )
        },
        allowance: |codes, within| {
            format!("You can ask for {} to this number {}.", more_codes(codes), time(within))
        },
        done: "Your mobile number is verified",
        is_verified: |contact| format!("{contact} is now a verified mobile number on your account."),
        is_primary: "It is your primary mobile number.",
        now_listed: "Your mobile numbers now",
    },
    #[cfg(feature = "ssr")]
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
        reference: |reference| format!("If you ask for help, quote reference {reference}."),
        link_error: |number| {
            format!(
                "Error {number} in the start link. If you tell the application about it, quote this number."
            )
        },
    },
    #[cfg(feature = "ssr")]
    clock: |hour, minute| {
        let half = if hour < 12 { "am" } else { "pm" };
        format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
    },
    #[cfg(feature = "ssr")]
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

fn time(within: crate::Within) -> &'static str {
    match within {
        crate::Within::Hour => "in the next hour",
        crate::Within::Day => "today",
    }
}
