//! Measures the archive with varied Japanese messages, beside a search by `LIKE`.
//!
//! ```sh
//! cargo run --release -p chatwork-archive --example measure -- 100000 1000000
//! ```

use std::error::Error;
use std::time::{Duration, Instant};

use chatwork_archive::{AccountId, Archive, Search, SearchOrder};
use chatwork_sdk::types::{AccountSummary, Message, Room};
use chatwork_sdk::{MessageId, Messages, RoomId, UnixTime};
use rusqlite::Connection;

type Outcome<T> = Result<T, Box<dyn Error>>;

const ROOMS: i64 = 50;
const START: i64 = 1_600_000_000;

/// Parts of sentences. A rare character is in one message of two thousand.
const SUBJECTS: [&str; 16] = [
    "本日の会議",
    "来週の出張",
    "新しい見積書",
    "サーバーの移行",
    "ログイン画面",
    "顧客管理システム",
    "四半期の売上",
    "採用面接",
    "ﾄｰｸﾝの更新",
    "認証トークン",
    "プロジェクト計画",
    "請求書の送付",
    "API のエラー",
    "デザイン案",
    "社内勉強会",
    "Q&A の回答",
];
const PLACES: [&str; 12] = [
    "について",
    "の件ですが",
    "に関して",
    "は",
    "の資料を",
    "の日程で",
    "の担当を",
    "の詳細を",
    "のメッセージを",
    "の進捗を",
    "の修正を",
    "の確認を",
];
const VERBS: [&str; 14] = [
    "確認をお願いします。",
    "共有いたします。",
    "修正しました。",
    "変更になりました。",
    "ご検討ください！",
    "対応済みです👍",
    "完了いたしました。",
    "教えていただけますか？",
    "まとめておきました。",
    "明日までに返信します。",
    "問題ありません。",
    "延期します…",
    "https://example.com/docs/を参照。",
    "レビューしてください。",
];
const RARE: [char; 8] = ['鬱', '薔', '籠', '嚢', '齟', '齬', '饗', '麒'];

fn text(rng: &mut fastrand::Rng) -> String {
    let mut text = String::new();
    if rng.u8(..4) == 0 {
        text.push_str(&format!("[To:{}] 担当者さん\n", rng.u32(1..200)));
    }
    for _ in 0..rng.usize(1..7) {
        text.push_str(rng.choice(SUBJECTS).unwrap_or_default());
        text.push_str(rng.choice(PLACES).unwrap_or_default());
        // Names, numbers and words that are nowhere else, as in real texts.
        if rng.bool() {
            let kanji = |rng: &mut fastrand::Rng| char::from_u32(rng.u32(0x4e00..0x5800));
            text.extend((0..rng.usize(2..5)).filter_map(|_| kanji(rng)));
            text.push_str(&format!("（{}番）", rng.u32(..100_000)));
        }
        text.push_str(rng.choice(VERBS).unwrap_or_default());
    }
    if rng.u32(..2_000) == 0 {
        text.extend(rng.choice(RARE));
    }
    text
}

fn main() -> Outcome<()> {
    let sizes: Vec<usize> =
        std::env::args().skip(1).map(|it| it.parse()).collect::<Result<_, _>>()?;
    let sizes = if sizes.is_empty() { vec![100_000] } else { sizes };
    for size in sizes {
        measure(size)?;
    }
    Ok(())
}

fn measure(size: usize) -> Outcome<()> {
    let folder = std::env::temp_dir().join(format!("chatwork-measure-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{size}.chatwork"));
    let archive = Archive::create(&path, AccountId(1))?;
    let mut rng = fastrand::Rng::with_seed(7);
    let (mut stored, mut bytes, mut spent, mut wall) = (0, 0, Duration::ZERO, Duration::ZERO);
    while stored < size {
        let (room, messages) = window(&mut rng, stored, size);
        bytes += messages.iter().map(|it| it.body.len()).sum::<usize>();
        stored += messages.len();
        let at = UnixTime(START + i64::try_from(stored)? * 60 + 1_000);
        let (cpu, clock) = (cpu_time(), Instant::now());
        archive.keep(&room, &messages, at, at)?;
        spent += cpu_time().saturating_sub(cpu);
        wall += clock.elapsed();
    }
    let database = Connection::open(&path)?;
    database.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let index = index_size(&archive, &folder, size)?;
    println!("{} messages, {:.1} MB of text:\n", grouped(size), megabytes(bytes));
    println!("| what | measured |\n|---|--:|");
    let rate = |time: Duration| grouped((size as f64 / time.as_secs_f64().max(0.001)) as usize);
    println!("| messages stored and indexed in a CPU second | {} |", rate(spent));
    let clock = "the same by the clock, each look on the disk before the next one";
    println!("| {clock} | {} |", rate(wall));
    println!("| index, times the text | {:.2} |", index as f64 / bytes as f64);
    let file = std::fs::metadata(&path)?.len() / 1_000_000;
    println!("| file | {} MB |", grouped(usize::try_from(file)?));
    let rows = searches(&archive, &database)?;
    println!("| most memory | {:.0} MB |\n", memory());
    println!("| {} messages | newest first | by rank | `LIKE` |\n|---|--:|--:|--:|", grouped(size));
    println!("{rows}");
    drop((database, archive));
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The times of searches, as rows of a table.
fn searches(archive: &Archive, database: &Connection) -> Outcome<String> {
    let (reader, mut rows) = (archive.reader()?, String::new());
    for (name, word) in [
        ("a rare character, `鬱`", "鬱"),
        ("two words, `トークン 認証`", "トークン 認証"),
        ("a common word, `メッセージ`", "メッセージ"),
        ("another one, `確認`", "確認"),
        ("a character of most messages, `の`", "の"),
        ("an address, `example.com/docs`", "example.com/docs"),
        ("no match", "存在しない言葉"),
    ] {
        let time = best(|| reader.search(&Search::new(word)).map(|_| ()))?;
        let ranked = Search::new(word).order(SearchOrder::Rank);
        let rank = best(|| reader.search(&ranked).map(|_| ()))?;
        let like = grouped(best(|| like(database, word))?.round() as usize);
        rows.push_str(&format!("| {name} | {time:.1} ms | {rank:.1} ms | {like} ms |\n"));
    }
    Ok(rows)
}

/// A number with a comma before each three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A look at a room: a few new messages behind those that are known, as a run sees them.
fn window(rng: &mut fastrand::Rng, stored: usize, size: usize) -> (Room, Messages) {
    let mut room = Room::default();
    room.room_id = RoomId(1_000 + rng.i64(0..ROOMS));
    room.name = format!("部屋 {}", room.room_id);
    let count = rng.usize(20..100).min(size - stored);
    let list = (stored..stored + count).map(|number| {
        let number = i64::try_from(number).unwrap_or_default();
        let mut message = Message::default();
        let mut account = AccountSummary::default();
        account.account_id = AccountId(rng.i64(1..200));
        account.name = format!("担当者 {}", account.account_id);
        message.account = account;
        message.message_id = MessageId((1_900_000_000_000_000_000 + number * 1_000).to_string());
        message.send_time = UnixTime(START + number * 60);
        message.body = text(rng);
        message
    });
    let mut messages = Messages::default();
    messages.messages = list.collect();
    (room, messages)
}

/// The bytes that the search index adds to a copy without other free space.
fn index_size(archive: &Archive, folder: &std::path::Path, size: usize) -> Outcome<usize> {
    let copy = folder.join(format!("{size}.copy"));
    archive.reader()?.backup(&copy)?;
    let with = std::fs::metadata(&copy)?.len();
    let database = Connection::open(&copy)?;
    database.execute_batch("DROP TABLE search_index; VACUUM")?;
    drop(database);
    let without = std::fs::metadata(&copy)?.len();
    std::fs::remove_file(&copy)?;
    Ok(usize::try_from(with.saturating_sub(without))?)
}

/// What a search without an index does.
fn like(database: &Connection, words: &str) -> rusqlite::Result<()> {
    let words: Vec<String> = words.split(' ').map(|word| format!("%{word}%")).collect();
    let conditions = vec!["plain LIKE ?"; words.len()].join(" AND ");
    let select = format!(
        "SELECT id FROM messages WHERE {conditions} ORDER BY send_time DESC, place DESC LIMIT 50"
    );
    let mut statement = database.prepare_cached(&select)?;
    let mut rows = statement.query(rusqlite::params_from_iter(words))?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// The shortest of some attempts, in milliseconds.
fn best<E: Error + 'static>(mut work: impl FnMut() -> Result<(), E>) -> Outcome<f64> {
    let mut best = f64::MAX;
    for _ in 0..7 {
        let clock = Instant::now();
        work()?;
        best = best.min(clock.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(best)
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1_000_000.0
}

/// The processor time of this process; that of the clock where `/proc` is not there.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|it| it.parse().ok());
    nanoseconds
        .map_or_else(|| std::time::UNIX_EPOCH.elapsed().unwrap_or_default(), Duration::from_nanos)
}

/// The most memory that this process has had, in MB.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_000.0
}
