//! Search: what is found, in which order, and what is refused.

use chatwork_archive::{
    ArchiveError, Cursor, HitText, MessageStatus, QueryFault, Search, SearchOrder, UnixTime,
};
use chatwork_sdk::MessageId;

use crate::support::{ANNA, ROOM, Scene};

impl Scene {
    /// An archive of these texts, oldest first.
    async fn of(texts: &[&str]) -> Self {
        let scene = Self::new(1).await;
        for text in texts {
            scene.say(text).await;
        }
        scene.sync().await;
        scene
    }

    /// The texts that a search finds, newest first.
    fn find(&self, text: &str) -> Vec<String> {
        self.run(&Search::new(text))
    }

    fn run(&self, search: &Search) -> Vec<String> {
        let page = self.reader().search(search).expect("a search");
        page.hits.iter().map(|hit| hit.snippet.marked("", "")).collect()
    }

    fn fault(&self, text: &str) -> QueryFault {
        match self.reader().search(&Search::new(text)).unwrap_err() {
            ArchiveError::Query(error) => error.fault,
            error => panic!("{error:?}"),
        }
    }
}

#[tokio::test]
async fn one_character_and_more_are_found_in_any_writing() {
    let scene = Scene::of(&["会議のトークン", "Ｔｏｋｅｎ", "C++ と #123", "👍🏽", "ที่นี่"]).await;
    assert_eq!(scene.find("会"), ["会議のトークン"]);
    assert_eq!(scene.find("ン"), ["会議のトークン"]);
    assert_eq!(scene.find("とーくん"), ["会議のトークン"]);
    assert_eq!(scene.find("token"), ["Ｔｏｋｅｎ"]);
    assert_eq!(scene.find("c++"), ["C++ と #123"]);
    assert_eq!(scene.find("#123"), ["C++ と #123"]);
    assert_eq!(scene.find("👍"), ["👍🏽"]);
    assert_eq!(scene.find("ที"), ["ที่นี่"]);
    assert_eq!(scene.find("議会"), Vec::<String>::new());
}

#[tokio::test]
async fn words_are_and_and_the_language_does_what_it_says() {
    let scene = Scene::of(&["red green", "red blue", "green blue", "red  green\nblue"]).await;
    assert_eq!(scene.find("red green"), ["red green blue", "red green"]);
    assert_eq!(scene.find("\"red green\""), ["red green blue", "red green"]);
    assert_eq!(scene.find("\"green blue\" -red"), ["green blue"]);
    assert_eq!(scene.find("red -green"), ["red blue"]);
    assert_eq!(scene.find("-red"), ["green blue"]);
    assert_eq!(scene.find("-red -blue").len(), 0);
    assert_eq!(scene.find("red green OR blue").len(), 3);
    assert_eq!(scene.find("from:anna red").len(), 3);
    assert_eq!(scene.find("from:me"), Vec::<String>::new());
    assert_eq!(scene.find("in:部屋 -in:1000").len(), 0);
    assert_eq!(scene.find("after:2025-06-25 before:2025-06-26 red").len(), 3);
    assert_eq!(scene.find("before:2025-06-25 red").len(), 0);
}

#[tokio::test]
async fn a_search_that_cannot_be_understood_is_an_error() {
    let scene = Scene::of(&["text"]).await;
    assert_eq!(scene.fault("from:nobody"), QueryFault::NoAccount);
    assert_eq!(scene.fault("in:nowhere"), QueryFault::NoRoom);
    assert_eq!(scene.fault("in:999"), QueryFault::NoRoom);
    assert_eq!(scene.fault("before:soon"), QueryFault::Date);
    assert_eq!(scene.fault(" "), QueryFault::Empty);
}

#[tokio::test]
async fn filters_work_with_and_without_words() {
    let scene = Scene::of(&["[To:1] please", "nothing", "[rp aid=1 to=1000-1] yes"]).await;
    let all = Search::new("").mentions_me(true);
    assert_eq!(scene.run(&all).len(), 2);
    assert_eq!(scene.run(&Search::new("yes").mentions_me(true)).len(), 1);
    assert_eq!(scene.run(&Search::new("").sender(ANNA).room(ROOM)).len(), 3);
    assert_eq!(scene.run(&Search::new("").has_file(true)).len(), 0);
    let second: i64 = scene.count("SELECT send_time FROM messages WHERE body = 'nothing'");
    assert_eq!(scene.run(&Search::new("").from(UnixTime(second))).len(), 2);
    assert_eq!(scene.run(&Search::new("").until(UnixTime(second))).len(), 1);
}

#[tokio::test]
async fn messages_with_files_are_found() {
    let scene = Scene::new(1).await;
    scene.anna(ROOM).upload(chatwork_sdk::Upload::bytes("設計書.txt", "x")).await.unwrap();
    scene.say("no file").await;
    scene.sync().await;
    assert_eq!(scene.run(&Search::new("").has_file(true)).len(), 1);
    assert_eq!(scene.run(&Search::new("設計書").has_file(true)).len(), 1);
}

#[tokio::test]
async fn edited_and_deleted_texts_are_found_when_asked_for() {
    let scene = Scene::new(1).await;
    let (edited, deleted) = (scene.say("old plan").await, scene.say("secret plan").await);
    scene.sync().await;
    scene.anna(ROOM).message(MessageId(edited)).edit("new plan").await.unwrap();
    scene.anna(ROOM).message(MessageId(deleted)).delete().await.unwrap();
    scene.say("other").await;
    scene.sync().await;
    assert_eq!(scene.find("plan"), ["new plan"]);
    let search = Search::new("plan").history(true);
    assert_eq!(scene.run(&search), ["secret plan", "new plan", "old plan"]);
    let hits = scene.reader().search(&search).unwrap().hits;
    assert_eq!(hits[0].status, MessageStatus::Deleted);
    assert!(matches!(hits[0].text, HitText::Revision(_)));
    assert_eq!(scene.run(&Search::new("-new").history(true)).len(), 4);
}

#[tokio::test]
async fn pages_follow_each_other_in_each_order() {
    let texts: Vec<String> = (0..25).map(|it| format!("word {}", "x ".repeat(it % 4))).collect();
    let scene = Scene::of(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for order in [SearchOrder::Newest, SearchOrder::Oldest, SearchOrder::Rank] {
        let search = Search::new("word").order(order);
        let whole = scene.reader().search(&search).unwrap();
        let all: Vec<_> = whole.hits.iter().map(|hit| hit.message_id.clone()).collect();
        assert_eq!((all.len(), whole.next.is_none()), (25, true));
        let (mut paged, mut next) = (Vec::new(), None::<Cursor>);
        loop {
            let mut search = search.clone().limit(7);
            if let Some(cursor) = &next {
                // A cursor can be written down.
                search = search.cursor(cursor.to_string().parse().unwrap());
            }
            let page = scene.reader().search(&search).unwrap();
            paged.extend(page.hits.into_iter().map(|hit| hit.message_id));
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        assert_eq!(paged, all, "{order:?}");
    }
}

#[tokio::test]
async fn pages_by_rank_without_words_are_those_of_the_newest() {
    let scene = Scene::of(&["one", "two", "three"]).await;
    let search = Search::new("").sender(ANNA).order(SearchOrder::Rank).limit(2);
    let first = scene.reader().search(&search).unwrap();
    let second = scene.reader().search(&search.cursor(first.next.unwrap())).unwrap();
    assert_eq!((first.hits.len(), second.hits.len()), (2, 1));
    assert_eq!(second.hits[0].snippet.text, "one");
}

#[tokio::test]
async fn a_quote_is_found_and_a_glued_one_is_refused() {
    let scene = Scene::of(&["he said \"yes\"", "yes"]).await;
    assert_eq!(scene.find("\"\"\"yes\"\"\""), ["he said \"yes\""]);
    assert_eq!(scene.find("\"\"\"\""), ["he said \"yes\""]);
    assert_eq!(scene.fault("\"said\"yes"), QueryFault::Glued);
}

#[tokio::test]
async fn a_cursor_of_another_search_is_refused() {
    let scene = Scene::of(&["word", "word"]).await;
    let page = scene.reader().search(&Search::new("word").limit(1)).unwrap();
    let other = Search::new("words").cursor(page.next.unwrap());
    assert!(matches!(scene.reader().search(&other), Err(ArchiveError::Cursor)));
    assert!("x.1.2".parse::<Cursor>().is_err());
}

#[tokio::test]
async fn the_match_is_marked_and_debug_shows_no_text() {
    let scene = Scene::of(&["本番のﾄｰｸﾝ"]).await;
    let page = scene.reader().search(&Search::new("トークン")).unwrap();
    assert_eq!(page.hits[0].snippet.marked("<", ">"), "本番の<ﾄｰｸﾝ>");
    assert_eq!((page.hits[0].sender.as_str(), page.hits[0].room.as_str()), ("anna さん", "部屋 0"));
    let debug = format!("{page:?}");
    assert!(!debug.contains("本番") && !debug.contains("anna"));
}

#[tokio::test]
async fn a_search_goes_on_behind_any_hit_of_a_page() {
    let scene = Scene::of(&["x 1", "x 2", "x 3", "x 4"]).await;
    let search = Search::new("x").limit(3);
    let page = scene.reader().search(&search).unwrap();
    assert_eq!(page.cursor_behind(2), page.next.as_ref());
    assert_eq!(page.cursor_behind(3), None);
    let behind = page.cursor_behind(0).unwrap().clone();
    assert_eq!(scene.run(&search.cursor(behind)), ["x 3", "x 2", "x 1"]);
}
