//! `serve`: it says where it is, answers, ends when it is told to, and lets nobody in whom it should not.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use crate::{polybius, run, stderr};

#[test]
fn the_demonstration_is_served_until_it_is_ended() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_polybius"))
        .args(["serve", "--demo", "--port", "0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(server.stderr.take().expect("it is piped")).lines();
    let address = lines.find_map(|line| {
        let line = line.expect("it is text");
        let (_, rest) = line.split_once("http://")?;
        Some(rest.split('/').next().unwrap_or_default().to_owned())
    });
    let address = address.expect("it says where it is");
    let mut stream = TcpStream::connect(&address).expect("it listens");
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("it takes a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("Latest incidents"), "{answer}");
    assert!(Command::new("kill").args(["-INT", &server.id().to_string()]).status().expect("kill runs").success());
    assert!(server.wait().expect("it ends").success());
}

#[test]
fn what_cannot_be_served_is_refused() {
    let check = |arguments: &[&str], reason: &str| {
        let output = run(polybius(&["serve"]).args(arguments));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
    };
    check(&["no-such.db"], "there is no record no-such.db");
    check(&["README.md"], "is not a record of polybius");
    check(
        &["README.md", "--address", "0.0.0.0"],
        "can be reached from other machines; give a token with --read-token-file",
    );
    check(&[], "required");
}
