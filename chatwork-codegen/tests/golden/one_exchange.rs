impl Client {
    pub async fn count_boats<'a>(
        &'a self,
        info: Option<&'a str>,
        request: Option<&'a str>,
        response: Option<&'a str>,
    ) -> Result<ResponseValue<types::Count>, Error> {
        let url = crate::path::below(&self.base, "/boats/count")?;
        let _request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("info", &info))
            .query(&progenitor_client::QueryParam::new("request", &request))
            .query(&progenitor_client::QueryParam::new("response", &response))
            .build()?;
        let _response = crate::reply::exchange(self, _request, "count_boats").await?;
        match _response.status().as_u16() {
            200u16 => _response.json(),
            _ => Err(_response.refused()),
        }
    }
}
