//! Asks a second reader, an OpenAI-compatible endpoint that the user names; off unless it is named.
//!
//! Whatever the endpoint does, the brief stays as the rules made it: a dead endpoint, a timeout, a refusal or nonsense leaves a note.

use std::time::Duration;

use rapporteur::extract::Findings;
use rapporteur::ingest::Article;
use rapporteur::second_reader::{self, ReaderNote, SecondReading};

use crate::options::SecondReaderOptions;

/// Where the key of the endpoint stands, if it needs one.
const KEY: &str = "RAPPORTEUR_SECOND_READER_KEY";
/// The most bytes of an answer that are read.
const MOST: u64 = 4 << 20;
/// Bytes of an article over which it is not sent.
const LONGEST: usize = 200_000;
/// How many articles in a row may fail before the others are not asked about.
const PATIENCE: usize = 2;

/// What the endpoint proposes for all articles; each text is asked about once.
pub(crate) fn read(url: &str, options: &SecondReaderOptions, articles: &[(Article, Findings)]) -> SecondReading {
    let model = options.second_reader_model.clone().unwrap_or_default();
    let mut reading = SecondReading { model: model.clone(), ..SecondReading::default() };
    let mut sorted: Vec<&(Article, Findings)> = articles.iter().collect();
    sorted.sort_by(|a, b| (&a.0.id, &a.0.path).cmp(&(&b.0.id, &b.0.path)));
    sorted.dedup_by(|b, a| a.0.id == b.0.id);
    let endpoint = Endpoint::new(url, Duration::from_secs(options.second_reader_timeout));
    let mut failed = 0;
    let mut last = String::new();
    for (article, findings) in sorted {
        let answer = if !article.is_readable() {
            Err("not sent to the second reader: not in English".to_owned())
        } else if article.text.len() > LONGEST {
            Err("not sent to the second reader: too long".to_owned())
        } else if failed >= PATIENCE {
            Err(format!("not sent to the second reader: it failed before ({last})"))
        } else {
            let body = endpoint.ask(&second_reader::question(&model, article, findings).to_string());
            failed = if body.is_ok() { 0 } else { failed + 1 };
            last = body.as_ref().err().cloned().unwrap_or_default();
            let answer = body.and_then(|body| second_reader::answer(article, findings, &body));
            answer.map_err(|why| format!("not read a second time: {why}"))
        };
        match answer {
            Ok(answer) => second_reader::beside(&mut reading, article, findings, &answer),
            Err(message) => reading.notes.push(ReaderNote { article: article.id.clone(), message }),
        }
    }
    reading
}

/// Where questions go.
struct Endpoint {
    url: String,
    agent: ureq::Agent,
    key: Option<String>,
}

impl Endpoint {
    fn new(url: &str, timeout: Duration) -> Endpoint {
        let url = url.trim_end_matches('/');
        let whole = url.ends_with("/chat/completions");
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(timeout))
            // A key is for the endpoint that was named, not for where it points.
            .max_redirects(0)
            .max_redirects_will_error(true)
            .http_status_as_error(false)
            .user_agent(concat!("rapporteur/", env!("CARGO_PKG_VERSION")))
            .build();
        Endpoint {
            url: if whole { url.to_owned() } else { format!("{url}/chat/completions") },
            agent: config.into(),
            key: std::env::var(KEY).ok().filter(|key| !key.is_empty()),
        }
    }

    /// The body of the answer; else in a few words why there is none.
    fn ask(&self, body: &str) -> Result<String, String> {
        let mut request = self.agent.post(&self.url).header("content-type", "application/json");
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let mut response = request.send(body).map_err(|error| told(&error))?;
        let status = response.status();
        let body = response.body_mut().with_config().limit(MOST).read_to_string();
        let body = body.map_err(|error| told(&error))?;
        // An error in the endpoint's own words says more than its number.
        if status.is_success() || body.trim_start().starts_with('{') {
            Ok(body)
        } else {
            Err(format!("the endpoint answered {}", status.as_u16()))
        }
    }
}

/// What failed, without addresses: they may hold a key.
fn told(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "no answer in time".to_owned(),
        ureq::Error::ConnectionFailed => "the endpoint cannot be reached".to_owned(),
        ureq::Error::HostNotFound => "the endpoint's host is not known".to_owned(),
        ureq::Error::BodyExceedsLimit(_) => "the answer is too long".to_owned(),
        ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => "the endpoint points elsewhere".to_owned(),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            "what came back is no text".to_owned()
        }
        ureq::Error::Io(error) => match error.kind() {
            std::io::ErrorKind::ConnectionRefused => "the endpoint cannot be reached".to_owned(),
            _ => "the connection broke".to_owned(),
        },
        ureq::Error::BadUri(_) => "its address is none".to_owned(),
        _ => "what came back is no HTTP answer".to_owned(),
    }
}
