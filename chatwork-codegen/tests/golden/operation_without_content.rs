impl Client {
    pub async fn sink_boats<'a>(&'a self) -> Result<ResponseValue<()>, Error> {
        let url = format!("{}/boats", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo {
            operation_id: "sink_boats",
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
