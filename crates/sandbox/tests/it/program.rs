//! The program, as a person starts it.

use crate::support::Sandbox;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

/// Ends the program with the test, however that goes.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn sandbox(port: u16) -> Program {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command.env("SANDBOX_FRAMED_BY", "http://127.0.0.1:8080 https://shop.example");
    command.arg("--port").arg(port.to_string()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Program(command.spawn().unwrap())
}

#[tokio::test]
async fn the_program_says_where_it_listens_and_ends_when_told_to() {
    let mut program = sandbox(0);
    let mut output = BufReader::new(program.0.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let url = line.strip_prefix("sandbox listening on ").unwrap().trim_end().to_owned();
    assert!(url.starts_with("http://localhost:"), "{url}");
    assert_eq!(reqwest::get(format!("{url}/outbox.json")).await.unwrap().text().await.unwrap(), "[]");

    let sign_in = reqwest::get(format!("{url}/openid/auth?{}", Sandbox::request(&[]))).await.unwrap();
    let policy = sign_in.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.ends_with("frame-ancestors http://127.0.0.1:8080 https://shop.example"), "{policy}");

    let told = Command::new("kill").arg(program.0.id().to_string()).status().unwrap();
    assert!(told.success());
    assert!(program.0.wait().unwrap().success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn a_taken_port_is_told_in_one_sentence_that_says_what_to_do() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut program = sandbox(port);
    assert_eq!(program.0.wait().unwrap().code(), Some(1));
    let mut said = String::new();
    program.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(
        said,
        format!("Port {port} is taken: end the program that uses it, or choose another with --port.\n")
    );
}

#[test]
fn a_dialect_that_cannot_be_read_is_told_in_one_sentence() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_sandbox")).args(["--dialect", "/no/such/file"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("The sandbox could not start: the dialect /no/such/file: "), "{said}");
}
