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
    let router = router
        .fallback(pipeline::serve)
        .method_not_allowed_fallback(method::refuse)
        .layer(from_fn_with_state(Arc::clone(&app), guard::check))
        .with_state(app);
    #[cfg(feature = "page")]
    let router = page::watch(router, news);
    router
}
