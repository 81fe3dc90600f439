//! From the text between `<` and `>` to whether a page may link to it.

/// Whether a page may link to an address: `https`, `http` or `mailto`, spelt as RFC 3986 and RFC 3987 allow.
#[must_use]
pub fn is_safe_address(address: &str) -> bool {
    let lower = address.get(..8.min(address.len())).map(str::to_ascii_lowercase).unwrap_or_default();
    let scheme = ["https://", "http://", "mailto:"].into_iter().find(|scheme| lower.starts_with(scheme));
    let Some(scheme) = scheme else { return false };
    address.len() > scheme.len()
        && address.chars().all(|c| {
            c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c) || (!c.is_ascii() && c.is_alphanumeric())
        })
}
