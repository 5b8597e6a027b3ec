//! The pages, and the application that shows the one it is given.

pub(crate) mod change;
mod contacts;

use leptos::prelude::*;

use crate::{
    Frame, PageState, View,
    components::layout::{Layout, Person},
    pages::change::ChangePage,
    text::text,
};

/// The body of every page. The server provides the state; the browser finds it in the page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let PageState { locale, name, view } = SharedValue::new(expect_context::<PageState>).into_inner();
    let frame = SharedValue::new(expect_context::<Frame>).into_inner();
    let text = text(locale);
    let service = frame.service(text).to_owned();
    let here = RwSignal::new(frame.here.clone());
    let person = view! { <Person text name /> }.into_any();
    view! {
        <Layout locale text frame here=here.into() person>
            {match view {
                View::Contacts(view) => view! { <contacts::ContactsPage text view /> }.into_any(),
                View::Change(view) => view! { <ChangePage text service view here /> }.into_any(),
            }}
        </Layout>
    }
}
