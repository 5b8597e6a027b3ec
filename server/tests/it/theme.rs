//! The operator's look: what people see of it, and what the operator is told.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
};

use reqwest::StatusCode;
use rstest::rstest;
use server::config::Settings;

use crate::support::{Browser, between, header, issuer, program_telling, sandbox, serve, variables};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/themes");

fn mistakes(more: &[(&str, &str)]) -> Vec<String> {
    let mut variables = variables("https://id.example.com");
    variables.extend(
        more.iter().map(|(name, value)| (format!("CONTACT_CHANGE_THEME__{name}"), (*value).to_owned())),
    );
    match Settings::load(None, variables) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

/// The variables that say what an example says.
fn example(name: &str, issuer: &str) -> std::collections::BTreeMap<String, String> {
    fn flatten(prefix: &str, table: &toml::Table, into: &mut std::collections::BTreeMap<String, String>) {
        for (key, value) in table {
            let name = format!("{prefix}__{}", key.to_uppercase());
            match value {
                toml::Value::Table(inner) => flatten(&name, inner, into),
                toml::Value::String(text) if key == "logo" => {
                    into.insert(name, format!("{EXAMPLES}/{text}"));
                }
                toml::Value::String(text) => {
                    into.insert(name, text.clone());
                }
                _ => panic!("{key} is a text"),
            }
        }
    }
    let text = fs::read_to_string(format!("{EXAMPLES}/{name}.toml")).expect("an example");
    let theme: toml::Table = text.parse().expect("TOML");
    let mut all = variables(issuer);
    flatten("CONTACT_CHANGE_THEME", theme["theme"].as_table().expect("a section"), &mut all);
    all
}

#[rstest]
#[case("harbour")]
#[case("forest")]
fn the_examples_can_be_used_as_they_are(#[case] name: &str) {
    let path = Path::new(EXAMPLES).join(format!("{name}.toml"));
    let settings = Settings::load(Some(&path), variables("https://id.example.com"));
    let theme = settings.expect("no mistake").theme;
    assert!(theme.logo.is_some_and(|logo| logo.content_type == "image/svg+xml"));
    assert!(theme.style.is_some() && theme.links.privacy.is_some());
}

#[rstest]
#[case("Source Sans 3, Verdana", "--font:\"Source Sans 3\", Verdana,system-ui")]
#[case("\"Noto Serif\",Georgia", "--font:\"Noto Serif\", Georgia,system-ui")]
#[case("Noto Serif, -apple-system, serif", "--font:Noto Serif, -apple-system, serif,system-ui")]
fn a_font_is_named_as_a_style_sheet_has_to(#[case] font: &str, #[case] written: &str) {
    let mut variables = variables("https://id.example.com");
    variables.insert("CONTACT_CHANGE_THEME__FONT".to_owned(), font.to_owned());
    let style = Settings::load(None, variables).expect("no mistake").theme.style.expect("a style sheet");
    assert!(style.contains(written), "{style}");
}

#[tokio::test]
async fn every_page_has_the_operators_name_logo_colours_and_links() {
    let sandbox = sandbox().await;
    let app = serve(example("harbour", &issuer(&sandbox)), "http", []).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    for path in ["/", "/email?ui_locales=en", "/signed-out", "/no-such-page"] {
        let answer = browser.get(&format!("{}{path}", app.url)).await;
        assert!(header(&answer, "content-security-policy").contains("style-src 'self'"));
        let page = answer.text().await.expect("a page");
        assert!(between(&page, "<title>", "</title>").ends_with("– Harbour account"), "{page}");
        assert!(page.contains("alt=\"Harbour account\"") && page.contains("src=\"/theme/logo?v="), "{page}");
        assert!(page.contains("<a href=\"https://harbour.example/privacy\">Privacy</a>"), "{page}");
        assert!(page.contains("<link rel=\"stylesheet\" href=\"/theme/style.css?v="), "{page}");
    }
    let page = browser.get(&format!("{}/email?ui_locales=fi", app.url)).await.text().await.expect("a page");
    assert!(between(&page, "<title>", "</title>").ends_with("– Satamatili"), "{page}");
    assert!(page.contains("<a href=\"https://harbour.example/help\">Tuki</a>"), "{page}");
}

#[tokio::test]
async fn colours_and_logo_are_files_that_browsers_keep() {
    let app = serve(example("harbour", "http://localhost:9"), "http", []).await;
    let mut browser = Browser::new();
    let page = browser.get(&format!("{}/signed-out", app.url)).await.text().await.expect("a page");
    let path = between(&page, "href=\"/theme/", "\"");
    let style = browser.get(&format!("{}/theme/{path}", app.url)).await;
    assert_eq!(header(&style, "content-type"), "text/css; charset=utf-8");
    assert_eq!(header(&style, "cache-control"), "public, max-age=31536000, immutable");
    let style = style.text().await.expect("a style sheet");
    let (light, dark) = style.split_once("@media (prefers-color-scheme:dark)").expect("two schemes");
    assert!(light.contains("--accent:#0b5a6f;") && dark.contains("--accent:#6fd0e6;"), "{style}");
    assert!(dark.contains("--ink:#eceff3;"), "what is not chosen is ours: {style}");

    let path = between(&page, "src=\"/theme/", "\"");
    let logo = browser.get(&format!("{}/theme/{path}", app.url)).await;
    assert_eq!(header(&logo, "content-type"), "image/svg+xml");
    assert!(header(&logo, "content-security-policy").ends_with("sandbox"), "no script runs in it");
}

#[cfg(unix)]
#[tokio::test]
async fn a_theme_is_read_again_at_sighup_and_a_mistake_in_it_is_told_once_and_changes_nothing() {
    const TOLD: &str = "told to read the theme again";
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("contact-change.toml");
    let write = |theme: &str| fs::write(&file, format!("[theme]\n{theme}\n")).expect("a file");
    write("name = 'First'\naccent = '#123456'");
    let settings = [("CONFIG", file.to_str().expect("a path"))];
    let (mut app, log) = program_telling("http://localhost:9", &settings);
    let mut log = BufReader::new(log).lines().map(|line| line.expect("a line"));
    let mut browser = Browser::new();
    let page = format!("{}/signed-out", app.url);
    let first = browser.get(&page).await.text().await.expect("a page");
    assert!(first.contains("– First</title>"), "{first}");
    let old_style = between(&first, "href=\"/theme/", "\"").to_owned();

    write("name = 'Second'\naccent = '#654321'\nsupport_url = 'https://help.example'");
    app.signal("HUP");
    log.find(|line| line.contains(TOLD)).expect("a line");
    let second = browser.get(&page).await.text().await.expect("a page");
    assert!(second.contains("– Second</title>") && second.contains("https://help.example"), "{second}");
    let style = browser.get(&format!("{}/theme/{}", app.url, between(&second, "href=\"/theme/", "\""))).await;
    assert_eq!(header(&style, "cache-control"), "public, max-age=31536000, immutable");
    assert!(style.text().await.expect("a style sheet").contains("--accent:#654321;"));
    let style = browser.get(&format!("{}/theme/{old_style}", app.url)).await;
    assert_eq!(header(&style, "cache-control"), "no-store", "an address of before keeps nothing of now");

    write("name = 'Third'\naccent = 'blue'\nno_such_key = 1");
    app.signal("HUP");
    let told = log.find(|line| line.contains(TOLD)).expect("a line");
    assert!(
        told.contains("ERROR") && told.contains("theme.accent") && told.contains("theme.no_such_key"),
        "{told}"
    );
    assert!(browser.get(&page).await.text().await.expect("a page").contains("– Second</title>"));
    app.signal("TERM");
    assert!(app.ended().success());
    assert_eq!(log.filter(|line| line.contains(TOLD)).count(), 0, "it was told once");
}

#[tokio::test]
async fn without_a_theme_there_is_nothing_of_one() {
    let app = serve(variables("http://localhost:9"), "http", []).await;
    let mut browser = Browser::new();
    let page = browser.get(&format!("{}/signed-out", app.url)).await.text().await.expect("a page");
    assert!(!page.contains("/theme/") && page.contains("Contact information</title>"), "{page}");
    for path in ["style.css", "logo"] {
        let answer = browser.get(&format!("{}/theme/{path}", app.url)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
}

#[test]
fn a_colour_that_is_not_seen_is_refused_with_the_figure() {
    assert_eq!(
        mistakes(&[("ACCENT", "#88aaff"), ("GROUND", "#fff"), ("ON_ACCENT", "#000")]),
        ["ground", "surface", "the ground of errors"].map(|on| {
            let (colour, ratio) = match on {
                "the ground of errors" => ("#fdecea", "1.98"),
                _ => ("#ffffff", "2.27"),
            };
            format!(
                "theme.accent (CONTACT_CHANGE_THEME__ACCENT): #88aaff on {on} {colour} has a contrast of {ratio}:1; \
                 at least 4.5:1 is needed"
            )
        })
    );
    let dark = mistakes(&[("DARK__GROUND", "#777777")]);
    assert!(
        dark[0].starts_with(
            "theme.dark.ground (CONTACT_CHANGE_THEME__DARK__GROUND): ink #eceff3 on #777777 has"
        ),
        "{dark:?}"
    );
    assert!(
        dark.iter().any(|mistake| mistake.contains("the writing of errors #ff9d94 on #777777")),
        "{dark:?}"
    );
}

#[rstest]
#[case("ACCENT", "blue", "theme.accent")]
#[case("DARK__INK", "#12", "theme.dark.ink")]
#[case("NAME", "  ", "theme.name")]
#[case("NAME__FI", "two\nlines", "theme.name.fi")]
#[case("NAME__TLH", "x", "theme.name.tlh")]
#[case("LOGO", "/no/such/file.svg", "theme.logo")]
#[case("LOGO", "/proc/self/cmdline", "theme.logo")]
#[case("SUPPORT_URL", "http://help.example", "theme.support_url")]
#[case("PRIVACY_URL", "javascript:alert(1)", "theme.privacy_url")]
#[case("ACCESSIBILITY_URL", "mailto:nobody", "theme.accessibility_url")]
#[case("FONT", "x;}body{display:none", "theme.font")]
#[case("FONT", "url(https://fonts.example)", "theme.font")]
#[case("COLOUR", "#fff", "theme.colour")]
fn a_mistake_in_a_theme_is_told_with_its_key(#[case] variable: &str, #[case] value: &str, #[case] key: &str) {
    let mistakes = mistakes(&[(variable, value)]);
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].starts_with(&format!("{key} (CONTACT_CHANGE_THEME__{variable}): ")), "{mistakes:?}");
}
