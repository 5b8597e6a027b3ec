//! What is written about the settings is what is read: the document, the example and the schema come from the same keys.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::Value;
use server::config::{Settings, reference};

use crate::support::variables;

fn document(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)
}

/// Compares what stands between the marks of a document with what should; writes it there if `UPDATE_DOCS` is set.
pub(crate) fn is_up_to_date(name: &str, mark: &str, right: &str) {
    let text = fs::read_to_string(document(name)).expect("a document");
    is_whole(name, &between_marks(&text, mark, right));
}

/// Puts a text between its marks.
fn between_marks(text: &str, mark: &str, right: &str) -> String {
    let (start, end) =
        (format!("<!-- {mark} -->\n"), format!("<!-- end of {} -->", mark.split(':').next().unwrap_or(mark)));
    let from = text.find(&start).unwrap_or_else(|| panic!("no mark of {mark}")) + start.len();
    let to = from + text[from..].find(&end).expect("an end");
    format!("{}\n{right}\n{}", &text[..from], &text[to..])
}

/// Compares a document with what it should be; writes it if `UPDATE_DOCS` is set.
pub(crate) fn is_whole(name: &str, right: &str) {
    let path = document(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, right).expect("a document");
    }
    let is = fs::read_to_string(&path).unwrap_or_default();
    assert!(is == right, "docs/{name} is not up to date; with UPDATE_DOCS=1 this test writes it");
}

/// Puts a table of keys between its marks.
fn with_tables(text: &str) -> String {
    reference::tables().fold(text.to_owned(), |text, section| {
        between_marks(&text, &format!("keys: {section}"), &reference::table(section))
    })
}

#[test]
fn the_document_of_the_settings_lists_all_of_them() {
    let text = fs::read_to_string(document("configure.md")).expect("a document");
    is_whole("configure.md", &with_tables(&text));
}

#[test]
fn the_schema_for_editors_is_that_of_this_version() {
    is_whole("configure.schema.json", &format!("{:#}\n", reference::schema()));
}

#[test]
fn the_example_needs_nothing_but_what_is_required() {
    let example = reference::example();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("example.toml");
    fs::write(&path, &example).expect("a file");
    let mistakes =
        Settings::load(Some(&path), [("", ""); 0]).expect_err("an address that is no address").to_string();
    for key in ["provider.issuer", "provider.client_secret_file", "service.client_secret"] {
        assert!(mistakes.contains(key), "{mistakes}");
    }
    let given = example
        .replace("issuer = \"…\"", "issuer = \"https://id.example.com\"")
        .lines()
        .filter(|line| !line.contains("_file = "))
        .collect::<Vec<_>>()
        .join("\n");
    fs::write(&path, given).expect("a file");
    let mut variables = variables("https://id.example.com");
    variables.remove("CONTACT_CHANGE_PROVIDER__CLIENT_ID");
    Settings::load(Some(&path), variables).expect("a configuration");
}

#[test]
fn every_line_of_the_example_that_is_switched_off_is_toml_too() {
    let is_setting = |line: &&str| {
        let name = line.split(" = ").next().unwrap_or_default();
        line.contains(" = ") && !name.contains(' ') && !name.contains('<')
    };
    let example = reference::example();
    let all: Vec<&str> =
        example.lines().filter_map(|line| line.strip_prefix("# ")).filter(is_setting).collect();
    assert!(all.len() > 30, "{all:?}");
    for line in all {
        line.parse::<toml::Table>().unwrap_or_else(|error| panic!("{line}: {error}"));
    }
}

#[test]
fn every_setting_that_is_written_about_is_read() {
    for key in reference::keys() {
        let name = key.name.replace("<language>", "fi").replace("<colour>", "ink").replace("<id>", "shop");
        let variable = format!("CONTACT_CHANGE_{}", name.to_uppercase().replace('.', "__"));
        let mut variables = variables("https://id.example.com");
        variables.insert(variable, "\u{1}".to_owned());
        let mistakes = Settings::load(None, variables).map_err(|mistakes| mistakes.to_string());
        let is_known = mistakes.as_ref().is_err_and(|mistakes| mistakes.contains("is not a setting"));
        assert!(!is_known, "{name}: {mistakes:?}");
    }
}

#[test]
fn a_name_stands_for_one_setting_and_the_schema_has_all_of_them() {
    let mut names = BTreeSet::new();
    let schema = reference::schema();
    for key in reference::keys() {
        assert!(names.insert(key.name.clone()), "{} twice", key.name);
        let part = key.name.split('.').next_back().unwrap_or_default();
        let text = schema.to_string();
        assert!(part.starts_with('<') || text.contains(&format!("\"{part}\":")), "{}", key.name);
    }
    assert_eq!(schema["properties"]["provider"]["additionalProperties"], Value::Bool(false));
    assert_eq!(schema["properties"]["limits"]["properties"]["sms_per_day"]["default"], 0);
    let application = &schema["properties"]["applications"]["additionalProperties"]["properties"];
    assert_eq!(
        (&application["embed"]["type"], application["name"]["anyOf"].is_array()),
        (&"string".into(), true)
    );
}
