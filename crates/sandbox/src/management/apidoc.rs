//! The reference of the Management API: an `OpenAPI` 3.1 document, and a page made from the same.

use super::spoken::spoken;
use super::{begin, finish, send, user};
use crate::dialect::Dialect;
use crate::page::{escape, page};
use crate::service::Shared;
use axum::Json;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use std::fmt::Write as _;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Server, path::Operation};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sandbox identity service: Management API",
        version = "1",
        description = "The calls for changing a contact. Paths are documented by the service; member names of \
            change-contact and send are assumed."
    ),
    paths(user::user, user::profile, begin::begin, finish::finish, send::email, send::sms),
    modifiers(&Credentials)
)]
struct Reference;

struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let schemes = [("apiClient", HttpAuthScheme::Basic), ("accessToken", HttpAuthScheme::Bearer)];
        for (name, scheme) in schemes {
            components.add_security_scheme(name, SecurityScheme::Http(Http::new(scheme)));
        }
    }
}

/// `GET /apidoc/openapi.json`
pub(crate) async fn document(State(service): State<Shared>) -> Json<utoipa::openapi::OpenApi> {
    let mut document = document_in(&service.settings.dialect);
    document.servers = Some(vec![Server::new(&service.issuer)]);
    Json(document)
}

/// The document in the words of a dialect; as usual if those make no document.
fn document_in(dialect: &Dialect) -> utoipa::openapi::OpenApi {
    let usual = Reference::openapi();
    let said = serde_json::to_value(&usual).and_then(|usual| serde_json::from_value(spoken(usual, dialect)));
    said.unwrap_or(usual)
}

/// `GET /apidoc`
pub(crate) async fn reference(State(service): State<Shared>) -> Response {
    let mut body = String::from(
        "<h1>Management API</h1><p>The same as <a href=\"/apidoc/openapi.json\">OpenAPI 3.1</a>.</p>",
    );
    for (path, item) in document_in(&service.settings.dialect).paths.paths {
        for (method, operation) in [("GET", item.get), ("POST", item.post)] {
            if let Some(operation) = operation {
                section(&mut body, method, &path, &operation);
            }
        }
    }
    Html(page("en", "Management API", &body)).into_response()
}

fn section(body: &mut String, method: &str, path: &str, operation: &Operation) {
    let summary = operation.summary.as_deref().unwrap_or_default();
    let description = operation.description.as_deref().unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = write!(
        body,
        "<section><h2>{}</h2><p><code>{method} {}</code></p><p>{}</p><dl>",
        escape(summary),
        escape(path),
        escape(description)
    );
    for (status, answer) in &operation.responses.responses {
        let meaning = match answer {
            utoipa::openapi::RefOr::T(answer) => answer.description.as_str(),
            utoipa::openapi::RefOr::Ref(_) => "",
        };
        let _ = write!(body, "<dt>{}</dt><dd>{}</dd>", escape(status), escape(meaning));
    }
    body.push_str("</dl></section>");
}
