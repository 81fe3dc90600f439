//! No policy of the project differs from itself, whatever it is made of.

#[path = "support/policies.rs"]
mod policies;

use candor::{Options, Weight, compare};
use rayon::prelude::*;

#[test]
fn no_policy_differs_from_itself() {
    let all = policies::all();
    let faults: Vec<String> = all
        .par_iter()
        .filter_map(|(path, text)| {
            let [old, new] = [(); 2].map(|()| policies::compile_file(path, text));
            // What has errors is not understood.
            old.published.as_ref()?;
            let options = Options::default();
            let changes = compare((&old, &options), (&new, &options), None).changes;
            let first = changes.first()?;
            let told =
                |place: &Option<candor::Place>| place.as_ref().map(|place| place.text.clone()).unwrap_or_default();
            Some(format!(
                "{}: {} changes, such as {}:\n  {}\n  {}",
                path.display(),
                changes.len(),
                first.class.name(),
                told(&first.before),
                told(&first.after)
            ))
        })
        .collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), all.len(), faults.join("\n"));
}

#[test]
fn two_policies_that_were_written_apart_can_be_compared() {
    let [old, new] = ["sentry-2015", "sentry-2017"].map(|name| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{name}.policy"));
        let text = std::fs::read_to_string(&path).expect("the example");
        policies::compile_file(&path, &text)
    });
    let options = Options::default();
    let changes = compare((&old, &options), (&new, &options), None);
    assert_eq!(changes.weight, Some(Weight::Material));
    insta::assert_snapshot!("sentry", changes.markdown());
}
