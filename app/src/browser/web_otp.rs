//! The code of a text message, read by the browser if the person lets it (`WebOTP`, section 2.1). It fills the field and
//! nothing more: the code can be entered once, so the person presses the button.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{set_value, value};

thread_local! {
    /// Ends the listening, if the page listens. It waits for one message at the most.
    static LISTENING: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Listens for a message and fills its code into a field, if that is empty then. Nothing where the browser cannot.
pub(crate) fn listen_for_code(field: &'static str) {
    stop_listening();
    let Ok(controller) = AbortController::new() else { return };
    let Ok(Some(request)) = ask(&controller) else { return };
    spawn_local(async move {
        // A person who says no, or a listening that was ended, leaves the field to be filled in by hand.
        let Ok(credential) = JsFuture::from(request).await else { return };
        let code = Reflect::get(&credential, &"code".into()).ok().and_then(|code| code.as_string());
        if let Some(code) = code.filter(|_| value(field).is_empty()) {
            set_value(field, &code);
        }
    });
    LISTENING.set(Some(controller));
}

/// Listens no more.
pub(crate) fn stop_listening() {
    if let Some(controller) = LISTENING.take() {
        controller.abort();
    }
}

/// `navigator.credentials.get({ otp: { transport: ["sms"] }, signal })`
fn ask(controller: &AbortController) -> Result<Option<Promise>, JsValue> {
    if !Reflect::has(&window(), &"OTPCredential".into())? {
        return Ok(None);
    }
    let otp = Object::new();
    Reflect::set(&otp, &"transport".into(), &Array::of1(&"sms".into()))?;
    let options = Object::new();
    Reflect::set(&options, &"otp".into(), &otp)?;
    Reflect::set(&options, &"signal".into(), &controller.signal())?;
    let credentials = Reflect::get(&window().navigator(), &"credentials".into())?;
    let get: Function = Reflect::get(&credentials, &"get".into())?.dyn_into()?;
    get.call1(&credentials, &options)?.dyn_into().map(Some)
}
