//! The canonical layout, held against every policy in the project: it settles at once, keeps every token and every
//! comment, and changes nothing that is published.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use candor::diagnostic::{Level, Sink};
use candor::format::{WIDTH, format};
use candor::source::FileId;
use candor::syntax::tree::{self, TokenKind};
use candor::syntax::words::Kind;
use candor::{Format, Loader, Options, Source, compile};

/// Every policy in the project that has no faults of syntax.
fn policies() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("templates/init.policy")];
    for folder in ["examples", "src", "tests"] {
        collect(&root.join(folder), &mut paths);
    }
    paths.sort();
    let texts = paths.into_iter().filter_map(|path| std::fs::read_to_string(&path).ok().map(|text| (path, text)));
    let policies: Vec<_> = texts.filter(|(_, text)| format(text).is_ok()).collect();
    assert!(policies.len() > 20, "only {} policies were found", policies.len());
    policies
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "policy") {
            into.push(path);
        }
    }
}

/// The tokens of a text with comments among them; a byte order mark and the kind of line ends are no matter.
fn tokens(text: &str) -> Vec<(TokenKind, String)> {
    let tree = tree::parse(FileId(0), text, &mut Sink::default());
    let texts = tree.tokens.iter().filter(|token| token.kind != TokenKind::Mark);
    texts
        .map(|token| (token.kind, text[token.span.start as usize..token.span.end as usize].replace("\r\n", "\n")))
        .collect()
}

fn laid_out(text: &str) -> String {
    format(text).unwrap_or_else(|findings| {
        panic!(
            "{}: {:?}",
            findings[0].message,
            text.get(findings[0].primary.span.start as usize..).map(|rest| &rest[..rest.len().min(90)])
        )
    })
}

/// Lays a text out and checks all that must hold of any text.
#[track_caller]
fn checked(text: &str, what: &dyn std::fmt::Display) -> String {
    let first = laid_out(text);
    let (before, after) = (tokens(text), tokens(&first));
    for index in 0..before.len().max(after.len()) {
        assert_eq!(after.get(index), before.get(index), "{what}: the tokens changed");
    }
    if let Some((second, first)) = laid_out(&first).lines().zip(first.lines()).find(|(second, first)| second != first) {
        panic!("{what}: the layout does not settle\n{first}\n{second}");
    }
    assert!(first.is_empty() || (first.ends_with('\n') && !first.ends_with("\n\n")), "{what}: the end is wrong");
    assert!(!first.starts_with('\n') && !first.contains("\n\n\n") && !first.contains('\r'), "{what}: blank lines");
    first
}

/// Brings in files from where they lie.
struct Beside;

impl Loader for Beside {
    fn load(&self, from: &str, path: &str) -> Result<Source, String> {
        let path = Path::new(from).with_file_name(path);
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        Ok(Source::new(path.to_string_lossy(), text))
    }
}

#[test]
fn every_policy_keeps_its_tokens_and_settles() {
    for (path, text) in policies() {
        checked(&text, &path.display());
        checked(&text.replace("\r\n", "\n").replace('\n', "\r\n"), &format_args!("{} with CRLF", path.display()));
    }
}

#[test]
fn every_policy_publishes_the_same() {
    for (path, text) in policies() {
        let json = |text: &str| {
            let compilation = compile(Source::new(path.to_string_lossy(), text), &Beside, &Options::default());
            let codes: Vec<(std::borrow::Cow<'static, str>, Level)> =
                compilation.diagnostics.iter().map(|finding| (finding.code.name.clone(), finding.level)).collect();
            (compilation.published.map(|published| published.render(Format::Json)), codes)
        };
        let before = json(&text);
        assert_eq!(json(&laid_out(&text)), before, "{}", path.display());
    }
}

#[test]
fn no_layout_of_the_source_is_too_odd() {
    for (path, text) in policies() {
        let tree = tree::parse(FileId(0), &text, &mut Sink::default());
        let mut variants = [String::new(), String::new(), String::new(), String::new(), String::new()];
        let mut statement = "";
        let mut blocks = vec![false];
        for (index, token) in tree.tokens.iter().enumerate() {
            let inside = &text[token.span.start as usize..token.span.end as usize];
            let is_comment = token.kind == TokenKind::Comment;
            match token.kind {
                TokenKind::Word if statement.is_empty() => statement = inside,
                TokenKind::BlockOpen => {
                    blocks.push(statement == "policy" || Kind::declared_by(statement).is_some());
                    statement = "";
                }
                TokenKind::BlockClose => {
                    blocks.pop();
                    statement = "";
                }
                TokenKind::Semicolon => statement = "",
                _ => {}
            }
            // A line break between two values ends a field.
            let is_rigid = blocks.last() == Some(&true)
                && matches!(token.kind, TokenKind::Word | TokenKind::Label | TokenKind::Link);
            let [words, lines, behind, above, some] = &mut variants;
            if is_rigid {
                for variant in [words, lines, behind, above, some] {
                    let _ = write!(variant, " {inside} ");
                }
                continue;
            }
            let _ = write!(words, "{inside}{}", if is_comment { "\n" } else { " " });
            let _ = write!(lines, "{inside}\n\n\n");
            let _ =
                if is_comment { writeln!(behind, "{inside}") } else { writeln!(behind, "{inside}# behind {index}") };
            let _ = write!(above, "\n# above {index}  \n{inside}{}", if is_comment { "\n" } else { "" });
            let _ = match index % 7 {
                _ if is_comment => writeln!(some, " {inside}"),
                0 => writeln!(some, " {inside} #"),
                3 => write!(some, "\n\n\t# a\n\n# b {index}\n\n{inside}"),
                _ => write!(some, " {inside}"),
            };
        }
        for (number, variant) in variants.iter().enumerate() {
            checked(variant, &format_args!("{} in variant {number}", path.display()));
        }
    }
}

#[test]
fn lines_are_no_longer_than_they_must() {
    for (path, text) in policies() {
        for line in laid_out(&text).lines() {
            // What cannot be broken is one word with its label, and prose.
            let code = line.split("   #").next().unwrap_or(line).trim();
            let unbroken = code.split('"').map(str::len).max().unwrap_or(0);
            let is_long = code.chars().count() > WIDTH && !code.starts_with('#') && unbroken < WIDTH / 2;
            assert!(!is_long, "{}: {line}", path.display());
        }
    }
}

#[track_caller]
fn becomes(text: &str, expected: &str) {
    assert_eq!(checked(text, &"this text"), expected);
}

#[test]
fn a_statement_that_fits_stays_on_one_line() {
    becomes("we   collect\n name ,password\n;", "we collect name, password;\n");
    becomes("we use photos ( only for advice ) ;", "we use photos (only for advice);\n");
    becomes("name : we collect name ;", "name: we collect name;\n");
    becomes("data d namely {a,b };", "data d namely { a, b };\n");
}

#[test]
fn a_long_sentence_breaks_in_front_of_its_clauses() {
    becomes(
        "we collect account-information \"account information\" from you when account-creation \"you create an account\" only for service;",
        "we collect account-information \"account information\"\n  from you\n  when account-creation \"you create an account\"\n  only for service;\n",
    );
    becomes(
        "we do not sell or rent or give personal-information \"personal information\" to third-party \"any third party\" except when law-requires;",
        "we do not sell or rent or give personal-information \"personal information\"\n  to third-party \"any third party\"\n  except when law-requires;\n",
    );
}

#[test]
fn a_long_list_takes_a_line_for_each_entry() {
    becomes(
        "we may collect, store browser-type \"the type of your browser\", operating-system \"your operating system\", language;",
        "we may collect, store\n  browser-type \"the type of your browser\",\n  operating-system \"your operating system\",\n  language;\n",
    );
    becomes(
        "we use information for personalisation \"personalize your experience\", preferences \"remember all of your preferences on this website\";",
        "we use information for\n  personalisation \"personalize your experience\",\n  preferences \"remember all of your preferences on this website\";\n",
    );
    becomes(
        "website collects site-information \"site information\" such as { domain-name \"domain names\", ip-address, browser-type };",
        "website collects site-information \"site information\" such as {\n  domain-name \"domain names\",\n  ip-address,\n  browser-type\n};\n",
    );
}

#[test]
fn a_long_condition_breaks_in_front_of_its_joins() {
    becomes(
        "we keep account until retention-end \"the retention period for the data expires\" or deletion \"you delete it from the settings of your account\";",
        "we keep account\n  until retention-end \"the retention period for the data expires\"\n    or deletion \"you delete it from the settings of your account\";\n",
    );
}

#[test]
fn blocks_are_indented_and_blank_lines_kept_once() {
    becomes(
        "\n\nsection s \"S\" {\n\n\nwe collect name;\n\n\n\nwe use name;\n\n}\n\n\n\nsection t \"T\" { }",
        "section s \"S\" {\n  we collect name;\n\n  we use name;\n}\n\nsection t \"T\" {}\n",
    );
    becomes("when enabled \"it is on\" { we collect name; }", "when enabled \"it is on\" {\n  we collect name;\n}\n");
}

#[test]
fn fields_stay_on_one_line_if_they_were() {
    becomes(
        "party acme \"Acme\" {legal \"Acme Ltd\";email a@acme.com;}",
        "party acme \"Acme\" { legal \"Acme Ltd\"; email a@acme.com; }\n",
    );
    becomes(
        "party acme \"Acme\" {\nlegal \"Acme Ltd\";email a@acme.com;}",
        "party acme \"Acme\" {\n  legal \"Acme Ltd\";\n  email a@acme.com;\n}\n",
    );
}

#[test]
fn a_period_breaks_in_front_of_its_steps() {
    becomes(
        "we keep photos \"photos\" for at-most 1 week at bin then at-most 4 weeks at phone then 5 weeks at backups then delete total at-most 10 weeks under contract;",
        "we keep photos \"photos\"\n  for at-most 1 week at bin then at-most 4 weeks at phone then 5 weeks at backups then delete\n    total at-most 10 weeks\n  under contract;\n",
    );
    becomes(
        "we keep name for at-most param keep after account-closure until deletion while active \"you have an account with one of us\" by \"how long it takes\";",
        "we keep name\n  for at-most param keep after account-closure until deletion\n    while active \"you have an account with one of us\" by \"how long it takes\";\n",
    );
}

#[test]
fn guarded_values_take_a_line_for_each_arm() {
    becomes(
        "we keep ids for {about member:5 months;otherwise:2 years;} under contract;",
        "we keep ids for { about member: 5 months; otherwise: 2 years; } under contract;\n",
    );
    becomes(
        "we keep ids for { about member: at-most 5 months after \"the end of the year\" about eea-reader: 3 weeks otherwise: 2 years } under contract;",
        "we keep ids\n  for {\n    about member: at-most 5 months after \"the end of the year\"\n    about eea-reader: 3 weeks\n    otherwise: 2 years\n  }\n  under contract;\n",
    );
    becomes(
        "tracker pref \"pref\" { provider acme; lasts { about member: 5 months # long\n; otherwise: 2 years }; }",
        "tracker pref \"pref\" {\n  provider acme;\n  lasts {\n    about member: 5 months   # long\n      ;\n    otherwise: 2 years\n  };\n}\n",
    );
}

#[test]
fn parameters_are_laid_out_by_their_parts() {
    becomes(
        "parameter  keep is period at-most 60 days default 30 days means \"how long the names of members are kept once they leave\";",
        "parameter keep is period at-most 60 days default 30 days\n  means \"how long the names of members are kept once they leave\";\n",
    );
    becomes(
        "parameter hosting is choice namely cloud-hosting-in-europe, cloud-hosting-in-america, our-own-servers default our-own-servers;",
        "parameter hosting is choice\n  namely cloud-hosting-in-europe, cloud-hosting-in-america, our-own-servers default our-own-servers;\n",
    );
    becomes(
        "given  not   hosting is cloud{we keep name for  param\n keep then  delete;}\nparty operator param operator-name param home{email param\tmail;}",
        "given not hosting is cloud {\n  we keep name for param keep then delete;\n}\nparty operator param operator-name param home { email param mail; }\n",
    );
}

#[test]
fn blocks_of_versions_and_of_the_record_are_blocks() {
    becomes(
        "edition winter \"Winter\" since 2031-05-01{we collect name;} internal{we store soil at \"b7\";} internal we store soil;\nsafety:under consent  kept 5 days;",
        "edition winter \"Winter\" since 2031-05-01 {\n  we collect name;\n}\ninternal {\n  we store soil at \"b7\";\n}\ninternal we store soil;\nsafety: under consent kept 5 days;\n",
    );
}

#[test]
fn comments_keep_their_words_and_places() {
    becomes("#top  \nwe collect name;#behind", "#top  \nwe collect name;   #behind\n");
    becomes(
        "section s \"S\" { # open\n# first\n\n# second\n\nwe collect # why\nname, # n\npassword;\n\n# last\n}\n\n# end",
        "section s \"S\" {   # open\n  # first\n\n  # second\n\n  we collect   # why\n    name,   # n\n    password;\n\n  # last\n}\n\n# end\n",
    );
    becomes("we collect name # n\n;", "we collect name   # n\n  ;\n");
    becomes("# only a comment", "# only a comment\n");
}

#[test]
fn prose_stays_as_it_is() {
    let text = "note: \"\"\"\n  A   b.\n\n  * c\n\"\"\"\n";
    becomes(text, text);
    becomes(&text.replace("note: ", " note\t:\n"), text);
}

#[test]
fn byte_order_marks_and_carriage_returns_go() {
    becomes("\u{FEFF}we collect name;\r\n\r\n\r\nwe use name;\r\n", "we collect name;\n\nwe use name;\n");
    becomes("", "");
    becomes("  \r\n\t", "");
}

#[test]
fn faults_of_syntax_are_refused() {
    let faulty = ["we collect name", "section s \"S\" {", "}", "we collect \"name;", "\"\"\"", "we § name;"];
    for text in faulty {
        assert!(format(text).is_err(), "{text}");
    }
}
