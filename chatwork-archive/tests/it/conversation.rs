//! A message with what belongs to it.

use chatwork_archive::ArchiveError;
use chatwork_sdk::notation::MessageText;
use chatwork_sdk::{MessageId, RoomId};

use crate::support::{ANNA, ME, ROOM, Scene};

impl Scene {
    async fn reply(&self, key: &str, to: &str, text: &str) -> String {
        let author = if key == "me" { ANNA } else { ME };
        let text = format!("[rp aid={author} to={ROOM}-{to}] {text}");
        let id = self.client(key).room(ROOM).post(text).await.expect("posted");
        self.pass(60);
        id.0
    }

    fn unanswered(&self) -> Vec<String> {
        let found = self.reader().unanswered_mentions(None, 50).expect("mentions");
        found.into_iter().map(|it| it.message_id.0).collect()
    }
}

#[tokio::test]
async fn a_message_comes_with_those_around_it() {
    let scene = Scene::new(1).await;
    let mut ids = Vec::new();
    for text in ["a", "b", "c", "d", "e"] {
        ids.push(scene.say(text).await);
    }
    scene.sync().await;
    let around = |id: &str, before, behind| {
        let found = scene.reader().context(ROOM, &MessageId(id.to_owned()), before, behind);
        found.unwrap().into_iter().map(|it| it.body).collect::<String>()
    };
    assert_eq!(around(&ids[2], 1, 1), "bcd");
    assert_eq!(around(&ids[0], 5, 1), "ab");
    assert_eq!(around(&ids[4], 2, 5), "cde");
}

#[tokio::test]
async fn a_message_that_is_not_there_is_an_error() {
    let scene = Scene::new(1).await;
    scene.sync().await;
    let error = scene.reader().context(ROOM, &MessageId("5".to_owned()), 1, 1).unwrap_err();
    assert!(matches!(error, ArchiveError::NoMessage { .. }));
    assert_eq!(scene.reader().message(RoomId(1), &MessageId("5".to_owned())).unwrap(), None);
}

#[tokio::test]
async fn a_reply_chain_goes_both_ways() {
    let scene = Scene::new(1).await;
    let first = scene.say("first").await;
    let second = scene.reply("me", &first, "second").await;
    let third = scene.reply("anna", &second, "third").await;
    let aside = scene.reply("bob", &second, "aside").await;
    let fourth = scene.reply("me", &third, "fourth").await;
    scene.sync().await;
    let chain = scene.reader().reply_chain(ROOM, &MessageId(second)).unwrap();
    let ids = |list: &[chatwork_archive::ArchivedMessage]| {
        list.iter().map(|it| it.message_id.0.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&chain.answered), [first.as_str()]);
    assert_eq!(ids(&chain.answers), [third.clone(), aside, fourth.clone()]);
    let chain = scene.reader().reply_chain(ROOM, &MessageId(fourth)).unwrap();
    assert_eq!(ids(&chain.answered).len(), 3);
    assert!(!format!("{chain:?}").contains("first"));
}

#[tokio::test]
async fn mentions_without_an_answer_are_found() {
    let scene = Scene::new(2).await;
    let asked = scene.say("[To:1] please").await;
    scene.say("no mention, [toall] neither").await;
    scene.sync().await;
    assert_eq!(scene.unanswered(), [asked.as_str()]);
    scene.me().room(ROOM).post("unrelated").await.unwrap();
    scene.pass(60);
    scene.sync().await;
    assert_eq!(scene.unanswered(), [asked.as_str()]);
    scene.reply("me", &asked, "done").await;
    scene.sync().await;
    assert_eq!(scene.unanswered(), Vec::<String>::new());
    scene.say("[To:1] again").await;
    scene.me().room(ROOM).post(MessageText::new().to(ANNA).text("ok")).await.unwrap();
    scene.pass(60);
    scene.sync().await;
    assert_eq!(scene.unanswered(), Vec::<String>::new());
}

#[tokio::test]
async fn in_a_direct_chat_any_later_message_is_an_answer() {
    let scene = Scene::new(1).await;
    let direct = scene.anna(RoomId(7));
    let asked = direct.post("[To:1] please").await.unwrap();
    scene.pass(60);
    scene.sync().await;
    assert_eq!(scene.unanswered(), [asked.0]);
    scene.me().room(RoomId(7)).post("ok").await.unwrap();
    scene.pass(60);
    scene.sync().await;
    assert_eq!(scene.unanswered(), Vec::<String>::new());
}

#[tokio::test]
async fn earlier_texts_of_a_message_are_listed() {
    let scene = Scene::new(1).await;
    let id = scene.say("one").await;
    for text in ["two", "three"] {
        scene.sync().await;
        scene.anna(ROOM).message(MessageId(id.clone())).edit(text).await.unwrap();
        scene.say("more").await;
    }
    scene.sync().await;
    let revisions = scene.reader().revisions(ROOM, &MessageId(id)).unwrap();
    let texts: Vec<_> = revisions.iter().map(|it| it.body.as_str()).collect();
    assert_eq!(texts, ["one", "two"]);
}
