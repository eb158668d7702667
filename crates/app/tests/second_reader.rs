//! A second reader that misbehaves in every way leaves the brief as the rules made it; one that answers is shown beside them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// The bodies of the requests that came in.
type Seen = Arc<Mutex<Vec<String>>>;

/// An endpoint on this machine that does `with` each connection after it has read the request.
fn endpoint(with: impl Fn(&mut TcpStream, &str) + Send + Sync + 'static) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    let with = Arc::new(with);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (kept, with) = (Arc::clone(&kept), Arc::clone(&with));
            thread::spawn(move || {
                let mut stream = stream;
                let request = request(&mut stream);
                kept.lock().expect("no panic").push(request.clone());
                with(&mut stream, &request);
            });
        }
    });
    (format!("http://{address}/v1"), seen)
}

/// Head and body of a request.
fn request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let n = stream.read(&mut chunk).unwrap_or(0);
        bytes.extend_from_slice(&chunk[..n]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|l| l.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        if n == 0 {
            return text;
        }
    }
}

fn send(stream: &mut TcpStream, status: &str, kind: &str, body: &str) {
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    let _ = stream.write_all(format!("{head}\r\n{body}").as_bytes());
}

/// A chat completion whose message says this.
fn says(content: &str) -> String {
    json!({ "choices": [{ "message": { "role": "assistant", "content": content } }] }).to_string()
}

fn brief(extra: &[&str]) -> (Value, Duration) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    let model = named.or_else(language::kept_folder).expect("a home folder");
    let begun = std::time::Instant::now();
    let done = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["brief", "stories/summit", "--format", "json", "--model"])
        .arg(&model)
        .args(extra)
        .env("NO_PROXY", "127.0.0.1")
        .env("RAPPORTEUR_SECOND_READER_KEY", "secret-key")
        .current_dir(&root)
        .output()
        .expect("the program runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    (serde_json::from_slice(&done.stdout).expect("JSON"), begun.elapsed())
}

/// The brief without a second reader.
static ALONE: LazyLock<Value> = LazyLock::new(|| brief(&[]).0);

/// The brief with a second reader at that address: what it adds, after everything else was found unchanged.
fn second(url: &str) -> Value {
    let asked = ["--second-reader", url, "--second-reader-model", "test-model", "--second-reader-timeout", "1"];
    let (mut with, took) = brief(&asked);
    let mut without = ALONE.clone();
    assert_eq!(without["second_reader"], Value::Null);
    let second = with["second_reader"].take();
    without["second_reader"].take();
    assert_eq!(with, without, "a second reader changed the brief");
    assert_eq!(second["model"], "test-model");
    assert!(took < Duration::from_secs(60), "{took:?}");
    second
}

/// Nothing is proposed, and both articles have a note that says why.
fn nothing_but(url: &str, why: &str) {
    let second = second(url);
    assert_eq!(second["proposals"], json!([]));
    assert_eq!(second["not_proposed"], json!([]));
    let notes = second["notes"].as_array().expect("notes");
    assert_eq!(notes.len(), 2, "{notes:?}");
    for note in notes {
        assert!(note["message"].as_str().expect("a message").contains(why), "{note} says nothing of {why:?}");
    }
}

#[test]
fn a_dead_endpoint_leaves_a_note() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    nothing_but(&format!("http://{free}/v1"), "cannot be reached");
}

#[test]
fn an_endpoint_that_never_answers_is_given_up() {
    let (url, _) = endpoint(|_, _| thread::sleep(Duration::from_secs(30)));
    nothing_but(&url, "no answer in time");
}

#[test]
fn an_endpoint_that_drips_is_given_up() {
    let (url, _) = endpoint(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
        for _ in 0..300 {
            if stream.write_all(b"x").is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    });
    nothing_but(&url, "no answer in time");
}

#[test]
fn errors_of_the_endpoint_are_told() {
    let (url, _) = endpoint(|stream, _| send(stream, "500 Oops", "text/html", "<h1>Oops</h1>"));
    nothing_but(&url, "the endpoint answered 500");
    let (url, _) = endpoint(|stream, _| {
        send(stream, "404 Not Found", "application/json", "{\"error\": {\"message\": \"model not\\u001b[31m found\"}}")
    });
    nothing_but(&url, "the endpoint says: model not [31m found");
}

#[test]
fn a_refusal_is_told() {
    let (url, _) = endpoint(|stream, _| {
        let body = json!({ "choices": [{ "message": { "content": null, "refusal": "I cannot help" } }] });
        send(stream, "200 OK", "application/json", &body.to_string());
    });
    nothing_but(&url, "the model refused: I cannot help");
}

#[test]
fn what_is_no_answer_is_told() {
    for (body, why) in [
        ("not json".to_owned(), "no JSON"),
        ("{\"choices\": []}".to_owned(), "no chat completion"),
        ("[1, 2]".to_owned(), "no chat completion"),
        (says("Here is what I found: nothing."), "the model's answer is no JSON"),
        (says("[]"), "no JSON object"),
        (says("{\"quotations\": {}}"), "none of the lists"),
    ] {
        let (url, _) = endpoint(move |stream, _| send(stream, "200 OK", "application/json", &body));
        nothing_but(&url, why);
    }
}

#[test]
fn what_is_no_http_is_told() {
    let (url, _) = endpoint(|stream, _| drop(stream.write_all(b"\x00\x01\x02 hello\r\n\r\n")));
    nothing_but(&url, "no HTTP answer");
    let (url, _) = endpoint(|_, _| {});
    nothing_but(&url, "not read a second time");
    let (url, _) =
        endpoint(|stream, _| drop(stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"cho")));
    nothing_but(&url, "not read a second time");
    let (url, _) = endpoint(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\xff\xfe\xff\xfe");
    });
    nothing_but(&url, "not read a second time");
}

/// The key goes to the endpoint that was named, and the articles too; not to where it points.
#[test]
fn an_endpoint_that_points_elsewhere_is_not_followed() {
    let (elsewhere, seen) = endpoint(|stream, _| send(stream, "200 OK", "application/json", &says("{\"stages\": []}")));
    let (url, _) = endpoint(move |stream, _| {
        let _ = stream
            .write_all(format!("HTTP/1.1 307 Go\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n").as_bytes());
    });
    nothing_but(&url, "not read a second time");
    assert!(seen.lock().expect("no panic").is_empty());
}

#[test]
fn an_endless_answer_is_cut_off() {
    let (url, _) = endpoint(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
        while stream.write_all(&[b'['; 65536]).is_ok() {}
    });
    nothing_but(&url, "not read a second time");
}

#[test]
fn a_proposal_counts_only_where_its_words_links_and_types_hold() {
    let whole = |name: &str| json!({ "kind": "role", "entity": null, "name": name });
    let stage = |wording: &str, agreement: &str, lo: u8, hi: u8| {
        json!({ "participant": "iso3:ARM", "agreement": agreement, "lo": lo, "hi": hi, "side": null, "wording": wording,
                "holder": { "kind": "outlet", "entity": null, "name": "article" } })
    };
    let answer = json!({
        "quotations": [
            // As the rules read it, under another speaker, and in words that the article does not have.
            { "form": "direct", "content": "and that is worth more than ink", "holder": whole("an Armenian official") },
            { "form": "indirect", "content": "A signature could come within a year", "holder": { "kind": "entity", "entity": "iso3:AZE", "name": "Azerbaijan" } },
            { "form": "direct", "content": "The border is silent", "holder": whole("an Armenian official") },
            { "form": "direct", "content": "The border is quiet", "holder": whole("a Swedish official") },
            { "form": "shouted", "content": "The border is quiet", "holder": whole("an Armenian official") },
        ],
        "stages": [
            stage("initialled the text of a peace agreement", "name:peace-agreement", 7, 7),
            stage("initialled the text of a peace agreement", "agreement:abraham-accords", 7, 7),
            stage("initialled the text of a peace agreement", "name:peace-agreement", 6, 4),
            stage("initialled the text of a peace agreement", "name:peace-agreement", 4, 9),
            "nonsense",
        ],
        "candidates": [{ "participant": "iso3:AZE", "agreement": "name:peace-agreement", "polarity": "+", "span": "looked on", "holder": whole("an Armenian official") }],
    });
    let fenced = format!("```json\n{answer}\n```");
    let (url, seen) = endpoint(move |stream, request| {
        // Only the article with this dateline is answered about.
        let content = if request.contains("WASHINGTON") { fenced.as_str() } else { "{\"stages\": []}" };
        send(stream, "200 OK", "application/json", &says(content));
    });
    let second = second(&url);
    let proposals = second["proposals"].as_array().expect("a list");
    let told: Vec<(&str, &str, &str)> = proposals
        .iter()
        .map(|p| {
            (
                p["kind"].as_str().expect("kind"),
                p["standing"].as_str().expect("standing"),
                p["words"]["text"].as_str().expect("text"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("stage", "differs", "initialled the text of a peace agreement"),
            ("candidate", "alone", "looked on"),
            ("quotation", "agrees", "and that is worth more than ink"),
            ("quotation", "differs", "A signature could come within a year"),
        ],
        "{second}"
    );
    assert_eq!(proposals[0]["says"], "Armenia and peace agreement: in force");
    assert_eq!(proposals[0]["first"], "announced");
    let refused: Vec<&str> =
        second["notes"].as_array().expect("notes").iter().filter_map(|n| n["message"].as_str()).collect();
    for why in [
        "The border is silent",
        "its holder is not in the article",
        "shouted",
        "abraham-accords is not named",
        "6 to 4",
        "4 to 9",
    ] {
        assert!(refused.iter().any(|r| r.contains(why)), "{why}: {refused:?}");
    }
    assert_eq!(refused.len(), 7, "{refused:?}");
    assert!(second["not_proposed"].as_array().expect("a list").iter().any(|n| n["kind"] == "quotation"));

    // What was asked: temperature 0, and the article as data in a message of its own.
    let seen = seen.lock().expect("no panic");
    assert_eq!(seen.len(), 2, "each article is asked about once");
    let (head, body) = seen[0].split_once("\r\n\r\n").expect("a body");
    assert!(head.starts_with("POST /v1/chat/completions "), "{head}");
    assert!(head.to_lowercase().contains("authorization: bearer secret-key"), "{head}");
    let body: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!((&body["temperature"], &body["model"]), (&json!(0), &json!("test-model")));
    let data: Value =
        serde_json::from_str(body["messages"][1]["content"].as_str().expect("text")).expect("data is JSON");
    assert!(data["article"].as_str().expect("the text").contains("peace"));
    assert!(!body["messages"][0]["content"].as_str().expect("text").contains("Azerbaijan"));
}

#[test]
fn an_address_that_is_none_is_refused_at_once() {
    for arguments in [
        ["--second-reader", "localhost:1", "--second-reader-model", "m"],
        ["--second-reader", "file:///etc/passwd", "--second-reader-model", "m"],
        ["--second-reader", "http://", "--second-reader-model", "m"],
    ] {
        let done = Command::new(env!("CARGO_BIN_EXE_rapporteur")).arg("brief").args(arguments).arg("x.txt").output();
        let done = done.expect("the program runs");
        assert_eq!(done.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&done.stderr).contains("http://"));
    }
}
