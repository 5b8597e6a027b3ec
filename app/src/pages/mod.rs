//! The pages, and the application that shows the one it is given.

pub(crate) mod change;
mod contacts;

use leptos::prelude::*;

use crate::{PageState, View, components::layout::Layout, pages::change::ChangePage, text::text};

/// The body of every page. The server provides the state; the browser finds it in the page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let PageState { locale, name, view } = SharedValue::new(expect_context::<PageState>).into_inner();
    let text = text(locale);
    view! {
        <Layout text name>
            {match view {
                View::Contacts(view) => view! { <contacts::ContactsPage text view /> }.into_any(),
                View::Change(view) => view! { <ChangePage text view /> }.into_any(),
            }}
        </Layout>
    }
}
