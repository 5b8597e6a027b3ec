//! One of many people: who it is, and what they want.

/// Somebody with an account, and the change that they want.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a habit of its own, and any may go with any other"
)]
pub(super) struct Person {
    /// Their id at the sandbox.
    pub(super) id: String,
    /// `email` or `mobile`.
    pub(super) kind: &'static str,
    /// The new contact.
    pub(super) contact: String,
    /// Whether it becomes the primary one.
    pub(super) primary: bool,
    /// Whether it replaces the others.
    pub(super) replace_all: bool,
    /// Whether they mistype the first code.
    pub(super) mistypes: bool,
    /// Whether they press twice, as with a double click.
    pub(super) doubles: bool,
}

impl Person {
    /// The person of a number, from 1 on. Together they do everything.
    pub(super) fn of(number: u32) -> Self {
        let is_email = !number.is_multiple_of(3);
        let contact =
            if is_email { format!("changed{number}@example.org") } else { format!("+35850{number:07}") };
        Self {
            id: format!("5b{number:022}"),
            kind: if is_email { "email" } else { "mobile" },
            contact,
            primary: number.is_multiple_of(2),
            replace_all: number.is_multiple_of(5),
            mistypes: number % 10 == 7,
            doubles: number % 10 == 4,
        }
    }

    /// The page on which they change it.
    pub(super) fn path(&self) -> &'static str {
        if self.kind == "email" { "/email" } else { "/mobile" }
    }
}
