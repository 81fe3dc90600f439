//! Findings about the author's words: holes that were never filled, addresses for examples, vague words, and
//! promises that nobody can keep.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    PLACEHOLDER = "placeholder", Error (Reasoned) {
        summary: "The words hold a placeholder that was never filled in.",
        explanation: "`[Company]`, `{{name}}`, `<company>`, `TODO`, `TBD`, `lorem ipsum` and the like are holes of a template. A reader would see them, and a policy that does not say who it is from binds nobody. Fill the hole, or declare a parameter without a default, which cannot be published until it has a value. Brackets in code, samples and the names of trackers are left alone, and so are footnotes, `[sic]` and what touches a word, as in `cart[items]`. Where a reader shall see such words, `allow placeholder because \"…\";` says why.",
        bad: "policy \"Privacy Policy\" { we are acme; }\nparty acme \"[Company]\";\nwe collect name;\n",
        good: "policy \"Privacy Policy\" { we are acme; }\nparty acme \"Acme\";\nwe collect name;\n",
    }
    EXAMPLE_DOMAIN = "example-domain", Warning {
        summary: "An address is one that is set aside for examples.",
        explanation: "Nobody can be reached at `example.com`, `example.org`, `example.net`, `localhost`, or anything that ends in `.example`, `.test` or `.invalid`: they are set aside for documentation and tests (RFC 2606, RFC 6761). A policy that is published with one gives its readers no way to reach anybody. It is reported once, at the first such address, and only for a policy with a header. Policies that are examples themselves say so: `allow example-domain because \"Acme is invented\";`.",
        bad: "policy \"Privacy Policy\" { we are acme; }\nparty acme \"Acme\" { email privacy@acme.example; }\nwe collect name;\n",
        good: "policy \"Privacy Policy\" { we are acme; }\nparty acme \"Acme\" { email privacy@acme.com; }\nwe collect name;\n",
    }
    VAGUE_WORD = "vague-word", Note {
        summary: "A vague word stands where only its author knows what it means.",
        explanation: "Forty words and phrases make privacy policies vague (Reidenberg, Bhatia, Breaux and Norton, 2016). They are conditions (`as needed`, `appropriate`), generalisations (`generally`, `often`), modalities (`may`, `can`) and numeric quantifiers (`certain`, `some`). In the language, modality, condition and quantity have their own words, which checks can see and which are no part of this finding; inside a label or prose nobody can see them. It is found in labels, in fields that hold words and in prose, once for each word in a label or paragraph. Titles, names, and what law and the vocabulary call so are left alone, and so is what the reader is allowed: \"you can ask us\".",
        bad: "we use name for \"send some news\";\n",
        good: "we use name for \"send our monthly news\";\n",
    }
    ABSOLUTE_PROMISE = "absolute-promise", Warning {
        summary: "The words promise security without any limit.",
        explanation: "\"100% secure\", \"completely safe\" and \"we guarantee the security of your data\" are promises that nobody can keep. After a breach they are deceptive statements: the Federal Trade Commission acts against them under section 5 of the FTC Act, and courts elsewhere hold a company to its words. Say what is done instead: `we protect personal via tls, access-control;`. A promise that its own sentence denies (\"no system is completely secure\") is none.",
        bad: "we use personal for \"keep your account 100% secure\";\n",
        good: "we use personal for \"protect your account\";\n",
    }
}

/// A hole that was never filled.
pub fn placeholder(span: Span, hole: &str) -> Diagnostic {
    let shown: String = hole.chars().take(40).collect();
    Diagnostic::new(&PLACEHOLDER, span, format!("`{shown}` is a placeholder"), "a reader would see this")
        .help("write what belongs here")
}

/// The first of so many addresses for examples.
pub fn example_domain(span: Span, address: &str, count: usize) -> Diagnostic {
    let here = match count {
        1 => "nobody can be reached here".to_owned(),
        _ => format!("nobody can be reached here; the first of {count} in this policy"),
    };
    Diagnostic::new(&EXAMPLE_DOMAIN, span, format!("`{address}` is set aside for examples"), here)
        .help("give the real address")
}

/// A vague word with the reason of its category and what is better.
pub fn vague(span: Span, word: &str, category: &str, reason: &str, better: &str) -> Diagnostic {
    Diagnostic::new(&VAGUE_WORD, span, format!("`{word}` is vague: it {reason}"), category).help(better)
}

/// A promise that nobody can keep.
pub fn promise(span: Span, promise: &str) -> Diagnostic {
    Diagnostic::new(
        &ABSOLUTE_PROMISE,
        span,
        format!("`{promise}` promises what nobody can keep"),
        "after a breach this is a deceptive statement (section 5 of the FTC Act)",
    )
    .help("say what you do to protect the data: `we protect … via …`")
}
