//! Asks for pages one by one: http and https alone, every hop of a redirect looked at anew, within limits of size, time and number, and only
//! what robots.txt allows.

use std::collections::HashMap;
use std::io::Read;
use std::thread;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::addresses::PublicOnly;
use super::robots::Robots;

/// The most hops from the address that was given to the page.
const MOST_HOPS: usize = 5;

/// The longest robots.txt that is read, in bytes.
const MAX_ROBOTS_BYTES: u64 = 512 << 10;

/// How we name ourselves.
const USER_AGENT: &str =
    concat!("polybius/", env!("CARGO_PKG_VERSION"), " (+https://github.com/polybius-events/polybius)");

/// How far fetching goes.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest answer, in bytes.
    pub n_bytes: u64,
    /// How long one answer may take.
    pub time: Duration,
    /// How many pages of one host are fetched.
    pub n_pages_a_host: usize,
    /// How long to wait between two pages of one host, if its robots.txt does not ask for more.
    pub delay: Duration,
    /// Whether this machine may be asked, for tests.
    pub loopback_too: bool,
}

/// A page as it came.
#[derive(Debug)]
pub struct Answer {
    /// Where it was found, after all redirects.
    pub address: String,
    /// What it is said to be.
    pub content_type: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// One host, with what it asks of us.
struct Host {
    robots: Robots,
    n_pages: usize,
    last: Option<Instant>,
}

/// Fetches pages.
pub struct Client {
    agent: Agent,
    limits: Limits,
    hosts: HashMap<String, Host>,
}

impl Client {
    /// A client that keeps to the limits.
    pub fn new(limits: Limits) -> Client {
        let config = Agent::config_builder()
            .user_agent(USER_AGENT)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(limits.time))
            .max_response_header_size(64 << 10)
            // A proxy would resolve names for us, past the guard.
            .proxy(None)
            .build();
        let resolver = PublicOnly { loopback_too: limits.loopback_too };
        Client {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            limits,
            hosts: HashMap::new(),
        }
    }

    /// The page at an address.
    ///
    /// # Errors
    /// In words, if it cannot or must not be fetched.
    pub fn fetch(&mut self, address: &str) -> Result<Answer, String> {
        let mut url = vetted(address)?;
        for _ in 0..=MOST_HOPS {
            self.ask_leave(&url)?;
            let (status, next, content_type, body) = self.get(&url, self.limits.n_bytes)?;
            match (status, next) {
                (200, _) => return Ok(Answer { address: url.into(), content_type, body }),
                (301 | 302 | 303 | 307 | 308, Some(next)) => {
                    let next = url.join(&next).map_err(|error| format!("it leads to no address: {error}"))?;
                    let next = vetted(next.as_str()).map_err(|why| format!("it leads elsewhere, and there {why}"))?;
                    if url.scheme() == "https" && next.scheme() == "http" {
                        return Err("it leads from https to http".to_owned());
                    }
                    url = next;
                }
                (status, _) => return Err(format!("the server answers {status}")),
            }
        }
        Err(format!("it leads on more than {MOST_HOPS} times"))
    }

    /// Waits for the host's turn; refuses what the host or a limit forbids.
    fn ask_leave(&mut self, url: &Url) -> Result<(), String> {
        let key = url.origin().ascii_serialization();
        if !self.hosts.contains_key(&key) {
            let robots = self.robots(url)?;
            self.hosts.insert(key.clone(), Host { robots, n_pages: 0, last: None });
        }
        let limits = &self.limits;
        let Some(host) = self.hosts.get_mut(&key) else { return Ok(()) };
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        if !host.robots.allows(path) {
            return Err("the host's robots.txt asks not to".to_owned());
        }
        if host.n_pages >= limits.n_pages_a_host {
            return Err(format!("{} pages of this host were fetched already", host.n_pages));
        }
        let delay = host.robots.delay.unwrap_or_default().max(limits.delay);
        if let Some(last) = host.last {
            thread::sleep(delay.saturating_sub(last.elapsed()));
        }
        host.n_pages += 1;
        host.last = Some(Instant::now());
        Ok(())
    }

    /// A host's robots.txt; one that is not there allows everything, one that cannot be had nothing.
    fn robots(&self, url: &Url) -> Result<Robots, String> {
        let mut at = url.join("/robots.txt").map_err(|error| error.to_string())?;
        for _ in 0..=MOST_HOPS {
            let (status, next, _, body) = self.get(&at, MAX_ROBOTS_BYTES)?;
            match (status, next) {
                (200, _) => return Ok(Robots::parse(&String::from_utf8_lossy(&body))),
                (301 | 302 | 303 | 307 | 308, Some(next)) => {
                    at = at
                        .join(&next)
                        .ok()
                        .and_then(|next| vetted(next.as_str()).ok())
                        .ok_or("its robots.txt leads elsewhere")?;
                }
                (400..=499, _) => return Ok(Robots::default()),
                _ => return Ok(Robots::closed()),
            }
        }
        Ok(Robots::closed())
    }

    /// One answer: status, where it leads, what it is, its bytes.
    fn get(&self, url: &Url, most: u64) -> Result<(u16, Option<String>, String, Vec<u8>), String> {
        let mut answer = self.agent.get(url.as_str()).call().map_err(|error| match error {
            ureq::Error::Other(why) => why.to_string(),
            ureq::Error::Timeout(_) => format!("there is no answer within {} seconds", self.limits.time.as_secs()),
            error => format!("the server cannot be asked: {error}"),
        })?;
        let head = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (status, next) = (answer.status().as_u16(), head("location"));
        // Line ends in it would end the head of the record that it is written into; no server can send them.
        let content_type = head("content-type").unwrap_or_else(|| "text/html".to_owned());
        let mut body = Vec::new();
        if status == 200 {
            let read = answer.body_mut().as_reader().take(most + 1).read_to_end(&mut body);
            read.map_err(|error| format!("the answer breaks off: {error}"))?;
            if body.len() as u64 > most {
                return Err(format!("the answer is longer than {most} bytes"));
            }
        }
        Ok((status, next, content_type, body))
    }
}

/// An address that may be asked for, as far as its words tell.
fn vetted(address: &str) -> Result<Url, String> {
    let mut url = Url::parse(address).map_err(|error| format!("it is no address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("`{}` is not http or https", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address with a name and a password is not fetched".to_owned());
    }
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::vetted;

    #[test]
    fn only_the_web_is_asked() {
        assert!(vetted("https://a.example/x#y").is_ok_and(|url| url.as_str() == "https://a.example/x"));
        for address in [
            "file:///etc/passwd",
            "ftp://a.example/",
            "gopher://a/",
            "javascript:alert(1)",
            "//a.example",
            "https://me:pw@a.example/",
        ] {
            assert!(vetted(address).is_err(), "{address}");
        }
    }
}
