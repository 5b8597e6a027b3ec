//! A server, a sandbox, and a browser that does what it is told and nothing else.

mod heard;
mod log;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    sync::Mutex,
};

use reqwest::{Method, RequestBuilder, Response, header::LOCATION, redirect::Policy};
use sandbox::Running;
use server::{Assets, Site, config::Settings};
use tokio::{net::TcpListener, task::JoinHandle};
use url::Url;

pub(crate) use heard::Heard;
pub(crate) use log::Log;

/// The first of the sandbox's people.
pub(crate) const ALICE: &str = "5a0000000000000000000001";

/// A server that ends with the test.
pub(crate) struct App {
    pub(crate) url: String,
    /// The issuer of its provider.
    pub(crate) provider: String,
    end: End,
}

/// What ends when the server does.
enum End {
    Task(JoinHandle<()>),
    Program(Child),
}

impl App {
    /// Sends the program a signal, such as `KILL`, and waits for its end if that ends it.
    pub(crate) fn signal(&mut self, signal: &str) {
        let End::Program(child) = &mut self.end else { panic!("not a program of its own") };
        let sent = Command::new("kill").arg(format!("-{signal}")).arg(child.id().to_string()).status();
        assert!(sent.expect("kill").success());
        if signal == "KILL" {
            child.wait().expect("an end");
        }
    }
}

impl App {
    /// Waits until the program has ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let End::Program(child) = &mut self.end else { panic!("not a program of its own") };
        child.wait().expect("an end")
    }
}

impl Drop for App {
    fn drop(&mut self) {
        match &mut self.end {
            End::Task(task) => task.abort(),
            End::Program(child) => {
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }
}

pub(crate) async fn sandbox() -> Running {
    sandbox::start(sandbox::Settings::default()).await.expect("a sandbox")
}

pub(crate) fn issuer(sandbox: &Running) -> String {
    sandbox.url().as_str().trim_end_matches('/').to_owned()
}

/// Gives what must be set, for a provider.
pub(crate) fn variables(issuer: &str) -> BTreeMap<String, String> {
    [
        ("CONTACT_CHANGE_PROVIDER__ISSUER", issuer),
        ("CONTACT_CHANGE_PROVIDER__CLIENT_ID", "contact-change"),
        ("CONTACT_CHANGE_PROVIDER__CLIENT_SECRET", "contact-change-secret"),
        ("CONTACT_CHANGE_SERVICE__CLIENT_ID", "contact-change-api"),
        ("CONTACT_CHANGE_SERVICE__CLIENT_SECRET", "contact-change-api-secret"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

/// Starts a server that people reach by plain http.
pub(crate) async fn app(issuer: &str) -> App {
    start(issuer, "http", []).await
}

/// Starts a server that calls the service with the token of whoever signed in.
pub(crate) async fn app_with_user_token(issuer: &str) -> App {
    let mut variables = variables(issuer);
    variables.retain(|name, _| !name.starts_with("CONTACT_CHANGE_SERVICE__"));
    variables.insert("CONTACT_CHANGE_SERVICE__CREDENTIALS".to_owned(), "user_token".to_owned());
    serve(variables, "http", []).await
}

/// Starts a server with other settings besides: the ends of their variables' names, and their values.
pub(crate) async fn app_with(issuer: &str, settings: &[(&str, &str)]) -> App {
    serve(variables_with(issuer, settings), "http", []).await
}

/// Starts the program itself, with such settings.
pub(crate) fn program_with(issuer: &str, settings: &[(&str, &str)]) -> App {
    start_program(issuer, settings, Stdio::inherit()).0
}

/// Starts the program itself, and gives its log as well.
pub(crate) fn program_telling(issuer: &str, settings: &[(&str, &str)]) -> (App, ChildStderr) {
    let (app, log) = start_program(issuer, settings, Stdio::piped());
    (app, log.expect("a pipe"))
}

fn start_program(issuer: &str, settings: &[(&str, &str)], log: Stdio) -> (App, Option<ChildStderr>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_contact-change"))
        .env_clear()
        .envs(variables_with(issuer, settings))
        .env("CONTACT_CHANGE_LISTEN", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the program");
    let log = child.stderr.take();
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let port = line.trim_end().rsplit(':').next().expect("a port");
    let url = format!("http://127.0.0.1:{port}");
    (App { url, provider: issuer.to_owned(), end: End::Program(child) }, log)
}

pub(crate) fn variables_with(issuer: &str, settings: &[(&str, &str)]) -> BTreeMap<String, String> {
    let settings =
        settings.iter().map(|(name, value)| (format!("CONTACT_CHANGE_{name}"), (*value).to_owned()));
    variables(issuer).into_iter().chain(settings).collect()
}

/// Starts a server. `scheme`: by which people are told to reach it; the test speaks plain http to it in any case.
pub(crate) async fn start(
    issuer: &str,
    scheme: &str,
    files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>,
) -> App {
    serve(variables(issuer), scheme, files).await
}

pub(crate) async fn serve(
    variables: BTreeMap<String, String>,
    scheme: &str,
    files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>,
) -> App {
    serve_as_told(None, variables, scheme, files).await
}

/// Starts a server with a configuration file, if one is named.
pub(crate) async fn serve_with(file: Option<&Path>, variables: BTreeMap<String, String>) -> App {
    serve_as_told(file, variables, "http", []).await
}

async fn serve_as_told(
    file: Option<&Path>,
    mut variables: BTreeMap<String, String>,
    scheme: &str,
    files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>,
) -> App {
    // Whoever comes second finds it done.
    let _ = any_spawner::Executor::init_tokio();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let public_url = variables.entry("CONTACT_CHANGE_PUBLIC_URL".to_owned()).or_default();
    if !public_url.contains("://") {
        // What is given is the path below which everything stands.
        *public_url = format!("{scheme}://127.0.0.1:{port}{public_url}");
    }
    let provider = variables.get("CONTACT_CHANGE_PROVIDER__ISSUER").cloned().unwrap_or_default();
    let settings = Settings::load(file, variables).expect("a configuration");
    let site = Site::new(&settings, Assets::new(files)).expect("a site");
    let router = server::router(site).expect("a router");
    let task = tokio::spawn(server::serve(listener, router, settings.bounds, std::future::pending()));
    App { url: format!("http://127.0.0.1:{port}"), provider, end: End::Task(task) }
}

/// A browser: it keeps cookies and all that it was sent, and follows nothing by itself.
pub(crate) struct Browser {
    client: reqwest::Client,
    pub(crate) cookies: BTreeMap<String, String>,
    heard: Mutex<Vec<Heard>>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let client = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, cookies: BTreeMap::new(), heard: Mutex::default() }
    }

    /// Sends a request without a look at the cookies of the answer.
    pub(crate) async fn ask(&self, request: RequestBuilder) -> Response {
        let (heard, answer) = Heard::of(request.send().await.expect("an answer")).await;
        self.heard.lock().expect("a list").push(heard);
        answer
    }

    /// All that it was sent until now.
    pub(crate) fn heard(&mut self) -> &[Heard] {
        self.heard.get_mut().expect("a list")
    }

    pub(crate) fn request(&self, method: Method, url: &str) -> RequestBuilder {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, url);
        if cookies.is_empty() { request } else { request.header("cookie", cookies.join("; ")) }
    }

    pub(crate) async fn send(&mut self, request: RequestBuilder) -> Response {
        let response = self.ask(request).await;
        for cookie in set_cookies(&response) {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((&cookie, ""));
            let (name, value) = pair.split_once('=').expect("a cookie");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }

    pub(crate) async fn get(&mut self, url: &str) -> Response {
        self.send(self.request(Method::GET, url)).await
    }

    /// Posts a form of a page of ours, as a browser without script does.
    pub(crate) async fn post(
        &mut self,
        app: &App,
        path: &str,
        page: &str,
        form: &[(&str, &str)],
    ) -> Response {
        let request = self
            .request(Method::POST, &format!("{}{path}", app.url))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "text/html")
            .header("referer", format!("{}{page}", app.url))
            .form(form);
        self.send(request).await
    }

    /// Goes to a page of ours, to the provider, picks a person there, and gives the address that leads back.
    pub(crate) async fn pick(&mut self, app: &App, sign_in: &str, person: &str) -> String {
        let departure = self.get(&format!("{}{sign_in}", app.url)).await;
        let provider = location(&departure);
        let page = self.get(&provider).await.text().await.expect("the provider's page");
        let request = between(&page, "name=\"request\" value=\"", "\"").replace("&amp;", "&");
        let origin = &provider[..provider.find("/openid/").expect("the provider's origin")];
        let form = [("request", request.as_str()), ("person", person)];
        let choice = self.request(Method::POST, &format!("{origin}/openid/auth/sign-in")).form(&form);
        let callback = location(&self.send(choice).await);
        // Whatever people are told to reach it by, it is here.
        let back = Url::parse(&callback).expect("the way back");
        format!("{}{}", app.url, &back[url::Position::BeforePath..])
    }

    /// Signs in, and gives the answer to the return from the provider.
    pub(crate) async fn sign_in(&mut self, app: &App, sign_in: &str) -> Response {
        let callback = self.pick(app, sign_in, ALICE).await;
        self.get(&callback).await
    }
}

pub(crate) fn location(response: &Response) -> String {
    header(response, LOCATION.as_str())
}

pub(crate) fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name).unwrap_or_else(|| panic!("{name} in {:?}", response.headers()));
    value.to_str().expect("a text").to_owned()
}

pub(crate) fn set_cookies(response: &Response) -> Vec<String> {
    let values = response.headers().get_all("set-cookie").iter();
    values.map(|value| value.to_str().expect("a text").to_owned()).collect()
}

/// Gives what stands between two texts.
pub(crate) fn between<'text>(text: &'text str, before: &str, after: &str) -> &'text str {
    let start = text.find(before).unwrap_or_else(|| panic!("{before} in {text}")) + before.len();
    &text[start..start + text[start..].find(after).expect("an end")]
}
