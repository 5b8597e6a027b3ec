//! Every route and every layer, in order.

use std::{any::Any, sync::Arc};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderValue, header::SET_COOKIE};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    csrf::{ConfigError, CsrfLayer, ProtectionError},
};

use crate::{
    Site, around::around, assets, compression, config::PROBES, pages, problem::Problem, readiness,
    security_events, sign_in, start, theme,
};

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
        .route_layer(from_fn_with_state(site.clone(), time_out));
    let with_session =
        timed.route("/api/{*function}", get(pages::function).post(pages::function)).route_layer(
            ServiceBuilder::new().layer(from_fn_with_state(site.clone(), around_session)).layer(session),
        );

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

    // From the outside to the inside. One stack, so that the router copies them together.
    let layers = ServiceBuilder::new()
        // Documents are made small.
        .layer(compression::layer())
        // What is done around every request, whoever answers it.
        .layer(from_fn_with_state(site.clone(), around))
        // A bug becomes an answer.
        .layer(CatchPanicLayer::custom(panicked))
        // Nothing large is read.
        .layer(DefaultBodyLimit::max(pages::LARGEST_FORM))
        // A form comes from a page of ours, or nothing happens.
        .layer(same_origin);
    let router = router.layer(layers).with_state(site.clone());
    Ok(match public_url.base() {
        "" => router,
        // Whoever watches over the process asks it itself, past the proxy that knows the path.
        base => probes.with_state(site).nest_service(base, router),
    })
}

async fn time_out(State(site): State<Site>, request: Request, next: Next) -> Result<Response, Problem> {
    tokio::time::timeout(site.longest_answer, next.run(request)).await.map_err(|_| Problem::TooSlow)
}

/// Answers at once that too much is under way: whoever queues here would wait for others, and they for the queue. A form that
/// is still on its way takes no place. Mends what the session layer leaves out.
async fn around_session(State(site): State<Site>, request: Request, next: Next) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let body = pages::whole(body, site.body_timeout).await?;
    let request = Request::from_parts(parts, body);
    let _place = site.requests.try_acquire().map_err(|_| Problem::Shed)?;
    session_kept(next.run(request).await).map(secure_removal)
}

/// What a panic said is for the operator alone, and the panic hook has printed it already.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::Panicked.into_response()
}

/// The session layer answers with an empty 500 when a session cannot be written, and says no more.
fn session_kept(response: Response) -> Result<Response, Problem> {
    let is_bare = response.status().is_server_error() && response.headers().is_empty();
    let is_explained = response.extensions().get::<Arc<Problem>>().is_some();
    if is_bare && !is_explained { Err(Problem::SessionNotKept) } else { Ok(response) }
}

/// A cookie named `__Host-` is taken away only by one that is `Secure` as well (RFC 6265bis, section 4.1.3.2); the
/// session layer leaves that out.
fn secure_removal(mut response: Response) -> Response {
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
