//! The people every sandbox begins with: one for each case, and any number of others that are all alike. Addresses and
//! numbers are fictional.

use crate::people::{Listed, Name, Person};
use jiff::Timestamp;

/// When every account was made and last changed.
pub(crate) const CREATED: Timestamp = Timestamp::constant(1_736_935_200, 0);

/// The people, in the order of the sign-in page, and so many others who are not on it.
pub(crate) fn people(others: u32) -> Vec<Person> {
    cases().into_iter().chain((1..=others).map(other)).collect()
}

/// One of those that are all alike: an address and a number each, for tests with more people than cases.
fn other(number: u32) -> Person {
    Person {
        id: format!("5b{number:022}").into(),
        username: format!("person{number}").into(),
        is_offered: false,
        emails: vec![verified(&format!("person{number}@example.org"), None)],
        mobiles: vec![verified(&format!("+35840{number:07}"), None)],
        ..person("", "", ["Person", "", "Generated"], "en_GB", "en")
    }
}

fn cases() -> Vec<Person> {
    vec![
        Person {
            emails: vec![verified("alice@example.org", None)],
            ..person("5a0000000000000000000001", "alice", ["Alice", "", "Archer"], "en_GB", "en")
        },
        Person {
            emails: vec![
                verified("bob@example.org", Some("Home")),
                verified("bob.baker@example.com", Some("Work")),
                verified("bob@example.net", None),
                verified("baker.family@example.org", Some("Family")),
            ],
            mobiles: vec![
                verified("+447700900101", Some("Own")),
                verified("+447700900102", Some("Work")),
                verified("+447700900103", None),
            ],
            ..person("5a0000000000000000000002", "bob", ["Bob", "", "Baker"], "en_GB", "en")
        },
        Person {
            emails: vec![verified("carol@example.org", None), unverified("carol.carter@example.com")],
            mobiles: vec![unverified("+447700900104")],
            ..person("5a0000000000000000000003", "carol", ["Carol", "", "Carter"], "en_US", "en")
        },
        Person {
            emails: vec![verified("daavid@example.org", None)],
            mobiles: vec![verified("+358501234501", None)],
            zoneinfo: Some("Europe/Helsinki"),
            ..person("5a0000000000000000000004", "daavid", ["Daavid", "", "Dahlström"], "fi_FI", "fi")
        },
        Person {
            emails: vec![verified("eva@example.org", None)],
            mobiles: vec![verified("+46701740605", None)],
            zoneinfo: Some("Europe/Stockholm"),
            ..person("5a0000000000000000000005", "eva", ["Eva", "", "Ekström"], "sv_SE", "sv")
        },
        Person {
            emails: vec![verified("fatima@example.org", None)],
            mobiles: vec![verified("+971501234506", None)],
            zoneinfo: Some("Asia/Dubai"),
            ..person("5a0000000000000000000006", "fatima", ["فاطمة", "", "الزهراء"], "ar_AE", "ar")
        },
        Person {
            emails: vec![
                verified(LONG_ADDRESS, Some("The address from the very beginning of the account's life")),
                verified(
                    "gwendolyn.featherstonehaugh.montgomery@correspondence.department.example.com",
                    None,
                ),
            ],
            mobiles: vec![verified("+447700900107", None)],
            ..person(
                "5a0000000000000000000007",
                "gwendolyn",
                [
                    "Gwendolyn",
                    "Alexandra Wilhelmina Persephone Bartholomea",
                    "Featherstonehaugh-Cholmondeley-Montgomery-Worcestershire",
                ],
                "en_GB",
                "en",
            )
        },
        Person {
            mobiles: vec![verified("+447700900108", None)],
            zoneinfo: None,
            ..person("5a0000000000000000000008", "henry", ["Henry", "", "Hill"], "en_GB", "en")
        },
    ]
}

const LONG_ADDRESS: &str = "gwendolyn.alexandra.wilhelmina.persephone.bartholomea.montgomery@\
    the-longest-department-name-that-anyone-has-ever-agreed-upon.correspondence.example.org";

fn person(
    id: &'static str,
    username: &'static str,
    [given, middle, family]: [&'static str; 3],
    locale: &'static str,
    preferred_language: &'static str,
) -> Person {
    Person {
        id: id.into(),
        username: username.into(),
        is_offered: true,
        name: Name { given, middle: Some(middle).filter(|name| !name.is_empty()), family },
        locale,
        preferred_language,
        zoneinfo: Some("Europe/London"),
        emails: Vec::new(),
        mobiles: Vec::new(),
        modified: CREATED,
    }
}

fn verified(value: &str, name: Option<&str>) -> Listed {
    Listed { value: value.into(), name: name.map(Into::into), verified: true, tags: Vec::new() }
}

fn unverified(value: &str) -> Listed {
    Listed { value: value.into(), name: None, verified: false, tags: Vec::new() }
}
