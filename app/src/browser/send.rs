//! The one client of the server functions in the browser.

use contact::Kind;
use gloo_net::http::Request;
use leptos::{prelude::*, server_fn::ServerFn};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::{AbortController, FormData, HtmlFormElement, UrlSearchParams};

use crate::{Answer, Look, Step, components::presses::Trouble};

/// How long an answer may take. Longer than the server waits for the service, so that the server's word comes first.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(45);

/// Says where to sign in, in an answer to somebody who is not.
#[derive(Deserialize)]
struct SignIn {
    #[serde(rename = "signIn")]
    sign_in: String,
}

/// Posts the fields of a form to its own address, and reads the answer.
pub(super) async fn form(form: &HtmlFormElement) -> Result<Answer, Trouble> {
    let controller = AbortController::new().map_err(|_| Trouble::Failed)?;
    let abort = controller.clone();
    let timer = set_timeout_with_handle(move || abort.abort(), PATIENCE).map_err(|_| Trouble::Failed)?;
    let answer = post(form, &controller).await;
    timer.clear();
    answer
}

async fn post(form: &HtmlFormElement, controller: &AbortController) -> Result<Answer, Trouble> {
    let response = Request::post(&form.action())
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .abort_signal(Some(&controller.signal()))
        .body(fields(form).ok_or(Trouble::Failed)?)
        .map_err(|_| Trouble::Failed)?
        .send()
        .await
        .map_err(|_| no_answer(controller))?;
    match response.status() {
        200 => response.json().await.map_err(|_| no_answer(controller)),
        401 => {
            let SignIn { sign_in } = response.json().await.map_err(|_| Trouble::Failed)?;
            Err(Trouble::SignedOut { sign_in })
        }
        _ => Err(Trouble::Failed),
    }
}

/// Reads where a change stands; nothing if that cannot be told.
pub(super) async fn look(kind: Kind) -> Option<Step> {
    let address = format!("{}?kind={}", Look::PATH, kind.as_str());
    let response = Request::get(&address).header("Accept", "application/json").send().await.ok()?;
    if response.ok() { response.json().await.ok() } else { None }
}

/// What a field holds; nothing if there is none.
pub(super) fn field(form: &HtmlFormElement, name: &str) -> String {
    FormData::new_with_form(form).ok().and_then(|data| data.get(name).as_string()).unwrap_or_default()
}

/// The fields as the browser itself would send them.
fn fields(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let fields = UrlSearchParams::new_with_record_from_str_to_str(data.unchecked_ref()).ok()?;
    Some(String::from(fields.to_string()))
}

fn no_answer(controller: &AbortController) -> Trouble {
    if controller.signal().aborted() {
        Trouble::TimedOut
    } else if window().navigator().on_line() {
        Trouble::Failed
    } else {
        Trouble::Offline
    }
}
