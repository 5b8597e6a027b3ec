//! What was given, before it is understood: dotted keys and their values, and the mistakes found so far.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use secrecy::SecretString;
use toml::{Table, Value};
use upstream::Secret;

use super::{
    key::{Form, Key, PREFIX, variable},
    mistake::Mistake,
    reference,
};

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
    /// Reads the file, if one is named, then the variables over it. An empty text counts as not set: nobody means one, and a
    /// template that was filled in with nothing is told as what is missing.
    ///
    /// # Errors
    /// The file cannot be read: what is missing without it is no mistake of its own.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (impl Into<OsString>, impl Into<OsString>)>,
    ) -> Result<Self, Mistake> {
        let folder = file.and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
        let mut raw = Self { values: BTreeMap::new(), folder, mistakes: Vec::new() };
        if let Some(path) = file {
            let table = read_table(path).map_err(|problem| Mistake { key: String::new(), problem })?;
            raw.flatten("", table);
        }
        for (name, value) in environment {
            let (name, value) = (name.into(), value.into());
            let name = name.to_string_lossy();
            if let Some(key) = name.strip_prefix(PREFIX)
                && !NOT_SETTINGS.contains(&&*name)
                && !value.is_empty()
            {
                let key = key.to_lowercase().replace("__", ".");
                match value.into_string() {
                    Ok(text) if key.starts_with(MIXED) => drop(raw.values.insert(key, read_value(text))),
                    Ok(text) => drop(raw.values.insert(key, Value::String(text))),
                    Err(_) => raw.mistake(&key, "is not text in UTF-8; write it in UTF-8"),
                }
            }
        }
        Ok(raw)
    }

    fn flatten(&mut self, prefix: &str, table: Table) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
            match value {
                Value::Table(inner) => self.flatten(&key, inner),
                Value::String(text) if text.is_empty() => {}
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

    /// Notes that a value cannot be used, and what would be right.
    pub fn unusable(&mut self, key: &Key, text: &str) {
        self.mistake(&key.name, format!("“{text}” cannot be used; give {}", key.kind.right));
    }

    /// Notes that a setting is missing, and what would be right; nothing if it was given and could not be read.
    pub fn missing(&mut self, key: &Key) {
        if !self.mistakes.iter().any(|mistake| mistake.key == key.name) {
            self.mistake(&key.name, format!("is missing; give {}", key.right()));
        }
    }

    /// Gives where a file is: paths count from the folder of the configuration file, if there is one.
    pub fn beside(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Tells whether a setting was given; a secret may be given in either way.
    pub fn has(&self, key: &Key) -> bool {
        self.values.contains_key(key.name.as_ref())
            || (key.kind.form == Form::Secret && self.values.contains_key(&key.file()))
    }

    /// Takes a text; nothing if it was not given or is no text (which is noted).
    pub fn text(&mut self, key: &Key) -> Option<String> {
        self.text_of(&key.name)
    }

    fn text_of(&mut self, name: &str) -> Option<String> {
        if let Value::String(text) = self.values.remove(name)? {
            return Some(text);
        }
        self.mistake(name, "must be a text in quotes");
        None
    }

    /// Takes a text that cannot be left out.
    pub fn required(&mut self, key: &Key) -> Option<String> {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key)
    }

    /// Takes what `parse` makes of a text, or of the default if it was not given.
    pub fn parsed<T>(&mut self, key: &Key, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = if self.has(key) { self.text(key)? } else { key.default_text().to_owned() };
        let parsed = parse(&text);
        if parsed.is_none() {
            self.unusable(key, &text);
        }
        parsed
    }

    /// Takes a length of time with its unit, such as `30m`. Zero is a mistake.
    pub fn duration(&mut self, key: &Key) -> Option<Duration> {
        self.parsed(key, |text| humantime::parse_duration(text).ok().filter(|duration| !duration.is_zero()))
    }

    /// Takes a whole number.
    pub fn number(&mut self, key: &Key) -> Option<u32> {
        let number = match self.values.remove(key.name.as_ref()) {
            None => key.default_text().parse().ok(),
            Some(Value::Integer(number)) => u32::try_from(number).ok(),
            Some(Value::String(text)) => text.parse().ok(),
            Some(_) => None,
        };
        if number.is_none() {
            self.mistake(&key.name, format!("must be {}", key.kind.right));
        }
        number
    }

    /// Takes yes or no; the default if it was not given.
    pub fn flag(&mut self, key: &Key) -> bool {
        let default = key.default_text() == "true";
        match self.values.remove(key.name.as_ref()) {
            None => default,
            Some(Value::Boolean(flag)) => flag,
            Some(Value::String(text)) if text == "true" || text == "false" => text == "true",
            Some(_) => {
                self.mistake(&key.name, "must be true or false");
                default
            }
        }
    }

    /// Takes away what was given for settings that mean nothing with `choice`, and notes each.
    pub fn refuse<const N: usize>(&mut self, keys: [&Key; N], choice: &str) {
        for key in keys {
            if self.has(key) {
                self.mistake(&key.name, format!("is not for {choice}; take it away"));
            }
            self.forget(key);
        }
    }

    /// Takes away what was given for a setting, whatever it is.
    pub fn forget(&mut self, key: &Key) {
        self.values.remove(key.name.as_ref());
        self.values.remove(&key.file());
    }

    /// Takes a secret that cannot be left out.
    pub fn required_secret(&mut self, key: &Key) -> Option<Secret> {
        if !self.has(key) {
            self.missing(key);
        }
        self.secret(key)
    }

    /// Takes a secret: given as it is, or as the path of a file that holds it (`<key>_file`; the line end at its end
    /// does not count), which may change while the server runs. Giving both is a mistake.
    pub fn secret(&mut self, key: &Key) -> Option<Secret> {
        let file_key = key.file();
        match (self.text(key), self.text_of(&file_key)) {
            (Some(_), Some(_)) => {
                self.mistake(&file_key, format!("is given beside {}; give one of them", key.name));
                None
            }
            (Some(secret), None) => Some(SecretString::from(secret).into()),
            (None, Some(path)) => {
                let path = self.beside(&path);
                let shown = path.display().to_string();
                Secret::in_file(path)
                    .inspect_err(|problem| self.mistake(&file_key, format!("the file {shown} {problem}")))
                    .ok()
            }
            (None, None) => None,
        }
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
            let problem = match reference::meant(&key) {
                Some(meant) => format!("is not a setting; did you mean {meant} ({})?", variable(&meant)),
                None => "is not a setting; take it away, or look for its right name in docs/configure.md"
                    .to_owned(),
            };
            self.mistake(&key, problem);
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
