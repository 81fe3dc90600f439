//! Serves a privacy policy at `/privacy.html`, and the same as data at `/privacy.json`: `cargo run -p
//! candor-example-web-server`, then open <http://127.0.0.1:8080/privacy.html>.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use candor::render::{Files, Page, Templates, html};
use candor::{Format, NoFiles, Options, Source, compile};
use tokio::net::TcpListener;

/// What is served: texts that do not change while the server runs.
struct Site {
    page: String,
    data: String,
    style: String,
    /// The hash over what the policy says, so that a browser asks for a page once.
    tag: String,
}

impl Site {
    /// Compiles a policy; a policy with errors is no site.
    fn new(text: String) -> Result<Site, String> {
        let compilation = compile(Source::new("shutter.policy", text), &NoFiles, &Options::default());
        let report = compilation.report();
        let published = compilation.published.ok_or(report)?;
        let full = published.documents.first().ok_or("the policy has no document")?;
        // The style is a file of the site, so that the page can be read under a strict content security policy.
        let page = Page { stylesheet: Some("/policy.css"), ..Page::from(Files { stem: "privacy" }) };
        Ok(Site {
            page: published.render_document(full, Format::Html, page),
            data: published.render(Format::Json),
            style: html::style("", Templates::built_in()),
            tag: format!("\"{}\"", published.content_hash),
        })
    }
}

fn answer(site: &Site, asked: &HeaderMap, kind: &'static str, text: &str) -> Response {
    let tag = [(ETAG, site.tag.clone())];
    if asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == site.tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, tag).into_response();
    }
    let headers = [(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'self'")];
    (tag, headers, text.to_owned()).into_response()
}

fn router(site: Site) -> Router {
    Router::new()
        .route(
            "/privacy.html",
            get(|State(site): State<Arc<Site>>, asked: HeaderMap| async move {
                answer(&site, &asked, "text/html; charset=utf-8", &site.page)
            }),
        )
        .route(
            "/privacy.json",
            get(|State(site): State<Arc<Site>>, asked: HeaderMap| async move {
                answer(&site, &asked, "application/json; charset=utf-8", &site.data)
            }),
        )
        .route(
            "/policy.css",
            get(|State(site): State<Arc<Site>>| async move {
                ([(CONTENT_TYPE, "text/css; charset=utf-8")], site.style.clone())
            }),
        )
        .with_state(Arc::new(site))
}

/// The policy of this example; a real server reads its own.
const POLICY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shutter.policy");

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let site = Site::new(std::fs::read_to_string(POLICY)?).map_err(io::Error::other)?;
    let listener = TcpListener::bind("127.0.0.1:8080").await?;
    println!("http://{}/privacy.html", listener.local_addr()?);
    axum::serve(listener, router(site)).await
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    use super::{POLICY, Site, router};

    #[tokio::test]
    async fn the_page_is_served_and_asked_for_once() {
        let site = Site::new(std::fs::read_to_string(POLICY).expect("the policy")).expect("a site");
        let tag = site.tag.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router(site)).await });
        let ask = |header: String| async move {
            let mut stream = TcpStream::connect(address).await.expect("a connection");
            let asked = format!("GET /privacy.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n");
            stream.write_all(asked.as_bytes()).await.expect("asked");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.expect("an answer");
            answer
        };
        let page = ask(String::new()).await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("</html>"), "{page}");
        assert!(page.contains("content-security-policy: default-src 'none'"), "{page}");
        let again = ask(format!("If-None-Match: {tag}\r\n")).await;
        assert!(again.starts_with("HTTP/1.1 304"), "{again}");
    }
}
