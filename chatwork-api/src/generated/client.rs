// Written by `cargo xtask codegen` from spec/chatwork.yaml. Do not edit: change the document and
// run the command again.

//! The client: one method for each operation.
#[allow(unused_imports)]
use crate::runtime::{
    self as progenitor_client, ClientInfo, RequestBuilderExt, ResponseValue,
};
#[allow(unused_imports)]
use super::types;
#[allow(unused_imports)]
use crate::Error;
/// The client: one method for each operation of Chatwork API.
///
/// The Chatwork API v2: 32 operations on chats ("rooms"), messages, tasks, files, contacts and
/// invitation links, and three webhook payloads.
///
/// **This document** is not official. It is written by hand from the public reference as it stood
/// on 2025-06-25 and from other public material. What no official text says is marked "assumed".
/// `version` is the version of the API. `x-revision` counts the published changes of this document.
///
/// **Authentication.** Send either the header `X-ChatWorkToken` with an API token, or
/// `Authorization: Bearer` with an OAuth 2.0 access token, never both. Under OAuth 2.0 an
/// operation needs one of the scopes that it lists.
///
/// **Two rate limits.**
/// 1. 300 requests in 5 minutes for an account. The headers `x-ratelimit-limit`,
///    `x-ratelimit-remaining` and `x-ratelimit-reset` (Unix time in seconds) report the current
///    state. The figure may change: read the headers. They are absent from 401, and from the 404 of
///    `/incoming_requests/{request_id}`.
/// 2. Posting messages and tasks, counted together: 10 in 10 seconds for a room. The 429 then reads
///    `Rate limit for message posting per room exceeded.` The header `x-ratelimit-reset` belongs to
///    the first limit and does not apply here: wait about 10 seconds.
///
/// **204 next to 200.** Six lists answer 204 without a body when they are empty (contacts, contact
/// requests, own tasks, messages, tasks, files). Two deletions answer 204 when they succeed (a
/// room, a contact request).
///
/// **Requests.** POST and PUT take `application/x-www-form-urlencoded`, an upload takes
/// `multipart/form-data`, and leaving or deleting a room has a form body on DELETE. Query
/// parameters of POST and PUT are ignored. Flags in requests are the numbers `0` and `1`; flags in
/// replies are JSON booleans. A list of ids is one string of numbers with commas between them and
/// no spaces: `123,542,1001`.
///
/// **Ids and times.** All ids are integers, except that a message id is a string of digits, since
/// its value exceeds 2^53. Times are Unix times in seconds.
///
/// **Lists.** There is no paging. Messages, tasks, files and contact requests come as at most 100
/// items; rooms, contacts and members come complete.
///
/// **Errors** are `{"errors": ["…"]}` with texts in English that may change: decide by the
/// status. A room that does not exist, or that you are not in, is 403 and not 404. A gateway before
/// the API may answer 5xx with HTML, with another shape or without a body.
///
/// **Retries.** `x-retry-safety` says for each operation whether it is safe to repeat a request
/// that may have arrived. It is stricter than the idempotence of HTTP: some PUT operations set the
/// same state twice, but the second request may show, for example as a second notice in the room or
/// a second webhook event. Those are `unsafe`.
///
/// **Webhooks.** An account has at most 5 webhooks. They are made in Chatwork's web interface only.
/// The receiver's address is `https`. Chatwork sends POST requests with JSON, signed with the token
/// of the webhook, and with a `user-agent` that begins with `ChatWork-Webhook/`. The receiver
/// answers 200 with at most 2,048 bytes. A delivery that fails is not sent again, and a webhook
/// whose error rate is high is switched off; no official text says how high.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::Settings,
    pub(crate) base: ::std::sync::Arc<crate::path::BaseUrl>,
}
impl Client {
    /// A client with an HTTP client of your own, and a base URL without a slash at its end.
    ///
    /// The HTTP client must not follow redirects (`redirect::Policy::none()`): reqwest sends the API
    /// token to the host of a redirect too, whichever host that is.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::Settings,
    ) -> Self {
        Self {
            client,
            inner,
            base: ::std::sync::Arc::new(crate::path::BaseUrl::new(baseurl)),
        }
    }
}
impl ClientInfo<crate::Settings> for Client {
    fn api_version() -> &'static str {
        "2.0.0"
    }
    fn baseurl(&self) -> &str {
        self.base.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::Settings {
        &self.inner
    }
}
#[allow(clippy::all)]
impl Client {
    /// Get your own profile.
    ///
    /// Returns the profile of the account that the token belongs to (自分の情報). Fields that were never filled in are empty strings.
    ///
    /// `GET /me` ([reference](https://developer.chatwork.com/reference/get-me)).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn get_me<'a>(&'a self) -> Result<ResponseValue<types::Me>, Error> {
        let url = crate::path::below(&self.base, "/me")?;
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
    /// Get your own unread and task counts.
    ///
    /// Counts the rooms with unread messages, with mentions and with open tasks of yours, and the unread messages, mentions and open tasks in all rooms (自分の状態).
    ///
    /// `GET /my/status` ([reference](https://developer.chatwork.com/reference/get-my-status)).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn get_my_status<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::MyStatus>, Error> {
        let url = crate::path::below(&self.base, "/my/status")?;
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
    /// List the tasks assigned to you.
    ///
    /// Lists the tasks of all rooms for which you are the assignee (自分のタスク一覧), at most 100.
    ///
    /// `GET /my/tasks` ([reference](https://developer.chatwork.com/reference/get-my-tasks)).
    ///
    /// Sends no optional parameter: [`Client::list_my_tasks_with`] takes them.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_my_tasks<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::MyTask>>>,
        Error,
    > {
        self.list_my_tasks_with(&types::ListMyTasksOptions::default()).await
    }
    /// As [`Client::list_my_tasks`], with the optional parameters that are set in [`types::ListMyTasksOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::list_my_tasks`].
    pub async fn list_my_tasks_with<'a>(
        &'a self,
        options: &'a types::ListMyTasksOptions,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::MyTask>>>,
        Error,
    > {
        let types::ListMyTasksOptions { assigned_by_account_id, status, .. } = options;
        let url = crate::path::below(&self.base, "/my/tasks")?;
        let request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "assigned_by_account_id",
                    &assigned_by_account_id,
                ),
            )
            .query(&progenitor_client::QueryParam::new("status", &status))
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.some(),
            204u16 => Ok(response.none()),
            _ => Err(response.refused()),
        }
    }
    /// List your contacts.
    ///
    /// Lists all accounts that you are in contact with (コンタクト一覧).
    ///
    /// `GET /contacts` ([reference](https://developer.chatwork.com/reference/get-contacts)).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_contacts<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::Contact>>>,
        Error,
    > {
        let url = crate::path::below(&self.base, "/contacts")?;
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
            200u16 => response.some(),
            204u16 => Ok(response.none()),
            _ => Err(response.refused()),
        }
    }
    /// List the contact requests that you have not answered.
    ///
    /// Lists the requests of other accounts to become a contact of yours that you have neither accepted nor declined (コンタクト承認依頼一覧), at most 100.
    ///
    /// `GET /incoming_requests` ([reference](https://developer.chatwork.com/reference/get-incoming_requests)).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_incoming_requests<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::IncomingRequest>>>,
        Error,
    > {
        let url = crate::path::below(&self.base, "/incoming_requests")?;
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
            200u16 => response.some(),
            204u16 => Ok(response.none()),
            _ => Err(response.refused()),
        }
    }
    /// Accept a contact request.
    ///
    /// Makes the account that sent the request a contact of yours (コンタクト承認依頼を承認する) and returns the new contact.
    ///
    /// `PUT /incoming_requests/{request_id}` ([reference](https://developer.chatwork.com/reference/put-incoming_requests-request_id)).
    ///
    /// # Arguments
    ///
    /// - `request_id`: The contact request.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing or has a value that is not allowed, or you have as many contacts outside your organization as you may have.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 404: There is no such contact request. The rate-limit headers are absent.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn accept_incoming_request<'a>(
        &'a self,
        request_id: types::RequestId,
    ) -> Result<ResponseValue<types::Contact>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/incoming_requests/{}", crate ::path::segment("request_id", & request_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .put(url)
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
    /// Decline a contact request.
    ///
    /// Declines a contact request (コンタクト承認依頼を拒否する).
    ///
    /// `DELETE /incoming_requests/{request_id}` ([reference](https://developer.chatwork.com/reference/delete-incoming_requests-request_id)).
    ///
    /// # Arguments
    ///
    /// - `request_id`: The contact request.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 404: There is no such contact request. The rate-limit headers are absent.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn decline_incoming_request<'a>(
        &'a self,
        request_id: types::RequestId,
    ) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/incoming_requests/{}", crate ::path::segment("request_id", & request_id
                .to_string()) ?
            ),
        )?;
        let request = self.client.delete(url).build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
    /// List the rooms that you are in.
    ///
    /// Lists all rooms that you are in (チャット一覧): group chats, direct chats and your own My Chat. The list is complete.
    ///
    /// `GET /rooms` ([reference](https://developer.chatwork.com/reference/get-rooms)).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_rooms<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::Room>>, Error> {
        let url = crate::path::below(&self.base, "/rooms")?;
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
    /// Create a group chat.
    ///
    /// Creates a group chat (グループチャットを作成する) with the members named, and on request with an invitation link.
    ///
    /// `POST /rooms` ([reference](https://developer.chatwork.com/reference/post-rooms)).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: The access token lacks the scope for this operation.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn create_room<'a>(
        &'a self,
        body: &'a types::CreateRoomBody,
    ) -> Result<ResponseValue<types::RoomRef>, Error> {
        let url = crate::path::below(&self.base, "/rooms")?;
        let request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Get a room.
    ///
    /// Returns a room that you are in (チャットの情報): the fields of the list of rooms and the description.
    ///
    /// `GET /rooms/{room_id}` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not read this room: the access token lacks the scope, or you are not in the room.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn get_room<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<ResponseValue<types::RoomDetails>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}", crate ::path::segment("room_id", & room_id.to_string()) ?
            ),
        )?;
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
    /// Change the name, description or icon of a group chat.
    ///
    /// Changes a group chat (チャットの情報を変更する). Every property is optional; send those that are to change. A repeated request may post a second notice in the room (assumed), so it is not safe to repeat.
    ///
    /// `PUT /rooms/{room_id}` ([reference](https://developer.chatwork.com/reference/put-rooms-room_id)).
    ///
    /// Sends no optional parameter: [`Client::update_room_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not change this room: the access token lacks the scope, you are not in the room, or your role in it does not allow it.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn update_room<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<ResponseValue<types::RoomRef>, Error> {
        self.update_room_with(room_id, &types::UpdateRoomOptions::default()).await
    }
    /// As [`Client::update_room`], with the optional parameters that are set in [`types::UpdateRoomOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::update_room`].
    pub async fn update_room_with<'a>(
        &'a self,
        room_id: types::RoomId,
        options: &'a types::UpdateRoomOptions,
    ) -> Result<ResponseValue<types::RoomRef>, Error> {
        let body = options;
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}", crate ::path::segment("room_id", & room_id.to_string()) ?
            ),
        )?;
        let request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Leave or delete a group chat.
    ///
    /// Leaves a group chat or deletes it for all members (チャットを退席/削除する), as `action_type` says. The form body belongs to the DELETE request, as on the reference page. OpenAPI 3.0 lets tools ignore a body on DELETE: check that yours sends it. The scopes are those of creating a room; whether `rooms.info:write` suffices too is not confirmed.
    ///
    /// `DELETE /rooms/{room_id}` ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not leave or delete this room: the access token lacks the scope, the room is a direct chat or your My Chat, or there is no such group chat.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn delete_or_leave_room<'a>(
        &'a self,
        room_id: types::RoomId,
        body: &'a types::DeleteOrLeaveRoomBody,
    ) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}", crate ::path::segment("room_id", & room_id.to_string()) ?
            ),
        )?;
        let request = self.client.delete(url).form_urlencoded(&body)?.build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
    /// List the members of a room.
    ///
    /// Lists all members of a room with their roles (チャットのメンバー一覧).
    ///
    /// `GET /rooms/{room_id}/members` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-members)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not list the members of this room: the access token lacks the scope, or you are not in the room.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_room_members<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<ResponseValue<::std::vec::Vec<types::RoomMember>>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/members", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
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
    /// Replace the members of a group chat.
    ///
    /// Sets who is in a group chat, and in which role (チャットのメンバーを変更する). The three lists together become the whole membership: an account in none of them is removed. A repeated request may post a second notice in the room (assumed), so it is not safe to repeat.
    ///
    /// `PUT /rooms/{room_id}/members` ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-members)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not change the members of this room: the access token lacks the scope, you are not in the room, or your role in it does not allow it.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn replace_room_members<'a>(
        &'a self,
        room_id: types::RoomId,
        body: &'a types::ReplaceRoomMembersBody,
    ) -> Result<ResponseValue<types::RoomMemberIds>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/members", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// List messages of a room.
    ///
    /// Lists messages of a room (チャットのメッセージ一覧), at most 100, oldest first. Without `force=1` the server moves a cursor of its own and returns only what it has not returned before. A repeated request then does not return the same messages again, and two programs with one token take messages from each other. A deleted message stays in the list with the body `[deleted]`.
    ///
    /// `GET /rooms/{room_id}/messages` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages)).
    ///
    /// Sends no optional parameter: [`Client::list_room_messages_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not read the messages of this room: the access token lacks the scope, or you are not in the room.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_room_messages<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::Message>>>,
        Error,
    > {
        self.list_room_messages_with(room_id, &types::ListRoomMessagesOptions::default())
            .await
    }
    /// As [`Client::list_room_messages`], with the optional parameters that are set in [`types::ListRoomMessagesOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::list_room_messages`].
    pub async fn list_room_messages_with<'a>(
        &'a self,
        room_id: types::RoomId,
        options: &'a types::ListRoomMessagesOptions,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::Message>>>,
        Error,
    > {
        let types::ListRoomMessagesOptions { force, .. } = options;
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/messages", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("force", &force))
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.some(),
            204u16 => Ok(response.none()),
            _ => Err(response.refused()),
        }
    }
    /// Post a message to a room.
    ///
    /// Posts a message (チャットにメッセージを投稿する). Messages and tasks posted to one room share a limit of their own, 10 in 10 seconds.
    ///
    /// `POST /rooms/{room_id}/messages` ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-messages)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not post messages to this room: the access token lacks the scope, you are not in the room, or your role in it does not allow it.
    /// - 429: Either the account has used up its requests (wait until `x-ratelimit-reset`), or more than 10 messages and tasks were posted to this room in 10 seconds (wait about 10 seconds; `x-ratelimit-reset` does not apply). The error text says which.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn create_room_message<'a>(
        &'a self,
        room_id: types::RoomId,
        body: &'a types::CreateRoomMessageBody,
    ) -> Result<ResponseValue<types::MessageRef>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/messages", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Mark messages of a room as read.
    ///
    /// Marks messages as read up to and including one (チャットのメッセージを既読にする). Without `message_id` all messages of the room are marked (assumed: the reference does not say). Messages that are read already are answered with 400, so a repeated request may fail.
    ///
    /// `PUT /rooms/{room_id}/messages/read` ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-read)).
    ///
    /// Sends no optional parameter: [`Client::mark_room_messages_read_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not mark the messages of this room as read or unread: the access token lacks the scope, or you are not in the room.
    /// - 404: There is no such message.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn mark_room_messages_read<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<ResponseValue<types::UnreadCounts>, Error> {
        self.mark_room_messages_read_with(
                room_id,
                &types::MarkRoomMessagesReadOptions::default(),
            )
            .await
    }
    /// As [`Client::mark_room_messages_read`], with the optional parameters that are set in [`types::MarkRoomMessagesReadOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::mark_room_messages_read`].
    pub async fn mark_room_messages_read_with<'a>(
        &'a self,
        room_id: types::RoomId,
        options: &'a types::MarkRoomMessagesReadOptions,
    ) -> Result<ResponseValue<types::UnreadCounts>, Error> {
        let body = options;
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/messages/read", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Mark messages of a room as unread.
    ///
    /// Marks messages as unread from one on (チャットのメッセージを未読にする). Messages that are unread already are answered with 400, so a repeated request may fail.
    ///
    /// `PUT /rooms/{room_id}/messages/unread` ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-unread)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not mark the messages of this room as read or unread: the access token lacks the scope, or you are not in the room.
    /// - 404: There is no such message.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn mark_room_messages_unread<'a>(
        &'a self,
        room_id: types::RoomId,
        body: &'a types::MarkRoomMessagesUnreadBody,
    ) -> Result<ResponseValue<types::UnreadCounts>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/messages/unread", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Get a message.
    ///
    /// Returns one message of a room (チャットのメッセージを取得する).
    ///
    /// `GET /rooms/{room_id}/messages/{message_id}` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-messages-message_id)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    /// - `message_id`: The message.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not read the messages of this room: the access token lacks the scope, or you are not in the room.
    /// - 404: There is no such message. When the reply carries `chatwork-message-limitation: true`, which the reference does not list here, the message exists and the free plan hides it for its age (閲覧制限).
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn get_room_message<'a>(
        &'a self,
        room_id: types::RoomId,
        message_id: &'a types::MessageId,
    ) -> Result<ResponseValue<types::Message>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/messages/{}", crate ::path::segment("room_id", & room_id
                .to_string()) ?, crate ::path::segment("message_id", & message_id
                .to_string()) ?
            ),
        )?;
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
    /// Edit a message.
    ///
    /// Replaces the text of a message of your own (チャットのメッセージを更新する). A repeated request counts as a second edit: it moves `update_time` and sends the webhook event once more (assumed). So it is not safe to repeat.
    ///
    /// `PUT /rooms/{room_id}/messages/{message_id}` ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-messages-message_id)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    /// - `message_id`: The message.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not edit this message: the access token lacks the scope, you are not in the room, your role in it does not allow it, or another account or the system wrote the message.
    /// - 404: There is no such message.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn update_room_message<'a>(
        &'a self,
        room_id: types::RoomId,
        message_id: &'a types::MessageId,
        body: &'a types::UpdateRoomMessageBody,
    ) -> Result<ResponseValue<types::MessageRef>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/messages/{}", crate ::path::segment("room_id", & room_id
                .to_string()) ?, crate ::path::segment("message_id", & message_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Delete a message.
    ///
    /// Deletes a message of your own (チャットのメッセージを削除する). In lists it remains with the body `[deleted]`.
    ///
    /// `DELETE /rooms/{room_id}/messages/{message_id}` ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id-messages-message_id)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    /// - `message_id`: The message.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not delete this message: the access token lacks the scope, another account wrote the message, or the system wrote it and it cannot be deleted.
    /// - 404: There is no such message.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn delete_room_message<'a>(
        &'a self,
        room_id: types::RoomId,
        message_id: &'a types::MessageId,
    ) -> Result<ResponseValue<types::MessageRef>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/messages/{}", crate ::path::segment("room_id", & room_id
                .to_string()) ?, crate ::path::segment("message_id", & message_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .delete(url)
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
    /// List tasks of a room.
    ///
    /// Lists tasks of a room (チャットのタスク一覧), at most 100.
    ///
    /// `GET /rooms/{room_id}/tasks` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-tasks)).
    ///
    /// Sends no optional parameter: [`Client::list_room_tasks_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not read the tasks of this room: the access token lacks the scope, or you are not in the room.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_room_tasks<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::Task>>>,
        Error,
    > {
        self.list_room_tasks_with(room_id, &types::ListRoomTasksOptions::default()).await
    }
    /// As [`Client::list_room_tasks`], with the optional parameters that are set in [`types::ListRoomTasksOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::list_room_tasks`].
    pub async fn list_room_tasks_with<'a>(
        &'a self,
        room_id: types::RoomId,
        options: &'a types::ListRoomTasksOptions,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::Task>>>,
        Error,
    > {
        let types::ListRoomTasksOptions {
            account_id,
            assigned_by_account_id,
            status,
            ..
        } = options;
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/tasks", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("account_id", &account_id))
            .query(
                &progenitor_client::QueryParam::new(
                    "assigned_by_account_id",
                    &assigned_by_account_id,
                ),
            )
            .query(&progenitor_client::QueryParam::new("status", &status))
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.some(),
            204u16 => Ok(response.none()),
            _ => Err(response.refused()),
        }
    }
    /// Add a task to a room.
    ///
    /// Adds a task (チャットにタスクを追加する), one for each assignee named. Messages and tasks posted to one room share a limit of their own, 10 in 10 seconds.
    ///
    /// `POST /rooms/{room_id}/tasks` ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-tasks)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not add this task: the access token lacks the scope, you are not in the room, your role in it does not allow it, or an assignee is not in the room.
    /// - 429: Either the account has used up its requests (wait until `x-ratelimit-reset`), or more than 10 messages and tasks were posted to this room in 10 seconds (wait about 10 seconds; `x-ratelimit-reset` does not apply). The error text says which.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn create_room_task<'a>(
        &'a self,
        room_id: types::RoomId,
        body: &'a types::CreateRoomTaskBody,
    ) -> Result<ResponseValue<types::TaskRefs>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/tasks", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Get a task.
    ///
    /// Returns one task of a room (チャットのタスクの情報).
    ///
    /// `GET /rooms/{room_id}/tasks/{task_id}` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-tasks-task_id)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    /// - `task_id`: The task.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not read the tasks of this room: the access token lacks the scope, or you are not in the room.
    /// - 404: There is no such task.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn get_room_task<'a>(
        &'a self,
        room_id: types::RoomId,
        task_id: types::TaskId,
    ) -> Result<ResponseValue<types::Task>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/tasks/{}", crate ::path::segment("room_id", & room_id
                .to_string()) ?, crate ::path::segment("task_id", & task_id.to_string())
                ?
            ),
        )?;
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
    /// Finish or reopen a task.
    ///
    /// Sets the state of a task (チャットのタスクの完了状態を変更する). You have to be its requester or its assignee. A repeated request may post a second notice in the room (assumed), so it is not safe to repeat.
    ///
    /// `PUT /rooms/{room_id}/tasks/{task_id}/status` ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-tasks-task_id-status)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    /// - `task_id`: The task.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not set the state of this task: the access token lacks the scope, you are not in the room, or you are neither the requester nor the assignee.
    /// - 404: There is no such task.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn update_room_task_status<'a>(
        &'a self,
        room_id: types::RoomId,
        task_id: types::TaskId,
        body: &'a types::UpdateRoomTaskStatusBody,
    ) -> Result<ResponseValue<types::UpdatedTask>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/tasks/{}/status", crate ::path::segment("room_id", & room_id
                .to_string()) ?, crate ::path::segment("task_id", & task_id.to_string())
                ?
            ),
        )?;
        let request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// List files of a room.
    ///
    /// Lists files uploaded to a room (チャットのファイル一覧), at most 100.
    ///
    /// `GET /rooms/{room_id}/files` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-files)).
    ///
    /// Sends no optional parameter: [`Client::list_room_files_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not read the files of this room: the access token lacks the scope, or you are not in the room.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_room_files<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::RoomFile>>>,
        Error,
    > {
        self.list_room_files_with(room_id, &types::ListRoomFilesOptions::default()).await
    }
    /// As [`Client::list_room_files`], with the optional parameters that are set in [`types::ListRoomFilesOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::list_room_files`].
    pub async fn list_room_files_with<'a>(
        &'a self,
        room_id: types::RoomId,
        options: &'a types::ListRoomFilesOptions,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::vec::Vec<types::RoomFile>>>,
        Error,
    > {
        let types::ListRoomFilesOptions { account_id, .. } = options;
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/files", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("account_id", &account_id))
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.some(),
            204u16 => Ok(response.none()),
            _ => Err(response.refused()),
        }
    }
    /// Upload a file to a room.
    ///
    /// Uploads a file of at most 5 MB (チャットにファイルをアップロードする), with a message if one is given. The name of the file is that of the multipart part and may be Japanese.
    ///
    /// `POST /rooms/{room_id}/files` ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-files)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not upload files to this room: the access token lacks the scope, you are not in the room, or your role in it does not allow it.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn upload_room_file<'a>(
        &'a self,
        room_id: types::RoomId,
        body: types::UploadRoomFileBody,
    ) -> Result<ResponseValue<types::FileRef>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/files", crate ::path::segment("room_id", & room_id
                .to_string()) ?
            ),
        )?;
        let request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .multipart(body.into_form()?)
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Get a file's data and download address.
    ///
    /// Returns the data of one file (チャットのファイルの情報), and on request an address from which to download it.
    ///
    /// `GET /rooms/{room_id}/files/{file_id}` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-files-file_id)).
    ///
    /// Sends no optional parameter: [`Client::get_room_file_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    /// - `file_id`: The file.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not read the files of this room: the access token lacks the scope, or you are not in the room.
    /// - 404: There is no such file.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn get_room_file<'a>(
        &'a self,
        room_id: types::RoomId,
        file_id: types::FileId,
    ) -> Result<ResponseValue<types::RoomFileDetails>, Error> {
        self.get_room_file_with(room_id, file_id, &types::GetRoomFileOptions::default())
            .await
    }
    /// As [`Client::get_room_file`], with the optional parameters that are set in [`types::GetRoomFileOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::get_room_file`].
    pub async fn get_room_file_with<'a>(
        &'a self,
        room_id: types::RoomId,
        file_id: types::FileId,
        options: &'a types::GetRoomFileOptions,
    ) -> Result<ResponseValue<types::RoomFileDetails>, Error> {
        let types::GetRoomFileOptions { create_download_url, .. } = options;
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/files/{}", crate ::path::segment("room_id", & room_id
                .to_string()) ?, crate ::path::segment("file_id", & file_id.to_string())
                ?
            ),
        )?;
        let request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "create_download_url",
                    &create_download_url,
                ),
            )
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Get the invitation link of a room.
    ///
    /// Returns the invitation link of a group chat (チャットへの招待リンク), or that there is none.
    ///
    /// `GET /rooms/{room_id}/link` ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-link)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not read this room: the access token lacks the scope, or you are not in the room.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn get_room_link<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<ResponseValue<types::RoomLink>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/link", crate ::path::segment("room_id", & room_id.to_string())
                ?
            ),
        )?;
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
    /// Replace the invitation link of a room.
    ///
    /// Changes the invitation link of a group chat (チャットへの招待リンクを変更する). What is left out does not stay as it was: without `code` the link gets a new random one, and without `need_acceptance` approval is required again. So a repeated request may change the link once more.
    ///
    /// `PUT /rooms/{room_id}/link` ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-link)).
    ///
    /// Sends no optional parameter: [`Client::replace_room_link_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not change the invitation link of this room: the access token lacks the scope, you are not in the room, or your role in it does not allow it.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn replace_room_link<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<ResponseValue<types::RoomLink>, Error> {
        self.replace_room_link_with(room_id, &types::ReplaceRoomLinkOptions::default())
            .await
    }
    /// As [`Client::replace_room_link`], with the optional parameters that are set in [`types::ReplaceRoomLinkOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::replace_room_link`].
    pub async fn replace_room_link_with<'a>(
        &'a self,
        room_id: types::RoomId,
        options: &'a types::ReplaceRoomLinkOptions,
    ) -> Result<ResponseValue<types::RoomLink>, Error> {
        let body = options;
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/link", crate ::path::segment("room_id", & room_id.to_string())
                ?
            ),
        )?;
        let request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Create the invitation link of a room.
    ///
    /// Opens an invitation link to a group chat (チャットへの招待リンクを作成する).
    ///
    /// `POST /rooms/{room_id}/link` ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-link)).
    ///
    /// Sends no optional parameter: [`Client::create_room_link_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not change the invitation link of this room: the access token lacks the scope, you are not in the room, or your role in it does not allow it.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn create_room_link<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<ResponseValue<types::RoomLink>, Error> {
        self.create_room_link_with(room_id, &types::CreateRoomLinkOptions::default())
            .await
    }
    /// As [`Client::create_room_link`], with the optional parameters that are set in [`types::CreateRoomLinkOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::create_room_link`].
    pub async fn create_room_link_with<'a>(
        &'a self,
        room_id: types::RoomId,
        options: &'a types::CreateRoomLinkOptions,
    ) -> Result<ResponseValue<types::RoomLink>, Error> {
        let body = options;
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/link", crate ::path::segment("room_id", & room_id.to_string())
                ?
            ),
        )?;
        let request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
    /// Delete the invitation link of a room.
    ///
    /// Closes the invitation link of a group chat (チャットへの招待リンクを削除する). The reply says that none is open.
    ///
    /// `DELETE /rooms/{room_id}/link` ([reference](https://developer.chatwork.com/reference/delete-rooms-room_id-link)).
    ///
    /// # Arguments
    ///
    /// - `room_id`: The room.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 400: A parameter of the request or of the access token is missing, or has a value that is not allowed.
    /// - 401: The API token or access token is missing, wrong or expired. For a bad access token the reply also has the header `WWW-Authenticate`, for example `Bearer error="invalid_token", error_description="The access token expired"`. The rate-limit headers are absent. The text comes in two spellings.
    /// - 403: You may not change the invitation link of this room: the access token lacks the scope, you are not in the room, or your role in it does not allow it.
    /// - 429: The account has used up its requests; wait until `x-ratelimit-reset`.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn delete_room_link<'a>(
        &'a self,
        room_id: types::RoomId,
    ) -> Result<ResponseValue<types::RoomLink>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/rooms/{}/link", crate ::path::segment("room_id", & room_id.to_string())
                ?
            ),
        )?;
        let request = self
            .client
            .delete(url)
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
