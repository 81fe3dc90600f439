//! From requests to answers out of the last preview.
//!
//! INVARIANT: what is sent is looked up by its whole path in what was built; no path is ever opened.

use std::convert::Infallible;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use tokio::sync::watch::Receiver;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};

use super::frame;
use super::preview::{Preview, Resource};

/// Whom the server answers to.
#[derive(Clone)]
pub(super) struct Hosts {
    /// Whether others than this machine may ask.
    pub any_address: bool,
    /// The host that was asked for.
    pub name: String,
}

impl Hosts {
    /// Whether a request for this host is meant for us.
    ///
    /// A page elsewhere can let its own name lead to this machine and read what lies here as its own. It cannot do so
    /// with an address, nor with a name that always means this machine.
    fn know(&self, authority: &str) -> bool {
        let host = match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(""),
            None => authority.split(':').next().unwrap_or(""),
        };
        let is_local = host.eq_ignore_ascii_case("localhost");
        let is_address = host.parse().is_ok_and(|address: IpAddr| self.any_address || address.is_loopback());
        is_local || is_address || host.eq_ignore_ascii_case(&self.name)
    }
}

/// Answers until the program ends.
pub(super) async fn serve(listener: TcpListener, preview: Receiver<Arc<Preview>>, hosts: Hosts) {
    // The listener is open already and does not block; there is nothing that could fail here but the runtime.
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let router = Router::new()
        .route("/events", get(events))
        .fallback(answer)
        .layer(middleware::from_fn_with_state(hosts, guard))
        .with_state(preview);
    // A server of axum ends with the program and not before.
    let _ = axum::serve(listener, router).await;
}

/// Lets through what may be asked, and says the same of every answer.
async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let mut response = if !is_known(&hosts, request.headers(), request.uri()) {
        refused(StatusCode::FORBIDDEN, "the preview answers to the address that it was started with")
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = refused(StatusCode::METHOD_NOT_ALLOWED, "the preview can only be read");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        response
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static("default-src 'none'"));
    response
}

fn is_known(hosts: &Hosts, headers: &HeaderMap, uri: &Uri) -> bool {
    let mut given = headers.get_all(HOST).iter();
    let (Some(host), None) = (given.next(), given.next()) else { return false };
    let is_known = |host: &str| hosts.know(host);
    host.to_str().is_ok_and(is_known) && uri.host().is_none_or(is_known)
}

fn refused(status: StatusCode, text: &'static str) -> Response {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// What the frame may load: its own style and script, the pages, and the news of builds.
const FRAME_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                            frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Everything but the news of builds.
async fn answer(State(preview): State<Receiver<Arc<Preview>>>, uri: Uri) -> Response {
    let preview = Arc::clone(&preview.borrow());
    let html = |text: String| sent("text/html; charset=utf-8", text, FRAME_POLICY);
    match uri.path() {
        "/" => {
            let mut pages = preview.pages();
            let only = match (pages.next(), pages.next()) {
                (Some(only), None) => Some(only.address.as_str()),
                _ => None,
            };
            return html(frame::frame(&preview, only));
        }
        "/findings" => return html(frame::findings(&preview)),
        "/preview.css" => return sent("text/css; charset=utf-8", frame::STYLE.to_owned(), FRAME_POLICY),
        "/preview.js" => return sent("text/javascript; charset=utf-8", frame::SCRIPT.to_owned(), FRAME_POLICY),
        _ => {}
    }
    let path = percent_decode_str(uri.path()).decode_utf8_lossy();
    if let Some(viewed) = path.strip_prefix("/view/") {
        let found = preview.pages().find(|page| percent_decode_str(&page.address).decode_utf8_lossy() == viewed);
        if let Some(page) = found {
            return html(frame::frame(&preview, Some(&page.address)));
        }
    }
    match preview.resource(&path).as_deref() {
        Some(Resource { kind, text, security_policy }) => sent(kind, text.written(), security_policy),
        None => refused(StatusCode::NOT_FOUND, "there is no such page"),
    }
}

fn sent(kind: &'static str, text: String, security_policy: &str) -> Response {
    let mut response = Body::from(text).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    // It is ASCII without line breaks; without one the guard sets the strictest.
    if let Ok(value) = HeaderValue::from_str(security_policy) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, value);
    }
    response
}

/// One event for the build that is shown, and one for each that follows.
async fn events(State(preview): State<Receiver<Arc<Preview>>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let builds = WatchStream::new(preview).map(|preview| {
        let data = serde_json::json!({ "version": preview.version(), "content": preview.content() });
        Ok(Event::default().event("build").data(data.to_string()))
    });
    Sse::new(builds).keep_alive(KeepAlive::default())
}
