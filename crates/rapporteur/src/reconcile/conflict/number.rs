//! Numbers of the same thing: intervals with their unit and scope. Disjoint ones contradict, one inside the other refines it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::align::{Clause, state_of, window};
use super::super::compare::unit_class;
use super::super::{Conflict, ConflictKind, Position, Verdict, Witness, gathered};
use super::{name, position};
use crate::extract::{Amount, Argument, Bound, EntityId, Realis};
use crate::provenance::Passage;

/// How many amounts of one key are compared with each other; a key with more is no key.
const MANY: usize = 40;
/// Words of a verb group that may stand behind what is counted.
const VERB: usize = 4;

/// An amount with its clause.
struct Counted<'a, 'c> {
    clause: &'c Clause<'a>,
    amount: &'a Amount,
}

/// Numbers that aligned clauses give differently.
pub(super) fn numbers(clauses: &[Clause<'_>]) -> Vec<Conflict> {
    let mut by_key: BTreeMap<(&str, &str), Vec<Counted<'_, '_>>> = BTreeMap::new();
    let mut given: Given<'_> = BTreeMap::new();
    for clause in clauses {
        for amount in clause.said.amounts.iter().filter(|a| counts(clause, a)) {
            let (unit, class) = match amount.against {
                Some(_) => ("votes to votes", "vote"),
                None => (unit_class(&amount.unit), clause.class),
            };
            // "Two had done so": what is counted stands in the other article.
            let unit = if unit.is_empty() { "state" } else { unit };
            given
                .entry((clause.article(), unit, class))
                .or_default()
                .insert((amount.lo.to_bits(), amount.hi.to_bits()));
            by_key.entry((unit, class)).or_default().push(Counted { clause, amount });
        }
    }
    let mut found = Vec::new();
    for ((unit, _), counted) in by_key {
        let mut distinct = BTreeSet::new();
        let distinct: Vec<&Counted<'_, '_>> = counted
            .iter()
            .filter(|c| distinct.insert((c.amount.lo.to_bits(), c.amount.hi.to_bits(), c.clause.article())))
            .collect();
        if distinct.len() > MANY {
            continue;
        }
        let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut of_key: Vec<Conflict> = Vec::new();
        for (i, a) in distinct.iter().enumerate() {
            for (j, b) in distinct.iter().enumerate().skip(i + 1) {
                if told.iter().any(|(x, y)| *x == i || *y == j) {
                    continue;
                }
                let conflict = if gives_both(a, b, unit, &given) { None } else { compare(a, b, unit) };
                if let Some(conflict) = conflict {
                    told.insert((i, j));
                    of_key.push(conflict);
                }
            }
        }
        found.extend(merged(of_key).into_iter().map(agreeing));
    }
    found
}

/// The numbers that an article gives of a unit and an act.
type Given<'a> = BTreeMap<(&'a str, &'a str, &'a str), BTreeSet<(u64, u64)>>;

/// Whether an amount counts something: no age after a name ("Smith, 36, said"), no number grown together with letters, no bare "one".
fn counts(clause: &Clause<'_>, amount: &Amount) -> bool {
    let text = &clause.witness.article.text;
    let (before, after) = (&text[..amount.span.start], &text[amount.span.end..]);
    let age = amount.unit.is_empty() && before.trim_end().ends_with(',') && after.starts_with(',');
    let grown = amount.unit.is_empty() && after.starts_with(|c: char| c.is_alphanumeric() || c == ':');
    let one = amount.against.is_none() && (amount.lo, amount.hi) == (1.0, 1.0);
    !age && !grown && !one
}

/// Whether one of the two articles gives both numbers ("seven life sentences and four without parole"), or tells of a place that the other
/// never names: then they do not count the same thing.
fn gives_both(a: &Counted<'_, '_>, b: &Counted<'_, '_>, unit: &str, given: &Given<'_>) -> bool {
    let gives = |x: &Counted<'_, '_>, other: &Counted<'_, '_>| {
        let value = (x.amount.lo.to_bits(), x.amount.hi.to_bits());
        let text = &other.clause.witness.article.text;
        let number = words(x).split(' ').next().unwrap_or("").to_lowercase();
        let clause = other.clause.said.span.of(text).to_lowercase();
        given.get(&(other.clause.article(), unit, other.clause.class)).is_some_and(|g| g.contains(&value))
            || clause.split(|c: char| !c.is_alphanumeric()).any(|w| w == number)
    };
    let elsewhere = |x: &Counted<'_, '_>, other: &Counted<'_, '_>| {
        let at = |a: &&Argument| matches!(a.relation.as_str(), "in" | "at" | "near" | "outside");
        let places = x.clause.said.arguments.iter().filter(at);
        let mut named = places.flat_map(|a| a.entity.iter().chain(&a.of));
        let known = &other.clause.witness.findings.entities;
        let beside = &other.amount.of;
        let state = |e: &EntityId| e.0.starts_with("iso3:");
        x.amount.against.is_none()
            && named.any(|e| match state(e) {
                true => beside.iter().any(state) && !beside.contains(e),
                false => known.iter().all(|k| k.id != *e),
            })
    };
    // "Four seasons as director", "19 seasons with the team".
    let office = |c: &Counted<'_, '_>| side(c, "as").map(|a| a.head.clone());
    office(a) != office(b) || gives(a, b) || gives(b, a) || elsewhere(a, b) || elsewhere(b, a)
}

/// Conflicts that share a position, as one: two articles against a third.
fn merged(conflicts: Vec<Conflict>) -> Vec<Conflict> {
    let mut all: Vec<Conflict> = Vec::new();
    for conflict in conflicts {
        let shares = |c: &&mut Conflict| {
            c.verdict == conflict.verdict
                && c.about == conflict.about
                && c.positions.iter().any(|p| conflict.positions.iter().any(|q| q.spans == p.spans))
        };
        match all.iter_mut().find(shares) {
            Some(same) => {
                let new = conflict.positions.into_iter().filter(|q| same.positions.iter().all(|p| p.spans != q.spans));
                let new: Vec<_> = new.collect();
                same.positions.extend(new);
            }
            None => all.push(conflict),
        }
    }
    all
}

/// A conflict whose positions of the same figures stand as one: "157 to 18", "157 votes to 18".
fn agreeing(mut conflict: Conflict) -> Conflict {
    let figures = |value: &str| -> Vec<String> {
        let words = value.split(|c: char| !(c.is_alphanumeric() || c == ',' || c == '.'));
        let words = words.map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
        words.filter(|w| w.chars().any(|c| c.is_ascii_digit()) || crate::extract::number_word(w)).collect()
    };
    let mut sides: Vec<(Vec<String>, Position)> = Vec::new();
    for position in conflict.positions {
        let own = figures(&position.value);
        match sides.iter_mut().find(|(known, _)| !own.is_empty() && *known == own) {
            Some((_, same)) => {
                same.spans.extend(position.spans);
                (same.articles, same.spans) = gathered(std::mem::take(&mut same.spans));
            }
            None => sides.push((own, position)),
        }
    }
    conflict.positions = sides.into_iter().map(|(_, position)| position).collect();
    conflict
}

/// What two numbers are about: what both clauses say it of; where that is no name, what is counted.
fn subject(a: &Counted<'_, '_>, b: &Counted<'_, '_>, unit: &str) -> String {
    // A state that stands beside the number only ("two allies, Chile and Peru") is counted, and not what it is about.
    let of = |c: &Counted<'_, '_>, e: &EntityId| {
        let sides = c.clause.said.arguments.iter().filter(|s| !s.span.overlaps(c.amount.span));
        sides.flat_map(|s| s.entity.iter().chain(&s.of)).any(|named| state_of(named) == *e)
    };
    let common = common(a, b);
    if let Some(name) = common.iter().find(|e| of(a, e) && of(b, e) || a.amount.against.is_some()) {
        return name.0.clone();
    }
    // "Five allies have ratified": what is counted, with what they do.
    let noun = |c: &Counted<'_, '_>| {
        let counted = words(c).split_once(' ').map(|(_, noun)| noun.to_owned())?;
        let text = &c.clause.witness.article.text;
        let verb = text.get(c.amount.span.end..c.clause.said.predicate.end).filter(|_| is_subject(c)).unwrap_or("");
        let near = verb.starts_with(' ') && verb.split_whitespace().count() <= VERB;
        Some(if near { format!("{counted}{verb}") } else { counted })
    };
    match noun(a).or_else(|| noun(b)) {
        Some(noun) => format!("how many {noun}"),
        None => common.into_iter().next().map_or_else(|| unit.to_owned(), |e| e.0),
    }
}

/// The verdict on two numbers; `None` where they are equal, or of different things.
fn compare(a: &Counted<'_, '_>, b: &Counted<'_, '_>, unit: &str) -> Option<Conflict> {
    let (one, other) = (a.amount, b.amount);
    if a.clause.article() == b.clause.article()
        || one.further != other.further
        || one.against.is_some() != other.against.is_some()
    {
        return None;
    }
    let likeness = likeness(a, b)?;
    let certain = a.clause.sign() == 1 && b.clause.sign() == 1;
    let sharp = |x: &Amount| x.bound != Bound::OneSided;
    let (value_a, value_b) = ((one.lo, one.hi, one.against), (other.lo, other.hi, other.against));
    if value_a == value_b {
        return None;
    }
    let (verdict, reason) = if disjoint(one, other) {
        // Days may lie between articles of different dates, and the number may have grown.
        let same_day = match (&a.clause.witness.article.published, &b.clause.witness.article.published) {
            (Some(x), Some(y)) => x.date == y.date,
            _ => true,
        };
        let same_vote = one.against.is_some() && (one.against == other.against || one.lo == other.lo);
        if certain && same_day && (likeness >= 4 && anchored(a, b) || same_vote) && (sharp(one) || sharp(other)) {
            (Verdict::Contradiction, "two numbers for the same thing, and neither leaves room for the other")
        } else if !same_day {
            (Verdict::Compatible, "figures of different days")
        } else if likeness >= 3 && certain {
            (Verdict::Tension, "two numbers that seem to count the same thing")
        } else {
            return None;
        }
    } else {
        (Verdict::Compatible, "one number leaves room for the other")
    };
    let spans = |c: &Counted<'_, '_>| -> Vec<Passage> {
        let (clause, number) = (c.clause.passage(), c.clause.witness.passage(c.amount.span));
        if clause.span.contains(number.span) { vec![clause] } else { vec![clause, number] }
    };
    let positions = [a, b].map(|c| position(words(c), spans(c)));
    let about = subject(a, b, unit);
    Some(Conflict {
        kind: ConflictKind::Number,
        verdict,
        about,
        positions: positions.into(),
        reason: reason.to_owned(),
    })
}

/// Points for what two numbers have in common; `None` where their scope excludes that they count the same.
fn likeness(a: &Counted<'_, '_>, b: &Counted<'_, '_>) -> Option<u32> {
    let (one, other) = (a.amount, b.amount);
    let kinds = |x: &Amount| -> BTreeSet<String> {
        x.kind.iter().filter(|k| !matches!(k.as_str(), "more" | "other" | "total" | "some")).cloned().collect()
    };
    let (kind_a, kind_b) = (kinds(one), kinds(other));
    if one.against.is_none() && !kind_a.is_empty() && !kind_b.is_empty() && kind_a.is_disjoint(&kind_b) {
        return None;
    }
    if let (Some(x), Some(y)) = (&a.clause.time, &b.clause.time)
        && !x.overlaps(y)
    {
        return None;
    }
    let mut points = 0;
    for relation in ["subj", "obj"] {
        match (side(a, relation), side(b, relation)) {
            (Some(x), Some(y)) => match (&x.entity, &y.entity) {
                (Some(p), Some(q)) if p == q => points += 2,
                (Some(_), Some(_)) => return None,
                (None, None) if x.head == y.head => points += 1,
                // "Five allies ratified", "three parliaments ratified": what is counted may go by two names.
                (None, None) if unit_class(&x.head) != unit_class(&y.head) && relation == "obj" => return None,
                _ => {}
            },
            (None, None) => {}
            _ => {}
        }
    }
    let light = matches!(a.clause.class, "be" | "say" | "do" | "give" | "take" | "get" | "see");
    if a.clause.said.lemma == b.clause.said.lemma && !light {
        points += 2;
    } else if !light {
        points += 1;
    }
    let named = common(a, b);
    points += named.len().min(2) as u32;
    points += u32::from(kind_a == kind_b && !kind_a.is_empty()) + u32::from(is_subject(a) && is_subject(b) && !light);
    // A bare "two" says what it counts by its verb alone.
    if (one.unit.is_empty() || other.unit.is_empty()) && (light || a.clause.said.lemma != b.clause.said.lemma) {
        return None;
    }
    (!named.is_empty() || points >= 4).then_some(points)
}

/// Whether both tell of one side or of something more particular than a state: "killed ten" alone may be of two accidents.
fn anchored(a: &Counted<'_, '_>, b: &Counted<'_, '_>) -> bool {
    let one = |relation: &str| {
        let named = |c: &Counted<'_, '_>| side(c, relation).and_then(|s| s.entity.clone());
        named(a).is_some() && named(a) == named(b)
    };
    let parliament = |c: &Counted<'_, '_>| c.amount.against.is_some() || is_subject(c);
    one("subj")
        || one("obj")
        || common(a, b).iter().any(|e| !e.0.starts_with("iso3:"))
        || parliament(a) && parliament(b)
}

fn side<'a>(counted: &Counted<'a, '_>, relation: &str) -> Option<&'a Argument> {
    counted.clause.said.argument(relation)
}

/// What both sentences name, but for persons; a body and a place count as their state.
fn common(a: &Counted<'_, '_>, b: &Counted<'_, '_>) -> BTreeSet<EntityId> {
    let of = |c: &Counted<'_, '_>| -> BTreeSet<EntityId> {
        c.amount.of.iter().filter(|e| !e.0.starts_with("person:")).map(state_of).collect()
    };
    of(a).intersection(&of(b)).cloned().collect()
}

/// Whether the number is the subject of its clause: "five allies have ratified".
fn is_subject(counted: &Counted<'_, '_>) -> bool {
    side(counted, "subj").is_some_and(|s| s.span.overlaps(counted.amount.span))
}

/// Whether neither interval leaves room for the other, a round number taken as rounded.
fn disjoint(a: &Amount, b: &Amount) -> bool {
    let (a_lo, a_hi) = rounded(a);
    let (b_lo, b_hi) = rounded(b);
    a_hi < b_lo || b_hi < a_lo || a.against.zip(b.against).is_some_and(|(x, y)| x != y)
}

/// 1,300 may be anything from 1,250 to 1,350; numbers under a hundred are taken as they stand.
fn rounded(amount: &Amount) -> (f64, f64) {
    let slack = |x: f64| {
        if !x.is_finite() || x < 100.0 || x.fract() != 0.0 {
            return 0.0;
        }
        let mut unit = 1.0;
        while x % (unit * 10.0) == 0.0 && unit < x {
            unit *= 10.0;
        }
        if unit > 1.0 { unit / 2.0 } else { 0.0 }
    };
    (amount.lo - slack(amount.lo), amount.hi + slack(amount.hi))
}

fn words(counted: &Counted<'_, '_>) -> String {
    let words = counted.amount.span.of(&counted.clause.witness.article.text);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Forecasts of how many states will follow: two forecasters, or two horizons, need not agree.
pub(super) fn forecasts(story: &[Witness<'_>]) -> Option<Conflict> {
    let mut by_number: BTreeMap<(u64, u64), (String, Vec<Passage>)> = BTreeMap::new();
    for witness in story {
        for said in &witness.findings.propositions {
            let foretold = matches!(said.lemma.as_str(), "expect" | "foresee" | "predict" | "forecast" | "anticipate");
            let to_come = foretold || !matches!(said.realis, Realis::Actual | Realis::Negated | Realis::Generic);
            let subject = said.argument("subj").map(|a| a.span);
            for amount in said.amounts.iter().filter(|a| to_come && unit_class(&a.unit) == "state") {
                // Who will come, not what they will do or with whom.
                let comes = matches!(said.lemma.as_str(), "follow" | "join" | "enter" | "accede" | "sign" | "come");
                let is_subject = subject.is_some_and(|s| s.overlaps(amount.span));
                let told = amount.further
                    || amount.bound != Bound::Exact
                        && (is_subject || comes && subject.is_none_or(|s| !names_state(witness, s)));
                if !told {
                    continue;
                }
                let words = amount.span.of(&witness.article.text).split_whitespace().collect::<Vec<_>>().join(" ");
                let by = if said.holder.name == "article" { String::new() } else { format!(", {}", said.holder.name) };
                let key = (amount.lo.to_bits(), amount.hi.to_bits());
                let entry = by_number.entry(key).or_insert((format!("{words}{by}"), Vec::new()));
                entry.1.push(witness.passage(said.span.cover(amount.span)));
            }
        }
    }
    let spans: BTreeSet<_> = by_number.values().flat_map(|(_, spans)| spans).map(|p| &p.article).collect();
    if by_number.len() < 2 || spans.len() < 2 {
        return None;
    }
    Some(Conflict {
        kind: ConflictKind::Number,
        verdict: Verdict::Compatible,
        about: "how many will follow".to_owned(),
        positions: by_number.into_values().map(|(value, spans)| position(value, spans)).collect(),
        reason: "forecasts of different holders or horizons".to_owned(),
    })
}

/// Whether a phrase names a state: then it, and not the number, is who acts.
fn names_state(witness: &Witness<'_>, phrase: language::Span) -> bool {
    let states = witness.findings.entities.iter().filter(|e| e.id.0.starts_with("iso3:"));
    states.flat_map(|e| &e.mentions).any(|m| phrase.overlaps(*m))
}

/// Different holders of one first place: "the largest exporter of steel".
pub(super) fn first_places(clauses: &[Clause<'_>]) -> Vec<Conflict> {
    let mut by_place: BTreeMap<(&str, &str), Vec<Held<'_, '_>>> = BTreeMap::new();
    for clause in clauses.iter().filter(|c| c.sign() == 1 && !c.said.heading) {
        let Some(holder) = clause.said.argument("subj").and_then(|a| a.entity.as_ref()) else { continue };
        for place in clause.said.arguments.iter().filter(|a| matches!(a.relation.as_str(), "is" | "obj")) {
            let Some(superlative) = place.superlative.as_deref() else { continue };
            // What it is the largest of: the words of the sentence, which a short clause leaves to its neighbours.
            let words = context(clause, place);
            by_place.entry((superlative, unit_class(&place.head))).or_default().push((clause, holder, words));
        }
    }
    let mut found = Vec::new();
    for ((superlative, noun), held) in by_place.iter().filter(|(_, h)| h.len() > 1 && h.len() <= MANY) {
        let pair = held.iter().enumerate().flat_map(|(i, a)| held[i + 1..].iter().map(move |b| (a, b)));
        let rivals = |(a, b): &(&_, &_)| {
            let ((x, p, of_x), (y, q, of_y)): (&Held<'_, '_>, &Held<'_, '_>) = (a, b);
            x.article() != y.article() && p != q && of_x.intersection(of_y).count() >= 2
        };
        let Some((a, b)) = pair.into_iter().find(|p| rivals(p)) else { continue };
        found.push(Conflict {
            kind: ConflictKind::Number,
            verdict: Verdict::Contradiction,
            about: format!("{superlative} {noun}"),
            positions: [a, b].map(|h| position(name(&[h.0.witness], h.1), held_by(held, h))).into(),
            reason: "a first place has one holder at a time".to_owned(),
        });
    }
    found
}

type Held<'c, 'a> = (&'c Clause<'a>, &'c EntityId, BTreeSet<&'c str>);

/// All words that give the same first place to the same holder.
fn held_by(held: &[Held<'_, '_>], one: &Held<'_, '_>) -> Vec<Passage> {
    let same = |h: &&Held<'_, '_>| h.1 == one.1 && h.2.intersection(&one.2).count() >= 2;
    held.iter().filter(same).map(|h| h.0.passage()).collect()
}

/// Lemmas of what the first place is of: nouns of its phrase and names and nouns of the clause's sentence.
fn context<'a>(clause: &Clause<'a>, place: &'a Argument) -> BTreeSet<&'a str> {
    let mut words: BTreeSet<&str> = place.words.iter().map(String::as_str).filter(|w| w.len() > 3).collect();
    if let Some(superlative) = &place.superlative {
        words.remove(superlative.as_str());
        words.remove(superlative.trim_end_matches("est"));
    }
    words.extend(place.of.iter().map(|e| e.0.as_str()));
    let sentences = &clause.witness.findings.sentences;
    let at = sentences.partition_point(|s| s.span.end <= clause.said.predicate.start);
    if let Some(sentence) = sentences.get(at) {
        let near = clause.witness.findings.propositions.iter().filter(|p| sentence.span.contains(p.predicate));
        for p in near {
            for argument in &p.arguments {
                words.extend(argument.entity.iter().chain(&argument.of).map(|e| e.0.as_str()));
                words.extend(argument.words.iter().map(String::as_str).filter(|w| w.len() > 3));
            }
        }
    }
    words
}

/// Dates of acts that take place once.
pub(super) fn dates(clauses: &[Clause<'_>]) -> Vec<Conflict> {
    use super::super::align::{Dates, groups};
    let mut found = Vec::new();
    let once: Vec<Clause<'_>> = clauses.iter().filter(|c| c.once && c.sign() == 1).cloned().collect();
    for group in groups(&once, Dates::MayDiffer) {
        let told: Vec<&Clause<'_>> = group.iter().map(|&i| &once[i]).collect();
        // A state may be recognised a year before an embassy opens: only what is told of one and the same act excludes the other.
        let (acts, ties): (Vec<_>, Vec<_>) = told.iter().partition(|c| c.said.argument("obj").is_none_or(is_named));
        let same = [ties, acts].into_iter().find_map(|of| dated(&of)).map(|by_time| (Verdict::Contradiction, by_time));
        let Some((verdict, by_time)) = same.or_else(|| Some((Verdict::Tension, dated(&told)?))) else { continue };
        // An act between two is about both.
        let named = once[group[0]].said.entities();
        let about = named.iter().take(2).map(|e| e.0.as_str()).collect::<Vec<_>>().join(" ");
        let value = |from: &str, to: &str| {
            let year = from.get(..4).filter(|y| to.starts_with(y) && from.ends_with("01-01") && to.ends_with("12-31"));
            year.map_or_else(|| if from == to { from.to_owned() } else { format!("{from} to {to}") }, str::to_owned)
        };
        let positions = by_time
            .iter()
            .map(|((from, to), said)| position(value(from, to), said.iter().map(|c| c.passage()).collect()))
            .collect();
        let reason = match verdict {
            Verdict::Contradiction => "what takes place once has one date",
            _ => "two acts, or one with two dates",
        };
        found.push(Conflict { kind: ConflictKind::Date, verdict, about, positions, reason: reason.to_owned() });
    }
    found
}

/// "recognised Chile" acts on a name; "opened ties" does not.
fn is_named(object: &Argument) -> bool {
    object.entity.is_some()
}

type ByTime<'c, 'a> = BTreeMap<(&'c str, &'c str), Vec<&'c Clause<'a>>>;

/// Clauses by the days that they name in so many words; `None` where two articles do not exclude each other.
fn dated<'c, 'a>(clauses: &[&'c Clause<'a>]) -> Option<ByTime<'c, 'a>> {
    let mut by_time: ByTime<'c, 'a> = BTreeMap::new();
    for clause in clauses {
        let time = clause.time.or_else(|| window(clause.witness, clause.said.span));
        if let Some(time) = time.filter(|t| t.explicit && t.precision <= crate::extract::Precision::Year) {
            by_time.entry((time.from, time.to)).or_default().push(clause);
        }
    }
    let times: Vec<(&str, &str)> = by_time.keys().copied().collect();
    let apart = times.iter().enumerate().any(|(i, a)| times[i + 1..].iter().any(|b| a.1 < b.0 || b.1 < a.0));
    let articles: BTreeSet<&str> = by_time.values().flatten().map(|c| c.article()).collect();
    (apart && articles.len() > 1).then_some(by_time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(values: &[&str]) -> Vec<String> {
        let conflict = Conflict {
            kind: ConflictKind::Number,
            verdict: Verdict::Contradiction,
            about: String::new(),
            positions: values.iter().map(|v| position((*v).to_owned(), Vec::new())).collect(),
            reason: String::new(),
        };
        agreeing(conflict).positions.into_iter().map(|p| p.value).collect()
    }

    #[test]
    fn the_same_figures_are_one_side() {
        assert_eq!(sides(&["157 to 18", "175 in favour and 18 against", "157 votes to 18"]).len(), 2);
        assert_eq!(sides(&["two", "Two allies"]), ["two"]);
        assert_eq!(sides(&["two", "five allies"]).len(), 2);
        assert_eq!(sides(&["most of them", "all of them"]).len(), 2);
    }
}
