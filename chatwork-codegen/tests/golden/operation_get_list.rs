impl Client {
    pub async fn list_boats<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::BoatId>>, Error> {
        let url = crate::path::below(&self.base, "/boats")?;
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
