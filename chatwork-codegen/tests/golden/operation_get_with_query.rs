impl Client {
    pub async fn find_boats<'a>(
        &'a self,
        after: Option<types::BoatId>,
        color: Option<types::Color>,
        owner: &'a str,
        type_: Option<bool>,
    ) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(&self.base, "/boats")?;
        let request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("after", &after))
            .query(&progenitor_client::QueryParam::new("color", &color))
            .query(&progenitor_client::QueryParam::new("owner", &owner))
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .build()?;
        let response = crate::reply::exchange(self, request, "find_boats").await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}
