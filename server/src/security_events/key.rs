//! The operator's keys for Security Event Tokens: ECDSA on P-256 with SHA-256 (ES256, RFC 7518, section 3.4), which every
//! library that reads such tokens knows.

use std::fmt;

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rustls_pki_types::{PrivatePkcs8KeyDer, pem::PemObject as _};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use upstream::Secret;

/// What names the kind of token (RFC 8417, section 2.3), so that no other token signed with the key is taken for one.
const TYPE: &str = "secevent+jwt";

/// A text is no key that tokens can be signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no private key on P-256 in PEM (PKCS #8)")]
pub(crate) struct KeyProblem;

/// The keys: one signs, and another one may be published besides, before it takes over or after it has.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    /// Signs, and is published.
    pub(crate) signing: Secret,
    /// Is published.
    pub(crate) other: Option<Secret>,
}

/// A key that signs tokens.
pub(crate) struct SigningKey(EcdsaKeyPair);

impl SigningKey {
    /// Reads a key, as `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` writes it.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn from_pem(pem: &str) -> Result<Self, KeyProblem> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| KeyProblem)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.secret_pkcs8_der());
        Ok(Self(pair.map_err(|_| KeyProblem)?))
    }

    /// Gives the coordinates of the public key, in base64url.
    fn coordinates(&self) -> [String; 2] {
        // An uncompressed point: 4, then both coordinates, 32 bytes each (SEC 1, section 2.3.3).
        let point = self.0.public_key().as_ref().get(1..).unwrap_or_default();
        let (x, y) = point.split_at(point.len() / 2);
        [encode(x), encode(y)]
    }

    /// Gives the name of the key: the thumbprint of its public part (RFC 7638), so that nobody has to choose one.
    fn id(&self) -> String {
        let [x, y] = self.coordinates();
        encode(Sha256::digest(format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)))
    }

    /// Gives the public part as a JSON Web Key (RFC 7517).
    fn public(&self) -> Value {
        let [x, y] = self.coordinates();
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "use": "sig", "alg": "ES256", "kid": self.id() })
    }

    /// Signs claims (RFC 7515, section 7.1).
    fn sign(&self, claims: &Value) -> Result<String, KeyProblem> {
        let header = json!({ "typ": TYPE, "alg": "ES256", "kid": self.id() });
        let signed = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| KeyProblem)?;
        Ok(format!("{signed}.{}", encode(signature)))
    }
}

impl Keys {
    /// Signs claims with the key as its file has it now.
    ///
    /// # Errors
    /// The file does not hold a key any more.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, KeyProblem> {
        read(&self.signing)?.sign(claims)
    }

    /// Gives the public keys as a JSON Web Key Set (RFC 7517, section 5).
    ///
    /// # Errors
    /// A file does not hold a key any more.
    pub(crate) fn public(&self) -> Result<Value, KeyProblem> {
        let keys = [Some(&self.signing), self.other.as_ref()].into_iter().flatten();
        let keys: Vec<Value> = keys.map(|key| Ok(read(key)?.public())).collect::<Result<_, _>>()?;
        Ok(json!({ "keys": keys }))
    }
}

fn read(key: &Secret) -> Result<SigningKey, KeyProblem> {
    SigningKey::from_pem(key.current().expose_secret())
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl fmt::Debug for SigningKey {
    /// Leaves out what is secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("SigningKey").field(&self.id()).finish()
    }
}
