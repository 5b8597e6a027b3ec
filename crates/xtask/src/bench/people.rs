//! People who are signed in and wait for a code: each of them can ask for a new one again and again.

use std::{fmt::Write, fs, path::Path};

use crate::{
    browser::Browser,
    error::{Error, Result},
    load::{Page, Person, Told, Town},
};

/// Somebody who waits for a code.
pub(super) struct Waiting {
    number: u32,
    id: String,
    browser: Browser,
    /// The state that the next press is made for.
    flow: String,
}

impl Waiting {
    /// Signs somebody in, and asks for their first code.
    pub(super) fn begin(town: &Town, number: u32) -> Result<Self> {
        let (id, contact) = (Person::of(number).id, format!("changed{number}@example.org"));
        let mut browser = town.browser();
        let page = browser.sign_in(&format!("{}/email", town.public), &town.sandbox_address, &id)?;
        let flow = Page::read(&page.text()?).flow;
        let form = [("kind", "email"), ("flow", flow.as_str()), ("contact", contact.as_str())];
        let page = browser.post(&format!("{}/api/begin", town.public), &form)?.good()?;
        let page = Page::read(&page.text()?);
        if page.told != Told::EnterCode {
            return Err(Error::Failed { what: format!("Asking for a first code ({:?})", page.told) });
        }
        Ok(Self { number, id, browser, flow: page.flow })
    }

    /// Looks where they stand: answers that came after the end of a run went nowhere.
    pub(super) fn look(&mut self, town: &Town) -> Result<()> {
        self.flow = Page::read(&self.page(town)?).flow;
        Ok(())
    }

    /// The page as they get it.
    pub(super) fn page(&mut self, town: &Town) -> Result<String> {
        self.browser.open(&format!("{}/email", town.public))?.good()?.text()
    }
}

/// Writes all of them down, a line each: number, id, cookies, state.
pub(super) fn write(people: &[Waiting], path: &Path) -> Result<()> {
    let lines = people.iter().fold(String::new(), |mut lines, Waiting { number, id, browser, flow }| {
        // Writing to a string cannot fail.
        let _: std::fmt::Result = writeln!(lines, "{number}\t{id}\t{}\t{flow}", browser.cookies());
        lines
    });
    fs::write(path, lines).map_err(Error::file("written", path))
}
