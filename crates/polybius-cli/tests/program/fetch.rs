//! Fetching from a server on this machine, which nobody but a test may ask.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::record::{ask, folder};
use crate::{polybius, root, run, stderr};

/// A server that answers by path and keeps what it was asked for.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("it has an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (here, log) = (address.clone(), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (here, log) = (here.clone(), Arc::clone(&log));
                thread::spawn(move || answer(stream, &here, &log));
            }
        });
        Server { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

fn answer(mut stream: TcpStream, here: &str, log: &Mutex<Vec<String>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let path = lines.next()?.ok()?.split(' ').nth(1)?.to_owned();
    lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
    log.lock().ok()?.push(path.clone());
    let page = std::fs::read(root().join("crates/polybius/tests/pages/opengraph.html")).ok()?;
    let ok = |kind: &str, body: &[u8]| {
        [
            format!(
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            )
            .as_bytes(),
            body,
        ]
        .concat()
    };
    let to = |place: &str| {
        format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .into_bytes()
    };
    let bytes = match &*path {
        "/robots.txt" => ok("text/plain", b"User-agent: *\nDisallow: /private\n"),
        "/feed" => {
            let item = |name: &str| format!("<item><title>t</title><link>{here}/{name}</link></item>");
            let items: String = ["news", "private/1", "news", "moved"].map(item).concat();
            ok(
                "application/rss+xml",
                format!("<rss version='2.0'><channel><title>t</title>{items}</channel></rss>").as_bytes(),
            )
        }
        "/news" => ok("text/html; charset=utf-8", &page),
        "/moved" => to("/news"),
        "/metadata" => to("http://169.254.169.254/latest/meta-data/"),
        "/inside" => to("http://10.0.0.1/"),
        "/file" => to("file:///etc/passwd"),
        "/round" => to("/round"),
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n").ok()?;
            while stream.write_all(&[b'a'; 65536]).is_ok() {}
            return None;
        }
        "/silent" => {
            thread::park();
            return None;
        }
        _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
    };
    stream.write_all(&bytes).ok()
}

#[test]
fn a_feed_leads_to_pages_that_are_read() {
    let (server, folder) = (Server::new(), folder());
    let archive = folder.path().join("news.warc");
    let feed = format!("{}/feed", server.address);
    let fetched = run(polybius(&["fetch", &feed, "--loopback-for-tests", "--out"]).arg(&archive));
    let said = stderr(&fetched);
    assert_eq!(fetched.status.code(), Some(1), "{said}");
    assert!(
        said.contains("/private/1: the host's robots.txt asks not to") && said.ends_with("2 pages, 1 not fetched\n"),
        "{said}"
    );
    assert_eq!(server.asked(), ["/robots.txt", "/feed", "/news", "/moved", "/news"]);
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", &archive.to_string_lossy()]);
    let articles = ask(&record, "2025-04-03", &["sql", "SELECT id, outlet FROM articles", "--format", "csv"]);
    assert_eq!(articles, "id,outlet\nhttps://ledger.example/n/8812,Morning Ledger\n");
}

#[test]
fn what_leads_inside_is_refused_at_every_hop() {
    let (server, folder) = (Server::new(), folder());
    let archive = folder.path().join("x.warc");
    let refused = |path: &str, more: &[&str], why: &str| {
        let address = if path.starts_with('/') { format!("{}{path}", server.address) } else { path.to_owned() };
        let mut command = polybius(&["fetch", &address, "--max-size", "1", "--timeout", "5", "--out"]);
        let output = run(command.arg(&archive).args(more));
        assert_eq!(output.status.code(), Some(1), "{path}");
        assert!(stderr(&output).contains(why), "{path}: {}", stderr(&output));
    };
    let tests = &["--loopback-for-tests"];
    refused("/metadata", tests, "169.254.169.254 is no machine of the public network");
    refused("/inside", tests, "10.0.0.1 is no machine of the public network");
    refused("/file", tests, "`file` is not http or https");
    refused("/round", tests, "it leads on more than 5 times");
    refused("/endless", tests, "the answer is longer than 1048576 bytes");
    refused("/silent", tests, "there is no answer within 5 seconds");
    refused("/gone", tests, "the server answers 404");
    refused("ftp://a.example/", tests, "`ftp` is not http or https");
    let n_asked = server.asked().len();
    refused("/news", &[], "127.0.0.1 is no machine of the public network");
    refused("http://[::1]:1/", &[], "is no machine of the public network");
    refused("http://localhost:1/", &[], "localhost is no machine of the public network");
    refused("http://2130706433/", &[], "127.0.0.1 is no machine of the public network");
    assert_eq!(server.asked().len(), n_asked, "nothing was asked");
    assert_eq!(std::fs::metadata(&archive).map(|file| file.len()).ok(), Some(0), "nothing was kept");
}
