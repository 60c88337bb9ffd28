impl Client {
    pub async fn change_boat<'a>(
        &'a self,
        boat_id: types::BoatId,
        body: &'a types::ChangeBoatBody,
    ) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/boats/{}", crate ::path::segment("boat_id", & boat_id.to_string()) ?
            ),
        )?;
        let request = self.client.put(url).form_urlencoded(&body)?.build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}
