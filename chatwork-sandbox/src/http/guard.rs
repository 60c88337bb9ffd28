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
    #[cfg(feature = "workbench")]
    let for_all_sites = super::cors::opens(&app, request.uri().path());
    #[cfg(not(feature = "workbench"))]
    let for_all_sites = false;
    let known = Known { hosts: &app.hosts, any_address: app.any_address, for_all_sites };
    let Some(text) = refusal(request.headers(), authority, &known) else {
        return next.run(request).await;
    };
    let (parts, _) = request.into_parts();
    let reply = Reply::error(403, &text);
    let now = app.clock.now();
    app.core().log.add(LoggedRequest::new(&parts, now).answered(&reply));
    reply.into_response(now)
}

/// What is known to be this sandbox.
struct Known<'a> {
    hosts: &'a [String],
    /// Any address of the machine, as a number. A name could be one of another site that resolves to
    /// this machine.
    any_address: bool,
    /// Whether pages of other sites may send the request.
    for_all_sites: bool,
}

/// Why a request is refused.
fn refusal(headers: &HeaderMap, authority: Option<&str>, is: &Known<'_>) -> Option<String> {
    let text = |name: HeaderName| headers.get_all(name).iter().map(|value| value.to_str().ok());
    let known = |host: Option<&str>| host.is_some_and(|host| is_known(host, is.hosts));
    let is_address = |host: Option<&str>| is.any_address && host.is_some_and(is_number);
    let mut named = text(HOST).chain(authority.map(Some));
    if !named.all(|host| known(host) || is_address(host)) {
        let text = "The Host is not this machine: expected 127.0.0.1 or localhost, \
                    or a name that was allowed with --allow-host";
        return Some(text.to_owned());
    }
    if is.for_all_sites {
        return None;
    }
    let is_ours = |origin: Option<&str>| {
        let of = origin.and_then(|text| Some(text.split_once("://")?.1));
        // The address to which the request goes: the page is one of this sandbox.
        known(of) || (is_address(of) && text(HOST).any(|host| host == of))
    };
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

/// Whether `host` or `host:port` is an address as a number.
fn is_number(text: &str) -> bool {
    let Ok(authority) = text.parse::<Authority>() else {
        return false;
    };
    let host = authority.host();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    !text.contains('@') && bare.parse::<IpAddr>().is_ok()
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

    fn refused(host: &str, origin: &str, any_address: bool) -> bool {
        let value = |text: &str| axum::http::HeaderValue::from_str(text).unwrap();
        let headers = HeaderMap::from_iter([(HOST, value(host)), (ORIGIN, value(origin))]);
        let is = Known { hosts: &[], any_address, for_all_sites: false };
        refusal(&headers, None, &is).is_some()
    }

    #[test]
    fn for_other_machines_an_address_is_known_and_its_own_pages_alone() {
        let (own, other) = ("192.0.2.1:8899", "192.0.2.2");
        assert!(refused(own, &format!("http://{own}"), false));
        assert!(!refused(own, &format!("http://{own}"), true));
        assert!(refused(own, &format!("http://{other}"), true));
        assert!(refused("attacker.example", "http://attacker.example", true));
    }

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
