impl Client {
    pub async fn list_boats<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::BoatId>>>,
        Error,
    > {
        let url = format!("{}/boats", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "list_boats",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => crate::reply::some(response).await,
            204u16 => Ok(crate::reply::none(response)),
            _ => Err(crate::reply::refused(response).await),
        }
    }
}
