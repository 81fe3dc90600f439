//! Prints the page that the build script made: `cargo run -p candor-example-build-script > privacy.html`.

/// The privacy policy, as it was when this program was built.
const PRIVACY: &str = include_str!(concat!(env!("OUT_DIR"), "/privacy.html"));

fn main() {
    print!("{PRIVACY}");
}

#[test]
fn the_page_is_in_the_program() {
    assert!(PRIVACY.starts_with("<!DOCTYPE html>") && PRIVACY.contains("Shutter"));
}
