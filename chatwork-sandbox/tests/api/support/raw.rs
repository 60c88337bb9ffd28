//! Bytes over a socket, for requests that no HTTP client sends.

use chatwork_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes and returns all bytes of the answer, until the server closes the connection.
pub(crate) async fn exchange(sandbox: &Sandbox, bytes: &[u8]) -> String {
    let address = sandbox.origin().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut reply = Vec::new();
    // A reset counts as the end.
    let _ = stream.read_to_end(&mut reply).await;
    String::from_utf8_lossy(&reply).into_owned()
}
