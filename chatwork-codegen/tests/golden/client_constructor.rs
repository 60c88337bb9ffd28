impl Client {
    /// A client with an HTTP client of your own, and a base URL without a slash at its end.
    ///
    /// The HTTP client must not follow redirects (`redirect::Policy::none()`): reqwest sends the API
    /// token to the host of a redirect too, whichever host that is.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::Settings,
    ) -> Self {
        Self {
            client,
            inner,
            base: ::std::sync::Arc::new(crate::path::BaseUrl::new(baseurl)),
        }
    }
}
