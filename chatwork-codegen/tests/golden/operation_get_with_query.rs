impl Client {
    pub async fn find_boats<'a>(
        &'a self,
        owner: &'a str,
    ) -> Result<ResponseValue<()>, Error> {
        self.find_boats_with(owner, &types::FindBoatsOptions::default()).await
    }
}
