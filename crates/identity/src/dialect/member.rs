//! What a dialect is made of, as data: so that its documentation cannot say anything else than what holds.

use serde::Serialize;

/// A member of the dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Where it stands, such as `begin.verification_token`.
    pub path: String,
    /// What kind of value it has.
    pub kind: MemberKind,
    /// Its default, as TOML writes it.
    pub default: String,
    /// What it is for, in a sentence of Markdown.
    pub meaning: &'static str,
}

/// What kind of value a member has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A list of texts.
    Texts,
    /// A list of whole numbers.
    Numbers,
}

/// A member, or a part with members of its own.
pub(super) trait Words {
    /// Adds all members from here on. `path` is where this stands, `meaning` what it is for.
    fn describe(&self, path: &str, meaning: &'static str, members: &mut Vec<Member>);
}

macro_rules! one {
    ($type:ty, $kind:ident) => {
        impl Words for $type {
            fn describe(&self, path: &str, meaning: &'static str, members: &mut Vec<Member>) {
                let (path, kind, default) = (path.to_owned(), MemberKind::$kind, toml(self));
                members.push(Member { path, kind, default, meaning: meaning.trim() });
            }
        }
    };
}

one!(String, Text);
one!(u32, Number);
one!(Vec<String>, Texts);
one!(Vec<u16>, Numbers);

/// Writes a value as TOML does: for texts, whole numbers and lists of them that is what JSON does.
fn toml(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().replace(',', ", ")
}

/// Declares a part of the dialect: its members, each with its meaning and its default. Unknown members are errors.
macro_rules! dialect {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $meaning:literal])* $member:ident: $type:ty $(= $default:expr)?,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[doc = $meaning])* pub $member: $type,)*
        }

        impl Words for $name {
            fn describe(&self, path: &str, _: &'static str, members: &mut Vec<$crate::dialect::Member>) {
                $(
                    let at = [path, stringify!($member)].join(if path.is_empty() { "" } else { "." });
                    self.$member.describe(&at, concat!($($meaning),*), members);
                )*
            }
        }

        dialect!(@default $name { $($member $(= $default)?,)* });
    };
    (@default $name:ident { $($member:ident = $default:expr,)* }) => {
        impl Default for $name {
            fn default() -> Self {
                Self { $($member: $default.into(),)* }
            }
        }
    };
    (@default $name:ident { $($member:ident,)* }) => {};
}

pub(super) use dialect;
