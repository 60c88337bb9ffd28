//! One function for each operation: it reads the parameters, changes the state, and converts the
//! result to the types of the API.

mod contacts;
mod files;
mod incoming_requests;
mod link;
mod me;
mod members;
mod messages;
mod my;
mod rooms;
mod tasks;

use super::call::{Call, Rejection};
use super::reply::Reply;

pub(super) type Answer = Result<Reply, Rejection>;

/// Calls the handler of the operation.
pub(super) fn operate(call: &mut Call<'_>) -> Answer {
    match call.route.operation.id {
        "getMe" => me::get(call),
        "getMyStatus" => my::status(call),
        "listMyTasks" => my::tasks(call),
        "listContacts" => contacts::list(call),
        "listIncomingRequests" => incoming_requests::list(call),
        "acceptIncomingRequest" => incoming_requests::accept(call),
        "declineIncomingRequest" => incoming_requests::decline(call),
        "listRooms" => rooms::list(call),
        "createRoom" => rooms::create(call),
        "getRoom" => rooms::get(call),
        "updateRoom" => rooms::update(call),
        "deleteOrLeaveRoom" => rooms::delete_or_leave(call),
        "listRoomMembers" => members::list(call),
        "replaceRoomMembers" => members::replace(call),
        "listRoomMessages" => messages::list(call),
        "createRoomMessage" => messages::create(call),
        "markRoomMessagesRead" => messages::mark_read(call),
        "markRoomMessagesUnread" => messages::mark_unread(call),
        "getRoomMessage" => messages::get(call),
        "updateRoomMessage" => messages::update(call),
        "deleteRoomMessage" => messages::delete(call),
        "listRoomTasks" => tasks::list(call),
        "createRoomTask" => tasks::create(call),
        "getRoomTask" => tasks::get(call),
        "updateRoomTaskStatus" => tasks::set_status(call),
        "listRoomFiles" => files::list(call),
        "uploadRoomFile" => files::upload(call),
        "getRoomFile" => files::get(call),
        "getRoomLink" => link::get(call),
        "createRoomLink" => link::create(call),
        "replaceRoomLink" => link::replace(call),
        "deleteRoomLink" => link::delete(call),
        id => Err(Rejection::NoHandler(id)),
    }
}
