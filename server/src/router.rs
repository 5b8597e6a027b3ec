//! Every route and every layer, in order.

use std::{any::Any, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{Next, from_fn, from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderValue, header::SET_COOKIE};
use tower_http::{
    catch_panic::CatchPanicLayer,
    csrf::{ConfigError, CsrfLayer, ProtectionError},
};

use crate::{
    Site, assets, compression, config::PROBES, headers, language, pages, problem, problem::Problem,
    readiness, request_id, security_events, sign_in, start, telemetry, theme,
};

/// How long a page may take. Longer than all calls that it makes take together.
const LONGEST_PAGE: Duration = Duration::from_mins(1);

/// Gives the whole server, for `main` and for tests.
///
/// # Errors
/// The public address cannot be an origin.
pub fn router(site: Site) -> Result<Router, ConfigError> {
    let public_url = site.public_url.clone();
    let session =
        session::cookie::layer(site.sessions.clone(), public_url.cookie("session"), public_url.is_secure());
    let same_origin = CsrfLayer::new()
        .add_trusted_origin(public_url.origin().to_string())?
        .with_rejection_response(|_: ProtectionError| Problem::CrossSite.into_response());

    // Pages and sign-in end after a while. Server functions do not: cutting one in two could cost a person their code;
    // each call that they make has its own time-out.
    let timed = Router::new()
        .route("/", get(pages::contacts))
        .route("/email", get(pages::email))
        .route("/mobile", get(pages::mobile))
        .route("/sign-in", get(sign_in::begin))
        .route("/sign-in/callback", get(sign_in::callback))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/signed-out", get(sign_in::signed_out))
        .route_layer(from_fn(time_out));
    let with_session = timed
        .route("/api/{*function}", get(pages::function).post(pages::function))
        .route_layer(from_fn_with_state(site.clone(), shed))
        .route_layer(session)
        .route_layer(map_response(secure_removal))
        .route_layer(map_response(session_not_kept));

    let [healthz, readyz] = PROBES;
    let probes = Router::new().route(healthz, get(|| async { "ok" })).route(readyz, get(readiness::ready));
    let router = with_session
        .route("/back-channel-logout", post(sign_in::log_out))
        .merge(probes.clone())
        .route("/start", get(start::start))
        .route("/return", get(start::hand_over))
        .route("/pkg/{file}", get(assets::serve))
        .route(security_events::KEYS, get(security_events::keys))
        .route("/theme/style.css", get(theme::style))
        .route("/theme/logo", get(theme::logo))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed });

    // From the inside to the outside; a request meets them from the last to the first.
    let router = router
        // A form comes from a page of ours, or nothing happens.
        .layer(same_origin)
        // Nothing large is read.
        .layer(DefaultBodyLimit::max(pages::LARGEST_FORM))
        // A bug becomes an answer.
        .layer(CatchPanicLayer::custom(panicked))
        // Whatever went wrong becomes one log line and a page.
        .layer(from_fn_with_state(site.clone(), problem::explain))
        // The language that was asked for is remembered, whatever the answer.
        .layer(from_fn_with_state(site.clone(), language::remember))
        // In a frame, cookies are of the kind that browsers keep there.
        .layer(from_fn_with_state(site.clone(), start::cookies_in_frames))
        // Documents are made small.
        .layer(compression::layer())
        // Every answer, whoever made it, carries the headers.
        .layer(from_fn_with_state(site.clone(), headers::add))
        // One line a request.
        .layer(from_fn_with_state(site.clone(), telemetry::trace))
        // The name by which all of the above speak of the request.
        .layer(from_fn(request_id::name))
        .with_state(site.clone());
    Ok(match public_url.base() {
        "" => router,
        // Whoever watches over the process asks it itself, past the proxy that knows the path.
        base => probes.with_state(site).nest_service(base, router),
    })
}

async fn time_out(request: Request, next: Next) -> Result<Response, Problem> {
    tokio::time::timeout(LONGEST_PAGE, next.run(request)).await.map_err(|_| Problem::TooSlow)
}

/// Answers at once that too much is under way: whoever queues here would wait for others, and they for the queue.
async fn shed(State(site): State<Site>, request: Request, next: Next) -> Result<Response, Problem> {
    let _place = site.requests.try_acquire().map_err(|_| Problem::Shed)?;
    Ok(next.run(request).await)
}

/// What a panic said is for the operator alone, and the panic hook has printed it already.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::Panicked.into_response()
}

/// The session layer answers with an empty 500 when a session cannot be written, and says no more.
async fn session_not_kept(response: Response) -> Response {
    let is_bare = response.status().is_server_error() && response.headers().is_empty();
    let is_explained = response.extensions().get::<Arc<Problem>>().is_some();
    if is_bare && !is_explained { Problem::SessionNotKept.into_response() } else { response }
}

/// A cookie named `__Host-` is taken away only by one that is `Secure` as well (RFC 6265bis, section 4.1.3.2); the
/// session layer leaves that out.
async fn secure_removal(mut response: Response) -> Response {
    let cookies: Vec<HeaderValue> = response.headers().get_all(SET_COOKIE).iter().cloned().collect();
    if cookies.iter().any(is_insecure_host_cookie) {
        response.headers_mut().remove(SET_COOKIE);
        for cookie in cookies {
            let secured = if is_insecure_host_cookie(&cookie) { with_secure(&cookie) } else { cookie };
            response.headers_mut().append(SET_COOKIE, secured);
        }
    }
    response
}

fn is_insecure_host_cookie(cookie: &HeaderValue) -> bool {
    cookie.to_str().is_ok_and(|text| text.starts_with("__Host-") && !text.contains("; Secure"))
}

fn with_secure(cookie: &HeaderValue) -> HeaderValue {
    let bytes = [cookie.as_bytes(), b"; Secure"].concat();
    HeaderValue::from_bytes(&bytes).unwrap_or_else(|_| cookie.clone())
}
