//! Everything below a path, where other applications have the same host.

use reqwest::{Response, StatusCode};
use sandbox::Running;

use crate::support::{App, Browser, between, issuer, location, sandbox, serve, set_cookies, variables};

const BASE: &str = "/account/contact";
const SHOP: &str = "https://shop.example/back";
const NEW: &str = "alice.new@example.org";

/// Starts a server below the path, with a client, a logo, colours, and an application that sends people.
async fn app(sandbox: &Running, scheme: &str) -> App {
    let mut variables = variables(&issuer(sandbox));
    for (name, value) in [
        ("PUBLIC_URL", BASE),
        ("THEME__ACCENT", "#123456"),
        ("APPLICATIONS__SHOP__NAME", "Shop"),
        ("APPLICATIONS__SHOP__RETURN_TO", SHOP),
    ] {
        variables.insert(format!("CONTACT_CHANGE_{name}"), value.to_owned());
    }
    let manifest = br#"{"script":"app-1.js","wasm":"app-1_bg.wasm","style":"style-1.css"}"#;
    let files = [
        ("manifest.json", manifest.as_slice()),
        ("app-1.js", b""),
        ("app-1_bg.wasm", b""),
        ("style-1.css", b""),
    ];
    let files = files.map(|(name, content)| (name.to_owned(), content.into()));
    serve(variables, scheme, files).await
}

/// A person who looks at every address that they are given.
struct Walker<'app> {
    app: &'app App,
    browser: Browser,
    /// The addresses of files, as they were found.
    files: Vec<String>,
}

impl Walker<'_> {
    /// Goes to an address of ours, and gives the page.
    async fn read(&mut self, address: &str) -> String {
        let answer = self.browser.get(&format!("{}{address}", self.app.url)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        self.look(answer).await
    }

    /// Goes to an address of ours, and gives where it leads.
    async fn follow(&mut self, address: &str) -> String {
        let answer = self.browser.get(&format!("{}{address}", self.app.url)).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{address}");
        let next = location(&answer);
        self.look(answer).await;
        next
    }

    /// Presses the button of a form, and gives where that leads.
    async fn press(&mut self, address: &str, function: &str, typed: &[(&str, &str)]) -> String {
        let html = self.read(address).await;
        let action = format!("{BASE}/api/{function}");
        let rest = between(&html, &format!("action=\"{action}"), "\"").replace("&amp;", "&");
        let state =
            ["kind", "flow"].map(|name| (name, between(&html, &format!("name=\"{name}\" value=\""), "\"")));
        let form = [&state[..], typed].concat();
        let answer = self.browser.post(self.app, &format!("{action}{rest}"), address, &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{action}");
        let next = location(&answer);
        self.look(answer).await;
        next
    }

    /// Looks for an address of ours that stands outside the path: there is none in headers and page.
    async fn look(&mut self, answer: Response) -> String {
        let inside = |address: &str| address == BASE || address.starts_with(&format!("{BASE}/"));
        let ours = |address: &str| address.strip_prefix(&self.app.url).unwrap_or(address).to_owned();
        if answer.headers().contains_key("location") {
            let next = ours(&location(&answer));
            assert!(inside(&next) || next.contains("://"), "{next}");
        }
        for cookie in set_cookies(&answer) {
            let path = between(&format!("{cookie};"), "Path=", ";").to_owned();
            let name = cookie.split('=').next().unwrap_or_default().to_owned();
            let is_named_for_it = name.split('-').any(|part| part.ends_with(".account.contact"));
            assert!(inside(&path) || is_named_for_it, "{cookie}");
        }
        let html = answer.text().await.expect("a page");
        for mark in ["href=\"", "action=\"", "src=\"", "import('", "module_or_path:'"] {
            let end = &mark[mark.len() - 1..];
            for (at, _) in html.match_indices(mark) {
                let address = ours(between(&html[at..], mark, end)).replace("&amp;", "&");
                let elsewhere = ["#", "data:", "https://"].iter().any(|start| address.starts_with(start));
                assert!(inside(&address) || elsewhere, "{mark}{address} in {html}");
                if address.contains("/pkg/") || address.contains("/theme/") {
                    self.files.push(address);
                }
            }
        }
        html
    }
}

#[tokio::test]
async fn somebody_walks_through_a_change_below_a_path_and_never_leaves_it() {
    let sandbox = sandbox().await;
    let app = app(&sandbox, "http").await;
    let mut walker = Walker { app: &app, browser: Browser::new(), files: Vec::new() };
    let start = format!("{BASE}/start?kind=email&return_to={SHOP}");
    let page = walker.follow(&start).await;
    assert!(page.starts_with(&format!("{BASE}/email?start=")), "{page}");
    let sign_in = walker.follow(&page).await;
    let arrival = walker.browser.sign_in(&app, &sign_in).await;
    assert_eq!(location(&arrival), page);
    walker.look(arrival).await;

    let waiting = walker.press(&page, "begin", &[("contact", NEW)]).await;
    walker.read(&format!("{BASE}/")).await;
    walker.read(BASE).await;
    let outbox = reqwest::get(format!("{}/outbox.json", issuer(&sandbox))).await.expect("an answer");
    let outbox: serde_json::Value = outbox.json().await.expect("JSON");
    let code = outbox[0]["code"].as_str().expect("a code");
    let done = walker.press(&waiting, "finish", &[("code", code)]).await;
    let html = walker.read(&done).await;
    assert!(html.contains("Your email address is verified"), "{html}");
    assert!(html.contains(&format!("{SHOP}?outcome=changed")), "{html}");

    let given_up = walker.press(&format!("{BASE}/mobile"), "begin", &[("contact", "+447700900155")]).await;
    assert_eq!(walker.press(&given_up, "cancel", &[]).await, format!("{BASE}/"));

    walker.files.sort();
    walker.files.dedup();
    assert_eq!(walker.files.len(), 4, "style, colours, script, module: {:?}", walker.files);
    for file in std::mem::take(&mut walker.files) {
        walker.read(&file).await;
    }
    let answer = walker.browser.post(&app, &format!("{BASE}/sign-out"), BASE, &[]).await;
    let back = location(&answer);
    assert!(back.contains("account%2Fcontact%2Fsigned-out"), "{back}");
    walker.look(answer).await;
    walker.read(&format!("{BASE}/signed-out")).await;
}

#[tokio::test]
async fn a_script_that_is_signed_out_is_sent_to_sign_in_below_the_path_and_back_to_its_page() {
    let sandbox = sandbox().await;
    let app = app(&sandbox, "http").await;
    let browser = Browser::new();
    let request = browser
        .request(reqwest::Method::POST, &format!("{}{BASE}/api/begin", app.url))
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .header("referer", format!("{}{BASE}/mobile", app.url))
        .form(&[("kind", "mobile"), ("flow", ""), ("contact", NEW)]);
    let answer: serde_json::Value = request.send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(answer["signIn"], format!("{BASE}/sign-in?return_to=%2Fmobile"));
}

#[tokio::test]
async fn whoever_watches_over_the_process_asks_at_the_root_and_nothing_else_is_there() {
    let sandbox = sandbox().await;
    let app = app(&sandbox, "http").await;
    let mut browser = Browser::new();
    for (path, status) in [
        ("/healthz", StatusCode::OK),
        ("/readyz", StatusCode::OK),
        ("/account/contact/healthz", StatusCode::OK),
        ("/account/contact/readyz", StatusCode::OK),
        ("/", StatusCode::NOT_FOUND),
        ("/email", StatusCode::NOT_FOUND),
        ("/account", StatusCode::NOT_FOUND),
        ("/account/contacts", StatusCode::NOT_FOUND),
        ("/account/contact/no-such-page", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(browser.get(&format!("{}{path}", app.url)).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn what_the_browser_keeps_is_named_for_the_path_and_bound_to_the_host() {
    let sandbox = sandbox().await;
    let app = app(&sandbox, "https").await;
    let mut browser = Browser::new();
    browser.sign_in(&app, &format!("{BASE}/sign-in?ui_locales=fi")).await;
    let names: Vec<&str> =
        browser.cookies.keys().map(String::as_str).filter(|name| name.starts_with("__Host-")).collect();
    assert_eq!(names, ["__Host-language.account.contact", "__Host-session.account.contact"]);
}
