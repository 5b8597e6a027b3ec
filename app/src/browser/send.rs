//! The one client of the server functions in the browser.

use contact::Kind;
use js_sys::Uint8Array;
use leptos::{prelude::*, server_fn::ServerFn};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, FormData, Headers, HtmlFormElement, RequestInit, Response, UrlSearchParams,
};

use super::{later, reload};
use crate::{
    Answer, Look, Read, Reading, SignInFirst, Step, codec,
    components::presses::{Presses, Trouble},
};

/// How long an answer may take. Longer than a press may at the server with the limits that hold by default (70 seconds: another
/// press of the same change, and then its own calls), so that the server's word comes first.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(90);

/// Posts the fields of a form to an address, and reads the answer.
pub(super) async fn form(form: &HtmlFormElement, action: &str) -> Result<Answer, Trouble> {
    let controller = AbortController::new().map_err(|_| Trouble::Failed)?;
    let request = posted(form, Some(&controller.signal())).ok_or(Trouble::Failed)?;
    // What has been answered by then has nothing left to be given up.
    later(PATIENCE, Box::new(move || controller.abort()));
    let response = fetch(action, &request).await.ok_or(Trouble::NoAnswer)?;
    match response.status() {
        200 => {
            let body = body(&response).await.ok_or(Trouble::NoAnswer)?;
            // A page from before an upgrade does not understand the server any more; the next one does, and shows what was done.
            codec::decode(&body).ok_or_else(|| {
                reload();
                Trouble::Failed
            })
        }
        401 => {
            let SignInFirst { sign_in } = read(&response).await.ok_or(Trouble::Failed)?;
            Err(Trouble::SignedOut { sign_in })
        }
        _ => Err(Trouble::Failed),
    }
}

/// Reads where a change stands; nothing if that cannot be told. A page of somebody who is not signed in any more does not stay.
pub(super) async fn look(kind: Kind, presses: Presses) -> Option<Step> {
    let address = presses.address_of(&[Look::PATH, "?kind=", kind.as_str()].concat());
    let response = fetch(&address, &RequestInit::new()).await?;
    if response.status() == 401 {
        reload();
    }
    if response.ok() { read(&response).await } else { None }
}

/// Has the server read a new contact in a form; nothing if that cannot be done.
pub(super) async fn read_contact(form: &HtmlFormElement, presses: Presses) -> Option<Reading> {
    let response = fetch(&presses.address_of(Read::PATH), &posted(form, None)?).await?;
    if response.ok() { read(&response).await } else { None }
}

/// Sends a request for an answer in the compact form; nothing if none came.
async fn fetch(address: &str, request: &RequestInit) -> Option<Response> {
    let headers = Headers::new().ok()?;
    headers.set("Accept", codec::COMPACT).ok()?;
    request.set_headers(&headers);
    JsFuture::from(window().fetch_with_str_and_init(address, request)).await.ok()?.dyn_into().ok()
}

async fn read<Value: DeserializeOwned>(response: &Response) -> Option<Value> {
    codec::decode(&body(response).await?)
}

/// Gives the whole body; nothing if the connection broke.
async fn body(response: &Response) -> Option<Vec<u8>> {
    let body = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&body).to_vec())
}

/// A request with the fields as the browser itself would send them, and of that media type.
fn posted(form: &HtmlFormElement, signal: Option<&AbortSignal>) -> Option<RequestInit> {
    let data = FormData::new_with_form(form).ok()?;
    let fields = UrlSearchParams::new_with_record_from_str_to_str(data.unchecked_ref()).ok()?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&fields.into());
    request.set_signal(signal);
    Some(request)
}
