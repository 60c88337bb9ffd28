impl Client {
    pub async fn sink_boats<'a>(&'a self) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(&self.base, "/boats")?;
        let request = self.client.delete(url).build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}
