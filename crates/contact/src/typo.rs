//! Likely slips in the domain of an email address. A hint, never a judgement: whoever wrote it may well mean it.

/// Domains that many people have their mailbox at, so that one slip away from them a slip is likely.
const COMMON: [&str; 18] = [
    "aol.com",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.fi",
    "hotmail.se",
    "icloud.com",
    "live.com",
    "luukku.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "telia.com",
    "yahoo.co.uk",
    "yahoo.com",
];

/// Domains that are one slip away from a common one and exist all the same.
const REAL: [&str; 8] =
    ["email.com", "gmx.at", "gmx.ch", "gmx.fr", "gmx.net", "gmx.us", "mail.com", "ymail.com"];

/// Top-level domains that nobody can have, and what was meant.
const ENDINGS: [(&str, &str); 6] = [
    (".cmo", ".com"),
    (".comm", ".com"),
    (".con", ".com"),
    (".ocm", ".com"),
    (".vom", ".com"),
    (".xom", ".com"),
];

/// Gives the address that was probably meant by `typed`, if one slip in its domain is likely.
pub fn likely_address(typed: &str) -> Option<String> {
    let (name, domain) = typed.trim().rsplit_once('@')?;
    let domain = domain.to_ascii_lowercase();
    if name.is_empty() || COMMON.contains(&domain.as_str()) || REAL.contains(&domain.as_str()) {
        return None;
    }
    let common = || COMMON.into_iter().find(|common| is_one_slip(&domain, common)).map(str::to_owned);
    let ending = || {
        ENDINGS
            .iter()
            .find_map(|(wrong, right)| domain.strip_suffix(wrong).map(|rest| format!("{rest}{right}")))
    };
    common().or_else(ending).map(|meant| format!("{name}@{meant}"))
}

/// Tells whether one letter too many, too few, another one, or two in the wrong order make the difference.
fn is_one_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let same_before = typed.iter().zip(&meant).take_while(|(one, other)| one == other).count();
    let (typed, meant) = (&typed[same_before..], &meant[same_before..]);
    match (typed, meant) {
        ([one, two, rest @ ..], [first, second, same @ ..])
            if one == second && two == first && rest == same =>
        {
            true
        }
        ([_, rest @ ..], [_, same @ ..]) if rest == same => true,
        ([_, rest @ ..], same) if rest == same => true,
        (same, [_, rest @ ..]) if rest == same => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likely_slip_is_told_with_what_was_meant() {
        for (typed, meant) in [
            ("ann@gmil.com", "ann@gmail.com"),
            ("ann@gmial.com", "ann@gmail.com"),
            ("ann@Gmaill.com", "ann@gmail.com"),
            ("ann@hotnail.com", "ann@hotmail.com"),
            ("ann@outlook.co", "ann@outlook.com"),
            ("ann@company.con", "ann@company.com"),
            (" ann@icoud.com ", "ann@icloud.com"),
        ] {
            assert_eq!(likely_address(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_may_well_be_meant_is_left_alone() {
        for typed in [
            "ann@gmail.com",
            "ann@mail.com",
            "ann@gmx.net",
            "ann@example.org",
            "@gmil.com",
            "gmil.com",
            "",
            "ann@",
        ] {
            assert_eq!(likely_address(typed), None, "{typed}");
        }
    }
}
