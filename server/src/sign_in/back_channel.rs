//! Sign-out that the provider tells of, from server to server (`OpenID` Connect Back-Channel Logout 1.0, sections 2.5
//! to 2.8): all sessions of the person end, on every node.

use app::ssr::{Event, Who};
use axum::{
    Form, Json,
    extract::{FromRequest as _, Request, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{relying_party::LogoutFailure, tokens::LEEWAY};
use crate::{Site, chain, clock, pages, problem::Problem, request_id::RequestId};

/// What the provider posts.
#[derive(Deserialize)]
pub(crate) struct LogoutRequest {
    logout_token: String,
}

/// `POST /back-channel-logout`: ends every session of the person that began before the provider's word, by a clock that
/// may be behind ours by `LEEWAY`. A token that arrives a second time ends nothing that began after that.
pub(crate) async fn log_out(
    State(site): State<Site>,
    id: RequestId,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let body = pages::whole(body, site.body_timeout).await?;
    Ok(match Form::from_request(Request::from_parts(parts, body), &site).await {
        Ok(Form(LogoutRequest { logout_token })) => end(&site, &id, &logout_token).await,
        Err(_) => refused("invalid_request", "a form with a logout_token was expected"),
    })
}

async fn end(site: &Site, id: &RequestId, logout_token: &str) -> Response {
    let logged_out = match site.relying_party.logged_out(logout_token).await {
        Ok(logged_out) => logged_out,
        Err(failure) => {
            let reason = chain(&failure);
            tracing::warn!(reason, "a logout token was refused");
            return match failure {
                LogoutFailure::Token(problem) => refused("invalid_request", &problem.to_string()),
                LogoutFailure::Provider(_) => refused("temporarily_unavailable", "the keys cannot be read"),
            };
        }
    };
    // Its clock may be ahead of ours: nobody who signs in from now on is meant.
    let before = logged_out.at.after(LEEWAY).min(clock::now());
    if let Err(fault) = site.sessions.end_all(&logged_out.subject, before).await {
        let reason = chain(&fault);
        tracing::error!(reason, "sessions that the provider ended could not be ended here");
        return refused("temporarily_unavailable", "the sessions could not be ended");
    }
    let who = Who { request: id.as_str(), subject: Some(&logged_out.subject), network: None };
    site.witness.saw(who, Event::EndedByProvider);
    StatusCode::OK.into_response()
}

/// The specification has one status for all that fails (section 2.8).
fn refused(error: &'static str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}
