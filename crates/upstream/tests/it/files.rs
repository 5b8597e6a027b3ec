//! Secrets that are replaced while the program runs.

use std::fs;
use std::path::Path;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use tempfile::TempDir;
use upstream::{FileProblem, Secret};

use crate::support::later;

/// Longer than between two looks at a file.
const A_WHILE: Duration = Duration::from_secs(6);

fn folder() -> TempDir {
    TempDir::new().unwrap()
}

fn shown(secret: &Secret) -> String {
    secret.current().expose_secret().to_owned()
}

/// Replaces a file at once, as whoever does it with care does.
fn replace(path: &Path, content: &str) {
    let beside = path.with_extension("new");
    fs::write(&beside, content).unwrap();
    fs::rename(beside, path).unwrap();
}

#[tokio::test]
async fn a_secret_is_read_again_when_its_file_was_replaced() {
    let folder = folder();
    let path = folder.path().join("secret");
    fs::write(&path, "first\n").unwrap();
    let secret = Secret::in_file(path.clone()).unwrap();
    let another = secret.clone();
    assert_eq!(shown(&secret), "first", "the line end does not count");

    replace(&path, "other\r\n");
    assert_eq!(shown(&secret), "first", "a file is not read for each call");
    later(A_WHILE).await;
    assert_eq!([shown(&secret), shown(&another)], ["other", "other"]);
}

#[tokio::test]
async fn while_the_file_is_gone_or_empty_the_last_secret_counts() {
    let folder = folder();
    let path = folder.path().join("secret");
    fs::write(&path, "first").unwrap();
    let secret = Secret::in_file(path.clone()).unwrap();

    fs::remove_file(&path).unwrap();
    later(A_WHILE).await;
    assert_eq!(shown(&secret), "first");
    fs::write(&path, " \n").unwrap();
    later(A_WHILE).await;
    assert_eq!(shown(&secret), "first");
    fs::write(&path, "other").unwrap();
    later(A_WHILE).await;
    assert_eq!(shown(&secret), "other");
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_that_leads_elsewhere_now_is_followed() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("one"), "first").unwrap();
    fs::write(at("two"), "other").unwrap();
    std::os::unix::fs::symlink(at("one"), at("secret")).unwrap();
    let secret = Secret::in_file(at("secret")).unwrap();
    std::os::unix::fs::symlink(at("two"), at("next")).unwrap();
    fs::rename(at("next"), at("secret")).unwrap();
    later(A_WHILE).await;
    assert_eq!(shown(&secret), "other");
}

#[test]
fn at_the_start_the_file_must_be_in_order() {
    let folder = folder();
    let path = folder.path().join("secret");
    assert!(matches!(Secret::in_file(path.clone()), Err(FileProblem::Unreadable(_))));
    fs::write(&path, "\n").unwrap();
    assert!(matches!(Secret::in_file(path), Err(FileProblem::Empty)));
}

#[test]
fn a_secret_does_not_show_itself() {
    let folder = folder();
    let path = folder.path().join("secret");
    fs::write(&path, "hidden").unwrap();
    let shown = format!("{:?} {:?}", Secret::in_file(path).unwrap(), Secret::from("hidden"));
    assert!(!shown.contains("hidden"), "{shown}");
}
