//! The types of the requests, one for each operation. Each says what its request returns, and which
//! options it has.
//!
//! All of them in code:
//!
//! ```no_run
//! use std::time::Duration;
//! use chatwork_sdk::{Client, Due, IconPreset, TaskStatus, Upload};
//! use chatwork_sdk::{Method, Pacing, RetryPolicy, Role};
//! # use chatwork_sdk::{AccountId, RequestId, reqwest};
//!
//! # async fn example(
//! #     token: &str,
//! #     id: RequestId,
//! #     reqwest_client: reqwest::Client,
//! #     [admin, boss, anna, bob, carol, dave]: [AccountId; 6],
//! #     bytes: Vec<u8>,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! let chatwork = Client::from_env()?;
//! let chatwork = Client::new(token)?;
//! let chatwork = Client::builder().token(token)
//!     .base_url("http://127.0.0.1:8080/v2").timeout(Duration::from_secs(20))
//!     .user_agent("deploy-bot/1.0").retry(RetryPolicy::default()).pacing(Pacing::default())
//!     .http_client(reqwest_client).build()?;
//!
//! let me       = chatwork.me().await?;
//! let status   = chatwork.my_status().await?;
//! let tasks    = chatwork.my_tasks().status(TaskStatus::Open).assigned_by(boss).await?;
//! let contacts = chatwork.contacts().await?;
//! let requests = chatwork.incoming_requests().await?;
//! let contact  = chatwork.incoming_request(id).accept().await?;
//! chatwork.incoming_request(id).decline().await?;
//! let rooms    = chatwork.rooms().await?;
//! let room_id  = chatwork.create_room("Launch", [me.account_id])
//!     .members([anna, bob]).readonly([carol]).description("…").icon(IconPreset::Project)
//!     .invite_link(true).link_code("launch").link_needs_acceptance(false).await?;
//!
//! let room = chatwork.room(room_id);
//! room.get().await?;
//! room.update().name("Launch!").icon(IconPreset::Star).await?;
//! room.leave().await?;
//! room.delete().await?;
//! room.members().await?;
//! room.replace_members([admin]).members([anna, bob]).readonly([carol]).await?;
//! room.add_members(Role::Member, [dave]).await?;
//! room.remove_members([dave]).await?;
//!
//! let id = room.post("Build is green").await?;
//! room.post("note to self").unread(true).await?;
//! room.new_messages().await?;
//! room.latest_messages().await?;
//! room.message(&id).get().await?;
//! room.message(&id).edit("…").await?;
//! room.message(&id).delete().await?;
//! room.mark_read().await?;
//! room.mark_read().up_to(&id).await?;
//! room.mark_unread_from(&id).await?;
//! chatwork.mark_all_read().await?;
//!
//! room.tasks().assignee(bob).assigned_by(anna).status(TaskStatus::Done).await?;
//! let ids = room.create_task("Write the report", [bob, carol])
//!     .due(Due::date(2026, 12, 1)?).await?;
//! room.task(ids[0]).get().await?;
//! room.task(ids[0]).complete().await?;
//! room.task(ids[0]).reopen().await?;
//!
//! room.files().uploaded_by(anna).await?;
//! let file = room.upload(Upload::path("report.pdf")).message("as promised").await?;
//! room.upload(Upload::bytes("日本語.txt", bytes)).await?;
//! room.file(file).get().await?;
//! let mut body = room.file(file).download().await?;
//! # while let Some(chunk) = body.chunk().await? {
//! #     println!("{} bytes", chunk.len());
//! # }
//!
//! room.link().get().await?;
//! room.link().create().code("launch").needs_acceptance(false).description("…").await?;
//! room.link().replace().description("…").await?;
//! room.link().edit().description("…").await?;
//! room.link().delete().await?;
//!
//! chatwork.rate_limit();
//! let (rooms, meta) = chatwork.rooms().with_meta().await?;
//! chatwork.raw();
//! # type T = chatwork_sdk::types::RoomDetails;
//! # let q = [("force", "1")];
//! chatwork.request(Method::GET, "/rooms/1").query(&q).send::<T>().await?;
//! # for message in room.latest_messages().await? {
//! #     let _ = (message.edited_at(), message.is_deleted());
//! # }
//! # for task in room.tasks().await? {
//! #     let _ = task.due();
//! # }
//! # for room in rooms {
//! #     let _ = room.is_group();
//! # }
//! # let _ = (status, tasks, contacts, requests, contact, meta.status());
//! # Ok(())
//! # }
//! ```

pub use crate::call::Endpoint;
pub use crate::endpoint::{
    AcceptIncomingRequest, CreateRoom, CreateRoomLink, CreateRoomMessage, CreateRoomTask,
    DeclineIncomingRequest, DeleteOrLeaveRoom, DeleteRoomLink, DeleteRoomMessage, GetMe,
    GetMyStatus, GetRoom, GetRoomFile, GetRoomLink, GetRoomMessage, GetRoomTask, ListContacts,
    ListIncomingRequests, ListMyTasks, ListRoomFiles, ListRoomMembers, ListRoomMessages,
    ListRoomTasks, ListRooms, MarkRoomMessagesRead, MarkRoomMessagesUnread, ReplaceRoomLink,
    ReplaceRoomMembers, UpdateRoom, UpdateRoomMessage, UpdateRoomTaskStatus, UploadRoomFile,
};
