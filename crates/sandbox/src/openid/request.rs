//! An authorization request, read and checked (`OpenID` Connect Core 1.0, section 3.1.2; RFC 7636).

use super::discovery::knows_scope;
use super::parameters::Parameters;
use crate::settings::Client;
use crate::world::World;
use serde_json::Value;

/// A request that may be answered to its redirect address.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Where and with which `state` the answer goes.
    pub(crate) back: Back,
    pub(crate) client: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<String>,
    pub(crate) prompt: Prompt,
    /// Seconds since the sign-in, at most.
    pub(crate) max_age: Option<u32>,
    /// Only this person will do.
    pub(crate) only: Option<String>,
    /// Claims asked for one by one for userinfo.
    pub(crate) claims: Vec<String>,
}

/// Where an answer goes.
#[derive(Clone, Debug)]
pub(crate) struct Back {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
}

/// Whether the person is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Only if they are not signed in.
    IfNeeded,
    /// Never.
    Never,
    /// In any case.
    Always,
}

/// A request that cannot be served.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Its client or redirect address is not known: the person is told, nobody is sent anywhere.
    Page(&'static str),
    /// The application is told: the error's code and a sentence.
    Redirect(Back, &'static str, &'static str),
}

impl Request {
    /// Checks a request. `hinted` is the person of a valid `id_token_hint`.
    pub(crate) fn read(
        parameters: &Parameters,
        world: &World,
        hinted: Option<String>,
    ) -> Result<Self, Fault> {
        let client = parameters.get("client_id").ok_or(Fault::Page("client_id is missing."))?;
        let client = world.client(client).ok_or(Fault::Page("The client is not known here."))?;
        let back = back(parameters, client)?;
        let wrong = |code, sentence| Fault::Redirect(back.clone(), code, sentence);

        for (name, code) in [
            ("request", "request_not_supported"),
            ("request_uri", "request_uri_not_supported"),
            ("registration", "registration_not_supported"),
        ] {
            if parameters.get(name).is_some() {
                return Err(wrong(code, "This parameter is not supported."));
            }
        }
        match parameters.get("response_type") {
            Some("code") => {}
            None => return Err(wrong("invalid_request", "response_type is missing.")),
            Some(_) => return Err(wrong("unsupported_response_type", "Only code is supported.")),
        }
        if parameters.get("response_mode").is_some_and(|mode| mode != "query") {
            return Err(wrong("invalid_request", "Only the response mode query is supported."));
        }
        let scopes: Vec<String> = parameters
            .words("scope")
            .into_iter()
            .filter(|scope| knows_scope(scope))
            .map(Into::into)
            .collect();
        if !scopes.iter().any(|scope| scope == "openid") {
            return Err(wrong("invalid_scope", "The scope openid is missing."));
        }
        let challenge = challenge(parameters).map_err(|sentence| wrong("invalid_request", sentence))?;
        let prompt = prompt(parameters).map_err(|sentence| wrong("invalid_request", sentence))?;
        let max_age = match parameters.get("max_age").map(str::parse) {
            None => None,
            Some(Ok(seconds)) => Some(seconds),
            Some(Err(_)) => return Err(wrong("invalid_request", "max_age is not a number.")),
        };
        let claims: Value = serde_json::from_str(parameters.get("claims").unwrap_or("{}"))
            .map_err(|_| wrong("invalid_request", "claims is not JSON."))?;
        let only = ["userinfo", "id_token"]
            .iter()
            .find_map(|place| claims.pointer(&format!("/{place}/sub/value")))
            .and_then(Value::as_str)
            .map(ToOwned::to_owned)
            .or(hinted);
        let claims = claims.get("userinfo").and_then(Value::as_object);
        Ok(Self {
            client: client.id.clone(),
            scopes,
            nonce: parameters.get("nonce").map(ToOwned::to_owned),
            challenge,
            prompt,
            max_age,
            only,
            claims: claims.map(|map| map.keys().cloned().collect()).unwrap_or_default(),
            back,
        })
    }
}

fn back(parameters: &Parameters, client: &Client) -> Result<Back, Fault> {
    let asked = parameters.get("redirect_uri").ok_or(Fault::Page("redirect_uri is missing."))?;
    if !client.redirect_uris.iter().any(|registered| registered.covers(asked)) {
        return Err(Fault::Page("redirect_uri is not registered for this client."));
    }
    let state = parameters.get("state").map(ToOwned::to_owned);
    Ok(Back { redirect_uri: asked.to_owned(), state })
}

fn challenge(parameters: &Parameters) -> Result<Option<String>, &'static str> {
    match (parameters.get("code_challenge"), parameters.get("code_challenge_method")) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err("code_challenge is missing."),
        // A SHA-256 in base64url without padding has 43 characters.
        (Some(challenge), Some("S256")) if challenge.len() == 43 => Ok(Some(challenge.to_owned())),
        (Some(_), Some("S256")) => Err("code_challenge is not a SHA-256."),
        (Some(_), _) => Err("code_challenge_method must be S256."),
    }
}

fn prompt(parameters: &Parameters) -> Result<Prompt, &'static str> {
    let words = parameters.words("prompt");
    if words.iter().any(|word| !matches!(*word, "none" | "login" | "consent" | "select_account")) {
        return Err("prompt has a value that is not supported.");
    }
    match (words.contains(&"none"), words.len()) {
        (true, 1) => Ok(Prompt::Never),
        (true, _) => Err("prompt has none beside another value."),
        (false, _) if words.contains(&"login") || words.contains(&"select_account") => Ok(Prompt::Always),
        (false, _) => Ok(Prompt::IfNeeded),
    }
}
