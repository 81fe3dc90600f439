//! The live preview as a browser meets it: real requests, real saves.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

#[path = "support/command.rs"]
mod command;

use command::{Folder, Running};

const GOOD: &str = "policy \"Privacy Policy\" { we are acme; you are customer; updated \"Last updated\" 2026-01-31; }\n\
                    party acme \"Acme\";\npeople customer \"our customers\";\nwe collect name from you;\n";
const TWO: &str = "document short \"In short\" is short-notice;\n";
const BAD: &str = "policy \"Privacy Policy\" { we are acme; }\nparty acme \"Acme\";\nwe collect name\n";

/// What is said when a build is done.
const WAITING: &str = "waiting for changes";

/// A preview that runs.
struct Preview {
    running: Running,
    /// `127.0.0.1:4321`.
    address: String,
}

impl Preview {
    fn start(folder: &Folder, arguments: &[&str]) -> Preview {
        let running = folder.start(&[&["serve", "--port", "0"], arguments].concat());
        // The two streams are read side by side.
        let lines = running.until_all(&["serving ", WAITING]);
        let address = lines.lines().find_map(|line| line.strip_prefix("serving http://")).expect("an address");
        let address = address.trim_end_matches('/').to_owned();
        Preview { running, address }
    }

    fn ask(&self, request: &str) -> Answer {
        let mut stream = connect(&self.address);
        stream.write_all(request.as_bytes()).expect("a request is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8(bytes).expect("the answer is text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    /// The news of builds, line by line.
    fn events(&self) -> impl Iterator<Item = String> {
        let mut stream = connect(&self.address);
        let request = format!("GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("a request is sent");
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("data: ").map(str::to_owned))
    }
}

fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the preview answers");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit is set");
    stream
}

/// What the preview answered.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    #[track_caller]
    fn with(self, status: u16, said: &str) -> Answer {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.body);
        assert!(self.body.contains(said), "{said} is not in: {}", self.body);
        self
    }

    #[track_caller]
    fn has(&self, header: &str) {
        assert!(self.head.lines().any(|line| line == header), "{header} is not in: {}", self.head);
    }
}

#[test]
fn what_is_served_is_what_would_be_built() {
    let folder = Folder::new();
    folder.write("a.policy", format!("{GOOD}{TWO}"));
    folder.write("b.policy", GOOD);
    folder.write(
        "candor.toml",
        "policies = [\"a.policy\", { file = \"b.policy\", out = \"site/more\" }]\nout = \"site\"\n[page]\nheading-offset = 1\n",
    );
    let preview = Preview::start(&folder, &[]);
    assert_eq!(folder.names(), ["a.policy", "b.policy", "candor.toml"], "nothing is written");
    folder.run(&["build"]).with(0, "published");
    for page in ["a.html", "a-short.html", "a.json", "more/b.html", "more/b.json"] {
        let answer = preview.get(&format!("/page/{page}"));
        assert_eq!(answer.status, 200, "{page}");
        assert_eq!(answer.body, folder.read(&format!("site/{page}")), "{page}");
    }
    let index = preview.get("/").with(200, "<a href=\"/view/a.html\">Privacy Policy</a> <code>site/a.html</code>");
    assert!(index.body.contains("/view/a-short.html") && index.body.contains("/view/more/b.html"), "{}", index.body);
    assert!(!index.body.contains("<iframe"));
    preview.get("/view/more/b.html").with(200, "<iframe id=\"page\" src=\"/page/more/b.html\"");
    preview.get("/view/c.html").with(404, "there is no such page");
    preview.get("/preview.js").with(200, "EventSource").has("content-type: text/javascript; charset=utf-8");
    preview.get("/preview.css").with(200, "iframe").has("content-type: text/css; charset=utf-8");
    assert_eq!(preview.running.interrupt().0, Some(0));
}

#[test]
fn a_save_is_news_and_errors_leave_the_last_page() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    let preview = Preview::start(&folder, &["a.policy"]);
    preview
        .get("/")
        .with(200, "<iframe id=\"page\" src=\"/page/a.html\"")
        .has("content-type: text/html; charset=utf-8");
    let mut events = preview.events();
    let mut next = || -> serde_json::Value {
        serde_json::from_str(&events.next().expect("news of a build")).expect("news are JSON")
    };
    let first = next();
    folder.write("a.policy", GOOD.replace("our customers", "our readers"));
    let mut second = next();
    // A save can be seen in the middle, as an empty file.
    while !preview.get("/page/a.html").body.contains("our readers") {
        second = next();
    }
    assert_ne!(first["version"], second["version"]);
    assert_ne!(first["content"], second["content"]);
    preview.get("/findings").with(200, "a.policy: no findings");
    folder.write("a.policy", BAD);
    let mut third = next();
    while !preview.get("/findings").body.contains("missing-semicolon") {
        third = next();
    }
    assert_eq!(second["content"], third["content"], "the last good page stays");
    let findings = preview.get("/findings").with(200, "a.policy: 1 error; its pages stay as they were").body;
    assert!(findings.contains("a.policy:3:") && findings.contains("error[missing-semicolon]"), "{findings}");
    preview.get("/page/a.html").with(200, "our readers");
    preview.get("/").with(200, "error[missing-semicolon]");
    folder.write("a.policy", GOOD.replace("our customers", "our guests"));
    while !preview.get("/page/a.html").body.contains("our guests") {
        next();
    }
    fs::remove_file(folder.path().join("a.policy")).expect("a file is removed");
    while !preview.get("/findings").body.contains("cannot read a.policy: it does not exist") {
        next();
    }
    preview.get("/page/a.html").with(200, "our guests");
}

#[test]
fn a_preview_begins_with_a_broken_policy() {
    let folder = Folder::new();
    folder.write("a.policy", BAD);
    let preview = Preview::start(&folder, &["a.policy"]);
    preview.get("/").with(200, "There is no page yet.").with(200, "missing-semicolon");
    let mut events = preview.events();
    events.next();
    folder.write("a.policy", GOOD);
    while !preview.get("/").body.contains("<iframe") {
        events.next().expect("news of a build");
    }
}

#[test]
fn user_text_is_escaped_in_the_frame() {
    let folder = Folder::new();
    let name = "<script>alert(1)</script>&'.policy";
    // A slash cannot stand in the name of a file.
    let name = name.replace('/', "\u{2044}");
    folder.write(
        &name,
        GOOD.replace("Privacy Policy", "</title><script>alert(2)</script>\\\"")
            + "we collect <img src=x onerror=alert(3)>;\n",
    );
    folder.write("good<b>.policy", GOOD.replace("Privacy Policy", "</title><script>alert(4)</script>"));
    let preview = Preview::start(&folder, &[&name, "good<b>.policy"]);
    for path in ["/", "/findings", "/view/good%3Cb%3E.html"] {
        let body = preview.get(path).with(200, "").body;
        for hostile in ["<script>alert", "<img", "good<b>", "</title><"] {
            assert!(!body.contains(hostile), "{hostile} is in {path}: {body}");
        }
    }
    preview.get("/findings").with(200, "&lt;script&gt;alert(1)").with(200, "&lt;img src");
    preview.get("/").with(200, "&lt;script&gt;alert(4)").with(200, "good&lt;b&gt;.html");
    preview.get("/page/good%3Cb%3E.html").with(200, "alert(4)");
}

#[test]
fn only_reading_is_answered_and_only_for_this_machine() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("secret.txt", "secret");
    let preview = Preview::start(&folder, &["a.policy"]);
    let (_, port) = preview.address.rsplit_once(':').expect("a port");
    let ask = |method: &str, target: &str, host: &str| {
        preview.ask(&format!("{method} {target} HTTP/1.1\r\n{host}Connection: close\r\n\r\n"))
    };
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.0.0.2"] {
        ask("GET", "/page/a.html", &format!("Host: {host}:{port}\r\n")).with(200, "<!DOCTYPE html>");
    }
    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example@127.0.0.1",
        "192.168.0.1",
        "[::2]",
        "",
        "0.0.0.0",
    ] {
        let answer = ask("GET", "/page/a.html", &format!("Host: {host}:{port}\r\n"));
        assert!(matches!(answer.status, 400 | 403), "{host}: {}", answer.status);
        assert!(!answer.body.contains("Privacy"), "{host}");
    }
    assert!(matches!(ask("GET", "/", "").status, 400 | 403));
    assert!(matches!(ask("GET", "/", "Host: localhost\r\nHost: evil.example\r\n").status, 400 | 403));
    assert_eq!(ask("GET", "http://evil.example/", "Host: localhost\r\n").status, 403);
    let host = format!("Host: {}\r\n", preview.address);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        for path in ["/", "/events", "/page/a.html", "/nowhere"] {
            ask(method, path, &host).with(405, "").has("allow: get, head");
        }
    }
    let head = ask("HEAD", "/page/a.html", &host).with(200, "");
    assert_eq!(head.body, "");
    for path in [
        "/page/../secret.txt",
        "/page/..%2fsecret.txt",
        "/page/%2e%2e/secret.txt",
        "/secret.txt",
        "/page/secret.txt",
        "/page//etc/passwd",
        "/page/%2fetc%2fpasswd",
        "/page/a.policy",
        "/view/../page/a.html",
        "/page/a.html%00",
        "/page/%ff",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret") && !answer.body.contains("root:"), "{path}");
    }
}

#[test]
fn headers_keep_pages_to_themselves() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    let preview = Preview::start(&folder, &["a.policy"]);
    let style = folder.run(&["style", "--csp"]).with(0, "").out;
    let page = preview.get("/page/a.html").with(200, "");
    let said = format!(
        "content-security-policy: {}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        style.trim_end().to_ascii_lowercase()
    );
    page.has(&said);
    for answer in
        [page, preview.get("/"), preview.get("/page/a.json"), preview.get("/nowhere"), preview.get("/findings")]
    {
        answer.has("cache-control: no-store");
        answer.has("x-content-type-options: nosniff");
        answer.has("referrer-policy: no-referrer");
        answer.has("cross-origin-resource-policy: same-origin");
        assert!(answer.head.contains("content-security-policy: default-src 'none'"), "{}", answer.head);
        assert!(!answer.head.contains("access-control"), "{}", answer.head);
    }
    assert!(!preview.get("/").head.contains("unsafe"));
}

#[test]
fn a_stylesheet_of_the_site_is_stood_in_for() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    let preview = Preview::start(&folder, &["--stylesheet", "/css/policy.css?v1", "--class-prefix", "p-", "a.policy"]);
    preview.get("/css/policy.css").with(200, ".p-skip").has("content-type: text/css; charset=utf-8");
    preview.get("/page/a.html").with(200, "href=\"/css/policy.css?v1\"");
}

#[test]
fn serve_says_what_it_cannot_do() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its number").port().to_string();
    folder.run(&["serve", "--port", &port, "a.policy"]).with(2, &format!("candor: port {port} is taken"));
    for host in ["0.0.0.0", "::", "192.0.2.1"] {
        folder.run(&["serve", "--port", "0", "--host", host, "a.policy"]).with(2, "give `--allow-remote` if they may");
    }
    folder.run(&["serve", "--port", "0", "--host", "no such host", "a.policy"]).with(2, "no address is known");
    folder.run(&["serve", "--port", "0"]).with(2, "there is no FILE, and no candor.toml");
    folder.run(&["serve", "--port", "0", "-"]).with(2, "nothing to serve again");
    let preview = Preview::start(&folder, &["--host", "0.0.0.0", "--allow-remote", "a.policy"]);
    assert!(preview.address.starts_with("0.0.0.0:"), "{}", preview.address);
    let (_, port) = preview.address.rsplit_once(':').expect("a port");
    let ask = |host: &str| preview.ask(&format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"));
    ask("192.168.0.7").with(200, "<iframe");
    assert_eq!(ask("evil.example").status, 403);
}
