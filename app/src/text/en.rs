//! English.

use super::{CodeText, EnterText, KindText, ListedText, Reason, RestartText, Text, TroubleText, with};

pub(super) static TEXT: Text = Text {
    error_prefix: "Error: ",
    problem: "There is a problem",
    steps_label: "Progress",
    step_of: with("Step {step} of 3"),
    step_enter: "New contact",
    step_code: "Code",
    step_done: "Done",
    back_to_contacts: "Back to your contact information",
    listed: ListedText { primary: "Primary", verified: "Verified", unverified: "Not verified" },
    enter: EnterText {
        choices: "It is added to your account. What else do you want to do?",
        send: "Send code",
        sending: "Sending…",
        will_send_to: with("We will send the code to {contact}"),
        did_you_mean: with("Did you mean {address}?"),
        use_suggestion: "Use this address",
        not_acceptable: with(
            "We could not accept {contact}. Check that it is correct, or use a different one.",
        ),
        already_yours: with(
            "{contact} is already verified on your account, so nothing was sent. It cannot be made primary here.",
        ),
        limit_until: with(
            "We cannot send more codes until {time}. A different address or number may work before then.",
        ),
        limit: "We cannot send more codes for now. Try again in 24 hours. A different address or number may work before then.",
        contact_limit: with(
            "We cannot send more codes until {time}. You can use a different address or number now.",
        ),
        own_limit: with("We cannot send you any more codes until {time}."),
        older_form: "This page was out of date, so nothing was done. Complete the form below and send it.",
        sign_in_again: "For your safety, sign in again before you change this. Nothing has been sent yet. Press the button to go on.",
        unavailable: with(
            "We cannot send a code right now, so nothing was sent. Try again later. \
                 If you ask for help, quote reference {reference}.",
        ),
    },
    code: CodeText {
        title: "Enter the code",
        sent_to: with("We sent a 6-digit code to {contact}"),
        once: "You can enter the code only once. Check it against the message before you verify.",
        label: "Verification code",
        hint: "6 digits",
        works_until: with("The code works until {time}"),
        time_left: "Time left",
        five_minutes_left: "5 minutes left",
        one_minute_left: "1 minute left",
        thirty_seconds_left: "30 seconds left",
        over: "The code has expired.",
        over_resend: "You can ask for a new code.",
        verify: "Verify",
        verifying: "Verifying…",
        resend: "Send a new code",
        cancel: "Cancel",
        cancelling: "Cancelling…",
        empty: "Enter the 6-digit code from the message",
        too_short: with(
            "You entered {digits} of the 6 digits. The code was not used. Check it and try again.",
        ),
        too_long: "Enter only the 6 digits of the code. The code was not used. Check it and try again.",
        superseded: "A newer code was asked for meanwhile, so nothing was checked. Enter the code from the newest message.",
        older_form: "This page was out of date, so nothing was done. Your change stands as you see it here.",
        another_pending: with(
            "You have already started changing to {contact}, so nothing else was sent. Finish or cancel that change first.",
        ),
        still_works: "Your last code still works.",
        not_checked: with(
            "We could not check the code right now. It was not used. Try again in a moment. \
                 If you ask for help, quote reference {reference}.",
        ),
    },
    restart: RestartText {
        wrong_code: Reason {
            title: "The code is not correct",
            sentence: with("You can enter a code only once, so you need a new one for {contact}."),
        },
        expired: Reason {
            title: "The code has expired",
            sentence: with("Nothing was changed. You need a new code for {contact}."),
        },
        over: Reason {
            title: "That code no longer works",
            sentence: with(
                "It has expired or was replaced by a newer one. Nothing was changed. You need a new code for {contact}.",
            ),
        },
        taken: Reason {
            title: "This contact is used on another account",
            sentence: with("{contact} has been verified on another account. Use a different one."),
        },
        begin_lost: Reason {
            title: "We do not know whether a code was sent",
            sentence: with(
                "If a message arrives at {contact}, the code in it will not work. Ask for a new code.",
            ),
        },
        not_changed: Reason {
            title: "Your contact information was not changed",
            sentence: with(
                "Something went wrong while we checked the code, and it cannot be used again. You need a new code for {contact}.",
            ),
        },
        unknown: Reason {
            title: "We do not know whether the change was made",
            sentence: with(
                "Something went wrong while we checked the code for {contact}, and we cannot read your account right now.",
            ),
        },
        look_again: "Check your contact information",
    },
    trouble: TroubleText {
        no_answer: "No answer came. Check your connection and press the button again. Nothing will be done twice.",
        failed: "Something went wrong on our side. Press the button again. Nothing will be done twice.",
        signed_out: "You have been signed out, so nothing was done. Sign in, then do it again.",
        sign_in: "Sign in",
    },
    email: KindText {
        none: "There is no email address on your account.",
        label: "New email address",
        hint: "We will send a 6-digit code to this address to check that it is yours.",
        primary: "Make it my primary email address",
        primary_hint: "Messages about your account go there.",
        replace_all: "Remove my previous email addresses",
        different: "Use a different email address",
        on_its_way: "It can take a few minutes. If it does not arrive, look in your spam folder. If you choose a different address, this code no longer works.",
        empty: "Enter your new email address",
        incomplete: "Enter a full email address, like name@example.com",
        malformed: "Enter an email address in the correct format, like name@example.com",
        unsuitable: "An email address can have at most 254 characters",
        not_allowed: with(
            "{contact} is at a domain that we do not send codes to, so nothing was sent. Use a different email address.",
        ),
        done: "Your email address is verified",
        is_verified: with("{contact} is now a verified email address on your account."),
        now_listed: "Your email addresses now",
    },
    mobile: KindText {
        none: "There is no mobile number on your account.",
        label: "New mobile number",
        hint: "Start with + and the country code, like +44\u{a0}7700\u{a0}900123. We will text a 6-digit code to this number.",
        primary: "Make it my primary mobile number",
        primary_hint: "Text messages about your account go there.",
        replace_all: "Remove my previous mobile numbers",
        different: "Use a different mobile number",
        on_its_way: "It can take a few minutes. If it does not arrive, check that your phone has reception. If you choose a different number, this code no longer works.",
        empty: "Enter your new mobile number",
        incomplete: "Check the number, or start with + and the country code, like +44\u{a0}7700\u{a0}900123",
        malformed: "This is not a valid mobile number in any country. Check it.",
        unsuitable: "This number cannot receive text messages. Enter a mobile number.",
        not_allowed: with(
            "{contact} is in a country that we do not send codes to, so nothing was sent. Use a different mobile number.",
        ),
        done: "Your mobile number is verified",
        is_verified: with("{contact} is now a verified mobile number on your account."),
        now_listed: "Your mobile numbers now",
    },
};
