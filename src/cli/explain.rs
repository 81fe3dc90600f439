//! `candor explain`: what a finding means.

use std::fmt::Write as _;

use candor::codes::{Register, nearest, pack_of};
use candor::diagnostic::{Code, Control};
use candor::register;

use super::terminal::Terminal;
use super::{ExplainArgs, Status};

/// How wide a line of explanation is.
const WIDTH: usize = 80;

pub(super) fn run(args: &ExplainArgs, terminal: &mut Terminal) -> Status {
    let register = register();
    match (&args.code, &args.pack) {
        (Some(name), _) => match find(name, register) {
            Ok(code) => {
                terminal.out(&explain(code));
                Status::Clean
            }
            Err(text) => terminal.fail(&text),
        },
        (None, Some(pack)) if !register.packs().contains(&pack.as_str()) => {
            terminal.fail(&format!("no law with findings is called `{pack}`{}", other_packs(pack, register)))
        }
        (None, pack) => {
            terminal.out(&list(register, pack.as_deref()));
            Status::Clean
        }
    }
}

/// The code that is meant.
fn find<'r>(name: &str, register: &'r Register) -> Result<&'r Code, String> {
    // A code may be copied with its brackets: `error[missing-semicolon]`.
    let bare = name.rsplit('[').next().unwrap_or(name).trim_end_matches(']');
    register.find(bare).ok_or_else(|| {
        let hint = match register.nearest(bare) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`candor explain --list` lists them all".to_owned(),
        };
        format!("no finding is called `{bare}`; {hint}")
    })
}

/// What to say behind the name of a pack that there is not.
fn other_packs(pack: &str, register: &Register) -> String {
    let packs = register.packs();
    match nearest(pack, packs.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if packs.is_empty() => String::new(),
        None => format!("; there are {}", packs.join(", ")),
    }
}

/// One line for each code, those of a pack or all.
fn list(register: &Register, pack: Option<&str>) -> String {
    let codes: Vec<&Code> = register.iter().filter(|code| pack.is_none() || pack_of(&code.name) == pack).collect();
    let name = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let level = codes.iter().map(|code| level(code).len()).max().unwrap_or(0);
    codes.iter().fold(String::new(), |mut out, code| {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{:name$}  {:level$}  {}", code.name, self::level(code), code.summary);
        out
    })
}

/// The level of a code, and whether a lower one takes a reason.
fn level(code: &Code) -> String {
    let word = code.level.word();
    match code.control {
        Control::Fixed | Control::Free => word.to_owned(),
        Control::Reasoned => format!("{word}, lower with a reason"),
    }
}

/// What an author may do about a finding besides mending it.
fn control(code: &Code) -> String {
    let name = &code.name;
    match code.control {
        Control::Fixed => "Its level cannot be changed: it is mended, never allowed.".to_owned(),
        Control::Free => format!(
            "Its level can be set, with a reason or without: `allow {name} because \"…\";`, and `warn` or `deny` in \
             the place of `allow`."
        ),
        Control::Reasoned => format!(
            "Its level can be set. A lower one takes a reason, which whoever reviews the policy reads: `allow {name} \
             because \"…\";`, and `warn` or `deny` in the place of `allow`."
        ),
    }
}

fn explain(code: &Code) -> String {
    let mut out = format!("{} ({})\n\n", code.name, code.level.word());
    for text in [&*code.summary, &*code.explanation, &control(code)] {
        out.push_str(&wrapped(text));
        out.push('\n');
    }
    for (title, example) in [("This raises it", &*code.bad), ("This is right", &*code.good)] {
        if !example.is_empty() {
            let _ = writeln!(out, "{title}:\n");
            for line in example.lines() {
                let _ = writeln!(out, "    {line}");
            }
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A text in lines of a readable length.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for paragraph in text.split('\n') {
        let mut column = 0;
        for word in paragraph.split(' ') {
            let width = word.chars().count();
            if column > 0 && column + 1 + width > WIDTH {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += width;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use candor::diagnostic::Level;

    use super::*;

    /// The codes of the compiler and of two laws that are made up, because what a law asks for is data.
    fn register() -> Register {
        let code = |name: &'static str, control| {
            Cow::Owned(Code {
                name: name.into(),
                level: Level::Error,
                control,
                summary: "A period is not said.".into(),
                explanation: "Readers ask for it.".into(),
                bad: "".into(),
                good: "we keep name for 3 days;\n".into(),
            })
        };
        Register::new([
            code("lgpd/retention-missing", Control::Reasoned),
            code("gdpr/retention-missing", Control::Reasoned),
            code("gdpr/fixed", Control::Fixed),
        ])
    }

    #[test]
    fn the_codes_of_laws_stand_behind_those_of_the_compiler() {
        let register = register();
        let list = list(&register, None);
        let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
        let first = names.len() - 3;
        assert_eq!(names[first..], ["gdpr/fixed", "gdpr/retention-missing", "lgpd/retention-missing"]);
        assert!(names[..first].iter().all(|name| !name.contains('/')) && names[..first].is_sorted());
        assert_eq!(register.packs(), ["gdpr", "lgpd"]);
    }

    #[test]
    fn one_law_is_listed() {
        let listed = list(&register(), Some("gdpr"));
        let expected = "gdpr/fixed              error                       A period is not said.\n\
                        gdpr/retention-missing  error, lower with a reason  A period is not said.\n";
        assert_eq!(listed, expected);
    }

    #[test]
    fn what_takes_a_reason_says_so() {
        let register = register();
        let said = find("error[gdpr/retention-missing]", &register).map(explain).unwrap_or_default();
        assert!(said.starts_with("gdpr/retention-missing (error)\n\nA period is not said.\n"), "{said}");
        assert!(said.contains("A lower one takes a reason"), "{said}");
        assert!(said.contains("`allow gdpr/retention-missing because \"…\";`"), "{said}");
        let fault = find("gdpr/retention-mising", &register).err();
        let expected = "no finding is called `gdpr/retention-mising`; did you mean `gdpr/retention-missing`?";
        assert_eq!(fault.as_deref(), Some(expected));
    }

    #[test]
    fn a_law_that_there_is_not_is_named() {
        assert_eq!(other_packs("gdrp", &register()), "; did you mean `gdpr`?");
        assert_eq!(other_packs("hipaa", &register()), "; there are gdpr, lgpd");
        assert_eq!(other_packs("gdpr", &Register::new([])), "");
    }
}
