//! Which module a path belongs to.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use super::app::App;
#[cfg(feature = "page")]
use super::page;
use super::{download, guard, invitation, method, oauth, pipeline};
use crate::control;

/// All paths of the sandbox.
pub(crate) fn router(app: Arc<App>) -> Router {
    let router = Router::new()
        .nest("/_sandbox", control::router())
        .route("/_sandbox/download/{room_id}/{file_id}", get(download::serve))
        .route("/g/{code}", get(invitation::show))
        .merge(oauth::router());
    #[cfg(feature = "page")]
    let news = page::News::default();
    #[cfg(feature = "page")]
    let router = router.merge(page::router(&news));
    #[cfg(feature = "reference")]
    let router = router.merge(super::reference::router());
    let router = router.fallback(pipeline::serve).method_not_allowed_fallback(method::refuse);
    // Behind the guard: it refuses requests of other sites first.
    #[cfg(feature = "workbench")]
    let router = router.layer(from_fn_with_state(Arc::clone(&app), super::access::check));
    let router = router.layer(from_fn_with_state(Arc::clone(&app), guard::check));
    #[cfg(feature = "workbench")]
    let router = router
        .layer(from_fn_with_state(Arc::clone(&app), changed))
        .layer(from_fn_with_state(Arc::clone(&app), super::cors::allow));
    let router = router.with_state(app);
    #[cfg(feature = "page")]
    let router = page::watch(router, news);
    router
}

/// Passes a request on, and tells that it may have changed the state. A read of the API moves a cursor;
/// a read of the control API changes nothing.
#[cfg(feature = "workbench")]
async fn changed(
    axum::extract::State(app): axum::extract::State<Arc<App>>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::http::Response<axum::body::Body> {
    let reads = request.method().is_safe() && request.uri().path().starts_with("/_sandbox");
    let response = next.run(request).await;
    if !reads {
        app.changed.notify_one();
    }
    response
}
