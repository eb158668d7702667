//! From whose word a passage is to origins: who is named, who only repeats, and who may be the same voice under two names.

use std::collections::{BTreeMap, BTreeSet};

use super::heard::Word;
use super::{Origins, is_named};
use crate::extract::EntityId;
use crate::knowledge::knowledge;
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::credit::{Credited, Scope};
use crate::reconcile::judge::{Draft, Reach, Standing};
use crate::reconcile::people::People;
use crate::reconcile::primary::{self, Author};
use crate::reconcile::roster::is_own_voice;
use crate::reconcile::{Dependence, EvidenceKind, Level, Witness};

/// A passage and whose word its article gives it as.
pub(super) type Telling = (Passage, Word);

pub(super) struct Tracer<'a> {
    pub(super) story: &'a [Witness<'a>],
    pub(super) credits: &'a [Vec<Credited>],
    /// Whose own text each article is.
    pub(super) authors: &'a [Option<Author>],
    pub(super) leaning: BTreeSet<&'a ArticleId>,
    pub(super) people: People<'a>,
    pub(super) origins: &'a mut Origins,
}

type Voices = BTreeMap<String, BTreeSet<ArticleId>>;

/// What is said in own voices alone has this origin.
const UNATTRIBUTED: &str = "origin:unattributed";

impl<'a> Tracer<'a> {
    pub(super) fn witness(&self, passage: &Passage) -> Option<&'a Witness<'a>> {
        self.story.iter().find(|w| w.article.id == passage.article)
    }

    /// The claim that these tellings make, with its origins, those that most articles lead to first.
    pub(super) fn draft(&mut self, claim: String, spans: Vec<Passage>, tellings: &[Telling]) -> Draft {
        let mut named = Voices::new();
        let mut unnamed = Voices::new();
        let mut telling: BTreeSet<ArticleId> = BTreeSet::new();
        let mut unclear: BTreeSet<ArticleId> = BTreeSet::new();
        for (passage, word) in tellings {
            telling.insert(passage.article.clone());
            match word {
                Word::Voice(holder) => {
                    let id = self.origins.enter_voice(holder, Some(&passage.article));
                    let who = self.origins.who(holder, Some(&passage.article));
                    let voices = if is_named(&who) { &mut named } else { &mut unnamed };
                    voices.entry(id).or_default().insert(passage.article.clone());
                }
                Word::Unclear => drop(unclear.insert(passage.article.clone())),
                Word::Own if self.is_credited_near(passage) => drop(unclear.insert(passage.article.clone())),
                Word::Own => {}
            }
        }
        let sourced = !named.is_empty() || !unnamed.is_empty();
        let mut voices = named;
        // Who is told without a name may be the one who has one.
        let mut also = unnamed.clone();
        if voices.is_empty() {
            // Sources without a name cannot be told apart: together they are one.
            let most = unnamed.iter().max_by_key(|(id, articles)| (articles.len(), std::cmp::Reverse(*id)));
            voices.extend(most.map(|(id, _)| (id.clone(), unnamed.values().flatten().cloned().collect())));
        }
        also.extend(carried(&mut voices));
        self.one_house(&mut voices);
        if voices.is_empty() {
            voices = self.outlets(tellings, &telling);
        }
        let said: BTreeSet<ArticleId> = voices.values().flatten().cloned().collect();
        let found = !voices.contains_key(UNATTRIBUTED);
        for (id, articles) in self.credited_beside(tellings) {
            also.entry(id).or_default().extend(articles);
        }
        let known = |a: &ArticleId| found && said.contains(a);
        let named = |a: &ArticleId| found && voices.keys().any(|id| self.origins.is_named_in(id, a));
        // "Reports said that Berg announced": they carry his word.
        let carries = |id: &str| {
            self.origins.kind(id) == "outlet"
                || self.origins.name(id).split(' ').any(|w| matches!(w, "reports" | "Reports"))
        };
        also.retain(|id, articles| {
            // Just anybody in an article that names its source may be that source.
            let anybody = matches!(self.origins.kind(id), "unnamed" | "outlet");
            articles.retain(|a| !(anybody && known(a) || carries(id) && named(a)));
            !articles.is_empty() && !voices.contains_key(id)
        });
        unclear.retain(|a| !known(a) && !named(a) && !also.values().any(|articles| articles.contains(a)));
        let mut reach: Vec<Reach> = voices
            .into_iter()
            .map(|(origin, articles)| {
                let leans = |a: &&ArticleId| !sourced && articles.len() > 1 && self.leaning.contains(*a);
                let repeating = articles.iter().filter(leans).cloned().collect();
                Reach { origin, articles: articles.iter().cloned().collect(), repeating }
            })
            .collect();
        reach.sort_by(|a, b| (b.articles.len(), &a.origin).cmp(&(a.articles.len(), &b.origin)));
        if let Some(first) = reach.first_mut() {
            let silent: Vec<ArticleId> = telling.difference(&said).cloned().collect();
            first.articles.extend(silent.iter().cloned());
            first.articles.sort();
            first.repeating.extend(silent);
            first.repeating.sort();
        }
        let also = also.into_iter().map(|(origin, articles)| Reach {
            origin,
            articles: articles.into_iter().collect(),
            repeating: Vec::new(),
        });
        Draft { sourced, unclear, also: also.collect(), ..Draft::new(claim, spans, reach) }
    }

    /// The outlets that are credited in the very sentences of tellings that name nobody else.
    fn credited_beside(&mut self, tellings: &[Telling]) -> Voices {
        let mut beside = Voices::new();
        for (passage, _) in tellings.iter().filter(|(_, word)| word.voice().is_none()) {
            let Some(at) = self.story.iter().position(|w| w.article.id == passage.article) else { continue };
            let over = |c: &&Credited| c.scope == Scope::Sentence && c.reach.overlaps(passage.span);
            let credits: Vec<Credited> = self.credits[at].iter().filter(over).cloned().collect();
            for credit in credits {
                let words = Passage { article: passage.article.clone(), span: credit.span };
                let id = self.origins.enter_outlet(&credit.key, &credit.name, words);
                beside.entry(id).or_default().insert(passage.article.clone());
            }
        }
        beside
    }

    /// The outlets that are credited with these words: by a credit in their sentence, else by the signature of their article; and
    /// whether it is a signature.
    fn credited(&mut self, passage: &Passage) -> Option<(String, bool)> {
        let at = self.story.iter().position(|w| w.article.id == passage.article)?;
        if let Some(author) = &self.authors[at] {
            return Some((self.release(author), false));
        }
        let over = |c: &&Credited| c.scope != Scope::Spoken && c.reach.overlaps(passage.span);
        let credits = || self.credits[at].iter().filter(over);
        let credit = credits().find(|c| c.scope == Scope::Sentence).or_else(|| credits().next())?.clone();
        let words = Passage { article: passage.article.clone(), span: credit.span };
        Some((self.origins.enter_outlet(&credit.key, &credit.name, words), credit.scope == Scope::Signed))
    }

    /// Whether an outlet is credited in the paragraph of a passage, for other words of it.
    fn is_credited_near(&self, passage: &Passage) -> bool {
        let Some(at) = self.story.iter().position(|w| w.article.id == passage.article) else { return false };
        let blocks = &self.story[at].article.blocks;
        let block = blocks.iter().map(|b| b.span).find(|b| b.contains(passage.span)).unwrap_or(passage.span);
        self.credits[at].iter().any(|c| c.scope == Scope::Sentence && block.contains(c.span))
    }

    /// The body whose own text an article is, as an origin; its identifier.
    fn release(&mut self, author: &Author) -> String {
        let id = format!("origin:{}", author.body.0.replace(':', "-"));
        self.origins.enter(&id, "release", &author.name, author.evidence.iter().cloned());
        id
    }

    /// The article of a passage with whose own text it is, where it is somebody's.
    pub(super) fn authored(&self, passage: &Passage) -> Option<(&Witness<'_>, &Author)> {
        let at = self.story.iter().position(|w| w.article.id == passage.article)?;
        Some((&self.story[at], self.authors[at].as_ref()?))
    }

    /// Primary where a telling is the word of its own article's author on what that author does.
    pub(super) fn first_hand(&self, tellings: &[Telling]) -> (Standing, Option<String>) {
        let own = tellings.iter().find_map(|(passage, word)| {
            let (witness, author) = self.authored(passage)?;
            let voice = match word.voice() {
                Some(holder) => primary::speaks(author, witness, holder),
                None => primary::tells_of_itself(author, witness, passage.span),
            };
            voice.then(|| format!("in the own text of {}, whose act or word it is", author.name))
        });
        (if own.is_some() { Standing::Primary } else { Standing::Counted }, own)
    }

    /// The origins of what is told in own voices: the outlets credited for it. A text that an agency signs is that agency's own voice, and
    /// an origin only where no other article tells the same on its own.
    fn outlets(&mut self, tellings: &[Telling], telling: &BTreeSet<ArticleId>) -> Voices {
        let mut credited = Voices::new();
        let mut signed = Voices::new();
        for (passage, _) in tellings {
            if let Some((id, signs)) = self.credited(passage) {
                let outlets = if signs { &mut signed } else { &mut credited };
                outlets.entry(id).or_default().insert(passage.article.clone());
            }
        }
        let mut all = credited.clone();
        for (id, articles) in &signed {
            all.entry(id.clone()).or_default().extend(articles.iter().cloned());
        }
        if let Some((id, _)) = all.iter().find(|(_, articles)| *articles == telling) {
            return BTreeMap::from([(id.clone(), telling.clone())]);
        }
        if !credited.is_empty() {
            for (id, articles) in &mut credited {
                articles.extend(signed.get(id).into_iter().flatten().cloned());
            }
            return credited;
        }
        let mut words = Vec::new();
        for witness in self.story.iter().filter(|w| telling.contains(&w.article.id)) {
            let first = witness.article.headline.or_else(|| witness.article.blocks.first().map(|b| b.span));
            words.extend(first.map(|span| witness.passage(span)));
        }
        self.origins.enter(UNATTRIBUTED, "own_voice", "no origin found", words);
        BTreeMap::from([(UNATTRIBUTED.to_owned(), telling.clone())])
    }

    /// The origins among these that speak for one of the states.
    pub(super) fn parties(&self, reach: &[Reach], tellings: &[Telling], states: &[&EntityId]) -> BTreeSet<String> {
        let mut parties = BTreeSet::new();
        for (passage, holder) in tellings.iter().filter_map(|(p, word)| Some((p, word.voice()?))) {
            let Some(witness) = self.witness(passage) else { continue };
            let id = self.origins.id(holder, &passage.article);
            if reach.iter().any(|r| r.origin == id) && states.iter().any(|s| is_own_voice(holder, s, witness)) {
                parties.insert(id);
            }
        }
        for (passage, _) in tellings {
            let Some((_, author)) = self.authored(passage) else { continue };
            let id = format!("origin:{}", author.body.0.replace(':', "-"));
            if author.state.as_ref().is_some_and(|s| states.contains(&s)) && reach.iter().any(|r| r.origin == id) {
                parties.insert(id);
            }
        }
        parties
    }

    /// What a government, its head and his spokesman announce is one word, and so is what a body and its chair say: of such voices the one
    /// that most articles lead to stands for all.
    fn one_house(&self, voices: &mut Voices) {
        let ids: Vec<String> = voices.keys().cloned().collect();
        let mut houses: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for id in ids {
            if let Some(house) = self.house(&id) {
                houses.entry(house).or_default().push(id);
            }
        }
        // Two who lead it, one after the other, each have a word of their own.
        let body = |id: &String| id.starts_with("origin:iso3-") || id.starts_with("origin:org-");
        for members in houses.into_values().filter(|m| m.len() > 1 && m.iter().any(body)) {
            let most = members.iter().max_by_key(|id| (voices[*id].len(), std::cmp::Reverse(*id))).cloned();
            let all: BTreeSet<ArticleId> = members.iter().filter_map(|id| voices.remove(id)).flatten().collect();
            voices.extend(most.map(|id| (id, all)));
        }
    }

    /// The state or body for which a voice speaks by its nature or its office: the state itself, a body, who is at the head of either or
    /// speaks for it in some article.
    fn house(&self, id: &str) -> Option<String> {
        let key = id.strip_prefix("origin:")?;
        if key.starts_with("iso3-") || key.starts_with("org-") {
            return Some(key.to_owned());
        }
        let roles = self.story.iter().flat_map(|w| &w.findings.roles);
        let heads = |role: &str| {
            let level = knowledge().roles.iter().find(|r| r.canonical == role).map(|r| r.level);
            level.is_some_and(|l| matches!(l, "head_of_state" | "head_of_government" | "spokesperson" | "org_head"))
        };
        let mut heads = roles.filter(|r| r.person.0.replace(':', "-") == key && heads(&r.role));
        heads.find_map(|r| Some(r.of.as_ref()?.0.replace(':', "-")))
    }
}

/// The articles that share so many words with another of the story that they add nothing to it: of each group all but one.
pub(super) fn leaning<'a>(story: &'a [Witness<'a>], dependence: &[Dependence]) -> BTreeSet<&'a ArticleId> {
    let words = |e: &&Dependence| e.evidence.iter().any(|e| e.kind != EvidenceKind::Credit && e.weight > 0.0);
    let leans = |e: &&Dependence| matches!(e.level, Level::Copied | Level::Derived);
    let inside = |e: &&Dependence| e.to.as_ref().is_some_and(|to| story.iter().any(|w| w.article.id.0 == *to));
    let from: BTreeSet<&ArticleId> =
        dependence.iter().filter(leans).filter(words).filter(inside).map(|e| &e.from).collect();
    story.iter().map(|w| &w.article.id).filter(|id| from.contains(id)).collect()
}

/// An agency or paper that reports what somebody said carries his word: beside a voice of another kind it is no origin of its own. What is
/// taken out.
fn carried(voices: &mut Voices) -> Voices {
    let carries = |id: &String| {
        let body = id.strip_prefix("origin:org-");
        body.is_some_and(|body| knowledge().outlets.iter().any(|o| o.id == body))
    };
    if voices.keys().all(carries) {
        return Voices::new();
    }
    let media: Vec<String> = voices.keys().filter(|id| carries(id)).cloned().collect();
    media.into_iter().filter_map(|id| voices.remove_entry(&id)).collect()
}
