//! What may be nowhere else: what the server was given, what the service gave, and who the people are.

use base64::{Engine, engine::general_purpose::STANDARD};
use sandbox::Running;
use serde_json::Value;

use super::Mark;
use crate::{
    person::NEW,
    support::{ALICE, issuer},
};

/// The credentials that every server of a test has, and the person that every test is about.
pub(crate) fn of_everybody() -> Vec<(Mark, String)> {
    let credentials =
        [("contact-change", "contact-change-secret"), ("contact-change-api", "contact-change-api-secret")];
    let secrets = credentials.map(|(_, secret)| secret.to_owned());
    let basic = credentials.map(|(id, secret)| STANDARD.encode(format!("{id}:{secret}")));
    let personal = [NEW, "alice@example.org", "Alice", "Archer"].map(|one| (Mark::Personal, one.to_owned()));
    let mut marks: Vec<_> = secrets.into_iter().chain(basic).map(|one| (Mark::Secret, one)).collect();
    marks.extend(personal);
    marks.push((Mark::Subject, ALICE.to_owned()));
    marks
}

/// All that the service has given so far.
pub(crate) async fn issued(sandbox: &Running) -> Vec<(Mark, String)> {
    let url = format!("{}/control/secrets", issuer(sandbox));
    let all: Value = reqwest::get(url).await.expect("an answer").json().await.expect("JSON");
    let of = |name: &str, mark: Mark| -> Vec<(Mark, String)> {
        let values = all[name].as_array().unwrap_or_else(|| panic!("{name} in {all}"));
        values.iter().map(|value| (mark, value.as_str().expect("a text").to_owned())).collect()
    };
    [
        of("codes", Mark::Secret),
        of("verificationTokens", Mark::Secret),
        of("accessTokens", Mark::Secret),
        of("refreshTokens", Mark::Secret),
        of("authorizationCodes", Mark::Answer),
    ]
    .concat()
}
