impl Client {
    pub async fn count_boats<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::Count>, Error> {
        let url = crate::path::below(&self.base, "/boats/count")?;
        let request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
}
