//! Nothing that is secret or personal is anywhere but where it belongs: all that is written and sent is kept, and searched. The
//! matrix of failures does so for each failure; here is all that people do, at the program itself.

mod marks;
mod search;
mod witness;

use reqwest::{Method, StatusCode};
use rstest::rstest;
use serde_json::json;
use server::Assets;

pub(crate) use marks::{issued, of_everybody};
pub(crate) use search::{Mark, Piece, Place, Search};

use self::witness::Witness;
use crate::{
    person::{NEW, Person, id, wrong},
    start::{SHOP, control, link},
    support::{ALICE, App, Browser, between, issuer, location, sandbox},
};

const NUMBER: &str = "+447700900145";
/// The address of somebody else.
const OTHERS: &str = "bob@example.org";

/// What an operator sets for whom the service is called with the token of whoever signed in.
const USER_TOKEN: [(&str, &str); 3] =
    [("SERVICE__CREDENTIALS", "user_token"), ("SERVICE__CLIENT_ID", ""), ("SERVICE__CLIENT_SECRET", "")];

#[rstest]
#[case::by_an_api_client(&[])]
#[case::by_their_own_token(&USER_TOKEN)]
#[tokio::test(flavor = "multi_thread")]
async fn whatever_people_do_nothing_is_where_it_does_not_belong(#[case] settings: &[(&str, &str)]) {
    let sandbox = sandbox().await;
    let witness = Witness::start(&issuer(&sandbox), settings);
    let mut person = Person::signed_in(sandbox, &witness.app).await;
    arrive(&witness.app, &mut person).await;
    change(&witness.app, &mut person).await;
    endings(&witness.app, &mut person).await;
    leave(&witness.app, &mut person).await;

    let mut marks = [of_everybody(), issued(&person.sandbox).await].concat();
    marks.extend([NUMBER, "7700900145", OTHERS].map(|one| (Mark::Personal, one.to_owned())));
    let mut pieces = witness.end().await;
    for heard in person.browser.heard().iter().filter(|heard| heard.is_of(&person.node)) {
        pieces.extend(heard.pieces(&issuer(&person.sandbox)));
        marks.extend(heard.cookies().map(|value| (Mark::Session, value)));
    }
    marks.extend(witness::keys().map(|key| (Mark::Secret, key)));

    // The record is whole: in each place it has what surely was there.
    let client = Assets::built().are_there().then_some((Place::Body, "\0asm"));
    let there = [
        (Place::Address, "/sign-in/callback"),
        (Place::Departure, ALICE),
        (Place::Cookie, "HttpOnly"),
        (Place::Header, "x-request-id"),
        (Place::Page, NEW),
        (Place::Log, "TRACE "),
        (Place::Log, "answered status=303"),
        (Place::Audit, "\"event\":\"changed\""),
        (Place::Metrics, "contact_change_events_total"),
        (Place::Traces, "service begin"),
    ];
    for (place, there) in there.into_iter().chain(client) {
        let mut of_place = pieces.iter().filter(|piece| piece.place == place);
        let has_it = of_place.any(|piece| String::from_utf8_lossy(&piece.what).contains(there));
        assert!(has_it, "{there} in {place:?}");
    }
    let leaks = Search::new(marks).find(&pieces);
    assert!(leaks.is_empty(), "{} leaks: {leaks:#?}", leaks.len());
}

/// Looks at everything there is, comes by the link of an application, and proves anew who they are.
async fn arrive(app: &App, person: &mut Person) {
    let wish = [("kind", "email"), ("return_to", SHOP), ("state", "a state")];
    let page = location(&person.browser.get(&link(app, &wish)).await);
    for path in [page.as_str(), "/", "/mobile", "/nowhere", "/healthz", "/readyz", "/theme/style.css"] {
        let (_, page) = person.page(path).await;
        for file in page.match_indices("\"/pkg/").map(|(at, _)| between(&page[at..], "\"", "\"").to_owned()) {
            person.page(&file).await;
        }
    }
    let step_up = person.browser.sign_in(app, "/sign-in?step_up=true&return_to=%2Femail").await;
    assert_eq!(location(&step_up), "/email");
}

/// Changes the address with a slip, a wrong code and a new code, and the number in one go.
async fn change(app: &App, person: &mut Person) {
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", "nobody@")]).await;
    let flow = person.begin().await;
    let code = person.code().await;
    person.press("finish", &flow, &[("code", &code[1..])]).await;
    let flow = id(&person.press("finish", &flow, &[("code", &wrong(&code))]).await, "Restart");
    let flow = id(&person.press("resend", &flow, &[]).await, "AwaitCode");
    person.page("/email").await;
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    person.page("/email").await;
    person.page("/").await;

    let (_, page) = person.page("/mobile").await;
    let flow = between(&page, "name=\"flow\" value=\"", "\"").to_owned();
    let form = [("kind", "mobile"), ("flow", flow.as_str()), ("contact", NUMBER), ("replace_all", "true")];
    assert_eq!(
        person.browser.post(app, "/api/begin", "/mobile", &form).await.status(),
        StatusCode::SEE_OTHER
    );
    let (_, page) = person.page("/mobile").await;
    let flow = between(&page, "name=\"flow\" value=\"", "\"").to_owned();
    let code = person.read("/outbox.json").await[0]["code"].as_str().expect("a code").to_owned();
    let form = [("kind", "mobile"), ("flow", flow.as_str()), ("code", code.as_str())];
    assert_eq!(
        person.browser.post(app, "/api/finish", "/mobile", &form).await.status(),
        StatusCode::SEE_OTHER
    );
    assert!(person.page("/mobile").await.1.contains("Your mobile number is verified"));
}

/// Comes to ends that are none of the good ones.
async fn endings(app: &App, person: &mut Person) {
    let (_, page) = person.page("/email").await;
    let flow = between(&page, "name=\"flow\" value=\"", "\"").to_owned();
    let flow = id(&person.press("begin", &flow, &[("contact", OTHERS)]).await, "AwaitCode");
    let code = person.read("/outbox.json").await[0]["code"].as_str().expect("a code").to_owned();
    person.press("finish", &flow, &[("code", &code)]).await;
    person.page("/email").await;
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", "one.more@example.org")]).await;
    let flow = id(&person.look().await, "AwaitCode");
    person.press("cancel", &flow, &[]).await;
    control(&person.sandbox, "limits", json!({ "perUser": 1 })).await;
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", "one.more@example.org")]).await;
    person.page("/email").await;

    let odd = person.browser.request(Method::POST, &format!("{}/api/begin", app.url));
    let odd = odd.header("sec-fetch-site", "cross-site").form(&[("contact", NEW)]);
    assert_eq!(person.browser.ask(odd).await.status(), StatusCode::FORBIDDEN);
    // What people make up themselves is in an address then, and nowhere else.
    let made_up = person.browser.request(Method::POST, &format!("{}/api/{NEW}", app.url));
    made_up.header("sec-fetch-site", "same-origin").send().await.expect("an answer");
    // Nothing else comes by a connection on which more was sent than is read.
    let large = person.browser.request(Method::POST, &format!("{}/api/begin", app.url));
    let large = large.header("sec-fetch-site", "same-origin").header("connection", "close");
    let form = [("contact", NEW), ("flow", &"x".repeat(100_000))];
    assert_eq!(person.browser.ask(large.form(&form)).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

/// Is signed out by the provider, fails to sign in, and signs out.
async fn leave(app: &App, person: &mut Person) {
    let told = json!({
        "client": "contact-change", "backchannelLogoutUri": format!("{}/back-channel-logout", app.url),
    });
    control(&person.sandbox, "back-channel", told).await;
    control(&person.sandbox, "sign-out", json!({ "sub": ALICE })).await;
    assert_eq!(person.page("/email").await.0, StatusCode::SEE_OTHER);
    let callback = person.browser.pick(app, "/sign-in", ALICE).await;
    person.browser.get(&callback.replace("state=", "state=another")).await;
    person.browser.get(&callback.replace("code=", "error=access_denied&code=")).await;
    person.browser.get(&callback).await;
    assert_eq!(person.sign_in(app).await, StatusCode::SEE_OTHER);
    person.browser.get(&callback).await;
    person.browser.post(app, "/sign-out", "/", &[]).await;
    person.page("/signed-out").await;
    Browser::new().get(&callback).await;
}
