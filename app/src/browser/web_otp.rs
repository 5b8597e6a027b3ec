//! The code of a text message, read by the browser if the person lets it (`WebOTP`, section 2.1). It fills the field and
//! nothing more: the code can be entered once, so the person presses the button.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, HtmlInputElement};

/// The browser listens for a message until this is dropped.
pub(crate) struct Listening(AbortController);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Listens for a message and fills its code into the field, if that is empty then. Nothing where the browser cannot.
pub(crate) fn listen_for_code(input: &HtmlInputElement) -> Option<Listening> {
    let controller = AbortController::new().ok()?;
    let request = ask(&controller).ok().flatten()?;
    let input = input.clone();
    spawn_local(async move {
        // A person who says no, or a listening that was ended, leaves the field to be filled in by hand.
        let Ok(credential) = JsFuture::from(request).await else { return };
        let code = Reflect::get(&credential, &"code".into()).ok().and_then(|code| code.as_string());
        if let Some(code) = code.filter(|_| input.value().is_empty()) {
            input.set_value(&code);
        }
    });
    Some(Listening(controller))
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
