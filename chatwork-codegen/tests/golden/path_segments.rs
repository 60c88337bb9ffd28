impl Client {
    pub async fn leave_berth<'a>(
        &'a self,
        boat_id: types::BoatId,
        berth: &'a str,
    ) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/boats/{}/berths/{}", crate ::path::segment("boat_id", & boat_id
                .to_string()) ?, crate ::path::segment("berth", & berth.to_string()) ?
            ),
        )?;
        let request = self.client.delete(url).build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}
