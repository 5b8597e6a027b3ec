//! A journey of one person: they follow the page as a person would, until it is done or they give up.

use std::{thread, time::Duration};

use serde_json::Value;

use super::{
    figures::{Step, Timing},
    page::{Page, Told},
    person::Person,
    town::Town,
};
use crate::{
    browser::{Browser, Got},
    error::{Error, Result},
    process,
};

/// How long a person waits who is asked to try again later.
const PAUSE: Duration = Duration::from_millis(1200);
/// How long they wait for a message, and how often they look.
const LOOK: (Duration, u32) = (Duration::from_millis(100), 20);
/// How often they look again when the weather is good.
const LOOKS: usize = 20;
/// How many pages they see before they give up.
const PAGES: usize = 60;

/// What a press was, with what the person was told of it at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// For a code.
    Begin(Told),
    /// With a code.
    Finish(Told),
}

/// What became of somebody.
pub(super) struct Journey {
    pub(super) person: Person,
    /// Every press, in order. A double press is one.
    pub(super) presses: Vec<Press>,
    /// What they were told last.
    pub(super) ending: Told,
    /// What the browser could not load, if that was the end; it never should be.
    pub(super) broken: Option<Error>,
    /// Two answers to one double press, if they were not the same.
    pub(super) unequal: Option<(Told, Told)>,
    pub(super) timings: Vec<Timing>,
}

impl Journey {
    /// Goes the whole way.
    pub(super) fn make(town: &Town, person: Person) -> Self {
        let journey = Self {
            person,
            presses: Vec::new(),
            ending: Told::Odd,
            broken: None,
            unequal: None,
            timings: Vec::new(),
        };
        Walk { town, browser: town.browser(), has_mistyped: false, journey }.walk()
    }

    /// Looks again when the weather is good: whoever was left with "we do not know" learns what became of it.
    pub(super) fn look_again(self, town: &Town) -> Self {
        if self.ending == Told::Done || self.broken.is_some() {
            return self;
        }
        Walk { town, browser: town.browser(), has_mistyped: false, journey: self }.look()
    }
}

struct Walk<'town> {
    town: &'town Town,
    browser: Browser,
    has_mistyped: bool,
    journey: Journey,
}

impl Walk<'_> {
    fn walk(mut self) -> Journey {
        let went = self.sign_in().and_then(|page| self.follow(page));
        match went {
            Ok(ending) => self.journey.ending = ending,
            Err(error) => self.journey.broken = Some(error),
        }
        self.journey
    }

    fn look(mut self) -> Journey {
        for _ in 0..LOOKS {
            match self.later(Self::sign_in).map(|page| page.told) {
                // Reads may still rest from the bad weather.
                Ok(Told::Unknown | Told::NotSignedIn | Told::Unavailable | Told::Busy) => {}
                Ok(told) => {
                    self.journey.ending = told;
                    break;
                }
                Err(error) => {
                    self.journey.broken = Some(error);
                    break;
                }
            }
        }
        self.journey
    }

    fn follow(&mut self, mut page: Page) -> Result<Told> {
        for _ in 0..PAGES {
            process::not_interrupted()?;
            page = match page.told {
                Told::Done => return Ok(Told::Done),
                Told::EnterContact | Told::OlderPage if !page.can_resend => self.begin(&page)?,
                Told::EnterCode | Told::NotResent | Told::OlderPage => self.enter_code(&page)?,
                Told::WrongCode | Told::Over | Told::BeginLost | Told::NotChanged if page.can_resend => {
                    self.press(Step::Begin, "/api/resend", &page, &[])?
                }
                // What is wanted was not done: a while later the page is as it was, and the press can be made again.
                Told::NotChecked => self.later(|walk| walk.enter_code(&page))?,
                Told::NotSent | Told::Limit if page.can_resend => {
                    self.later(|walk| walk.press(Step::Begin, "/api/resend", &page, &[]))?
                }
                Told::NotSent => self.later(|walk| walk.begin(&page))?,
                Told::Limit => {
                    self.later(|walk| if page.flow.is_empty() { walk.sign_in() } else { walk.begin(&page) })?
                }
                Told::Unavailable | Told::Busy | Told::Unknown | Told::NotSignedIn
                // There is no button for a new code before a limit ends.
                | Told::WrongCode | Told::Over | Told::BeginLost | Told::NotChanged => {
                    self.later(Self::sign_in)?
                }
                Told::AlreadyYours | Told::Odd | Told::EnterContact => return Ok(page.told),
            };
        }
        Ok(page.told)
    }

    fn later(&mut self, then: impl FnOnce(&mut Self) -> Result<Page>) -> Result<Page> {
        thread::sleep(PAUSE);
        then(self)
    }

    /// Opens the page, and signs in if the provider asks who it is.
    fn sign_in(&mut self) -> Result<Page> {
        let address = format!("{}{}", self.town.public, self.journey.person.path());
        let page = self.timed(Step::Open, |browser| browser.open(&address))?;
        let Some(request) = Got::field(&page, "request") else { return Ok(Page::read(&page)) };
        let form = [("request", request), ("person", self.journey.person.id.clone())];
        let sign_in = format!("{}/openid/auth/sign-in", self.town.sandbox_address);
        let page = self.timed(Step::SignIn, |browser| browser.post(&sign_in, &borrowed(&form)))?;
        Ok(Page::read(&page))
    }

    fn begin(&mut self, page: &Page) -> Result<Page> {
        let Person { contact, primary, replace_all, .. } = self.journey.person.clone();
        let mut fields = vec![("contact", contact)];
        fields.extend(primary.then(|| ("primary", "true".to_owned())));
        fields.extend(replace_all.then(|| ("replace_all", "true".to_owned())));
        self.press(Step::Begin, "/api/begin", page, &fields)
    }

    /// Reads the newest message and enters its code, or one that is not it.
    fn enter_code(&mut self, page: &Page) -> Result<Page> {
        let Some(code) = self.read_message()? else {
            return self.press(Step::Begin, "/api/resend", page, &[]);
        };
        let mistypes = self.journey.person.mistypes && !self.has_mistyped;
        let typed = if mistypes { another(&code) } else { code };
        let page = self.press(Step::Finish, "/api/finish", page, &[("code", typed)])?;
        self.has_mistyped |= mistypes && page.told != Told::NotChecked;
        Ok(page)
    }

    fn read_message(&mut self) -> Result<Option<String>> {
        let (pause, looks) = LOOK;
        let contact = self.journey.person.contact.replace('+', "%2B");
        for _ in 0..looks {
            let outbox = self.town.ask(&format!("/outbox.json?to={contact}"))?;
            if let Some(code) = outbox.get(0).and_then(|message| message["text"].as_str()).and_then(code) {
                return Ok(Some(code));
            }
            thread::sleep(pause);
        }
        Ok(None)
    }

    /// Presses a button of a page, once or twice at the same time.
    fn press(&mut self, step: Step, action: &str, page: &Page, more: &[(&str, String)]) -> Result<Page> {
        let kind = ("kind", self.journey.person.kind.to_owned());
        let form: Vec<_> =
            [kind, ("flow", page.flow.clone())].into_iter().chain(more.iter().cloned()).collect();
        let address = format!("{}{action}", self.town.public);
        let mut tab = self.browser.clone();
        let doubles = self.journey.person.doubles;
        let (first, second) = thread::scope(|scope| {
            let form = borrowed(&form);
            let address = &address;
            let second = doubles.then(|| {
                let form = form.clone();
                scope.spawn(move || tab.post(address, &form).and_then(|got| got.text()))
            });
            let first = self.timed(step, |browser| browser.post(address, &form));
            (first, second.and_then(|thread| thread.join().ok()))
        });
        let page = Page::read(&first?);
        if let Some(second) = second.transpose()? {
            let second = Page::read(&second).told;
            if second != page.told {
                self.journey.unequal = Some((page.told, second));
            }
        }
        self.journey.presses.push(match step {
            Step::Finish => Press::Finish(page.told),
            _ => Press::Begin(page.told),
        });
        Ok(page)
    }

    fn timed(&mut self, step: Step, act: impl FnOnce(&mut Browser) -> Result<Got>) -> Result<String> {
        let (got, timing) = Timing::of(step, || act(&mut self.browser));
        self.journey.timings.push(timing);
        got?.text()
    }
}

/// The code in the text of a message, as a person finds it: the first six digits.
fn code(text: &str) -> Option<String> {
    let mut words = text.split(|character: char| !character.is_ascii_digit());
    words.find(|word| word.len() == 6).map(str::to_owned)
}

fn another(code: &str) -> String {
    let last = if code.ends_with('1') { '2' } else { '1' };
    code.chars().take(5).chain([last]).collect()
}

fn borrowed<'form>(form: &'form [(&'form str, String)]) -> Vec<(&'form str, &'form str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The sandbox's list of one name.
pub(super) fn list<'a>(answer: &'a Value, name: &str) -> &'a [Value] {
    answer[name].as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_found_in_the_text_of_a_message() {
        let text = "Your verification code is 652323. It works once, for 10 minutes.\n\n@localhost #652323";
        assert_eq!(code(text).as_deref(), Some("652323"));
        assert_eq!(code("It works for 10 minutes."), None);
    }

    #[test]
    fn a_mistyped_code_is_another_one() {
        assert_eq!((another("123451"), another("123459")), ("123452".to_owned(), "123451".to_owned()));
    }
}
