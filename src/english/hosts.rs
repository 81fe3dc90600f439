//! Domains that are set aside for examples, tests and one's own machine (RFC 2606 and RFC 6761): nobody can be
//! reached there.

use std::ops::Range;

/// The names that are set aside: whole domains and top-level domains.
const RESERVED: [&str; 7] = ["example.com", "example.org", "example.net", "example", "test", "invalid", "localhost"];

/// Whether a host is one for examples, or below one.
#[must_use]
pub fn is_example(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    RESERVED
        .iter()
        .any(|reserved| host.strip_suffix(reserved).is_some_and(|below| below.is_empty() || below.ends_with('.')))
}

/// Whether a host is one that templates write for the domain to fill in: `yourdomain.com`, `www.your-company.com`.
#[must_use]
pub fn is_of_template(host: &str) -> bool {
    host.to_ascii_lowercase().split('.').any(|label| {
        let what = label.strip_prefix("your").map(|rest| rest.trim_start_matches(['-', '_']));
        matches!(what, Some("company" | "domain" | "site" | "website" | "business" | "organisation" | "organization"))
    })
}

/// The host of an address of the web or of an e-mail address, without user, port and path.
#[must_use]
pub fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("mailto:").unwrap_or(rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or("");
    let rest = rest.rsplit('@').next().unwrap_or("");
    rest.split(':').next().unwrap_or("")
}

/// The hosts for examples that stand among the words of a text. Only names with a dot are hosts there: "example",
/// "test" and "localhost" are words as well.
#[must_use]
pub fn examples(text: &str) -> Vec<Range<usize>> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '@' | '_');
    let mut found = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, character) in ends {
        match (is_part(character), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                start = None;
                let written = text.get(begin..at).unwrap_or("");
                // The full stop of a sentence is not part of the host.
                let word = written.trim_end_matches(['.', '-']);
                let host = word.rsplit('@').next().unwrap_or("");
                let is_host = host.contains('.') && host.split('.').all(|label| !label.is_empty());
                if is_host && is_example(host) {
                    found.push(begin..begin + word.len());
                }
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_for_examples_are_known() {
        for host in ["example.com", "www.Example.org", "acme.example", "a.b.test", "localhost", "x.invalid"] {
            assert!(is_example(host), "{host}");
        }
        for host in ["myexample.com", "example.de", "contest", "latest.com", "example.com.evil.io", "test.com"] {
            assert!(!is_example(host), "{host}");
        }
    }

    #[test]
    fn hosts_of_templates_are_known() {
        for host in ["yourdomain.com", "www.your-company.com", "YourSite.org"] {
            assert!(is_of_template(host), "{host}");
        }
        for host in ["yours.com", "your.com", "yourdomains.com", "in-your-company.com"] {
            assert!(!is_of_template(host), "{host}");
        }
    }

    #[test]
    fn the_host_of_an_address_is_cut_out() {
        assert_eq!(host_of("https://user@acme.example:8080/a?b#c"), "acme.example");
        assert_eq!(host_of("mailto:hello@acme.example"), "acme.example");
        assert_eq!(host_of("hello@acme.example"), "acme.example");
        assert_eq!(host_of("https://acme.com/example.com"), "acme.com");
    }

    #[test]
    fn words_are_no_hosts() {
        let found = |text: &'static str| -> Vec<&str> {
            examples(text).into_iter().filter_map(|range| text.get(range)).collect()
        };
        assert_eq!(found("write to me@acme.example, or see www.example.com."), ["me@acme.example", "www.example.com"]);
        assert_eq!(found("for example. This is a test.It works... example"), Vec::<&str>::new());
        assert_eq!(found("the latest contest on localhost"), Vec::<&str>::new());
    }
}
