//! The samples for Rust: a function for each operation, in the order of the document.
//!
//! `cargo xtask pages` makes a program of each function, and shows it beside its operation. The name
//! of a function is the operationId in snake case. The values are those of the document's examples.

use chatwork_sdk::{Client, Error};

pub(crate) async fn get_me(chatwork: &Client) -> Result<(), Error> {
    let me = chatwork.me().await?;
    println!("{} ({})", me.name, me.account_id);
    Ok(())
}

pub(crate) async fn get_my_status(chatwork: &Client) -> Result<(), Error> {
    let status = chatwork.my_status().await?;
    println!("{} unread messages", status.unread_num);
    Ok(())
}

pub(crate) async fn list_my_tasks(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::TaskStatus;

    for task in chatwork.my_tasks().status(TaskStatus::Open).await? {
        println!("{}: {}", task.room.name, task.body);
    }
    Ok(())
}

pub(crate) async fn list_contacts(chatwork: &Client) -> Result<(), Error> {
    for contact in chatwork.contacts().await? {
        println!("{} ({})", contact.name, contact.account_id);
    }
    Ok(())
}

pub(crate) async fn list_incoming_requests(chatwork: &Client) -> Result<(), Error> {
    for request in chatwork.incoming_requests().await? {
        println!("{}: {}", request.name, request.message);
    }
    Ok(())
}

pub(crate) async fn accept_incoming_request(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RequestId;

    let contact = chatwork.incoming_request(RequestId(1204857)).accept().await?;
    println!("{} is a contact", contact.name);
    Ok(())
}

pub(crate) async fn decline_incoming_request(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RequestId;

    chatwork.incoming_request(RequestId(1204857)).decline().await?;
    Ok(())
}

pub(crate) async fn list_rooms(chatwork: &Client) -> Result<(), Error> {
    for room in chatwork.rooms().await? {
        println!("{} ({})", room.name, room.room_id);
    }
    Ok(())
}

pub(crate) async fn create_room(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{AccountId, IconPreset};

    let room_id = chatwork
        .create_room("新製品プロジェクト", [AccountId(1484814), AccountId(2739132)])
        .members([AccountId(3318824)])
        .description("新製品の企画と進行")
        .icon(IconPreset::Group)
        .invite_link(true)
        .link_code("new-product_2025")
        .link_needs_acceptance(true)
        .await?;
    println!("created {room_id}");
    Ok(())
}

pub(crate) async fn get_room(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let room = chatwork.room(RoomId(93207172)).get().await?;
    println!("{}: {}", room.name, room.description);
    Ok(())
}

pub(crate) async fn update_room(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{IconPreset, RoomId};

    chatwork
        .room(RoomId(93207172))
        .update()
        .name("新製品プロジェクト")
        .description("新製品の企画と進行\n議事録はファイル一覧へ")
        .icon(IconPreset::Project)
        .await?;
    Ok(())
}

pub(crate) async fn delete_or_leave_room(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    chatwork.room(RoomId(93207172)).leave().await?;
    Ok(())
}

pub(crate) async fn list_room_members(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    for member in chatwork.room(RoomId(93207172)).members().await? {
        println!("{}: {}", member.name, member.role);
    }
    Ok(())
}

pub(crate) async fn replace_room_members(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{AccountId, RoomId};

    let members = chatwork
        .room(RoomId(93207172))
        .replace_members([AccountId(1484814), AccountId(2739132)])
        .members([AccountId(3318824), AccountId(4520017)])
        .readonly([AccountId(2861671)])
        .await?;
    println!("{} administrators", members.admin.len());
    Ok(())
}

pub(crate) async fn list_room_messages(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    for message in chatwork.room(RoomId(93207172)).latest_messages().await?.messages {
        println!("{}: {}", message.account.name, message.body);
    }
    Ok(())
}

pub(crate) async fn create_room_message(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let text = "[To:2739132]佐藤 健さん\nThe minutes are in the list of files (bow)";
    let message_id = chatwork.room(RoomId(93207172)).post(text).unread(false).await?;
    println!("posted {message_id}");
    Ok(())
}

pub(crate) async fn mark_room_messages_read(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let room = chatwork.room(RoomId(93207172));
    let counts = room.mark_read().up_to("1928374498271305728").await?;
    println!("{} unread messages are left", counts.unread_num);
    Ok(())
}

pub(crate) async fn mark_room_messages_unread(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let room = chatwork.room(RoomId(93207172));
    let counts = room.mark_unread_from("1928374498271305728").await?;
    println!("{} messages are unread", counts.unread_num);
    Ok(())
}

pub(crate) async fn get_room_message(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let message = chatwork.room(RoomId(93207172)).message("1928374655918273645").get().await?;
    println!("{}: {}", message.account.name, message.body);
    Ok(())
}

pub(crate) async fn update_room_message(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let text = "[rp aid=2739132 to=93207172-1928374498271305728]佐藤 健さん\n\
                確認しました & 返信済みです。";
    chatwork.room(RoomId(93207172)).message("1928374655918273645").edit(text).await?;
    Ok(())
}

pub(crate) async fn delete_room_message(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    chatwork.room(RoomId(93207172)).message("1928374655918273645").delete().await?;
    Ok(())
}

pub(crate) async fn list_room_tasks(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{RoomId, TaskStatus};

    for task in chatwork.room(RoomId(93207172)).tasks().status(TaskStatus::Open).await? {
        println!("{}: {}", task.account.name, task.body);
    }
    Ok(())
}

pub(crate) async fn create_room_task(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{AccountId, RoomId, UnixTime};

    let task_ids = chatwork
        .room(RoomId(93207172))
        .create_task("金曜15時までに資料を共有する", [AccountId(2739132), AccountId(3318824)])
        .due(UnixTime(1751004000))
        .await?;
    println!("created {} tasks", task_ids.len());
    Ok(())
}

pub(crate) async fn get_room_task(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{RoomId, TaskId};

    let task = chatwork.room(RoomId(93207172)).task(TaskId(3071284)).get().await?;
    println!("{}: {}", task.account.name, task.body);
    Ok(())
}

pub(crate) async fn update_room_task_status(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{RoomId, TaskId};

    chatwork.room(RoomId(93207172)).task(TaskId(3071284)).complete().await?;
    Ok(())
}

pub(crate) async fn list_room_files(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    for file in chatwork.room(RoomId(93207172)).files().await? {
        println!("{} ({} bytes)", file.filename, file.filesize);
    }
    Ok(())
}

pub(crate) async fn upload_room_file(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{RoomId, Upload};

    let file = Upload::path("議事録.txt");
    let file_id = chatwork.room(RoomId(93207172)).upload(file).message("ロゴの案です。").await?;
    println!("uploaded {file_id}");
    Ok(())
}

pub(crate) async fn get_room_file(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{FileId, RoomId};

    let download = chatwork.room(RoomId(93207172)).file(FileId(1341384457)).download().await?;
    let bytes = download.bytes().await?;
    println!("{} bytes", bytes.len());
    Ok(())
}

pub(crate) async fn get_room_link(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let link = chatwork.room(RoomId(93207172)).link().get().await?;
    println!("{}", link.url.unwrap_or_default());
    Ok(())
}

pub(crate) async fn create_room_link(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let link = chatwork
        .room(RoomId(93207172))
        .link()
        .create()
        .code("new-product_2025")
        .needs_acceptance(true)
        .description("新製品プロジェクトへの参加はこちらから")
        .await?;
    println!("{}", link.url.unwrap_or_default());
    Ok(())
}

pub(crate) async fn replace_room_link(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    let link = chatwork
        .room(RoomId(93207172))
        .link()
        .replace()
        .code("new-product_2025")
        .needs_acceptance(true)
        .description("新製品プロジェクトへの参加はこちらから")
        .await?;
    println!("{}", link.url.unwrap_or_default());
    Ok(())
}

pub(crate) async fn delete_room_link(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::RoomId;

    chatwork.room(RoomId(93207172)).link().delete().await?;
    Ok(())
}
