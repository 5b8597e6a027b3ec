//! What a document says to type: its boxes, and the commands in its sentences. The tests of other crates read it so as well.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// The programs that documents name with what to type behind them.
const PROGRAMS: [&str; 27] = [
    "./contact-change",
    "apt-get",
    "cargo",
    "contact-change",
    "cp",
    "curl",
    "docker",
    "git",
    "grep",
    "install",
    "journalctl",
    "kill",
    "kubectl",
    "nginx",
    "node",
    "npm",
    "npx",
    "openssl",
    "podman",
    "promtool",
    "python3",
    "redis-cli",
    "rustup",
    "systemctl",
    "systemd-analyze",
    "target/release/contact-change",
    "twiggy",
];

/// A document of the repository.
pub(crate) struct Document {
    /// Its path from the root.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A box of a document.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// What stands behind the fence.
    pub(crate) kind: String,
    pub(crate) content: String,
}

/// A line that somebody types.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) line: String,
    /// Whether it stands in a box that a test runs.
    pub(crate) is_run: bool,
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().find(|folder| folder.join("Cargo.lock").exists()).expect("the root").to_owned()
}

/// A file of the repository.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All documents: those of the root, and those of `docs/`.
pub(crate) fn documents() -> Vec<Document> {
    let names = ["", "docs/"].into_iter().flat_map(|folder| {
        let files = fs::read_dir(root().join(folder)).expect("a folder");
        files.filter_map(move |file| Some(format!("{folder}{}", file.ok()?.file_name().to_str()?)))
    });
    let mut names: Vec<String> =
        names.filter(|name| Path::new(name).extension().is_some_and(|end| end == "md")).collect();
    names.sort();
    names.into_iter().map(|name| Document { text: read(&name), name }).collect()
}

impl Document {
    /// The document of this name.
    pub(crate) fn of(name: &str) -> Self {
        Self { name: name.to_owned(), text: read(name) }
    }

    /// Its boxes, in their order.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        let mut found = Vec::new();
        let mut lines = self.text.lines();
        while let Some(line) = lines.next() {
            if let Some(kind) = line.strip_prefix("```") {
                let content = lines.by_ref().take_while(|line| *line != "```");
                let content = content.flat_map(|line| [line, "\n"]).collect();
                found.push(Block { kind: kind.to_owned(), content });
            }
        }
        found
    }

    /// The data that it shows.
    pub(crate) fn data(&self) -> Vec<Value> {
        let blocks = self.blocks().into_iter().filter(|block| block.kind == "json");
        let read = |block: Block| serde_json::from_str(&block.content);
        blocks.map(|block| read(block).unwrap_or_else(|error| panic!("{}: {error}", self.name))).collect()
    }

    /// What stands outside of its boxes.
    pub(crate) fn sentences(&self) -> String {
        let mut is_inside = false;
        let mut outside = |line: &&str| {
            let is_fence = line.starts_with("```");
            is_inside ^= is_fence;
            !is_fence && !is_inside
        };
        self.text.lines().filter(&mut outside).flat_map(|line| [line, "\n"]).collect()
    }

    /// All that it says to type: in boxes, and in sentences.
    pub(crate) fn commands(&self) -> Vec<Command> {
        let mut commands: Vec<Command> = self.blocks().iter().flat_map(Block::commands).collect();
        let sentences = self.sentences();
        let spans = sentences.split('`').skip(1).step_by(2);
        let spans = spans.map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "));
        commands.extend(spans.filter(|span| is_command(span)).map(|line| Command { line, is_run: false }));
        commands
    }
}

impl Block {
    /// What is typed in it: a line each, without what a shell leaves out.
    fn commands(&self) -> Vec<Command> {
        let joined = self.content.replace("\\\n", " ");
        let typed = joined.lines().filter_map(|line| match self.kind.as_str() {
            "sh" | "sh run" => Some(line),
            "console" => line.strip_prefix("$ "),
            _ => None,
        });
        let without_comment = |line: &str| line.split(" #").next().unwrap_or_default().to_owned();
        let lines =
            typed.map(without_comment).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let is_run = self.kind == "sh run";
        lines.filter(|line| !line.is_empty()).map(|line| Command { line, is_run }).collect()
    }
}

impl Command {
    /// Its words, without the variables before them.
    pub(crate) fn words(&self) -> Vec<String> {
        let words = shlex::split(&self.line).unwrap_or_default();
        words.into_iter().skip_while(|word| is_assignment(word)).collect()
    }

    /// What is given to a program of ours, if it begins with one of these words.
    pub(crate) fn given_to(&self, beginnings: &[&[&str]]) -> Option<Vec<String>> {
        let words = self.words();
        beginnings.iter().find_map(|beginning| {
            let is_it = beginning.iter().zip(&words).all(|(is, said)| is == said);
            (is_it && beginning.len() <= words.len()).then(|| words[beginning.len()..].to_vec())
        })
    }
}

/// Whether something in a sentence is typed: a program, and something behind it. One word alone only names it.
fn is_command(span: &str) -> bool {
    let words = shlex::split(span).unwrap_or_default();
    let mut words = words.iter().skip_while(|word| is_assignment(word));
    words.next().is_some_and(|first| PROGRAMS.contains(&first.as_str())) && words.next().is_some()
}

fn is_assignment(word: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.chars().all(|each| each.is_ascii_uppercase() || each.is_ascii_digit() || each == '_')
    };
    word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

/// Whether two pieces of data have the same members of the same kinds: what is documented, and what there is. Of a list the
/// first one counts, since the others are as it is.
pub(crate) fn is_alike(documented: &Value, real: &Value) -> bool {
    match (documented, real) {
        (Value::Object(documented), Value::Object(real)) => {
            documented.len() == real.len()
                && documented
                    .iter()
                    .all(|(name, one)| real.get(name).is_some_and(|other| is_alike(one, other)))
        }
        (Value::Array(documented), Value::Array(real)) => match (documented.first(), real.first()) {
            (Some(one), Some(other)) => is_alike(one, other),
            (one, other) => one.is_none() == other.is_none(),
        },
        (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}
