//! A sentence with a thing in it, and how sentences travel: one a line, in the order of their fields.

/// A sentence.
pub(crate) type Plain = &'static str;

/// A sentence with a place for one thing: a contact, a clock time, a number, a reference.
#[derive(Clone, Copy)]
pub(crate) struct With(&'static str);

/// Takes a sentence with one place, such as `We sent a code to {contact}`. The name of the place is for those who
/// translate; a static sentence that has no place, or two, does not compile.
#[cfg(feature = "ssr")]
pub(crate) const fn with(sentence: &'static str) -> With {
    let mut bytes = sentence.as_bytes();
    let (mut opened, mut closed) = (0, 0);
    while let [byte, rest @ ..] = bytes {
        match byte {
            b'{' => opened += 1,
            b'}' => closed += opened,
            _ => {}
        }
        bytes = rest;
    }
    assert!(opened == 1 && closed == 1, "a sentence with a thing in it has one place");
    With(sentence)
}

impl With {
    /// Gives the sentence with the thing in its place.
    pub(crate) fn with(self, thing: &str) -> String {
        let (before, rest) = self.0.split_once('{').unwrap_or((self.0, ""));
        let (_, after) = rest.split_once('}').unwrap_or_default();
        [before, thing, after].concat()
    }
}

/// One sentence or many, in a fixed order. The server tells them, the browser takes them.
pub(crate) trait Sentences {
    /// Adds them to a list.
    #[cfg(feature = "ssr")]
    fn tell(&self, list: &mut Vec<&'static str>);

    /// Takes them from a list. One that is missing is empty.
    #[cfg(any(feature = "hydrate", test))]
    fn take(list: &mut std::str::Split<'static, char>) -> Self;
}

impl Sentences for Plain {
    #[cfg(feature = "ssr")]
    fn tell(&self, list: &mut Vec<&'static str>) {
        list.push(self);
    }

    #[cfg(any(feature = "hydrate", test))]
    fn take(list: &mut std::str::Split<'static, char>) -> Self {
        list.next().unwrap_or_default()
    }
}

impl Sentences for With {
    #[cfg(feature = "ssr")]
    fn tell(&self, list: &mut Vec<&'static str>) {
        list.push(self.0);
    }

    #[cfg(any(feature = "hydrate", test))]
    fn take(list: &mut std::str::Split<'static, char>) -> Self {
        Self(Plain::take(list))
    }
}

/// Makes structures of sentences, which know how to travel.
macro_rules! sentences {
    ($($(#[$about:meta])* struct $Name:ident { $($field:ident: $Kind:ty,)+ })+) => {$(
        $(#[$about])*
        pub(crate) struct $Name {
            $(pub(crate) $field: $Kind,)+
        }

        impl $crate::text::sentence::Sentences for $Name {
            #[cfg(feature = "ssr")]
            fn tell(&self, list: &mut Vec<&'static str>) {
                $(self.$field.tell(list);)+
            }

            #[cfg(any(feature = "hydrate", test))]
            fn take(list: &mut std::str::Split<'static, char>) -> Self {
                Self { $($field: <$Kind>::take(list),)+ }
            }
        }
    )+};
}

pub(crate) use sentences;
