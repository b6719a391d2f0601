//! Who may look and who may correct: tokens, the address visitors come by, and forms that only our own pages can send.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Who may do what.
#[derive(Debug, Clone)]
pub struct Access {
    /// Who may look: whoever has this token, else everybody who can reach the server.
    read: Option<Token>,
    /// Who may correct.
    write: Writers,
    /// Whether visitors can only come from this machine, and so must call it by a name of its own.
    is_local: bool,
    /// What forms and cookies are made with, new at every start.
    secret: [u8; 32],
}

/// Who may correct.
#[derive(Debug, Clone)]
pub enum Writers {
    /// Nobody.
    Nobody,
    /// Everybody who may look; only for servers that nobody else can reach.
    Everybody,
    /// Whoever has this token.
    Holders(Token),
}

/// A secret word, kept as its digest, so that comparing takes the same time for all words.
#[derive(Debug, Clone)]
pub struct Token([u8; 32]);

impl Token {
    /// The token of a word.
    ///
    /// # Errors
    /// If the word is so short that it can be guessed.
    pub fn new(word: &str) -> Result<Token, String> {
        let word = word.trim();
        if word.len() < LEAST {
            return Err(format!("a token needs {LEAST} characters or more; `openssl rand -hex 24` makes one"));
        }
        Ok(Token(Sha256::digest(word).into()))
    }

    fn is(&self, word: &str) -> bool {
        let digest: [u8; 32] = Sha256::digest(word).into();
        digest.ct_eq(&self.0).into()
    }
}

/// A token is at least so long.
const LEAST: usize = 16;

/// How the cookie of a visitor who has signed in is called.
const COOKIE: &str = "polybius";

/// What a visitor may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Look.
    pub read: bool,
    /// Correct.
    pub write: bool,
}

impl Access {
    /// Who may do what on a server at `address`.
    ///
    /// # Errors
    /// If others than this machine could come without a token.
    pub fn new(address: SocketAddr, read: Option<Token>, write: Writers, secret: [u8; 32]) -> Result<Access, String> {
        let is_local = is_local(address.ip());
        if !is_local && read.is_none() {
            return Err(format!(
                "{address} can be reached from other machines; give a token with --read-token-file, or an address of this machine alone"
            ));
        }
        if !is_local && matches!(write, Writers::Everybody) {
            return Err(format!("on {address} corrections need a token; give one with --write-token-file"));
        }
        Ok(Access { read, write, is_local, secret })
    }

    /// What the visitor with these headers may do.
    pub fn rights(&self, headers: &HeaderMap) -> Rights {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
        let cookie = cookie(headers);
        let holds = |token: &Token| {
            bearer.is_some_and(|word| token.is(word))
                || cookie.as_deref().is_some_and(|word| word.as_bytes().ct_eq(self.cookie_of(token).as_bytes()).into())
        };
        let is_writer = matches!(&self.write, Writers::Holders(token) if holds(token));
        let read = is_writer || self.read.as_ref().is_none_or(holds);
        Rights { read, write: is_writer || (read && matches!(self.write, Writers::Everybody)) }
    }

    /// The cookie for a visitor who gives this word, if it is a token.
    pub fn signed_in(&self, word: &str) -> Option<String> {
        let write = match &self.write {
            Writers::Holders(token) => Some(token),
            _ => None,
        };
        let token = [write, self.read.as_ref()].into_iter().flatten().find(|token| token.is(word.trim()))?;
        Some(format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800", self.cookie_of(token)))
    }

    /// Whether somebody could sign in who has not.
    pub fn has_tokens(&self) -> bool {
        self.read.is_some() || matches!(self.write, Writers::Holders(_))
    }

    /// What a form of ours carries, so that no page of another can send it.
    pub fn form_key(&self) -> String {
        self.sealed("form")
    }

    /// Whether a form was made by us, and sent by a page of ours.
    pub fn is_own_form(&self, headers: &HeaderMap, key: &str) -> bool {
        key.as_bytes().ct_eq(self.form_key().as_bytes()).into() && is_own_page(headers)
    }

    /// Whether the visitor calls the server by a name that it may have. A page elsewhere could have its own name point here, and
    /// then read what it pleases; on this machine alone, only the machine's own names are taken.
    pub fn knows_host(&self, headers: &HeaderMap) -> bool {
        if !self.is_local {
            return true;
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(is_local)
    }

    fn cookie_of(&self, token: &Token) -> String {
        self.sealed(&token.0.map(|byte| format!("{byte:02x}")).concat())
    }

    /// A word that only we can make from another.
    fn sealed(&self, word: &str) -> String {
        // Twice, so that nobody can go on from the digest of a shorter word.
        let inner = Sha256::new().chain_update(self.secret).chain_update(word).finalize();
        let outer = Sha256::new().chain_update(self.secret).chain_update(inner).finalize();
        outer.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whether a request that is to be acted upon comes from a page of ours, or from no page.
pub fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if !matches!(site, None | Some("same-origin" | "none")) {
        return false;
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, own)| own == host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

fn is_local(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_public_address_needs_a_token() {
        let public: SocketAddr = "0.0.0.0:80".parse().unwrap();
        let token = || Token::new("long enough a word").unwrap();
        assert!(Access::new(public, None, Writers::Nobody, [0; 32]).is_err());
        assert!(Access::new(public, Some(token()), Writers::Everybody, [0; 32]).is_err());
        assert!(Access::new(public, Some(token()), Writers::Nobody, [0; 32]).is_ok());
        assert!(Access::new("[::1]:80".parse().unwrap(), None, Writers::Everybody, [0; 32]).is_ok());
        assert!(Token::new("short").is_err());
    }

    #[test]
    fn readers_may_not_write() {
        let read = Token::new("a word for all readers").unwrap();
        let write = Token::new("a word for the editors").unwrap();
        let address = "0.0.0.0:80".parse().unwrap();
        let access = Access::new(address, Some(read), Writers::Holders(write), [7; 32]).unwrap();
        let rights = |headers: &HeaderMap| (access.rights(headers).read, access.rights(headers).write);
        assert_eq!(rights(&headers(&[])), (false, false));
        assert_eq!(rights(&headers(&[("authorization", "Bearer a word for all readers")])), (true, false));
        assert_eq!(rights(&headers(&[("authorization", "Bearer a word for the editors")])), (true, true));
        assert_eq!(rights(&headers(&[("authorization", "Bearer a word for the editor")])), (false, false));
        let cookie = access.signed_in("a word for all readers").unwrap();
        let cookie = cookie.split(';').next().unwrap();
        assert_eq!(rights(&headers(&[("cookie", &format!("other=1; {cookie}"))])), (true, false));
        assert_eq!(access.signed_in("something else entirely"), None);
    }

    #[test]
    fn pages_of_others_are_told_apart() {
        let check = |pairs: &[(&'static str, &str)], expected: bool| assert_eq!(is_own_page(&headers(pairs)), expected);
        check(&[("host", "localhost:8080")], true);
        check(
            &[("host", "localhost:8080"), ("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")],
            true,
        );
        check(&[("host", "localhost:8080"), ("origin", "http://evil.example")], false);
        check(&[("host", "localhost:8080"), ("origin", "null")], false);
        check(&[("host", "localhost:8080"), ("sec-fetch-site", "cross-site")], false);
    }

    #[test]
    fn a_name_that_points_here_is_not_enough() {
        let access = Access::new("127.0.0.1:80".parse().unwrap(), None, Writers::Nobody, [0; 32]).unwrap();
        let check =
            |host: &str, expected: bool| assert_eq!(access.knows_host(&headers(&[("host", host)])), expected, "{host}");
        check("localhost:8080", true);
        check("127.0.0.1", true);
        check("[::1]:8080", true);
        check("evil.example:8080", false);
        check("127.0.0.1.evil.example", false);
        check("", false);
    }
}
