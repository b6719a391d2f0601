//! robots.txt, after RFC 9309: what an outlet asks programs not to fetch.

use std::time::Duration;

/// What we are called there.
const NAME: &str = "polybius";

/// Nobody is waited for longer than this between two pages.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// The rules for us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Robots {
    /// Patterns of paths, and whether they may be fetched.
    rules: Vec<(String, bool)>,
    /// How long to wait between two pages.
    pub delay: Option<Duration>,
}

impl Robots {
    /// Nothing may be fetched.
    pub fn closed() -> Robots {
        Robots { rules: vec![("/".to_owned(), false)], delay: None }
    }

    /// The rules of the group that names us, else of the group for all.
    pub fn parse(text: &str) -> Robots {
        let (mut ours, mut others) = (None, None);
        let (mut names, mut group): (Vec<String>, Robots) = (Vec::new(), Robots::default());
        let mut has_rules = false;
        let mut close = |names: &mut Vec<String>, group: &mut Robots| {
            let group = std::mem::take(group);
            for name in names.drain(..) {
                let known: Option<&mut Option<Robots>> = match &*name {
                    NAME => Some(&mut ours),
                    "*" => Some(&mut others),
                    _ => None,
                };
                if let Some(known) = known {
                    let known = known.get_or_insert_default();
                    known.rules.extend(group.rules.clone());
                    known.delay = known.delay.or(group.delay);
                }
            }
        };
        for line in text.lines().take(10_000) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match &*key {
                "user-agent" => {
                    if has_rules {
                        close(&mut names, &mut group);
                        has_rules = false;
                    }
                    names.push(value.split('/').next().unwrap_or_default().to_ascii_lowercase());
                }
                "allow" | "disallow" => {
                    has_rules = true;
                    if !value.is_empty() {
                        group.rules.push((value.to_owned(), key == "allow"));
                    }
                }
                "crawl-delay" => {
                    has_rules = true;
                    let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..1e6).contains(seconds));
                    group.delay = seconds.map(|seconds| Duration::from_secs_f64(seconds).min(LONGEST_DELAY));
                }
                _ => {}
            }
        }
        close(&mut names, &mut group);
        ours.or(others).unwrap_or_default()
    }

    /// Whether a path with its query may be fetched: the longest pattern that fits decides, and of two as long the kinder.
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|(_, allows)| *allows)
    }
}

/// Whether the path begins as the pattern says; `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        if is_whole && index + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    !is_whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /\n\nUser-Agent: other\nUser-agent: Polybius/1.0 # us\nDisallow: /private\nAllow: /private/open\n\
             Disallow: /*.pdf$\nCrawl-delay: 3\nSitemap: https://a.example/s.xml\n",
        );
        let check = |path: &str, expected: bool| assert_eq!(robots.allows(path), expected, "{path}");
        check("/news/1", true);
        check("/private/1", false);
        check("/private/open/1", true);
        check("/a/b.pdf", false);
        check("/a/b.pdf?x", true);
        assert_eq!(robots.delay, Some(Duration::from_secs(3)));
        assert!(!Robots::parse("user-agent: *\ndisallow: /").allows("/x") && !Robots::closed().allows("/x"));
        assert!(Robots::parse("").allows("/x") && Robots::parse("user-agent: *\ndisallow:").allows("/x"));
        assert!(Robots::parse("user-agent: bad\ndisallow: /").allows("/x"));
    }
}
