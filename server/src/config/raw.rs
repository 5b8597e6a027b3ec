//! What was given, before it is understood: dotted keys and their values, and the mistakes found so far.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use secrecy::SecretString;
use toml::{Table, Value};

use super::mistake::{Mistake, PREFIX};

/// No settings: the one names the file, the other is for `cargo xtask`.
const NOT_SETTINGS: [&str; 2] = ["CONTACT_CHANGE_CONFIG", "CONTACT_CHANGE_CACHE"];
/// Below this key there are numbers and lists, too.
const MIXED: &str = "service.dialect.";

/// The keys that nobody has read yet. Sections take what is theirs; what stays at the end is unknown.
pub struct Raw {
    values: BTreeMap<String, Value>,
    folder: PathBuf,
    mistakes: Vec<Mistake>,
}

impl Raw {
    /// Reads the file, if one is named, then the variables over it. A variable with an empty value counts as not set.
    pub fn load(file: Option<&Path>, environment: impl IntoIterator<Item = (String, String)>) -> Self {
        let folder = file.and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
        let mut raw = Self { values: BTreeMap::new(), folder, mistakes: Vec::new() };
        if let Some(path) = file {
            match read_table(path) {
                Ok(table) => raw.flatten("", table),
                Err(problem) => raw.mistake("", problem),
            }
        }
        for (name, value) in environment {
            if let Some(key) = name.strip_prefix(PREFIX)
                && !NOT_SETTINGS.contains(&name.as_str())
                && !value.is_empty()
            {
                let key = key.to_lowercase().replace("__", ".");
                let value = if key.starts_with(MIXED) { read_value(value) } else { Value::String(value) };
                raw.values.insert(key, value);
            }
        }
        raw
    }

    fn flatten(&mut self, prefix: &str, table: Table) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
            match value {
                Value::Table(inner) => self.flatten(&key, inner),
                value => {
                    self.values.insert(key, value);
                }
            }
        }
    }

    /// Notes a mistake.
    pub fn mistake(&mut self, key: &str, problem: impl Into<String>) {
        self.mistakes.push(Mistake { key: key.to_owned(), problem: problem.into() });
    }

    /// Gives where a file is: paths count from the folder of the configuration file, if there is one.
    pub fn beside(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Takes a text; nothing if it was not given or is no text (which is noted).
    pub fn text(&mut self, key: &str) -> Option<String> {
        if let Value::String(text) = self.values.remove(key)? {
            return Some(text);
        }
        self.mistake(key, "must be a text in quotes");
        None
    }

    /// Takes a text that cannot be left out. `example` says what would be right.
    pub fn required(&mut self, key: &str, example: &str) -> Option<String> {
        let given = self.values.contains_key(key);
        let text = self.text(key);
        if !given {
            self.mistake(key, format!("is missing; give {example}"));
        }
        text
    }

    /// Takes what `parse` makes of a text, or of `default` if it was not given. `example` says what would be right.
    pub fn parsed<T>(
        &mut self,
        key: &str,
        default: &str,
        example: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = if self.values.contains_key(key) { self.text(key)? } else { default.to_owned() };
        let parsed = parse(&text);
        if parsed.is_none() {
            self.mistake(key, format!("“{text}” cannot be used; give {example}"));
        }
        parsed
    }

    /// Takes a length of time with its unit, such as `30m`. Zero is a mistake.
    pub fn duration(&mut self, key: &str, default: &str) -> Option<Duration> {
        self.parsed(key, default, "a time with its unit, such as 10s, 30m or 12h", |text| {
            humantime::parse_duration(text).ok().filter(|duration| !duration.is_zero())
        })
    }

    /// Takes a whole number.
    pub fn number(&mut self, key: &str, default: u32) -> Option<u32> {
        let number = match self.values.remove(key) {
            None => Some(default),
            Some(Value::Integer(number)) => u32::try_from(number).ok(),
            Some(Value::String(text)) => text.parse().ok(),
            Some(_) => None,
        };
        if number.is_none() {
            self.mistake(key, "must be a whole number, such as 5, or 0 for none");
        }
        number
    }

    /// Takes yes or no; no if it was not given.
    pub fn flag(&mut self, key: &str) -> bool {
        match self.values.remove(key) {
            None => false,
            Some(Value::Boolean(flag)) => flag,
            Some(Value::String(text)) if text == "true" || text == "false" => text == "true",
            Some(_) => {
                self.mistake(key, "must be true or false");
                false
            }
        }
    }

    /// Takes a secret: given as it is, or as the path of a file that holds it (`<key>_file`; the line end at its end
    /// does not count). Giving both is a mistake.
    pub fn secret(&mut self, key: &str) -> Option<SecretString> {
        let file_key = format!("{key}_file");
        match (self.text(key), self.text(&file_key)) {
            (Some(_), Some(_)) => {
                self.mistake(&file_key, format!("is given beside {key}; give one of them"));
                None
            }
            (Some(secret), None) => Some(secret.into()),
            (None, Some(path)) => match fs::read_to_string(self.beside(&path)) {
                Ok(secret) if secret.trim().is_empty() => {
                    self.mistake(&file_key, format!("the file {path} is empty"));
                    None
                }
                Ok(secret) => Some(secret.trim_end_matches(['\r', '\n']).into()),
                Err(error) => {
                    self.mistake(&file_key, format!("the file {path} cannot be read: {error}"));
                    None
                }
            },
            (None, None) => None,
        }
    }

    /// Tells whether a secret was given, in either way.
    pub fn has_secret(&self, key: &str) -> bool {
        self.values.contains_key(key) || self.values.contains_key(&format!("{key}_file"))
    }

    /// Gives what stands below a key: `shop` for `applications.shop.name` below `applications`.
    pub fn names_below(&self, key: &str) -> BTreeSet<String> {
        let below =
            |whole: &String| Some(whole.strip_prefix(key)?.strip_prefix('.')?.split('.').next()?.to_owned());
        self.values.keys().filter_map(below).collect()
    }

    /// Takes all keys below a key, as one table with tables in it.
    pub fn table(&mut self, key: &str) -> Table {
        let prefix = format!("{key}.");
        let mut whole = Table::new();
        for (key, value) in std::mem::take(&mut self.values) {
            match key.strip_prefix(&prefix) {
                Some(path) => nest(&mut whole, path, value),
                None => {
                    self.values.insert(key, value);
                }
            }
        }
        whole
    }

    /// Gives all mistakes: those that were noted, and one for each key that nobody took.
    pub fn into_mistakes(mut self) -> Vec<Mistake> {
        for key in std::mem::take(&mut self.values).into_keys() {
            self.mistake(
                &key,
                "is not a setting; take it away, or look for its right name in docs/configure.md",
            );
        }
        self.mistakes
    }
}

/// Puts a value where its path says: the other way round than `flatten`.
fn nest(table: &mut Table, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            table.insert(path.to_owned(), value);
        }
        Some((name, rest)) => {
            let inner = table.entry(name).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                nest(inner, rest, value);
            }
        }
    }
}

/// Reads a variable of a key that holds more than texts: numbers and lists as TOML writes them, anything else as text.
fn read_value(text: String) -> Value {
    let document = format!("value = {text}").parse::<Table>().ok();
    let value = document.filter(|table| table.len() == 1).and_then(|mut table| table.remove("value"));
    value.unwrap_or(Value::String(text))
}

fn read_table(path: &Path) -> Result<Table, String> {
    let shown = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| format!("the configuration file {shown} cannot be read: {error}"))?;
    // Only place and kind of the error: the line itself may hold a secret.
    text.parse::<Table>().map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        format!("the configuration file {shown} is not TOML, line {line}: {}", error.message())
    })
}
