impl Client {
    pub async fn count_boats<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::Count>, Error> {
        let url = format!("{}/boats/count", self.baseurl,);
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
            operation_id: "count_boats",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => crate::reply::json(response).await,
            _ => Err(crate::reply::refused(response).await),
        }
    }
}
