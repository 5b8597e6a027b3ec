//! The style sheet: the files of `style/`, joined in the order of `style/order.txt`, without comments and
//! needless white space.

use std::{fmt::Write as _, fs, path::Path};

use sha2::{Digest, Sha256};

use crate::{
    error::{Error, Result},
    workspace,
};

/// Writes `style-<hash>.css` into `/dist`, in place of the one that was there, and gives its name. The order matters
/// (tokens before what uses them), and no file may be left out of it by accident.
pub(super) fn build() -> Result<String> {
    let folder = workspace::root().join("style");
    let order = read(&folder.join("order.txt"))?;
    let listed: Vec<&str> = files_in(&order).collect();
    for path in workspace::files_below(&folder)? {
        let file = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy();
        if path.extension().is_some_and(|extension| extension == "css") && !listed.contains(&file.as_ref()) {
            return Err(Error::StyleNotListed { file: format!("style/{file}") });
        }
    }
    let mut sheet = String::new();
    for file in listed {
        sheet.push_str(&shrunk(&read(&folder.join(file))?));
    }
    let mut name = String::from("style-");
    for byte in Sha256::digest(&sheet).iter().take(8) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name.push_str(".css");
    let dist = workspace::dist();
    for path in workspace::files_below(&dist)? {
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("style-")) {
            fs::remove_file(&path).map_err(Error::file("removed", &path))?;
        }
    }
    let path = dist.join(&name);
    fs::write(&path, sheet).map_err(Error::file("written", path))?;
    Ok(name)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(Error::file("read", path))
}

/// The file names in an order file: one a line; `#` begins a comment.
fn files_in(order: &str) -> impl Iterator<Item = &str> {
    order.lines().map(|line| line.split('#').next().unwrap_or(line).trim()).filter(|file| !file.is_empty())
}

/// A style sheet without comments, with white space only where it can mean something. Strings stay as they are.
fn shrunk(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut space = false;
    let mut rest = sheet.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '/' if rest.peek() == Some(&'*') => {
                rest.next();
                let mut before = ' ';
                for inside in rest.by_ref() {
                    if before == '*' && inside == '/' {
                        break;
                    }
                    before = inside;
                }
                space = true;
            }
            _ if character.is_whitespace() => space = true,
            _ => {
                if space
                    && !out.ends_with(['{', '}', ';', ',', ':'])
                    && !matches!(character, '{' | '}' | ';' | ',')
                {
                    out.push(' ');
                }
                space = false;
                if character == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(character);
                if let quote @ ('"' | '\'') = character {
                    let mut escaped = false;
                    for inside in rest.by_ref() {
                        out.push(inside);
                        if inside == quote && !escaped {
                            break;
                        }
                        escaped = inside == '\\' && !escaped;
                    }
                }
            }
        }
    }
    out.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/* a * b / c **/ a { color : red ; }\n", "a{color :red}")]
    #[case(
        "a :hover , b > c { margin: 0 auto; padding: calc(1px + 2px) }",
        "a :hover,b > c{margin:0 auto;padding:calc(1px + 2px)}"
    )]
    #[case("a::before { content: \"/* ; */  '\\\"  {\" }", "a::before{content:\"/* ; */  '\\\"  {\"}")]
    #[case(
        "@media (min-width: 40rem) and (prefers-color-scheme: dark) {\n  a { b: c; }\n}",
        "@media (min-width:40rem) and (prefers-color-scheme:dark){a{b:c}}"
    )]
    #[case("a/**/b{c:d}", "a b{c:d}")]
    #[case("a{b:c}/* never closed", "a{b:c}")]
    fn a_sheet_loses_what_means_nothing_and_keeps_the_rest(#[case] sheet: &str, #[case] expected: &str) {
        assert_eq!(shrunk(sheet), expected);
    }

    #[test]
    fn the_order_is_one_file_a_line() {
        let files: Vec<_> = files_in("# first\ntokens.css\n\n  base.css # second\n").collect();
        assert_eq!(files, ["tokens.css", "base.css"]);
    }
}
