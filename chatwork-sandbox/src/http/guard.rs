//! Refuses requests that a web page of another site has caused.
//!
//! Every page that a browser shows can send requests to this machine. `Origin` names the page.
//! A page whose own name resolves to 127.0.0.1 (DNS rebinding) could read the replies as well:
//! `Host` is then the name of the page. An image or a script of a page is requested without
//! `Origin`: `Sec-Fetch-Site` shows it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, Request, Response};
use axum::middleware::Next;

use super::app::App;
use super::log::LoggedRequest;
use super::reply::Reply;

/// Answers 403, or passes the request on.
pub(super) async fn check(
    State(app): State<Arc<App>>,
    request: Request<Body>,
    next: Next,
) -> Response<Body> {
    let authority = request.uri().authority().map(Authority::as_str);
    let Some(text) = refusal(request.headers(), authority, &app.hosts) else {
        return next.run(request).await;
    };
    let (parts, _) = request.into_parts();
    let reply = Reply::error(403, &text);
    let now = app.clock.now();
    app.core().log.add(LoggedRequest::new(&parts, now).answered(&reply));
    reply.into_response(now)
}

/// Why a request is refused.
fn refusal(headers: &HeaderMap, authority: Option<&str>, hosts: &[String]) -> Option<String> {
    let text = |name: HeaderName| headers.get_all(name).iter().map(|value| value.to_str().ok());
    let known = |host: Option<&str>| host.is_some_and(|host| is_known(host, hosts));
    if !text(HOST).chain(authority.map(Some)).all(known) {
        let text = "The Host is not this machine: expected 127.0.0.1 or localhost, \
                    or a name that was allowed with --allow-host";
        return Some(text.to_owned());
    }
    let is_ours =
        |origin: Option<&str>| known(origin.and_then(|text| Some(text.split_once("://")?.1)));
    if !text(ORIGIN).all(is_ours) {
        let text =
            "The Origin is not this machine: web pages of other sites may not use the sandbox";
        return Some(text.to_owned());
    }
    is_embedded(headers).then(|| {
        "Sec-Fetch-Site is cross-site, without an Origin on this machine: web pages of other sites \
         may link to the sandbox, but not load anything from it"
            .to_owned()
    })
}

/// Whether a page of another site loads the address as an image, a script or the like. Such a request
/// has no `Origin`. A person who follows a link or a redirect navigates, as in the flow of OAuth.
/// A page on this machine under another name, `localhost` instead of `127.0.0.1`, is another site as
/// well, and its `Origin` was checked.
fn is_embedded(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|given| given == value);
    is("sec-fetch-site", "cross-site")
        && !is("sec-fetch-mode", "navigate")
        && !headers.contains_key(ORIGIN)
}

/// Whether `host` or `host:port` is this machine or was allowed.
fn is_known(text: &str, hosts: &[String]) -> bool {
    let Ok(authority) = text.parse::<Authority>() else {
        return false;
    };
    let host = authority.host();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    !text.contains('@')
        && (host.eq_ignore_ascii_case("localhost")
            || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
            || hosts.iter().any(|known| known.eq_ignore_ascii_case(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_and_allowed_ones_are_known() {
        for host in ["127.0.0.1", "127.0.0.1:8899", "localhost:1", "LocalHost", "[::1]:80", "box:8"]
        {
            assert!(is_known(host, &["box".to_owned()]), "{host}");
        }
        for host in [
            "",
            "attacker.example",
            "127.0.0.1.attacker.example",
            "localhost.attacker.example",
            "127.0.0.1@attacker.example",
            "attacker.example@127.0.0.1",
            "192.0.2.1",
            "0.0.0.0",
            "null",
        ] {
            assert!(!is_known(host, &["box".to_owned()]), "{host}");
        }
    }
}
