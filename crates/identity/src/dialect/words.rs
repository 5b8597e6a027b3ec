//! The parts of the dialect, one for each call.

use serde::Deserialize;

use super::member::{Words, dialect};

dialect! {
    /// The words of *begin*.
    BeginDialect {
        /// The path (documented).
        path: String = "/api/rest/v1/user/{userId}/change-contact/begin",
        /// Request: the member for a new email address (assumed).
        email: String = "email",
        /// Request: the member for a new mobile number (assumed).
        mobile: String = "mobile",
        /// Request: make it the primary one, a boolean (assumed).
        primary: String = "primary",
        /// Request: remove the previous ones of its kind, a boolean (assumed).
        replace_all: String = "replaceAll",
        /// Request: the header that says in which language the message is wished for (assumed).
        language: String = "accept-language",
        /// Answer: the verification token (assumed).
        verification_token: String = "verificationToken",
        /// Answer: when the code stops working, ISO 8601 (assumed).
        expires_at: String = "expiresAt",
        /// Answer: how many seconds the code works (assumed); where both are there, this one counts.
        expires_in: String = "expiresIn",
        /// How many seconds a code is taken to work when the answer does not tell (assumed).
        default_lifetime: u32 = 600_u32,
        /// Answer: the header that says when a limit ends, in seconds or as a date (assumed).
        retry_after: String = "retry-after",
        /// What statuses mean (assumed).
        answers: BeginAnswers = BeginAnswers::default(),
    }
}

dialect! {
    /// What the statuses of *begin* mean. Any other is a fault.
    BeginAnswers {
        /// A code is on its way.
        sent: Vec<u16> = [200],
        /// The address or number is not acceptable.
        not_acceptable: Vec<u16> = [400],
        /// The account holds the contact already, verified.
        already_yours: Vec<u16> = [409],
        /// A limit is reached.
        limit_reached: Vec<u16> = [429],
        /// The app's credentials are wrong, or lack a permission.
        refused: Vec<u16> = [401, 403],
        /// There is no such person.
        no_such_user: Vec<u16> = [404],
    }
}

dialect! {
    /// The words of *finish*. Its answer is a person, in the words of [`UserDialect`].
    FinishDialect {
        /// The path (documented).
        path: String = "/api/rest/v1/user/{userId}/change-contact/finish",
        /// Request: the verification token (assumed).
        verification_token: String = "verificationToken",
        /// Request: the code (assumed).
        code: String = "code",
        /// What statuses mean (assumed).
        answers: FinishAnswers = FinishAnswers::default(),
    }
}

dialect! {
    /// What the statuses of *finish* mean. Any other is a fault.
    FinishAnswers {
        /// The contact was changed.
        changed: Vec<u16> = [200],
        /// The code was not accepted: wrong, expired or used.
        not_accepted: Vec<u16> = [400],
        /// The verification is unknown or over.
        over: Vec<u16> = [404, 410],
        /// Another account took the contact.
        taken: Vec<u16> = [409],
        /// The app's credentials are wrong, or lack a permission.
        refused: Vec<u16> = [401, 403],
    }
}

dialect! {
    /// The words of a person (documented).
    UserDialect {
        /// The path for an API client.
        path: String = "/api/rest/v1/user/{userId}",
        /// The path for a person's own token.
        profile_path: String = "/api/rest/v1/user/{userId}/profile",
        /// The list of email addresses, the primary one first.
        emails: String = "emails",
        /// The address, within one of them.
        address: String = "address",
        /// The list of mobile numbers, the primary one first.
        mobiles: String = "mobiles",
        /// The number, within one of them.
        number: String = "number",
        /// Whether an address or a number is verified.
        verified: String = "verified",
        /// The one address, of services before there were lists.
        flat_email: String = "email",
        /// Whether that one is verified.
        flat_email_verified: String = "emailVerified",
        /// The one number, of services before there were lists.
        flat_mobile: String = "mobile",
        /// Whether that one is verified.
        flat_mobile_verified: String = "mobileVerified",
        /// The members that may hold the person's language, the first one found counts.
        locale: Vec<String> = ["locale", "preferredLanguage"].map(String::from),
        /// What statuses mean.
        answers: UserAnswers = UserAnswers::default(),
    }
}

dialect! {
    /// What the statuses of reading a person mean. Any other is a fault.
    UserAnswers {
        /// The person is in the answer.
        read: Vec<u16> = [200],
        /// The app's credentials are wrong, or lack a permission.
        refused: Vec<u16> = [401, 403],
        /// There is no such person.
        no_such_user: Vec<u16> = [404],
    }
}

dialect! {
    /// The words of a notice, which an API client sends to a contact of a person.
    NoticeDialect {
        /// The path for an email (documented).
        email_path: String = "/api/rest/v1/user/{userId}/email/send",
        /// The path for a text message (documented).
        sms_path: String = "/api/rest/v1/user/{userId}/sms/send",
        /// Request: the address or number (assumed).
        to: String = "to",
        /// Request: the subject of an email (assumed).
        subject: String = "subject",
        /// Request: what it says (assumed).
        text: String = "text",
        /// What statuses mean (assumed).
        answers: NoticeAnswers = NoticeAnswers::default(),
    }
}

dialect! {
    /// What the statuses of a notice mean. Any other is a fault.
    NoticeAnswers {
        /// The message is on its way.
        sent: Vec<u16> = [200, 202, 204],
        /// The app's credentials are wrong, or lack a permission.
        refused: Vec<u16> = [401, 403],
        /// There is no such person.
        no_such_user: Vec<u16> = [404],
    }
}
