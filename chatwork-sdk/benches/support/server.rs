//! A server on this machine that answers fixed bytes: one thread for each connection, which stays
//! open. Its cost is the same for all clients.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

const STATUS: &str = concat!(
    r#"{"unread_room_num":2,"mention_room_num":1,"mytask_room_num":3,"#,
    r#""unread_num":12,"mention_num":1,"mytask_num":8}"#,
);
const LINK: &str = concat!(
    r#"{"public":true,"url":"https://example.chatwork.com/g/launch","#,
    r#""need_acceptance":false,"description":"Come in"}"#,
);

/// Starts the server. It ends with the process.
pub(crate) fn start() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A connection that fails shows in the client that made it.
            thread::spawn(move || serve(stream));
        }
    });
    Ok(address)
}

fn serve(stream: TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    let replies = [reply(STATUS), reply(LINK)];
    let [status, link] = &replies;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    let (mut line, mut body) = (String::new(), Vec::new());
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let reply = if line.starts_with("GET") { status } else { link };
        body.resize(content_length(&mut reader, &mut line)?, 0);
        reader.read_exact(&mut body)?;
        writer.write_all(reply)?;
    }
}

/// Reads the headers.
fn content_length(reader: &mut impl BufRead, line: &mut String) -> Result<usize> {
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(line)?;
        match line.trim_end().split_once(':') {
            None => return Ok(length),
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
            Some(_) => {}
        }
    }
}

/// The headers are those of the service.
fn reply(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\n\
         content-type: application/json; charset=utf-8\r\n\
         content-length: {}\r\n\
         date: Fri, 21 Nov 2025 10:00:00 GMT\r\n\
         x-ratelimit-limit: 1000000\r\n\
         x-ratelimit-remaining: 999999\r\n\
         x-ratelimit-reset: 1763719500\r\n\
         cache-control: no-cache\r\n\
         strict-transport-security: max-age=15768000\r\n\
         \r\n{body}",
        body.len()
    )
    .into_bytes()
}
