//! What generated people are called and write. All people and companies are made up.

use super::super::AccountSeed;
use super::random::Random;

pub(super) const COMPANIES: &[&str] =
    &["株式会社サンプル商事", "有限会社みどり製作所", "合同会社あおぞら", "Example Inc."];

pub(super) const FAMILIES: &[(&str, &str)] = &[
    ("佐藤", "sato"),
    ("鈴木", "suzuki"),
    ("高橋", "takahashi"),
    ("田中", "tanaka"),
    ("伊藤", "ito"),
    ("渡辺", "watanabe"),
    ("山本", "yamamoto"),
    ("中村", "nakamura"),
    ("小林", "kobayashi"),
    ("加藤", "kato"),
    ("吉田", "yoshida"),
    ("山田", "yamada"),
    ("佐々木", "sasaki"),
    ("松本", "matsumoto"),
    ("井上", "inoue"),
    ("木村", "kimura"),
    ("清水", "shimizu"),
    ("森", "mori"),
    ("橋本", "hashimoto"),
    ("石川", "ishikawa"),
];

pub(super) const GIVEN: &[(&str, &str)] = &[
    ("花子", "hanako"),
    ("健", "ken"),
    ("美咲", "misaki"),
    ("大地", "daichi"),
    ("陽菜", "hina"),
    ("蓮", "ren"),
    ("さくら", "sakura"),
    ("翔太", "shota"),
    ("結衣", "yui"),
    ("悠斗", "yuto"),
    ("恵", "megumi"),
    ("誠", "makoto"),
    ("直子", "naoko"),
    ("拓也", "takuya"),
    ("真由美", "mayumi"),
    ("浩", "hiroshi"),
];

pub(super) const DEPARTMENTS: &[&str] = &[
    "開発部",
    "営業部",
    "総務部",
    "人事部",
    "経理部",
    "広報部",
    "カスタマーサポート",
    "情報システム部",
];

pub(super) const TITLES: &[&str] =
    &["", "", "", "主任", "係長", "課長", "部長", "エンジニア", "デザイナー"];

pub(super) const TASKS: &[&str] = &[
    "見積書を作成する",
    "議事録を共有する",
    "請求書を送付する",
    "テスト環境を更新する",
    "お客様に折り返し電話する",
    "来週の会議室を予約する",
    "仕様書をレビューする",
    "経費を精算する",
];

pub(super) const GREETINGS: &[&str] = &[
    "先日の展示会でお会いした者です。よろしくお願いします。",
    "来月からプロジェクトでご一緒します。よろしくお願いいたします。",
    "ご紹介いただきました。よろしくお願いします。",
];

const TOPICS: &[&str] = &[
    "新製品",
    "採用",
    "ウェブサイト改修",
    "月次決算",
    "展示会",
    "社内システム",
    "問い合わせ対応",
    "研修",
    "オフィス移転",
    "広告",
];

const ROOMS: &[&str] =
    &["プロジェクト", "定例", "連絡", "相談", "共有", "【社外】打ち合わせ", "チーム", "お知らせ"];

const LINES: &[&str] = &[
    "お疲れさまです。",
    "承知しました。",
    "ありがとうございます。",
    "確認しました、問題ありません。",
    "資料を更新しましたので、ご確認ください。",
    "明日の打ち合わせは14時からでお願いします。",
    "少し遅れます、すみません。",
    "先方から返信がありました。来週の水曜日でどうかとのことです。",
    "この件、どなたか対応できますか？",
    "今日中に対応します。",
    "原因が分かりました。設定の順番が逆でした。",
    "リリースは予定どおり金曜日の夕方です。",
    "見積もりの金額を修正しました。",
    "念のため共有します。",
    "よろしくお願いいたします。",
    "了解です (roger)",
    "できました！ (cracker)",
    "昨日の続きですが、三点ほど確認させてください。",
    "テスト環境では再現しませんでした。ログを確認しています。",
    "お休みをいただきます。急ぎの件は電話でお願いします。",
    "Build is green.",
    "Sounds good, thank you!",
    "https://example.com/docs/2026 にまとめました。",
    "🎉",
];

pub(super) fn room_name(random: &mut Random, number: u64) -> String {
    format!("{}{} {number}", random.pick(TOPICS), random.pick(ROOMS))
}

pub(super) fn description(random: &mut Random) -> String {
    match random.one_in(3) {
        true => format!("{}についてのチャットです。", random.pick(TOPICS)),
        false => String::new(),
    }
}

pub(super) fn file_name(random: &mut Random) -> String {
    format!("{}_{}.txt", random.pick(TOPICS), 1 + random.below(99))
}

pub(super) fn file_text(random: &mut Random) -> String {
    (0..=random.below(5)).map(|_| format!("{}\n", random.pick(LINES))).collect()
}

/// The text of a message; `index` counts the messages of its room from 1 on.
pub(super) fn body(
    random: &mut Random,
    people: &[AccountSeed],
    keys: &[&String],
    index: u64,
) -> String {
    let mut text = random.pick(LINES).to_owned();
    for _ in 0..random.below(3) {
        text.push('\n');
        text.push_str(random.pick(LINES));
    }
    let key = random.pick_of(keys);
    let person = key.and_then(|key| people.iter().find(|account| account.key == **key));
    let Some(person) = person else {
        return text;
    };
    let (id, name) = (person.id, &person.name);
    match random.below(20) {
        0..=2 => format!("[To:{id}]{name}さん\n{text}"),
        3 if index > 1 => {
            let earlier = 1 + random.below(index - 1);
            format!("[rp aid={id} to={{rp:{earlier}}}]{name}さん\n{text}")
        }
        4 => format!("[info][title]{}[/title]{text}[/info]", random.pick(TOPICS)),
        5 => format!("[qt][qtmeta aid={id} time=1750831200]{text}[/qt]\n{}", random.pick(LINES)),
        6 => format!("[code]{text}[/code]"),
        7 if random.one_in(10) => format!("[toall]\n{text}"),
        _ => text,
    }
}
