impl Client {
    pub async fn find_boats<'a>(
        &'a self,
        after: Option<types::BoatId>,
        color: Option<types::Color>,
        owner: &'a str,
        type_: Option<bool>,
    ) -> Result<ResponseValue<()>, Error> {
        let url = format!("{}/boats", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("after", &after))
            .query(&progenitor_client::QueryParam::new("color", &color))
            .query(&progenitor_client::QueryParam::new("owner", &owner))
            .query(&progenitor_client::QueryParam::new("type", &type_))
            .build()?;
        let info = OperationInfo {
            operation_id: "find_boats",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            _ => Err(crate::reply::refused(response).await),
        }
    }
}
