//! A setting, as data: from this one description come the reading of it, the texts of mistakes, the tables of
//! `docs/configure.md`, the example file and the JSON schema. So none of them can say something else than the others.

use std::borrow::Cow;

/// What the names of our variables begin with.
pub(super) const PREFIX: &str = "CONTACT_CHANGE_";

/// One setting.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its name in the file, with its section: `provider.issuer`. A part in angle brackets stands for a name of the
    /// operator's own.
    pub name: Cow<'static, str>,
    /// What kind of value it takes.
    pub kind: Kind,
    /// What holds if it is not given.
    pub default: Default,
    /// What it does, for the table: one or more sentences, in Markdown.
    pub meaning: Cow<'static, str>,
}

/// What kind of value a setting takes.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// As the table names it.
    pub unit: &'static str,
    /// What would be right, to follow “give …”.
    pub right: &'static str,
    /// How TOML and JSON hold it.
    pub form: Form,
}

/// How a value is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A text.
    Text,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// A text that nobody else may see; `<key>_file` names a file that holds it.
    Secret,
    /// A list of whole numbers.
    Numbers,
    /// A list of texts.
    Texts,
}

/// What holds if a setting is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Default {
    /// It has to be given.
    Required,
    /// This value, as the file would write it less quotes.
    Value(Cow<'static, str>),
    /// Nothing is set, which means this.
    Unset(&'static str),
}

/// A text of any kind.
pub(super) const TEXT: Kind = Kind::text("text", "a text");
/// Yes or no.
pub(super) const FLAG: Kind = Kind { unit: "`true`, `false`", right: "true or false", form: Form::Flag };
/// A length of time.
pub(super) const TIME: Kind = Kind::text("time", "a time with its unit, such as 10s, 30m or 12h");
/// A secret.
pub(super) const SECRET: Kind =
    Kind { unit: "secret", right: "the secret, or its file as <key>_file", form: Form::Secret };
/// A number of codes, people or the like.
pub(super) const NUMBER: Kind =
    Kind { unit: "number", right: "a whole number, such as 5, or 0 for none", form: Form::Number };
/// The path of a file.
pub(super) const FILE: Kind = Kind::text("file", "the path of a file");
/// The address of a server.
pub(super) const ADDRESS: Kind = Kind::text("address", "an address that begins with https://");

impl Kind {
    /// A text: as the table names it, and what would be right.
    pub(super) const fn text(unit: &'static str, right: &'static str) -> Self {
        Self { unit, right, form: Form::Text }
    }

    /// One of a few words, as the table names them, what would be right, and the words.
    pub(super) const fn one_of(
        unit: &'static str,
        right: &'static str,
        words: &'static [&'static str],
    ) -> Self {
        Self { unit, right, form: Form::OneOf(words) }
    }

    /// The same, with other words for what would be right.
    pub(super) const fn such_as(self, right: &'static str) -> Self {
        Self { right, ..self }
    }
}

impl Key {
    /// A setting that has to be given.
    pub(super) const fn required(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), kind, default: Default::Required, meaning: Cow::Borrowed(meaning) }
    }

    /// A setting with a default, written as the file would, less quotes.
    pub(super) const fn with_default(
        name: &'static str,
        kind: Kind,
        default: &'static str,
        meaning: &'static str,
    ) -> Self {
        let default = Default::Value(Cow::Borrowed(default));
        Self { name: Cow::Borrowed(name), kind, default, meaning: Cow::Borrowed(meaning) }
    }

    /// A setting that can be left out, which then means what `unset` says.
    pub(super) const fn optional(
        name: &'static str,
        kind: Kind,
        unset: &'static str,
        meaning: &'static str,
    ) -> Self {
        let default = Default::Unset(unset);
        Self { name: Cow::Borrowed(name), kind, default, meaning: Cow::Borrowed(meaning) }
    }

    /// The same setting with the part in angle brackets filled in.
    pub(super) fn of(&self, own: &str) -> Self {
        let name = match (self.name.find('<'), self.name.find('>')) {
            (Some(start), Some(end)) => format!("{}{own}{}", &self.name[..start], &self.name[end + 1..]),
            _ => self.name.to_string(),
        };
        Self { name: name.into(), ..self.clone() }
    }

    /// Gives what would be right, with its own name in it.
    pub(super) fn right(&self) -> String {
        self.kind.right.replace("<key>", self.name.rsplit('.').next().unwrap_or_default())
    }

    /// Gives the default as the file would write it, less quotes; empty if there is none.
    pub(super) fn default_text(&self) -> &str {
        match &self.default {
            Default::Value(text) => text,
            Default::Required | Default::Unset(_) => "",
        }
    }

    /// Gives the variable that sets it.
    pub fn variable(&self) -> String {
        variable(&self.name)
    }

    /// Gives the key for the file that holds the value of a secret.
    pub(super) fn file(&self) -> String {
        format!("{}_file", self.name)
    }
}

/// The keys of a section, in the order of the tables.
pub(super) type Section = &'static [&'static Key];

/// Gives the variable that sets the key of a name.
pub(super) fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase().replace('.', "__"))
}
