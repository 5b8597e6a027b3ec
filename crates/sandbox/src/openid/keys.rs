//! The provider's signing keys and the tokens signed with them (RFC 7515, 7517, 7518).
//!
//! A key is made when it is first needed: an RSA key takes longer than most tests do.

use crate::settings::Signing;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// One key for each algorithm.
#[derive(Default)]
pub(crate) struct Keys {
    rsa: OnceLock<RsaKeyPair>,
    ecdsa: OnceLock<EcdsaKeyPair>,
}

impl Signing {
    /// The algorithm's name (RFC 7518, section 3.1).
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }

    fn key_id(self) -> &'static str {
        match self {
            Self::Rs256 => "sandbox-rsa",
            Self::Es256 => "sandbox-ec",
        }
    }
}

impl Keys {
    fn rsa(&self) -> Result<&RsaKeyPair, Unspecified> {
        made(&self.rsa, || RsaKeyPair::generate(KeySize::Rsa2048))
    }

    fn ecdsa(&self) -> Result<&EcdsaKeyPair, Unspecified> {
        made(&self.ecdsa, || EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING))
    }

    /// The public keys as a JSON Web Key Set.
    pub(crate) fn public(&self) -> Result<Value, Unspecified> {
        let rsa = self.rsa()?.public_key();
        // An uncompressed point: 4, then both coordinates, 32 bytes each.
        let point = self.ecdsa()?.public_key().as_ref();
        let (x, y) = point.get(1..).unwrap_or_default().split_at(32);
        Ok(json!({ "keys": [
            {
                "kty": "RSA", "use": "sig", "alg": "RS256", "kid": Signing::Rs256.key_id(),
                "n": encode(rsa.modulus().big_endian_without_leading_zero()),
                "e": encode(rsa.exponent().big_endian_without_leading_zero()),
            },
            {
                "kty": "EC", "use": "sig", "alg": "ES256", "kid": Signing::Es256.key_id(),
                "crv": "P-256", "x": encode(x), "y": encode(y),
            },
        ] }))
    }

    /// Signs claims. `kind` is the header's `typ`.
    pub(crate) fn sign(&self, signing: Signing, kind: &str, claims: &Value) -> Result<String, Unspecified> {
        let header = json!({ "alg": signing.name(), "kid": signing.key_id(), "typ": kind });
        let signed = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let random = SystemRandom::new();
        let signature = match signing {
            Signing::Rs256 => {
                let key = self.rsa()?;
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature)?;
                signature
            }
            Signing::Es256 => self.ecdsa()?.sign(&random, signed.as_bytes())?.as_ref().to_vec(),
        };
        Ok(format!("{signed}.{}", encode(signature)))
    }

    /// The claims of a token signed here, whether it has run out or not; nothing if it was not.
    pub(crate) fn verify(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Value = serde_json::from_slice(&decode(header)?).ok()?;
        let signature = decode(signature)?;
        let verified = match header.get("alg")?.as_str()? {
            "RS256" => {
                UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.rsa.get()?.public_key().as_ref())
                    .verify(signed.as_bytes(), &signature)
            }
            "ES256" => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.ecdsa.get()?.public_key().as_ref())
                    .verify(signed.as_bytes(), &signature)
            }
            _ => return None,
        };
        verified.ok()?;
        serde_json::from_slice(&decode(claims)?).ok()
    }
}

/// The key, made now if it was not before. Of two that are made at once the first stays.
fn made<K>(place: &OnceLock<K>, make: impl FnOnce() -> Result<K, Unspecified>) -> Result<&K, Unspecified> {
    match place.get() {
        Some(key) => Ok(key),
        None => make().map(|key| place.get_or_init(|| key)),
    }
}

/// Base64 with the URL's alphabet, without padding.
pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
