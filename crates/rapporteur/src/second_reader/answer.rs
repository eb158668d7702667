//! What came back, looked through: only what fits the article and the contract counts.

use std::collections::BTreeMap;

use language::Span;
use serde::Deserialize;
use serde_json::Value;

use super::ask::linked;
use crate::extract::{EntityId, EntityKind, Findings, Form, HolderKind, Polarity, Side};
use crate::ingest::Article;

/// What counts of an answer, in text order, and what does not, with why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Answer {
    pub quotations: Vec<Quoted>,
    pub stages: Vec<Staged>,
    pub candidates: Vec<Named>,
    pub refused: Vec<String>,
}

/// Whose word something is said to be: a linked entity, or a name that stands in the text; neither of the article's own voice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct Voice {
    pub entity: Option<EntityId>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Quoted {
    pub content: Span,
    pub voice: Option<Voice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Staged {
    pub wording: Span,
    pub participant: EntityId,
    pub agreement: EntityId,
    pub lo: u8,
    pub hi: u8,
    pub side: Option<Side>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Named {
    pub span: Span,
    pub participant: EntityId,
    pub agreement: EntityId,
    pub polarity: Polarity,
    pub voice: Option<Voice>,
}

/// How many items of a list are looked at; an article has not more.
const MOST: usize = 500;

#[derive(Deserialize)]
struct Quotation {
    form: Form,
    content: Words,
    holder: Holder,
}

#[derive(Deserialize)]
struct Stage {
    participant: String,
    agreement: String,
    lo: u8,
    hi: u8,
    #[serde(default)]
    side: Option<Side>,
    wording: Words,
}

#[derive(Deserialize)]
struct Candidate {
    participant: String,
    agreement: String,
    polarity: Polarity,
    holder: Holder,
    span: Words,
}

#[derive(Deserialize)]
struct Holder {
    kind: HolderKind,
    #[serde(default)]
    entity: Option<String>,
    #[serde(default)]
    name: Option<String>,
}

/// The contract's span, or its words alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    Plain(String),
    Span { text: String },
}

/// Looks through what an endpoint sent back, the whole body.
///
/// # Errors
/// Says in a few words why the body is no answer: no JSON, a refusal, another shape. Single items that do not count are no error; they
/// are in [`Answer::refused`].
pub fn answer(article: &Article, findings: &Findings, body: &str) -> Result<Answer, String> {
    let body: Value = serde_json::from_str(body).map_err(|_| "what came back is no JSON".to_owned())?;
    if let Some(error) = body.get("error").filter(|e| !e.is_null()) {
        let message =
            error.get("message").or(Some(error)).and_then(Value::as_str).unwrap_or("an error without a message");
        return Err(format!("the endpoint says: {}", short(message)));
    }
    let message = body.pointer("/choices/0/message").ok_or("what came back is no chat completion")?;
    if let Some(refusal) = message.get("refusal").and_then(Value::as_str) {
        return Err(format!("the model refused: {}", short(refusal)));
    }
    let content = message.get("content").and_then(Value::as_str).ok_or("the model said nothing")?;
    let content: Value =
        serde_json::from_str(unfenced(content)).map_err(|_| "the model's answer is no JSON".to_owned())?;
    let content = content.as_object().ok_or("the model's answer is no JSON object")?;
    let lists = ["quotations", "stages", "candidates"];
    if !lists.iter().any(|key| content.get(*key).is_some_and(Value::is_array)) {
        return Err("the model's answer has none of the lists that it was asked for".to_owned());
    }
    let list = |key: &str| content.get(key).and_then(Value::as_array).into_iter().flatten().take(MOST);
    let looked = Looked { article, linked: linked(findings) };
    let mut counted = Answer::default();
    for item in list("quotations") {
        match parse(item).and_then(|q| looked.quotation(q)) {
            Ok(quotation) => counted.quotations.push(quotation),
            Err(why) => counted.refused.push(format!("a quotation: {why}")),
        }
    }
    for item in list("stages") {
        match parse(item).and_then(|s| looked.stage(s)) {
            Ok(stage) => counted.stages.push(stage),
            Err(why) => counted.refused.push(format!("a stage: {why}")),
        }
    }
    for item in list("candidates") {
        match parse(item).and_then(|c| looked.candidate(c)) {
            Ok(candidate) => counted.candidates.push(candidate),
            Err(why) => counted.refused.push(format!("a candidate: {why}")),
        }
    }
    counted.quotations.sort_by_key(|q| (q.content, q.voice.clone()));
    counted.quotations.dedup();
    counted.stages.sort_by_key(|s| (s.wording, s.participant.clone(), s.agreement.clone(), s.lo, s.hi));
    counted.stages.dedup();
    counted.candidates.sort_by_key(|c| (c.span, c.participant.clone(), c.polarity, c.voice.clone()));
    counted.candidates.dedup();
    counted.refused.sort();
    Ok(counted)
}

fn parse<'v, T: Deserialize<'v>>(item: &'v Value) -> Result<T, String> {
    T::deserialize(item).map_err(|error| short(&error.to_string()))
}

/// What an answer is held against.
struct Looked<'a> {
    article: &'a Article,
    linked: BTreeMap<&'a EntityId, (EntityKind, String)>,
}

impl Looked<'_> {
    fn quotation(&self, quotation: Quotation) -> Result<Quoted, String> {
        if matches!(quotation.form, Form::Heading | Form::Scare) {
            return Err("its form was not asked for".to_owned());
        }
        Ok(Quoted { content: self.words(&quotation.content)?, voice: self.voice(quotation.holder)? })
    }

    fn stage(&self, stage: Stage) -> Result<Staged, String> {
        if stage.lo > stage.hi || stage.hi > 7 {
            return Err(format!("{} to {} is no interval of the ladder", stage.lo, stage.hi));
        }
        let (participant, agreement) = self.pair(&stage.participant, &stage.agreement)?;
        let wording = self.words(&stage.wording)?;
        Ok(Staged { wording, participant, agreement, lo: stage.lo, hi: stage.hi, side: stage.side })
    }

    fn candidate(&self, candidate: Candidate) -> Result<Named, String> {
        let (participant, agreement) = self.pair(&candidate.participant, &candidate.agreement)?;
        let (span, voice) = (self.words(&candidate.span)?, self.voice(candidate.holder)?);
        Ok(Named { span, participant, agreement, polarity: candidate.polarity, voice })
    }

    /// Where the words stand: the first place that has them, letter by letter.
    fn words(&self, words: &Words) -> Result<Span, String> {
        let (Words::Plain(text) | Words::Span { text }) = words;
        let text = text.trim();
        if text.is_empty() {
            return Err("it has no words".to_owned());
        }
        match self.article.text.find(text) {
            Some(start) => Ok(Span::new(start, start + text.len())),
            None => Err(format!("“{}” is not in the article", short(text))),
        }
    }

    fn pair(&self, participant: &str, agreement: &str) -> Result<(EntityId, EntityId), String> {
        use EntityKind::{Agreement, Organisation, State};
        Ok((self.link(participant, &[State, Organisation])?, self.link(agreement, &[Agreement, Organisation])?))
    }

    fn link(&self, id: &str, kinds: &[EntityKind]) -> Result<EntityId, String> {
        let id = EntityId(id.to_owned());
        match self.linked.get(&id) {
            Some((kind, _)) if kinds.contains(kind) => Ok(id),
            Some(_) => Err(format!("{} is of another kind", short(&id.0))),
            None => Err(format!("{} is not named in the article", short(&id.0))),
        }
    }

    /// `None` of the article's own voice and of nobody named.
    fn voice(&self, holder: Holder) -> Result<Option<Voice>, String> {
        match (holder.kind, holder.entity, holder.name) {
            (HolderKind::Outlet | HolderKind::Unknown, None, _) => Ok(None),
            (HolderKind::Outlet | HolderKind::Unknown, Some(_), _) => {
                Err("its holder is nobody and somebody".to_owned())
            }
            (_, Some(id), _) => {
                let known = self.linked.get_key_value(&EntityId(id.clone()));
                let (id, (_, name)) =
                    known.ok_or_else(|| format!("its holder {} is not named in the article", short(&id)))?;
                Ok(Some(Voice { entity: Some((*id).clone()), name: name.clone() }))
            }
            (_, None, Some(name)) if !name.trim().is_empty() && self.article.text.contains(name.trim()) => {
                Ok(Some(Voice { entity: None, name: name.trim().to_owned() }))
            }
            _ => Err("its holder is not in the article".to_owned()),
        }
    }
}

/// Without the fence that models like to put around JSON.
fn unfenced(content: &str) -> &str {
    let trimmed = content.trim();
    let inner = trimmed.strip_prefix("```json").or_else(|| trimmed.strip_prefix("```"));
    inner.and_then(|rest| rest.trim_end().strip_suffix("```")).unwrap_or(trimmed).trim()
}

/// At most eighty characters on one line, nothing that a terminal would obey.
fn short(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(80) {
        Some((at, _)) => format!("{} …", &line[..at]),
        None => line,
    }
}
