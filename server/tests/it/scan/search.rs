//! Looks for what must not be somewhere, in every form in which it could be there.

use aho_corasick::{AhoCorasick, Match};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use url::form_urlencoded;

/// What something is that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A credential, a key, a token, a code that a person was sent.
    Secret,
    /// A contact or a name.
    Personal,
    /// The id of a person at the service.
    Subject,
    /// The id of a session.
    Session,
    /// The code that the provider answers with.
    Answer,
    /// A signed token that tells who somebody is.
    IdToken,
}

/// Where something was written or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// An address of ours that the browser asked for.
    Address,
    /// A header that leads to the provider.
    Departure,
    /// A header that gives a cookie.
    Cookie,
    /// Any other header.
    Header,
    /// A page or data that nobody may keep.
    Page,
    /// Any other body.
    Body,
    Log,
    Audit,
    Metrics,
    Traces,
}

impl Mark {
    /// What is each person's own may be in the pages made for them. What the provider gave goes back to the provider, by the
    /// person's browser: who is to sign in again (OpenID Connect Core 1.0, section 3.1.2.1) and who signs out (RP-Initiated
    /// Logout 1.0, section 2). All the rest may be nowhere.
    fn may_be_in(self, place: Place) -> bool {
        matches!(
            (self, place),
            (Self::Personal, Place::Page)
                | (Self::Subject | Self::IdToken, Place::Departure)
                | (Self::Session, Place::Cookie)
                | (Self::Answer, Place::Address)
        )
    }
}

/// Something that was written or sent.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) place: Place,
    pub(crate) what: Vec<u8>,
}

/// What is looked for.
pub(crate) struct Search {
    forms: AhoCorasick,
    /// What each form is one of.
    marks: Vec<(Mark, String)>,
}

impl Search {
    pub(crate) fn new(marks: impl IntoIterator<Item = (Mark, String)>) -> Self {
        let all = marks.into_iter().filter(|(_, value)| !value.is_empty());
        let (forms, marks): (Vec<_>, Vec<_>) = all
            .flat_map(|(mark, value)| {
                forms(&value).into_iter().map(move |form| (form, (mark, value.clone())))
            })
            .unzip();
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(forms);
        Self { forms: automaton.expect("not too many forms"), marks }
    }

    /// Gives what is where it may not be: what, where, and what stands around it.
    pub(crate) fn find(&self, pieces: &[Piece]) -> Vec<String> {
        let found = pieces.iter().flat_map(|piece| {
            let marked = self.forms.find_overlapping_iter(&piece.what).filter_map(|found| {
                let (mark, value) = &self.marks[found.pattern()];
                let counts = !is_number(value) || stands_alone(&piece.what, &found);
                (counts && !mark.may_be_in(piece.place)).then(|| told(*mark, value, piece, found.start()))
            });
            let token = id_token(&piece.what).filter(|_| !Mark::IdToken.may_be_in(piece.place));
            marked.chain(token.map(|at| told(Mark::IdToken, "a signed token", piece, at))).take(3)
        });
        found.collect()
    }
}

fn told(mark: Mark, value: &str, piece: &Piece, at: usize) -> String {
    let around = &piece.what[at.saturating_sub(120)..piece.what.len().min(at + 120)];
    format!("{mark:?} {value} in {:?}: {}", piece.place, String::from_utf8_lossy(around))
}

/// The forms that a value could have: as it is, in an address or a form, in HTML, in base64 (by itself and, if it is long
/// enough to be told from chance, within something longer), and as the numbers of its octets.
fn forms(value: &str) -> Vec<String> {
    let html = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('+', "&#43;");
    let octets: Vec<String> = value.bytes().map(|octet| octet.to_string()).collect();
    let hex: Vec<String> = value.bytes().map(|octet| format!("{octet:02x}")).collect();
    let mut forms = vec![
        value.to_owned(),
        form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        html,
        STANDARD_NO_PAD.encode(value),
        URL_SAFE_NO_PAD.encode(value),
        octets.join(", "),
        hex.concat(),
    ];
    if value.len() >= 9 {
        for before in 0..3 {
            // What the neighbours have a share in is left out: whole groups of three octets remain.
            let whole = &value.as_bytes()[(3 - before) % 3..];
            let whole = &whole[..whole.len() / 3 * 3];
            forms.extend([STANDARD_NO_PAD.encode(whole), URL_SAFE_NO_PAD.encode(whole)]);
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

fn is_number(value: &str) -> bool {
    value.bytes().all(|octet| octet.is_ascii_digit())
}

/// Whether a number is one by itself, and not a part of a longer one, of a time or of something random.
fn stands_alone(text: &[u8], found: &Match) -> bool {
    let is_joined = |octet: Option<&u8>| octet.is_some_and(u8::is_ascii_alphanumeric);
    let before = found.start().checked_sub(1).and_then(|at| text.get(at));
    !is_joined(before) && before != Some(&b'.') && !is_joined(text.get(found.end()))
}

/// Where a signed token begins (RFC 7519): a header and claims, which both begin with `{"`.
fn id_token(text: &[u8]) -> Option<usize> {
    let is_of_it = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_.".contains(octet);
    let mut begin = 0;
    text.split(|octet| !is_of_it(octet)).find_map(|word| {
        let at = begin;
        begin += word.len() + 1;
        let text = String::from_utf8_lossy(word);
        let token = text.find("eyJ").filter(|header| text[*header..].contains(".eyJ"))?;
        Some(at + token)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ADDRESS: &str = "mallory+spy@example.org";

    fn found(mark: Mark, value: &str, place: Place, what: &str) -> usize {
        let piece = Piece { place, what: what.as_bytes().to_vec() };
        Search::new([(mark, value.to_owned())]).find(&[piece]).len()
    }

    #[rstest]
    #[case::as_it_is("to=mallory+spy@example.org;")]
    #[case::in_other_letters("to=Mallory+Spy@EXAMPLE.org;")]
    #[case::in_an_address("/email?contact=mallory%2Bspy%40example.org&x=1")]
    #[case::in_an_address_in_small_letters("/email?contact=mallory%2bspy%40example.org")]
    #[case::in_html("<b>mallory&#43;spy@example.org</b>")]
    #[case::in_base64("x: bWFsbG9yeStzcHlAZXhhbXBsZS5vcmc=")]
    #[case::within_something_in_base64("x: PG1hbGxvcnkrc3B5QGV4YW1wbGUub3JnPg==")]
    #[case::further_within_something_in_base64("x: PDxtYWxsb3J5K3NweUBleGFtcGxlLm9yZz4+")]
    #[case::as_octets(
        "[109, 97, 108, 108, 111, 114, 121, 43, 115, 112, 121, 64, 101, 120, 97, 109, 112, 108, 101, 46, 111, 114, 103]"
    )]
    fn a_planted_leak_is_found_in_every_form(#[case] leak: &str) {
        assert_eq!(found(Mark::Secret, ADDRESS, Place::Log, leak).min(1), 1, "{leak}");
    }

    #[rstest]
    #[case::an_address(Place::Address, &[Mark::Answer])]
    #[case::a_way_to_the_provider(Place::Departure, &[Mark::Subject, Mark::IdToken])]
    #[case::a_cookie(Place::Cookie, &[Mark::Session])]
    #[case::a_header(Place::Header, &[])]
    #[case::a_page(Place::Page, &[Mark::Personal])]
    #[case::a_body_that_may_be_kept(Place::Body, &[])]
    #[case::the_log(Place::Log, &[])]
    #[case::the_audit(Place::Audit, &[])]
    #[case::the_metrics(Place::Metrics, &[])]
    #[case::the_traces(Place::Traces, &[])]
    fn a_planted_leak_is_found_in_every_place_but_where_it_belongs(
        #[case] place: Place,
        #[case] belongs: &[Mark],
    ) {
        use Mark::{Answer, IdToken, Personal, Secret, Session, Subject};
        for mark in [Secret, Personal, Subject, Session, Answer, IdToken] {
            assert_eq!(
                found(mark, ADDRESS, place, ADDRESS),
                usize::from(!belongs.contains(&mark)),
                "{mark:?}"
            );
        }
    }

    #[rstest]
    #[case("code=123456", 1)]
    #[case("[\"123456\"]", 1)]
    #[case("it is 123456.", 1)]
    #[case("00:00:01.123456Z", 0)]
    #[case("1234567", 0)]
    #[case("f123456", 0)]
    fn a_code_is_told_from_other_numbers(#[case] text: &str, #[case] times: usize) {
        assert_eq!(found(Mark::Secret, "123456", Place::Log, text), times);
    }

    #[rstest]
    #[case("hint=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.&x", 1)]
    #[case("eyJhbGciOiJub25lIn0 .eyJzdWIiOiJhIn0", 0)]
    fn a_signed_token_is_found_by_its_form(#[case] text: &str, #[case] times: usize) {
        assert_eq!(found(Mark::Secret, "nothing like it", Place::Log, text), times);
    }
}
