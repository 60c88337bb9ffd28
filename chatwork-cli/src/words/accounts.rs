//! The texts of `auth`, and of accounts.

use super::Words;

words! {
    NOT_SIGNED_IN = "you are not signed in to {address}", "{address} にサインインしていません";
    NOT_SIGNED_IN_HINT = "`chatwork auth login` signs in; in CI, set CHATWORK_API_TOKEN", "`chatwork auth login` でサインインするか、CI では CHATWORK_API_TOKEN を設定してください";
    NOT_SIGNED_IN_BOUND = "the token of a profile is sent only to the address of the profile: `chatwork auth login --base-url {address}` signs in there", "プロファイルのトークンは、そのプロファイルの接続先にだけ送られます。`chatwork auth login --base-url {address}` でサインインしてください";
    TWO_ACCOUNTS = "--profile and the variable CHATWORK_API_TOKEN both name an account", "--profile と環境変数 CHATWORK_API_TOKEN の両方でアカウントが指定されています";
    TWO_ACCOUNTS_HINT = "leave --profile out, or unset CHATWORK_API_TOKEN", "--profile を付けないか、CHATWORK_API_TOKEN を解除してください";
    TOKEN_REFUSED = "Chatwork does not accept the token", "トークンが Chatwork に拒否されました";
    TOKEN_REFUSED_PROFILE = "it may have been reissued: `chatwork auth login --profile {profile}` signs in again", "再発行された可能性があります。`chatwork auth login --profile {profile}` でサインインし直してください";
    TOKEN_REFUSED_ENV = "check the variable CHATWORK_API_TOKEN", "環境変数 CHATWORK_API_TOKEN を確認してください";
    CONSENT_NEEDED = "the consent (OAuth 2.0) has ended", "同意（OAuth 2.0）の期限が切れています";
    NONE_CHOSEN = "no profile is the current one", "使用中のプロファイルがありません";
    NONE_CHOSEN_HINT = "`chatwork auth switch NAME` chooses one of: {known}", "`chatwork auth switch 名前` で次のいずれかを選んでください: {known}";
    NO_PROFILE = "there is no profile `{name}`", "`{name}` というプロファイルはありません";
    NO_PROFILE_HINT = "the profiles are: {known}", "登録されているプロファイル: {known}";
    NO_PROFILES_HINT = "`chatwork auth login --profile {name}` makes it", "`chatwork auth login --profile {name}` で作成できます";
    OTHER_ADDRESS = "the profile `{profile}` is bound to {bound}, and CHATWORK_API_BASE_URL names {named}", "プロファイル `{profile}` の接続先は {bound} ですが、CHATWORK_API_BASE_URL は {named} になっています";
    OTHER_ADDRESS_HINT = "unset CHATWORK_API_BASE_URL, or choose another profile: a stored token goes to no other address", "CHATWORK_API_BASE_URL を解除するか、別のプロファイルを選んでください。保存されたトークンは他の接続先には送られません";
    NOT_A_TOKEN = "this is not a token", "これはトークンではありません";
    NOT_A_TOKEN_HINT = "paste the API token alone, as Chatwork shows it", "Chatwork に表示された API トークンだけを貼り付けてください";
    KEYRING_BROKEN = "the keyring of the system does not work: {reason}", "システムのキーリングが使えません: {reason}";
    KEYRING_HINT = "`chatwork auth login --storage file` stores the token in a file that only you can read", "`chatwork auth login --storage file` でサインインすると、本人だけが読めるファイルに保存します";
    PROMPT_TOKEN = "API token for {address}: ", "{address} の API トークン: ";
    PROMPT_ADDRESS = "The address that the browser came back to: ", "ブラウザに戻ってきたアドレス: ";
    OAUTH_OPEN = "Open this page in a browser and allow the app:", "次のページをブラウザで開き、アプリを許可してください:";
    OAUTH_PASTE = "Then copy the address of the page that the browser ends at, also if it shows an error. Its code is valid for a minute.", "その後、ブラウザの最後のページのアドレスをコピーしてください（エラー画面でもかまいません）。コードの有効期間は1分です。";
    OAUTH_NEEDS = "--oauth needs --client-id and --redirect-uri of a registered public app", "--oauth には、登録済みパブリックアプリの --client-id と --redirect-uri が必要です";
    OAUTH_NO_ADDRESS = "no address was pasted", "アドレスが入力されませんでした";
    OAUTH_SCOPE = "`{scope}` is not a scope", "`{scope}` というスコープはありません";
    SIGNED_IN = "Signed in as {name} (account {account}) to {address}, profile `{profile}`.", "{name}（アカウント {account}）として {address} にサインインしました。プロファイル: `{profile}`";
    STORED_KEYRING = "The token is in the keyring of the system.", "トークンはシステムのキーリングに保存しました。";
    STORED_FILE = "The token is in a file that only you can read: {path}", "トークンは本人だけが読めるファイルに保存しました: {path}";
    CONSENT_ENDS = "The consent ends on {day}; sign in again before then.", "同意は {day} に終わります。それまでにサインインし直してください。";
    SIGNED_OUT = "Removed the profile `{profile}` and its token from this machine. To make the token invalid, reissue it in Chatwork.", "プロファイル `{profile}` とトークンをこのマシンから削除しました。トークン自体を無効にするには、Chatwork で再発行してください。";
    SWITCHED = "The profile is now `{profile}`.", "プロファイルを `{profile}` に切り替えました。";
    STATUS_ENVIRONMENT = "CHATWORK_API_TOKEN", "CHATWORK_API_TOKEN";
    LIMIT_LEFT = "{remaining} of {limit} requests are left until {reset}.", "{reset} まで、{limit} 回中 残り {remaining} 回です。";
    EMPTY_TOKEN = "no token was given", "トークンが入力されませんでした";
}
