//! One of many people: who it is, and what they want.

/// Somebody with an account, and the change that they want.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a habit of its own, and any may go with any other"
)]
pub(crate) struct Person {
    /// Their id at the sandbox.
    pub(crate) id: String,
    /// `email` or `mobile`.
    pub(crate) kind: &'static str,
    /// The new contact.
    pub(crate) contact: String,
    /// Whether it becomes the primary one.
    pub(crate) primary: bool,
    /// Whether it replaces the others.
    pub(crate) replace_all: bool,
    /// Whether they mistype the first code.
    pub(crate) mistypes: bool,
    /// Whether they press twice, as with a double click.
    pub(crate) doubles: bool,
}

impl Person {
    /// The person of a number, from 1 on. Together they do everything.
    pub(crate) fn of(number: u32) -> Self {
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
    pub(crate) fn path(&self) -> &'static str {
        if self.kind == "email" { "/email" } else { "/mobile" }
    }
}
