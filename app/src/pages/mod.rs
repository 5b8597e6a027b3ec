//! The pages, and the application that shows the one it is given.

pub(crate) mod change;
mod contacts;

use leptos::prelude::*;

use crate::{
    Frame, PageState, View,
    components::{
        back_link::BackLink,
        layout::{Layout, Person},
    },
    pages::change::ChangePage,
    text::text,
};

/// The body of every page. The server provides the state; the browser finds it in the page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let PageState { locale, name, outcome, view } =
        SharedValue::new(expect_context::<PageState>).into_inner();
    let frame = SharedValue::new(expect_context::<Frame>).into_inner();
    let text = text(locale);
    let service = frame.service(text).to_owned();
    let here = RwSignal::new(frame.here.clone());
    let way_back = frame.way_back.clone();
    if let Some(way_back) = way_back.clone() {
        provide_context(way_back);
    }
    let person = view! { <Person text name framed=frame.is_framed() /> }.into_any();
    view! {
        <Layout locale text frame here=here.into() person>
            {match view {
                View::Contacts(view) => {
                    view! {
                        <BackLink text way_back outcome=Signal::stored(outcome) />
                        <contacts::ContactsPage text view />
                    }
                        .into_any()
                }
                View::Change(view) => view! { <ChangePage text service view outcome here /> }.into_any(),
            }}
        </Layout>
    }
}
