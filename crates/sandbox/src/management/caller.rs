//! Who calls the Management API: a client with its secret or its token, or a user with their access token.

use super::refusal::Refusal;
use crate::contact::Kind;
use crate::service::Service;
use crate::settings::{ApiClient, Permission};
use crate::world::World;
use axum::http::{HeaderMap, header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;

/// What every scope of the service begins with (documented).
pub(crate) const SCOPE_PREFIX: &str = "https://oneportal.trivore.com/scope/";

/// A caller whose credentials are right.
pub(crate) enum Caller {
    /// An API client (HTTP Basic, or Bearer with a token of its own).
    Client { id: String, permissions: Vec<Permission> },
    /// A user (Bearer), with the scopes of their token.
    User { id: String, scopes: Vec<String> },
}

impl Caller {
    /// Reads the `Authorization` header. 401 when the credentials are missing or wrong.
    pub(crate) fn of(
        headers: &HeaderMap,
        service: &Service,
        world: &World,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        Self::known(headers, service, world, now).ok_or_else(Refusal::unauthorized)
    }

    fn known(headers: &HeaderMap, service: &Service, world: &World, now: Timestamp) -> Option<Self> {
        let (scheme, value) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => {
                let pair = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
                let (id, secret) = pair.split_once(':')?;
                service.api_client(id).filter(|client| client.secret == secret).map(Self::client)
            }
            "bearer" => {
                let token = value.trim();
                if let Some(id) = world.api_tokens.client(token, now) {
                    return service.api_client(id).map(Self::client);
                }
                let access = world.sign_ins.access(token, now)?;
                Some(Self::User { id: access.sub.clone(), scopes: access.scopes.clone() })
            }
            _ => None,
        }
    }

    fn client(client: &ApiClient) -> Self {
        Self::Client { id: client.id.clone(), permissions: client.permissions.clone() }
    }

    /// How the ledger names the caller.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Client { id, .. } => format!("client:{id}"),
            Self::User { .. } => "user".into(),
        }
    }

    /// 403 when the client lacks a permission, or the user is another one. 404 when there is no such user.
    pub(crate) fn reaches(&self, world: &World, user: &str, permission: Permission) -> Result<(), Refusal> {
        match self {
            Self::Client { permissions, .. } if !permissions.contains(&permission) => {
                Err(Refusal::forbidden(format!(
                    "Client does not have required permission {}.",
                    permission.name()
                )))
            }
            Self::User { id, .. } if id != user => {
                Err(Refusal::forbidden("The access token is for another user."))
            }
            Self::Client { .. } | Self::User { .. } => {
                world.person(user).map(drop).ok_or_else(Refusal::no_such_user)
            }
        }
    }

    /// 403 when a user's token lacks the scope to change contacts of this kind; any kind, if it is not known.
    pub(crate) fn changes(&self, kind: Option<Kind>) -> Result<(), Refusal> {
        let Self::User { scopes, .. } = self else { return Ok(()) };
        let may = |kind| {
            let name = match kind {
                Kind::Email => "email.update",
                Kind::Mobile => "phone.update",
            };
            scopes.iter().any(|scope| scope.strip_prefix(SCOPE_PREFIX) == Some(name))
        };
        let allowed = kind.map_or_else(|| may(Kind::Email) || may(Kind::Mobile), may);
        if allowed {
            Ok(())
        } else {
            Err(Refusal::forbidden("The access token does not have the required scope."))
        }
    }

    /// Whether it is a user.
    pub(crate) fn is_user(&self) -> bool {
        matches!(self, Self::User { .. })
    }
}
