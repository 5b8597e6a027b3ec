//! The client's files: inside the program, compressed at build, named by their content, so that browsers keep them for ever.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use app::ssr;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// What the build of the client left in `/dist`. A release has it inside; a build for work on it reads it from there when it
/// starts, so that a change of style builds no program.
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../dist"]
#[allow_missing = true]
struct Dist;

/// The file that names the others.
const MANIFEST: &str = "manifest.json";

/// The files of the client, and what pages call them. Cheap to clone.
#[derive(Clone)]
pub struct Assets(Arc<Inner>);

struct Inner {
    files: BTreeMap<String, File>,
    names: ssr::Assets,
}

/// `manifest.json`: the names of this build.
#[derive(Deserialize)]
struct Manifest {
    script: String,
    wasm: String,
    style: String,
}

struct File {
    content: Cow<'static, [u8]>,
    content_type: String,
    tag: String,
}

/// The ways in which files are compressed, the best first: the coding's name (RFC 9110, section 8.4.1) and the ending.
const CODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

impl Assets {
    /// Takes the files that belong to this program.
    pub fn built() -> Self {
        Self::new(Dist::iter().filter_map(|name| Some((name.to_string(), Dist::get(&name)?.data))))
    }

    /// Takes files by name; one of them is `manifest.json`. Without it pages have neither style nor script.
    pub fn new(files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>) -> Self {
        let files: BTreeMap<String, File> =
            files.into_iter().map(|(name, content)| (name.clone(), File::new(&name, content))).collect();
        let manifest =
            files.get(MANIFEST).and_then(|file| serde_json::from_slice::<Manifest>(&file.content).ok());
        let file = |name: String| {
            let content = &files.get(&name)?.content;
            let integrity = format!("sha256-{}", STANDARD.encode(Sha256::digest(content)));
            Some(ssr::File { path: format!("/pkg/{name}"), integrity })
        };
        let names = manifest.map_or_else(ssr::Assets::default, |manifest| ssr::Assets {
            style: file(manifest.style),
            theme: None,
            client: file(manifest.script)
                .zip(file(manifest.wasm))
                .map(|(script, module)| ssr::ClientFiles { script, module }),
        });
        Self(Arc::new(Inner { files, names }))
    }

    /// Gives what pages call the files.
    pub fn names(&self) -> &ssr::Assets {
        &self.0.names
    }

    /// Tells whether the client was built into this program.
    pub fn are_there(&self) -> bool {
        self.names().client.is_some()
    }
}

impl File {
    fn new(name: &str, content: Cow<'static, [u8]>) -> Self {
        let original = CODINGS.iter().find_map(|(_, ending)| name.strip_suffix(ending)).unwrap_or(name);
        let mut content_type = mime_guess::from_path(original).first_or_octet_stream().to_string();
        if content_type.starts_with("text/") {
            content_type.push_str("; charset=utf-8");
        }
        let digest = Sha256::digest(&content);
        let tag = format!("\"{:x}\"", u128::from_be_bytes(std::array::from_fn(|index| digest[index])));
        Self { content, content_type, tag }
    }
}

/// `GET /pkg/{file}`: the file, in the best coding that the browser takes.
pub(crate) async fn serve(
    State(assets): State<Assets>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let is_public = name != MANIFEST && CODINGS.iter().all(|(_, ending)| !name.ends_with(ending));
    let plain = assets.0.files.get(&name).filter(|_| is_public).ok_or(Problem::NotFound)?;
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let coded = CODINGS
        .iter()
        .filter(|(coding, _)| accepts(accepted, coding))
        .find_map(|(coding, ending)| Some((*coding, assets.0.files.get(&format!("{name}{ending}"))?)));
    let file = coded.map_or(plain, |(_, file)| file);
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|tags| matches(tags, &file.tag));

    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, file.content_type.clone())], file.content.clone()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&file.tag) {
        headers.insert(ETAG, tag);
    }
    if let Some((coding, _)) = coded.filter(|_| !is_known) {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(response)
}

/// Tells whether a coding is named with a weight that is not zero (RFC 9110, section 12.5.3).
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|range| {
        let (name, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(coding) && weight.is_some_and(|weight| weight > 0.0)
    })
}

/// Compares entity tags weakly (RFC 9110, section 13.1.2).
fn matches(tags: &str, tag: &str) -> bool {
    tags.trim() == "*" || tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}
