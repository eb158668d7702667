//! How a version stands to the fullest one, and what differs, word by word.

use std::collections::BTreeMap;

use super::{ON_THE_WORD_OF, Version};
use crate::extract::{Form, Holder, HolderKind};
use crate::reconcile::Relation;
use crate::reconcile::subsequence::subsequence;

/// Longest versions that are aligned word by word; longer ones are compared by their runs alone.
const LONGEST: usize = 600;
/// In how many places a version may differ from the fullest.
const MOST_EDITS: usize = 5;
/// Fewer words than these under a voice that is not known to be the same may be anybody's: they must be nearly all there.
const SHORT: usize = 10;
/// So many words may be a phrase that anybody uses.
const COMMON: usize = 5;
/// What two versions in indirect speech must share of what carries sense, by weight.
const PARAPHRASE: f64 = 0.6;

/// How `version` stands to a fullest version; `None` where it is another utterance.
pub(super) fn relation(
    version: &Version<'_>,
    fullest: &Version<'_>,
    weights: &BTreeMap<String, f64>,
) -> Option<(Relation, Option<String>)> {
    if version.form == Form::Indirect {
        return paraphrase(version, fullest, weights);
    }
    // "“Yes,” she said, “and no.”" beside "Yes, no": nothing is left out.
    if let Some(whole) = version.whole.as_ref().filter(|w| w.len() > fullest.words.len())
        && whole.len() <= fullest.words.len() + 2
        && may_be_same(version.holder, fullest.holder)
    {
        let aligned = align(&fullest.words, whole);
        if aligned.shared == fullest.words.len() && fullest.words.len() > 3 {
            let rest = outside(whole, &fullest.words);
            // "and" for a comma changes nothing; the part that has it says so.
            let carried = version.words.iter().any(|w| rest.contains(&w.as_str()));
            let added = carried.then(|| format!("adds {}", quoted(&rest.join(" "))));
            let says = !super::content(&super::words(&rest.join(" "))).is_empty();
            let relation = if says { Relation::Altered } else { Relation::Typography };
            return Some((relation, added));
        }
    }
    // Parts of one quotation stand together: what the other part says is not left out.
    if let Some(whole) = version.whole.as_ref().filter(|w| w.len() <= fullest.words.len()) {
        let joined = Version { words: whole.clone(), content: super::content(whole), whole: None, ..version.clone() };
        match relation(&joined, fullest, weights) {
            Some((Relation::Identical | Relation::Typography, _)) => return Some((Relation::Identical, None)),
            // What stands between the parts is marked as left out.
            Some((Relation::Spliced, difference)) => return Some((Relation::Elided, difference)),
            Some(found) => return Some(found),
            None => {}
        }
    }
    let (short, long) = (&version.words, &fullest.words);
    if short.len() > long.len() || long.len() > LONGEST {
        return None;
    }
    let same_voice = may_be_same(version.holder, fullest.holder);
    // The words of one named person under another's name.
    let other_person =
        short.len() >= SHORT && version.person && fullest.person && !same_entity(version.holder, fullest.holder);
    // Both are named or described, and neither can be the other.
    let apart = is_voice(version.holder)
        && is_voice(fullest.holder)
        && !same_entity(version.holder, fullest.holder)
        && !is_part(version.holder, fullest.holder);
    let other = || Some((Relation::OtherSpeaker, Some(fullest.holder.name.clone())));
    if short == long {
        if short.len() < 3 && !same_voice {
            return None;
        }
        if !same_voice {
            return Some((Relation::OtherSpeaker, Some(fullest.holder.name.clone())));
        }
        let exact = plain(version.printed) == plain(fullest.printed);
        return Some(if exact { (Relation::Identical, None) } else { (Relation::Typography, None) });
    }
    let content = short.iter().filter(|w| w.chars().count() > 3).count();
    if let Some(at) = (0..=long.len() - short.len()).find(|&at| long[at..at + short.len()] == short[..]) {
        // One word is its speaker's only, and only where a sentence holds it ("he was “optimistic”", not "Peace!"); of two or three, two
        // must say something.
        let one = short.len() == 1
            && !version.printed.ends_with(['!', '?'])
            && content == 1
            && version.content.len() == 1
            && version.form != Form::Direct
            && same_entity(version.holder, fullest.holder);
        let two = short.len() == 2 && !same_entity(version.holder, fullest.holder);
        if other_person {
            return other();
        }
        // A few words of another's are a phrase in common.
        if apart && short.len() < SHORT {
            return None;
        }
        // A phrase of nobody's, in an article that does not know the speaker: a phrase in common.
        let last = fullest.holder.name.split_whitespace().last().unwrap_or_default();
        if short.len() <= COMMON
            && !is_voice(version.holder)
            && is_voice(fullest.holder)
            && !version.text.contains(last)
        {
            return None;
        }
        if two || !one && (short.len() < 2 || content == 0 || (short.len() < 4 && content < 2)) {
            return None;
        }
        let fragment = version.form != Form::Direct || 3 * short.len() < long.len().min(24);
        let relation = if fragment { Relation::Fragment } else { Relation::Truncated };
        let left_out = [&long[..at], &long[at + short.len()..]];
        let missing: Vec<String> = left_out.iter().filter(|w| !w.is_empty()).map(|w| quoted(&w.join(" "))).collect();
        return Some((relation, Some(format!("leaves out {}", missing.join(" and ")))));
    }
    if content < 4 && !(content == 3 && short.len() >= 6) {
        return None;
    }
    let aligned = align(short, long);
    if aligned.shared == short.len() {
        // Pieces in order: with a mark elided, without one joined.
        if aligned.gaps > 3 {
            return None;
        }
        let marked = version.printed.contains("...") || version.printed.contains('…');
        // More left out in the middle than said, and no mark of it: another utterance with the same words.
        let skipped: usize = aligned.edits.iter().map(|(_, there)| there.len()).sum();
        if !marked && skipped > short.len() {
            return None;
        }
        let relation = if marked { Relation::Elided } else { Relation::Spliced };
        return Some((relation, Some(aligned.described())));
    }
    // Under another voice or with changes all over it is another utterance that shares a phrase.
    let named_apart =
        is_voice(version.holder) && is_voice(fullest.holder) && !same_entity(version.holder, fullest.holder);
    let near = if same_voice && !(named_apart && short.len() < SHORT) {
        content > 3 && 5 * aligned.shared >= 4 * short.len()
    } else {
        10 * aligned.shared >= 9 * short.len()
    };
    let between: usize = aligned.edits.iter().map(|(_, there)| there.len()).sum();
    if near && aligned.edits.len() <= MOST_EDITS && 3 * between <= short.len() + 6 {
        if other_person {
            return other();
        }
        return Some((Relation::Altered, Some(aligned.described())));
    }
    let held = short.len() - outside(short, long).len();
    if same_voice && !apart && 10 * held >= 9 * short.len() && 2 * aligned.shared >= short.len() {
        return Some((Relation::Spliced, Some(format!("puts {} in another order", quoted(&short.join(" "))))));
    }
    None
}

/// Indirect speech beside an utterance: the same voice and most of what carries sense, or, under another voice, nearly all of it.
fn paraphrase(
    version: &Version<'_>,
    fullest: &Version<'_>,
    weights: &BTreeMap<String, f64>,
) -> Option<(Relation, Option<String>)> {
    if version.passage.article == fullest.passage.article || fullest.form == Form::Heading {
        return None;
    }
    let weight = |stems: &[&String]| stems.iter().map(|s| weights.get(*s).copied().unwrap_or(0.0)).sum::<f64>();
    let shared: Vec<&String> = version.content.iter().filter(|s| fullest.content.binary_search(s).is_ok()).collect();
    let (own, whole) =
        (weight(&version.content.iter().collect::<Vec<_>>()), weight(&fullest.content.iter().collect::<Vec<_>>()));
    let of_shorter = weight(&shared) / own.min(whole).max(f64::MIN_POSITIVE);
    let same_voice = same_entity(version.holder, fullest.holder);
    let nearly =
        fullest.form == Form::Indirect && version.words.len() <= LONGEST && fullest.words.len() <= LONGEST && {
            let (short, long) =
                if version.words.len() < fullest.words.len() { (version, fullest) } else { (fullest, version) };
            shared.len() >= 3 && 10 * align(&short.words, &long.words).shared >= 7 * short.words.len()
        };
    let enough = shared.len() >= 4 && of_shorter >= PARAPHRASE;
    // The words as they stand, not their stems.
    let mut words: Vec<&str> = Vec::new();
    for word in &version.words {
        let stems = super::content(std::slice::from_ref(word));
        if stems.iter().any(|s| shared.contains(&s)) && !words.contains(&word.as_str()) {
            words.push(word);
        }
    }
    let difference = Some(format!("in other words: shares {}", words.join(", ")));
    match same_voice {
        true if enough || nearly => Some((Relation::Paraphrase, difference)),
        // The same on another's word: no version of the same words, but told side by side.
        false if nearly && is_voice(version.holder) && is_voice(fullest.holder) => {
            Some((Relation::Paraphrase, Some(format!("{ON_THE_WORD_OF}{}", version.holder.name))))
        }
        _ => None,
    }
}

fn is_voice(holder: &Holder) -> bool {
    matches!(holder.kind, HolderKind::Entity | HolderKind::Role | HolderKind::Group)
}

/// Whether nothing excludes that two holders are one.
fn may_be_same(a: &Holder, b: &Holder) -> bool {
    match (&a.entity, &b.entity) {
        (Some(x), Some(y)) => x == y || namesakes(a, b),
        _ => true,
    }
}

/// "Rodney Scott" and "Rodney S. Scott", "migrants" and "these migrants": the same first and last word, or one name inside the other.
fn namesakes(a: &Holder, b: &Holder) -> bool {
    let words = |h: &Holder| -> Vec<String> { h.name.to_lowercase().split_whitespace().map(str::to_owned).collect() };
    let (a, b) = (words(a), words(b));
    let ends = |w: &[String]| (w.first().cloned(), w.last().cloned());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && (a.len() > 1 && b.len() > 1 && ends(&a) == ends(&b) || long.ends_with(short))
}

/// Whether two holders are known to be one: the same entity, or the same words for a role.
fn same_entity(a: &Holder, b: &Holder) -> bool {
    match (&a.entity, &b.entity) {
        (Some(x), Some(y)) => x == y || namesakes(a, b),
        (None, None) => is_voice(a) && is_voice(b) && namesakes(a, b),
        _ => false,
    }
}

/// Whether one speaks for the other by its name: "a NATO official" for "NATO", "the Peruvian foreign ministry" for "the foreign ministry"; or
/// both, without a name, for one body: "a Peruvian trade official" and "a spokesperson for the Peruvian Trade Ministry".
fn is_part(a: &Holder, b: &Holder) -> bool {
    let words = |h: &Holder| -> Vec<String> {
        let words = h.name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.filter(|w| !matches!(*w, "the" | "The" | "a" | "A" | "of" | "an")).map(str::to_lowercase).collect()
    };
    let initials = |w: &[String]| w.iter().filter_map(|w| w.chars().next()).collect::<String>();
    let (x, y) = (words(a), words(b));
    let holds = |long: &[String], short: &[String]| {
        !short.is_empty()
            && (short.iter().all(|w| long.contains(w)) || short.len() > 1 && long.contains(&initials(short)))
    };
    let described = matches!((a.kind, b.kind), (HolderKind::Role, HolderKind::Role));
    let of_one_body = || x.iter().filter(|w| y.contains(w) && !matches!(w.as_str(), "for" | "in" | "at")).count() > 1;
    holds(&x, &y) || holds(&y, &x) || described && of_one_body()
}

/// Two versions aligned word by word.
struct Aligned<'a> {
    /// What stands in the shorter for what in the longer, in order; one side may be empty.
    edits: Vec<(&'a [String], &'a [String])>,
    /// Words of the longer before the first and after the last shared one.
    before: &'a [String],
    after: &'a [String],
    shared: usize,
    /// Runs of the longer that are skipped between shared words.
    gaps: usize,
}

impl Aligned<'_> {
    /// "“most parliaments” for “every parliament”; leaves out “and we see no reason”".
    fn described(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut left_out: Vec<String> = Vec::new();
        if !self.before.is_empty() {
            left_out.push(quoted(&self.before.join(" ")));
        }
        for (here, there) in &self.edits {
            match (here.is_empty(), there.is_empty()) {
                (false, false) => parts.push(format!("{} for {}", quoted(&here.join(" ")), quoted(&there.join(" ")))),
                (false, true) => parts.push(format!("adds {}", quoted(&here.join(" ")))),
                (true, _) => left_out.push(quoted(&there.join(" "))),
            }
        }
        if !self.after.is_empty() {
            left_out.push(quoted(&self.after.join(" ")));
        }
        if !left_out.is_empty() {
            parts.push(format!("leaves out {}", left_out.join(" and ")));
        }
        parts.join("; ")
    }
}

fn quoted(words: &str) -> String {
    format!("“{words}”")
}

/// The longest common subsequence, and what lies between.
fn align<'a>(short: &'a [String], long: &'a [String]) -> Aligned<'a> {
    let pairs = subsequence(short, long);
    let shared = pairs.len();
    let mut edits = Vec::new();
    let mut gaps = 0;
    let first = pairs.first().map_or(0, |p| p.1);
    let last = pairs.last().map_or(long.len(), |p| p.1 + 1);
    // Words of the shorter before its first shared word stand for as many of the longer.
    let lead = pairs.first().map_or(short.len(), |p| p.0);
    let from = first.saturating_sub(lead);
    if lead > 0 {
        edits.push((&short[..lead], &long[from..first]));
    }
    for pair in pairs.windows(2) {
        let ((a, b), (c, d)) = (pair[0], pair[1]);
        if c > a + 1 || d > b + 1 {
            gaps += usize::from(d > b + 1);
            edits.push((&short[a + 1..c], &long[b + 1..d]));
        }
    }
    let tail = pairs.last().map_or(short.len(), |p| p.0 + 1);
    let to = (last + short.len() - tail).min(long.len());
    if tail < short.len() {
        edits.push((&short[tail..], &long[last..to]));
    }
    Aligned { edits, before: &long[..from], after: &long[to..], shared, gaps }
}

/// Words of `short` that `long` does not have, each counted.
fn outside<'a>(short: &'a [String], long: &[String]) -> Vec<&'a str> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    long.iter().for_each(|w| *counts.entry(w).or_default() += 1);
    short
        .iter()
        .filter(|w| {
            let left = counts.entry(w).or_default();
            *left -= 1;
            *left < 0
        })
        .map(String::as_str)
        .collect()
}

/// Whether a difference as [`relation`] words it changes a word that carries sense, and not only its form.
pub(crate) fn of_sense(difference: &str) -> bool {
    let changes = difference.split("; ").filter_map(|part| part.split_once("” for “"));
    changes.into_iter().any(|(here, there)| {
        let stems = |side: &str| super::content(&super::words(side));
        let (one, other) = (stems(here), stems(there));
        one != other && !one.is_empty() && !other.is_empty()
    })
}

/// Whether a difference as [`relation`] words it changes a number, a negation or a quantity: "“most” for “every”".
pub(crate) fn material(difference: &str) -> bool {
    let changes = difference.split("; ").filter(|part| part.contains("” for “") || part.starts_with("adds "));
    let weighty = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || crate::extract::number_word(word)
            || matches!(
                word,
                "not"
                    | "no"
                    | "never"
                    | "none"
                    | "nobody"
                    | "nothing"
                    | "neither"
                    | "nor"
                    | "without"
                    | "only"
                    | "all"
                    | "every"
                    | "each"
                    | "both"
                    | "most"
                    | "many"
                    | "few"
                    | "some"
                    | "several"
                    | "half"
                    | "always"
            )
    };
    let negation = |word: &str| {
        matches!(word, "not" | "no" | "never" | "none" | "nobody" | "nothing" | "neither" | "nor" | "without")
    };
    changes.into_iter().any(|part| {
        let (here, there) = part.split_once(" for ").unwrap_or((part, ""));
        let count = |side: &str, kind: &dyn Fn(&str) -> bool| {
            let mut words: Vec<String> =
                side.split(|c: char| !c.is_alphanumeric()).filter(|w| kind(w)).map(str::to_owned).collect();
            words.sort();
            words
        };
        let (one, other) = (count(here, &weighty), count(there, &weighty));
        // A number may be left out with the phrase it stands in; one for another, or a negation more, changes the sense.
        count(here, &negation) != count(there, &negation) || !one.is_empty() && !other.is_empty() && one != other
    })
}

/// The words as printed without the stop or comma that the sentence around them brings, and with white space made one.
fn plain(printed: &str) -> String {
    let trimmed = printed.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':'));
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Version;
    use super::super::words::{content, words};
    use super::{material, relation};
    use crate::extract::{EntityId, Form, Holder, HolderKind};
    use crate::provenance::{ArticleId, Passage};
    use crate::reconcile::Relation;
    use language::Span;

    fn check(short: &str, long: &str) -> Option<(Relation, String)> {
        let holder = Holder {
            kind: HolderKind::Entity,
            entity: Some(EntityId("person:a".to_owned())),
            name: "A".to_owned(),
            span: None,
        };
        let version = |printed: &'static str, form: Form| Version {
            passage: Passage { article: ArticleId::of(printed), span: Span::new(0, printed.len()) },
            printed,
            words: words(printed),
            content: content(&words(printed)),
            holder: Box::leak(Box::new(holder.clone())),
            person: true,
            form,
            whole: None,
            text: printed,
        };
        let leak = |s: &str| -> &'static str { Box::leak(s.to_owned().into_boxed_str()) };
        let form = if short.starts_with('~') { Form::Indirect } else { Form::Direct };
        let (short, long) = (version(leak(short.trim_start_matches('~')), form), version(leak(long), Form::Direct));
        let weights: BTreeMap<String, f64> =
            short.content.iter().chain(&long.content).map(|s| (s.clone(), 1.0)).collect();
        relation(&short, &long, &weights).map(|(r, d)| (r, d.unwrap_or_default()))
    }

    #[test]
    fn versions_of_one_utterance() {
        let long = "Every harbour will open before the winter, and we will not wait for the fishing fleet";
        let of = |short: &str| check(short, long).map(|(r, _)| r);
        assert_eq!(of("Every harbour will open before the winter,"), Some(Relation::Truncated));
        assert_eq!(of("the fishing fleet"), Some(Relation::Fragment));
        assert_eq!(of("Every harbour will open ... and we will not wait"), Some(Relation::Elided));
        assert_eq!(of("Every harbour will open and we will not wait"), Some(Relation::Spliced));
        assert_eq!(
            of("Most harbours will open before the winter, and we will not wait for the fishing fleet"),
            Some(Relation::Altered)
        );
        assert_eq!(of("we won't wait for the fishing fleet"), Some(Relation::Truncated));
        assert_eq!(
            of("~each harbour would be open before winter, and nobody waited for the fleet that fishes"),
            Some(Relation::Paraphrase)
        );
        assert_eq!(of("We will wait for the harbour master before the summer ends"), None);
        assert_eq!(of("~the harbour is deep"), None);
        assert_eq!(of("Harbour!"), None);
    }

    fn version_of(name: &str, printed: &'static str, form: Form) -> Version<'static> {
        let holder = Holder {
            kind: HolderKind::Entity,
            entity: Some(EntityId(format!("person:{name}"))),
            name: name.to_owned(),
            span: None,
        };
        Version {
            passage: Passage { article: ArticleId::of(printed), span: Span::new(0, printed.len()) },
            printed,
            words: words(printed),
            content: content(&words(printed)),
            holder: Box::leak(Box::new(holder)),
            person: true,
            form,
            whole: None,
            text: printed,
        }
    }

    #[test]
    fn parts_of_one_quotation_leave_nothing_out() {
        let long = version_of("Berg", "The harbour is open, and that is worth more than a speech", Form::Direct);
        let mut part = version_of("Berg", "and that is worth more than a speech.", Form::Direct);
        let of = |part: &Version<'_>| relation(part, &long, &BTreeMap::new()).map(|(r, _)| r);
        assert_eq!(of(&part), Some(Relation::Truncated));
        part.whole = Some(words("The harbour is open, and that is worth more than a speech."));
        assert_eq!(of(&part), Some(Relation::Identical));
    }

    #[test]
    fn the_words_of_one_person_under_another_name() {
        let long =
            version_of("Berg", "Depending upon the tide at the time, the ships may need to wait outside", Form::Direct);
        let short = "Depending on the tide at the time, ships may need to wait outside";
        let of = |name: &str| relation(&version_of(name, short, Form::Direct), &long, &BTreeMap::new()).map(|(r, _)| r);
        assert_eq!(of("Holm"), Some(Relation::OtherSpeaker));
        assert_eq!(of("Berg"), Some(Relation::Altered));
    }

    #[test]
    fn a_phrase_of_anothers_is_no_fragment() {
        let long = version_of("Berg", "We see a step toward the reopening of the northern harbour today", Form::Direct);
        let of = |name: &str| {
            relation(&version_of(name, "reopening of the northern harbour", Form::Mixed), &long, &BTreeMap::new())
                .map(|(r, _)| r)
        };
        assert_eq!(of("Holm"), None);
        assert_eq!(of("Berg"), Some(Relation::Fragment));
        let mut body = version_of("Harbour Office", "reopening of the northern harbour", Form::Mixed);
        let role = |name: &str| Holder { kind: HolderKind::Role, entity: None, name: name.to_owned(), span: None };
        let mut whole = long.clone();
        whole.holder = Box::leak(Box::new(role("a Harbour Office clerk")));
        assert_eq!(relation(&body, &whole, &BTreeMap::new()).map(|(r, _)| r), Some(Relation::Fragment));
        body.holder = Box::leak(Box::new(role("the two fleets")));
        assert_eq!(relation(&body, &whole, &BTreeMap::new()), None);
        // Two without a name who speak for one body may be one; for two bodies they are not.
        let mut whole = long.clone();
        whole.holder = Box::leak(Box::new(role("a spokesperson for the Peruvian Trade Ministry")));
        body.holder = Box::leak(Box::new(role("a Peruvian trade official")));
        assert_eq!(relation(&body, &whole, &BTreeMap::new()).map(|(r, _)| r), Some(Relation::Fragment));
        body.holder = Box::leak(Box::new(role("a Chilean trade official")));
        assert_eq!(relation(&body, &whole, &BTreeMap::new()), None);
    }

    #[test]
    fn a_word_between_two_parts_leaves_nothing_out() {
        let long = version_of("Berg", "The ships sail first, the papers come later,", Form::Direct);
        let mut part = version_of("Berg", "The ships sail first,", Form::Direct);
        let of = |part: &Version<'_>| relation(part, &long, &BTreeMap::new());
        assert_eq!(of(&part).map(|(r, _)| r), Some(Relation::Truncated));
        part.whole = Some(words("The ships sail first, and the papers come later."));
        assert_eq!(of(&part), Some((Relation::Typography, None)));
        let mut rest = version_of("Berg", "and the papers come later.", Form::Direct);
        rest.whole.clone_from(&part.whole);
        assert_eq!(of(&rest), Some((Relation::Typography, Some("adds “and”".to_owned()))));
        part.whole = Some(words("The ships sail first, slowly the papers come later."));
        assert_eq!(of(&part).map(|(r, _)| r), Some(Relation::Altered));
        part.whole = Some(words("The ships sail first, and nobody asks when."));
        assert_ne!(of(&part).map(|(r, _)| r), Some(Relation::Altered));
    }

    #[test]
    fn a_common_phrase_is_nobodys_where_its_speaker_is_not_known() {
        let long = version_of("Berg", "We see a step toward the reopening of the northern harbour today", Form::Direct);
        let unknown = Holder { kind: HolderKind::Unknown, entity: None, name: String::new(), span: None };
        let mut short = version_of("x", "reopening of the northern harbour", Form::Mixed);
        short.holder = Box::leak(Box::new(unknown));
        let of = |v: &Version<'_>| relation(v, &long, &BTreeMap::new()).map(|(r, _)| r);
        assert_eq!(of(&short), None);
        short.text = "Berg spoke of the reopening of the northern harbour";
        assert_eq!(of(&short), Some(Relation::Fragment));
    }

    #[test]
    fn the_difference_is_told_word_by_word() {
        let found = check(
            "We count on most harbours to be open before the end of this year",
            "We count on every harbour to be open before the end of this year, said in full",
        );
        let (relation, difference) = found.expect("one utterance");
        assert_eq!(relation, Relation::Altered);
        assert_eq!(difference, "“most harbours” for “every harbour”; leaves out “said in full”");
        assert!(material(&difference));
    }

    #[test]
    fn only_numbers_negations_and_quantities_are_material() {
        assert!(material("“five” for “six”"));
        assert!(material("adds “not”"));
        assert!(!material("“harbour” for “port”"));
        assert!(!material("leaves out “not”"));
        assert!(!material("“not here” for “not there”"));
    }
}
