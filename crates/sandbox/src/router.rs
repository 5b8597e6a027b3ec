//! Every route of the sandbox, and the layers around them.

use crate::clock::http_date;
use crate::fault_layer::disturb;
use crate::faults::Call;
use crate::service::Shared;
use crate::{control, management, openid, pages};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};

/// The policy of a page. Pages load their style, script and data from the sandbox alone. There is no rule for where forms go: signing in
/// ends at the application. Only pages of the origins in `framed_by` may show it in a frame.
pub(crate) fn policy(framed_by: &[String]) -> String {
    let ancestors = if framed_by.is_empty() { "'none'".to_owned() } else { framed_by.join(" ") };
    format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; \
         frame-ancestors {ancestors}"
    )
}

/// The whole service.
pub(crate) fn router(service: Shared) -> Router {
    // A call that can be made to go wrong.
    let faulty = |call: Call, route: MethodRouter<Shared>| {
        route.layer(from_fn_with_state((service.clone(), call), disturb))
    };
    let provider = Router::new()
        .route("/.well-known/openid-configuration", faulty(Call::Discovery, get(openid::discovery)))
        .route("/openid/jwks", faulty(Call::Jwks, get(openid::jwks)))
        .route("/openid/auth", get(openid::authorize).post(openid::authorize_form))
        .route("/openid/auth/sign-in", post(openid::sign_in))
        .route("/openid/token", faulty(Call::Token, post(openid::token)))
        .route("/openid/userinfo", faulty(Call::Userinfo, get(openid::userinfo).post(openid::userinfo_form)))
        .route("/openid/introspect", post(openid::introspect))
        .route("/openid/logout", get(openid::logout).post(openid::logout_form));
    let paths = &service.settings.dialect.paths;
    let user = Router::new()
        .route(&paths.user, faulty(Call::User, get(management::user)))
        .route(&paths.profile, faulty(Call::User, get(management::profile)))
        .route(&paths.begin, faulty(Call::Begin, post(management::begin)))
        .route(&paths.finish, faulty(Call::Finish, post(management::finish)))
        .route(&paths.email_send, faulty(Call::Send, post(management::email)))
        .route(&paths.sms_send, faulty(Call::Send, post(management::sms)));
    let controls = Router::new()
        .route("/faults", get(control::faults).post(control::set_faults))
        .route("/limits", get(control::limits).post(control::set_limits))
        .route("/clock", get(control::clock).post(control::set_clock))
        .route("/people", get(control::people))
        .route("/secrets", get(control::secrets))
        .route("/reset", post(control::reset))
        .route("/sign-out", post(control::sign_out))
        .route("/back-channel", post(control::back_channel))
        .route("/framing", post(control::framing));
    Router::new()
        .merge(provider)
        .merge(user)
        .route("/apidoc", get(management::reference))
        .route("/apidoc/openapi.json", get(management::document))
        .nest("/control", controls)
        .route("/", get(pages::home))
        .route("/outbox", get(pages::outbox))
        .route("/outbox.json", get(pages::outbox_json))
        .route("/outbox.js", get(pages::script))
        .route("/sandbox.css", get(pages::style))
        .route("/ledger.json", get(pages::ledger))
        .route("/calls.json", get(pages::calls))
        // Outermost: every answer has the sandbox's own time.
        .layer(from_fn_with_state(service.clone(), dated))
        .with_state(service)
}

async fn dated(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let now = service.step(|_, now| now);
    if let Some(date) = http_date(now).and_then(|date| HeaderValue::from_str(&date).ok()) {
        headers.insert(header::DATE, date);
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy(&[]).as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cache-control"), "no-store"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.entry(name).or_insert(value);
        }
    }
    response
}
