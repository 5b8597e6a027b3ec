//! The whole document around a page, made by the server alone.

use leptos::{nonce::Nonce, prelude::*};

use crate::{
    Back, ChangeView, ContactsView, Frame, Locale, Page, PageState, View,
    components::layout::{Layout, Person},
    handover::{self, Handover},
    pages::{
        change::{ChangePage, change_title},
        contacts::ContactsPage,
    },
    text::{server, text},
};

/// Where the browser finds what belongs to the pages. Nothing is there when the client was not built.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub style: Option<File>,
    /// The path of the operator's colours, which come after the style sheet.
    pub theme: Option<String>,
    /// The browser's part of the application.
    pub client: Option<ClientFiles>,
}

/// Where the browser finds its part of the application.
#[derive(Clone, Debug)]
pub struct ClientFiles {
    /// The script.
    pub script: File,
    /// The module, which the script loads.
    pub module: File,
}

/// A file of a build.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path.
    pub path: String,
    /// The hash of its content, as browsers check it (Subresource Integrity, section 3.1).
    pub integrity: String,
}

/// The icon of the site, in the page itself: one request less.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
    %3Crect width='32' height='32' rx='8' fill='%231f4fa3'/%3E\
    %3Cpath d='M7 11h18v11H7zm0 0 9 7 9-7' fill='none' stroke='white' stroke-width='2' stroke-linejoin='round'/%3E\
    %3C/svg%3E";

/// Marks the page as plain when it will not be taken over: WebAssembly is missing or refused, the module cannot be
/// loaded or fails, or it has not come after ten seconds. Then nothing counts, and what counts is hidden. A module that
/// comes later all the same takes the mark away.
const WATCH: &str = "(function(page){\
    function plain(){if(!('live' in page.dataset))page.dataset.plain=''}\
    if(typeof WebAssembly!=='object')plain();\
    addEventListener('error',plain);\
    addEventListener('unhandledrejection',plain);\
    setTimeout(plain,10000)\
    })(document.documentElement)";

/// Hides the page when it goes into the browser's memory, and loads it anew when it comes back out of it (HTML, section
/// 7.4.6.2): what it shows may hold no more, or be somebody's who has signed out. What somebody was filling in stays, and looks for
/// itself whether they are still the one who is signed in.
const AFRESH: &str = "(function(page){\
    function old(event){return event.persisted&&!document.getElementById('contact')}\
    addEventListener('pagehide',function(event){page.hidden=old(event)});\
    addEventListener('pageshow',function(event){if(old(event))location.reload()})\
    })(document.documentElement)";

/// A document, and what its policy on content has to know.
pub struct Document {
    /// The document as HTML.
    pub html: String,
    /// The nonce of its scripts, if it has any.
    pub nonce: Option<String>,
}

/// Gives the document of a page. Where there is something to do the browser takes it over; a list of contacts is plain.
pub fn document(state: PageState, frame: Frame, assets: &Assets) -> Document {
    let PageState { locale, name, back, view } = state;
    // What an address says besides is not repeated on a page of somebody who is signed in.
    let here = frame.addresses.of(&match &view {
        View::Contacts(_) => Page::Contacts.path().to_owned(),
        View::Change(view) => view.step.path(view.kind),
    });
    let frame = Frame { here, ..frame };
    // What the page is made of goes away with it.
    Owner::new().with(|| {
        let person = view! { <Person text=server::text(locale) name sign_out=frame.sign_out() /> }.into_any();
        match view {
            View::Contacts(view) => contacts_document(locale, person, back, view, frame, assets),
            View::Change(view) => change_document(locale, person, back, view, frame, assets),
        }
    })
}

fn contacts_document(
    locale: Locale,
    person: AnyView,
    back: Option<Back>,
    view: ContactsView,
    frame: Frame,
    assets: &Assets,
) -> Document {
    let text = server::text(locale);
    let title = format!("{} – {}", text.contacts.title, frame.service(text));
    let addresses = frame.addresses.clone();
    let page = view! {
        <Layout locale text frame person back>
            <ContactsPage locale addresses view />
        </Layout>
    };
    let nonce = Nonce::new().to_string();
    let afresh = view! { <script nonce=nonce.clone() inner_html=AFRESH></script> };
    let scripts = Scripts { inline: Some(afresh), loaded: None::<()> };
    Document { html: whole(locale, title, assets, scripts, page), nonce: Some(nonce) }
}

fn change_document(
    locale: Locale,
    person: AnyView,
    back: Option<Back>,
    view: ChangeView,
    frame: Frame,
    assets: &Assets,
) -> Document {
    let (text, around) = (text(locale), server::text(locale));
    let (page, addresses) = (format!("{} – {}", view.title, frame.service(around)), frame.addresses.clone());
    let handover = Handover { page, addresses, view };
    // Without any of these the page is plain.
    let client = assets.client.clone().zip(handover.write(locale).ok());
    let nonce = client.is_some().then(|| Nonce::new().to_string());
    let (client, block) = client.unzip();
    let (inline, loaded) = client.zip(nonce.clone()).map(|(files, nonce)| scripts(files, nonce)).unzip();
    let block =
        block.map(|block| view! { <script type="text/plain" id=handover::ID inner_html=block></script> });
    let Handover { page, addresses, view } = handover;
    let title = change_title(text, &page, view.kind, &view.step.flow);
    let body = view! {
        <Layout locale text=around frame person back>
            <ChangePage text page addresses view />
        </Layout>
        {block}
    };
    Document { html: whole(locale, title, assets, Scripts { inline, loaded }, body), nonce }
}

/// The scripts of a page. Nothing waits for them: what they load is asked for at once and run when all the page is there.
/// The browser takes each file only if it is the one that was built.
fn scripts(ClientFiles { script, module }: ClientFiles, nonce: String) -> (impl IntoView, impl IntoView) {
    let start = format!(
        "import('{}').then(client=>client.default({{module_or_path:fetch('{}',{{integrity:'{}'}})}}).then(client.hydrate))",
        script.path, module.path, module.integrity
    );
    let map = format!("{{\"integrity\":{{\"{}\":\"{}\"}}}}", script.path, script.integrity);
    let inline = view! {
        <script nonce=nonce.clone() inner_html=WATCH></script>
        <script nonce=nonce.clone() inner_html=AFRESH></script>
        <script nonce=nonce.clone() type="importmap" inner_html=map></script>
    };
    let loaded = view! {
        <link rel="modulepreload" href=script.path integrity=script.integrity nonce=nonce.clone() />
        <link rel="preload" href=module.path r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script nonce=nonce type="module" inner_html=start></script>
    };
    (inline, loaded)
}

/// The scripts of a page, if it has any.
pub(crate) struct Scripts<Inline, Loaded> {
    /// Those in the page itself. They go before the style: a script that comes after it waits for it (HTML, section
    /// 4.2.7), and all that is to be read would wait for the script.
    inline: Option<Inline>,
    /// Those that are loaded, and take the page over.
    loaded: Option<Loaded>,
}

/// No scripts: nothing takes the page over.
pub(crate) const PLAIN: Scripts<(), ()> = Scripts { inline: None, loaded: None };

/// Puts a document together, as HTML.
pub(crate) fn whole<Inline: IntoView, Loaded: IntoView, Body: IntoView>(
    locale: Locale,
    title: String,
    assets: &Assets,
    Scripts { inline, loaded }: Scripts<Inline, Loaded>,
    body: Body,
) -> String {
    let plain = loaded.is_none().then_some("");
    let style = assets.style.clone().map(|File { path, integrity }| {
        view! { <link rel="stylesheet" href=path integrity=integrity /> }
    });
    let theme = assets.theme.clone().map(|href| view! { <link rel="stylesheet" href=href /> });
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() dir=locale.direction() data-plain=plain>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title>{title}</title>
                {inline}
                {style}
                {theme}
                <link rel="icon" href=ICON />
                {loaded}
            </head>
            <body>{body}</body>
        </html>
    }
    .to_html()
}
