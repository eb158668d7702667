//! Offices given to people, checked against the dated table.
//!
//! Titles before a name ("former President X", "Y's interim Foreign Minister X"), after it ("X, the prime minister of Y,"),
//! and by copula ("X is the president of Y"). An article without a date is judged by the newest tenures of the table, unless
//! two of its titles or more fit an earlier time only and more of them fit then than now.

use std::collections::BTreeMap;
use std::ops::Range;

use language::{Pos, Reading};

use super::name::{MentionForm, Names};
use super::{Context, EntityId, EntityKind, Role, RoleCheck};
use crate::ingest::Article;
use crate::knowledge::{Day, RoleName, Tenure, knowledge};

/// A title that the text gives to a person, before it is checked.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    /// Place of the person in [`Names::found`].
    pub(crate) person: usize,
    /// Canonical where the table knows the title, else as printed.
    pub(crate) office: String,
    /// The state or body as the words give it.
    pub(crate) of: Option<EntityId>,
    /// "former", "ex-".
    pub(crate) past: bool,
    /// "interim", "acting", as printed.
    pub(crate) qualifier: Option<&'static str>,
    /// A part of a state as printed: "Arkansas".
    pub(crate) within: Option<String>,
    /// What the person does now follows: "the former minister who runs the bank".
    pub(crate) explained: bool,
    /// From the first word of the title (or of its state) to the last of the name, or the other way about.
    pub(crate) tokens: Range<usize>,
}

/// The offices of an article in text order, each person's office once, where it stands first.
pub(crate) fn find(context: Context<'_>) -> Vec<Role> {
    let Context { article, reading, names, .. } = context;
    let titles = titles(reading, names);
    let when = reference_day(article, names, &titles);
    let mut first: BTreeMap<(usize, String, bool), Title> = BTreeMap::new();
    for title in &titles {
        let kept =
            first.entry((title.person, title.office.to_lowercase(), title.past)).or_insert_with(|| title.clone());
        kept.of = kept.of.take().or_else(|| title.of.clone());
    }
    let mut chosen: Vec<Title> = first.into_values().collect();
    chosen.sort_by_key(|t| (t.tokens.start, t.tokens.end));
    chosen.iter().map(|t| role(reading, names, t, &titles, when)).collect()
}

fn role(reading: &Reading, names: &Names, title: &Title, all: &[Title], when: Reference) -> Role {
    let person = &names.found[title.person].id;
    let (check, mut note, of) = judge(person, title, all, when);
    if let (Some(note), false) = (&mut note, when.stated) {
        note.push_str(&format!("; the article has no date, judged as of {}", when.day));
    }
    let mut words = String::new();
    if title.past {
        words.push_str("former ");
    }
    if let Some(qualifier) = title.qualifier {
        words.push_str(qualifier);
        words.push(' ');
    }
    words.push_str(&title.office);
    if let Some(within) = &title.within {
        words.push_str(" of ");
        words.push_str(within);
    }
    Role { person: person.clone(), role: words, of, span: reading.span(title.tokens.clone()), check, note }
}

/// The day by which titles are judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reference {
    /// The day.
    pub(crate) day: Day,
    /// Whether the article says it.
    pub(crate) stated: bool,
}

/// What the table says of a role at another day: for a story whose articles together tell when it was.
pub fn check_at(role: &Role, day: Day) -> (RoleCheck, Option<String>) {
    let (past, words) = role.role.strip_prefix("former ").map_or((false, role.role.as_str()), |rest| (true, rest));
    let (first, rest) = words.split_once(' ').unwrap_or(("", words));
    let known = qualifier(first);
    let words = if known.is_some() { rest } else { words };
    let (office, within) = match words.split_once(" of ").filter(|_| knowledge().role(words).is_none()) {
        Some((office, within)) => (office, Some(within.to_owned())),
        None => (words, None),
    };
    let title = Title {
        person: 0,
        office: office.to_owned(),
        of: role.of.clone(),
        past,
        qualifier: known,
        within,
        explained: true,
        tokens: 0..0,
    };
    let (check, note, _) = judge(&role.person, &title, &[], Reference { day, stated: true });
    (check, note)
}

/// Whether the table agrees with a title, why not, and the state or body of the office.
fn judge(
    person: &EntityId,
    title: &Title,
    all: &[Title],
    when: Reference,
) -> (RoleCheck, Option<String>, Option<EntityId>) {
    let unknown = (RoleCheck::Unknown, None, title.of.clone());
    let Some(id) = person.0.strip_prefix("person:") else { return unknown };
    let k = knowledge();
    let all_of_person: Vec<&Tenure> = k.tenures_of(id).collect();
    if all_of_person.is_empty() || k.role(&title.office).is_none() {
        return unknown;
    }
    let held: Vec<&Tenure> = all_of_person.iter().copied().filter(|t| is_same_office(t, title)).collect();
    let of = title.of.clone().or_else(|| {
        let one = held.iter().find(|t| t.covers(when.day)).or(held.last())?;
        let of = one.of?;
        Some(if k.state(of).is_some() { EntityId::state(of) } else { EntityId(of.to_owned()) })
            .filter(|e| e.0.contains(':'))
    });
    let now: Vec<&Tenure> = all_of_person.iter().copied().filter(|t| t.covers(when.day)).collect();
    let present = now.first().map(|t| format!("{} since {}", t.office, since(t)));
    let in_office = held.iter().any(|t| t.covers(when.day));
    let ended = held.iter().filter(|t| t.to.is_some_and(|to| to < when.day)).max_by_key(|t| t.to);
    let generic = k.role(&title.office).is_some_and(is_generic);
    let leads = k.role(&title.office).is_some_and(leads_a_state);
    let verdict = if title.past {
        match (ended, in_office) {
            (_, true) => (RoleCheck::Conflict, Some(format!("in office: {}", present.unwrap_or_default()))),
            // Described by an office of the past while another is held that the article never gives.
            (Some(old), false) => match now.iter().find(|t| !is_generic_name(t.office)) {
                Some(new) if !title.explained && !all.iter().any(|t| t.person == title.person && !t.past) => (
                    RoleCheck::Stale,
                    Some(format!("left that office by {}; {} since {}", end(old), new.office, since(new))),
                ),
                _ => (RoleCheck::Ok, None),
            },
            _ if generic || !leads => (RoleCheck::Unknown, None),
            _ => (RoleCheck::Conflict, present.map(|p| format!("never held; {p}")).or(Some("never held".to_owned()))),
        }
    } else if in_office {
        (RoleCheck::Ok, None)
    } else if let Some(old) = ended {
        let now = present.map_or(String::new(), |p| format!("; {p}"));
        (RoleCheck::Stale, Some(format!("left that office by {}{now}", end(old))))
    } else if !generic && leads {
        (RoleCheck::Conflict, Some(present.map_or("never held".to_owned(), |p| format!("never held; {p}"))))
    } else {
        (RoleCheck::Unknown, None)
    };
    (verdict.0, verdict.1, of)
}

fn since(tenure: &Tenure) -> String {
    tenure.from.map_or("an unknown day".to_owned(), |d| d.to_string())
}

fn end(tenure: &Tenure) -> String {
    tenure.to.map_or("an unknown day".to_owned(), |d| d.to_string())
}

/// Titles that many hold beside another: their absence from the table says nothing.
fn is_generic(role: &RoleName) -> bool {
    !role.unique || matches!(role.level, "official" | "spokesperson" | "envoy" | "military")
}

/// Offices that the table gives to all of its persons who held them. Of others it has a choice only: that a person is not
/// there says nothing.
fn leads_a_state(role: &RoleName) -> bool {
    matches!(role.level, "head_of_state" | "head_of_government")
}

fn is_generic_name(office: &str) -> bool {
    knowledge().role(office).is_some_and(|r| matches!(r.level, "official" | "spokesperson"))
}

/// Whether a line of the table is the office that a title means: the same name or, for an alias of several ("premier",
/// "Secretary"), one of them; of the same state or body where the title gives one.
fn is_same_office(tenure: &Tenure, title: &Title) -> bool {
    let k = knowledge();
    let bare = tenure.office.strip_prefix("Acting ").unwrap_or(tenure.office);
    // "Syria's interim President" where the table says President or Acting President.
    let acting = bare.len() < tenure.office.len() || title.qualifier.is_some();
    if !(k.is_same_title(tenure.office, &title.office) || acting && k.is_same_title(bare, &title.office)) {
        return false;
    }
    let part = |of: &str| of.split('-').next().unwrap_or("").len() == 2 && of.contains('-');
    match (&title.of, tenure.of) {
        (Some(of), Some(table)) => {
            let of = of.0.strip_prefix("iso3:").unwrap_or(&of.0);
            of == table || part(table) || title.within.is_some()
        }
        _ => true,
    }
}

/// The day by which an article's titles are judged: its own, else the newest day of the table or, where the titles speak
/// for it, an earlier one.
pub(crate) fn reference_day(article: &Article, names: &Names, titles: &[Title]) -> Reference {
    let k = knowledge();
    let newest = k.newest_tenure().unwrap_or(Day { year: 2025, month: 12, day: 31 });
    if let Some(day) = article.published.as_ref().and_then(|p| Day::last(&p.date)) {
        return Reference { day, stated: true };
    }
    let floor = floor(article, newest, titles, names);
    let held: Vec<(&Title, Vec<&Tenure>)> = titles
        .iter()
        .filter_map(|t| Some((t, names.found[t.person].id.0.strip_prefix("person:")?)))
        .map(|(t, id)| (t, k.tenures_of(id).filter(|tenure| is_same_office(tenure, t)).collect()))
        .collect();
    let fits = |day: Day| {
        let fit = |(t, held): &&(&Title, Vec<&Tenure>)| {
            let covers = held.iter().any(|tenure| tenure.covers(day));
            if t.past { !covers && held.iter().any(|h| h.to.is_some_and(|to| to < day)) } else { covers }
        };
        let people: std::collections::BTreeSet<usize> = held.iter().filter(fit).map(|(t, _)| t.person).collect();
        people.len()
    };
    let now = fits(newest);
    let mut best = (now, newest);
    let mut days: Vec<Day> = titles
        .iter()
        .filter_map(|t| names.found[t.person].id.0.strip_prefix("person:"))
        .flat_map(|id| k.tenures_of(id))
        .filter_map(|t| t.to)
        .filter(|&d| d >= floor && d < newest)
        .collect();
    days.sort();
    days.dedup();
    for &day in days.iter().rev() {
        // The last days of a tenure are no likely window; a month before its end is.
        let day = before(day);
        let count = if day >= floor { fits(day) } else { 0 };
        if count > best.0 && count >= 2 {
            best = (count, day);
        }
    }
    Reference { day: best.1, stated: false }
}

/// Three months earlier: whether a time fits is asked well before an office ends.
fn before(day: Day) -> Day {
    if day.month > 3 {
        Day { month: day.month - 3, day: day.day.min(28), ..day }
    } else {
        Day { year: day.year - 1, month: day.month + 9, day: day.day.min(28) }
    }
}

/// The first day that an undated article can be of: the January before the latest year it names (articles look a year ahead),
/// and the beginning of a second tenure where "second term" stands.
fn floor(article: &Article, newest: Day, titles: &[Title], names: &Names) -> Day {
    let text = &article.text;
    let years = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse::<i32>().ok())
        .filter(|y| (1990..=newest.year + 1).contains(y));
    let mut floor = Day { year: years.max().map_or(1990, |y| y - 1), month: 1, day: 1 };
    let lower = text.to_lowercase();
    if lower.contains("second term") || lower.contains("return to office") || lower.contains("returned to office") {
        for title in titles {
            let id = names.found[title.person].id.0.strip_prefix("person:").unwrap_or("");
            let mut terms: Vec<Day> =
                knowledge().tenures_of(id).filter(|t| is_same_office(t, title)).filter_map(|t| t.from).collect();
            terms.sort();
            if let [_, second, ..] = terms.as_slice() {
                floor = floor.max(*second);
            }
        }
    }
    floor.min(newest)
}

/// All titles that the text gives to the persons it names, in text order.
pub(crate) fn titles(reading: &Reading, names: &Names) -> Vec<Title> {
    let mut found = Vec::new();
    for mention in names.mentions.iter().filter(|m| m.form == MentionForm::Name) {
        if names.found[mention.entity].kind != EntityKind::Person {
            continue;
        }
        let reader = TitleReader { reading, names, person: mention.entity, name: mention.tokens.clone() };
        let title =
            reader.before().or_else(|| reader.apposed_before()).or_else(|| reader.after()).or_else(|| reader.copula());
        found.extend(title.map(|t| Title { explained: is_explained(reading, t.tokens.end), ..t }));
    }
    found
}

fn is_explained(reading: &Reading, end: usize) -> bool {
    let next = reading.range(end..end + 2).find(|t| t.text() != ",");
    next.is_some_and(|t| matches!(t.text(), "who" | "now" | "currently"))
}

struct TitleReader<'a> {
    reading: &'a Reading,
    names: &'a Names,
    person: usize,
    name: Range<usize>,
}

impl TitleReader<'_> {
    /// "Israeli Prime Minister X", "Former Arkansas Governor X", with ", of Israel" after the name.
    fn before(&self) -> Option<Title> {
        let mut title = self.title_ending(self.name.start).or_else(|| self.title_ending(self.to_before()?))?;
        title.tokens.end = self.name.end;
        if title.of.is_none()
            && let Some((of, end)) = self.of_after(self.name.end)
        {
            title.of = Some(of);
            title.tokens.end = end;
        }
        Some(title)
    }

    /// Where "to China" begins that stands just before the name: "Ambassador to China X".
    fn to_before(&self) -> Option<usize> {
        let mention = self.names.mention_at(self.name.start.checked_sub(1)?)?;
        let to = mention.tokens.start.checked_sub(1)?;
        self.reading.get(to).filter(|t| t.text() == "to").map(|t| t.i)
    }

    /// "its interim president, X", "the former president of Kazakhstan, X".
    fn apposed_before(&self) -> Option<Title> {
        let comma = self.reading.get(self.name.start.checked_sub(1)?).filter(|t| t.text() == ",")?;
        let (end, of) = match self.of_before(comma.i) {
            Some((of, start)) => (start, Some(of)),
            None => (comma.i, None),
        };
        let mut title = self.title_ending(end)?;
        let definite = self.reading.get(title.tokens.start.checked_sub(1)?).is_some_and(|t| {
            matches!(t.text().to_lowercase().as_str(), "the" | "its" | "their" | "his" | "her" | "own" | "’s" | "'s")
        });
        let noun = self.reading.get(end.checked_sub(1)?)?;
        let closed = self.reading.get(self.name.end).is_none_or(|t| matches!(t.text(), "," | "." | ";" | ")"));
        let apposed = self.reading.get(self.name.end - 1).is_some_and(|n| n.dep() == "appos" && n.head() == Some(noun));
        if !(definite || title.of.is_some()) || !apposed && !closed {
            return None;
        }
        title.of = of.or(title.of);
        title.tokens.end = self.name.end;
        Some(title)
    }

    /// "X, the Israeli premier", "X, crown prince of Saudi Arabia", "X, president and chief executive of Y".
    fn after(&self) -> Option<Title> {
        let comma = self.reading.get(self.name.end).filter(|t| t.text() == ",")?;
        let sentence = comma.sentence();
        let limit = (comma.i + 14).min(self.reading.len());
        // The longest title that begins right after the comma: every prefix that ends in a title is asked.
        for end in comma.i + 2..limit {
            let token = self.reading.get(end - 1)?;
            if token.sentence() != sentence
                || matches!(token.text(), "," | "." | ";" | ":")
                || token.pos() == Pos::Verb && token.tag() != "VBG"
            {
                return None;
            }
            let Some(next) = self.reading.get(end) else { break };
            let ends = !matches!(next.pos(), Pos::Noun | Pos::Propn | Pos::Adj) && next.text() != "-";
            if !ends {
                continue;
            }
            let Some(mut title) = self.title_ending(end) else { continue };
            let lead = self.reading.range(comma.i + 1..title.tokens.start);
            if !lead.into_iter().all(|t| t.pos() == Pos::Det || matches!(t.text(), "own" | "a" | "the")) {
                continue;
            }
            title.tokens = self.name.start..end;
            if let Some((of, last)) = self.of_after(end).or_else(|| self.of_after_second(end)) {
                title.of = Some(of);
                title.tokens.end = last;
            }
            return Some(title);
        }
        None
    }

    /// "X is the prime minister of Y"; "was" speaks of the past.
    fn copula(&self) -> Option<Title> {
        let last = self.reading.get(self.name.end.checked_sub(1)?)?;
        let verb = last.head().filter(|h| last.dep() == "nsubj" && h.lemma() == "be" && !h.is_negated())?;
        let noun = verb.child("attr").filter(|a| a.i > verb.i)?;
        let mut title = self.title_ending(noun.i + 1)?;
        // "will be president" and "is a minister's son" give no office.
        if verb.auxiliaries().next().is_some() || noun.children().any(|c| c.dep() == "conj") {
            return None;
        }
        title.past |= verb.tag() == "VBD";
        title.tokens = self.name.start..noun.i + 1;
        if let Some((of, end)) = self.of_after(noun.i + 1) {
            title.of = Some(of);
            title.tokens.end = end;
        }
        Some(title)
    }

    /// The title whose last word stands just before `end`, with its qualifiers and its state.
    fn title_ending(&self, end: usize) -> Option<Title> {
        let last = self.reading.get(end.checked_sub(1)?)?;
        let sentence = last.sentence();
        let mut start = None;
        let mut office = String::new();
        for from in (end.saturating_sub(7)..end).rev() {
            let Some(token) = self.reading.get(from).filter(|t| t.sentence() == sentence) else { break };
            if matches!(token.text(), "," | ";" | "." | "“" | "\"" | "and") {
                break;
            }
            let words = self.reading.span(from..end).of(self.reading.text());
            if let Some(role) = knowledge().role(words) {
                office = if self.is_meant(role, words) { role.canonical.to_owned() } else { words.to_owned() };
                start = Some(from);
            }
        }
        let mut start = start?;
        // "Trade and Investment Minister", "committee chairman": nouns that belong to the title and name no state.
        while let Some(token) =
            start.checked_sub(1).and_then(|i| self.reading.get(i)).filter(|t| t.sentence() == sentence)
        {
            let belongs = matches!(token.dep(), "compound" | "amod" | "nmod")
                && matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Adj)
                && self.names.mention_at(token.i).is_none()
                && qualifier(token.text()).is_none()
                && !is_past(token.text())
                && (knowledge().role(token.text()).is_none()
                    || matches!(token.text(), "deputy" | "Deputy" | "general" | "General"))
                && !matches!(token.text(), "-" | "longtime" | "new" | "late" | "current" | "then" | "own");
            if !belongs {
                break;
            }
            start = token.i;
            office = self.reading.span(start..end).of(self.reading.text()).to_owned();
        }
        let mut title = Title {
            person: self.person,
            office,
            of: None,
            past: false,
            qualifier: None,
            within: None,
            explained: false,
            tokens: start..end,
        };
        self.modifiers(&mut title, sentence);
        while self
            .reading
            .get(title.tokens.start)
            .is_some_and(|t| matches!(t.text(), "'s" | "’s" | "-" | "own" | "'" | "’"))
        {
            title.tokens.start += 1;
        }
        Some(title)
    }

    /// Whether those words mean this office and no other. One word for a longer title ("Secretary") does only where the table
    /// has the person in that office.
    fn is_meant(&self, role: &RoleName, words: &str) -> bool {
        let one = knowledge().roles_named(words).len() == 1;
        let short = !words.contains([' ', '-']) && role.canonical.contains(' ');
        let person = self.names.found[self.person].id.0.strip_prefix("person:").unwrap_or("");
        one && (!short || knowledge().tenures_of(person).any(|t| t.office == role.canonical))
    }

    /// Reads backwards from a title: "former", "interim", "Israeli", "Syria's", "Arkansas".
    fn modifiers(&self, title: &mut Title, sentence: usize) {
        while let Some(token) = title.tokens.start.checked_sub(1).and_then(|i| self.reading.get(i)) {
            if token.sentence() != sentence {
                return;
            }
            let word = token.text();
            if is_past(word) {
                title.past = true;
            } else if let Some(known) = qualifier(word) {
                title.qualifier = Some(known);
            } else if matches!(word, "-" | "'s" | "’s" | "own" | "'" | "’") {
                // A hyphen of "ex-president", a possessive's mark: what stands before decides.
                let before = token.i.checked_sub(1).and_then(|i| self.reading.get(i));
                let of = before.is_some_and(|b| {
                    self.names.entity_at(b.i).is_some_and(gives_office)
                        || is_past(b.text())
                        || matches!(b.text(), "'s" | "’s")
                });
                if !of {
                    return;
                }
            } else if let Some(mention) =
                self.names.mention_at(token.i).filter(|_| title.of.is_none() && title.within.is_none())
            {
                let entity = self.names.entity_of(mention);
                if gives_office(entity) && mention.form != MentionForm::Pronoun {
                    title.of = Some(entity.id.clone());
                } else if entity.kind == EntityKind::Place {
                    title.within = Some(entity.name.clone());
                } else {
                    return;
                }
                title.tokens.start = mention.tokens.start;
                continue;
            } else if title.of.is_none() && matches!(word, "then" | "new" | "longtime" | "current" | "outgoing") {
                title.past |= word == "then";
            } else {
                return;
            }
            title.tokens.start = token.i;
        }
    }

    /// "of Israel", ", of Israel" from token `at`: the entity and where it ends.
    fn of_after(&self, at: usize) -> Option<(EntityId, usize)> {
        let first = self.reading.get(at)?;
        let of = if first.text() == "," { self.reading.get(at + 1)? } else { first };
        if of.text() != "of" {
            return None;
        }
        let mut name = of.i + 1;
        if self.reading.get(name).is_some_and(|t| t.text() == "the") {
            name += 1;
        }
        let mention = self.names.mention_at(name).filter(|m| m.form != MentionForm::Adjective)?;
        let entity = self.names.entity_of(mention);
        gives_office(entity).then(|| (entity.id.clone(), mention.tokens.end))
    }

    /// "and chief executive of Y" from token `at`: the second title's body is the first's too.
    fn of_after_second(&self, at: usize) -> Option<(EntityId, usize)> {
        self.reading.get(at).filter(|t| t.text() == "and")?;
        let of = self.reading.range(at + 1..at + 5).find(|t| !matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj))?;
        self.of_after(of.i)
    }

    /// "of Kazakhstan" that ends just before token `end`: the entity and where the phrase begins.
    fn of_before(&self, end: usize) -> Option<(EntityId, usize)> {
        let mention = self.names.mention_at(end.checked_sub(1)?)?;
        let mut of = mention.tokens.start.checked_sub(1)?;
        if self.reading.get(of).is_some_and(|t| t.text() == "the") {
            of = of.checked_sub(1)?;
        }
        let entity = self.names.entity_of(mention);
        (self.reading.get(of)?.text() == "of" && gives_office(entity)).then(|| (entity.id.clone(), of))
    }
}

fn gives_office(entity: &super::Entity) -> bool {
    matches!(entity.kind, EntityKind::State | EntityKind::Organisation)
}

fn is_past(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "former" | "ex" | "ex-" | "erstwhile" | "one-time" | "late" | "onetime" | "past"
    )
}

fn qualifier(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "interim" => "interim",
        "acting" => "acting",
        "caretaker" => "caretaker",
        "transitional" => "transitional",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::extract::Context;
    use crate::extract::name;
    use crate::extract::name::tests::read;
    use crate::ingest::Published;

    /// Roles as `span | person | role | of | check`, the article dated `date` (`""` for none).
    fn check(date: &str, text: &str, expect: &[&str]) {
        let (mut article, reading) = read(text);
        if !date.is_empty() {
            article.published = Some(Published {
                date: date.to_owned(),
                precision: "day".to_owned(),
                from: "option".to_owned(),
                span: None,
            });
        }
        let names = name::find(&article, &reading);
        let roles = find(Context { article: &article, reading: &reading, names: &names, quotations: &[] });
        let found: Vec<String> = roles
            .iter()
            .map(|r| {
                let of = r.of.as_ref().map_or("-", |o| &o.0);
                let id = r.person.0.split_once(':').map_or("", |p| p.1);
                format!("{} | {id} | {} | {of} | {:?}", r.span.of(text), r.role, r.check)
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn titles_before_and_after_a_name() {
        check(
            "2025-06-01",
            "German Chancellor Friedrich Merz met Antonio Guterres, the secretary-general of the United Nations, in Bonn.",
            &[
                "German Chancellor Friedrich Merz | friedrich-merz | Chancellor | iso3:DEU | Ok",
                "Antonio Guterres, the secretary-general of the United Nations | antonio-guterres | Secretary-General | org:un | Ok",
            ],
        );
        check(
            "2025-06-01",
            "The president of France, Emmanuel Macron, called President Javier Milei, of Argentina, on Monday.",
            &[
                "president of France, Emmanuel Macron | emmanuel-macron | President | iso3:FRA | Ok",
                "President Javier Milei, of Argentina | javier-milei | President | iso3:ARG | Ok",
            ],
        );
    }

    #[test]
    fn longer_titles() {
        check(
            "2018-06-01",
            "Anna Lindqvist, the president and chief executive of Lindqvist Steel, met U.S. Ambassador to China Terry Branstad.",
            &[
                "Anna Lindqvist, the president and chief executive of Lindqvist Steel | anna-lindqvist | President | name:lindqvist-steel | Unknown",
                "U.S. Ambassador to China Terry Branstad | terry-branstad | ambassador | iso3:USA | Unknown",
            ],
        );
    }

    #[test]
    fn a_title_that_is_over_is_stale_and_one_never_held_is_a_conflict() {
        check(
            "2025-06-01",
            "Chancellor Angela Merkel spoke.",
            &["Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Stale"],
        );
        check(
            "2018-06-01",
            "Chancellor Angela Merkel spoke.",
            &["Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Ok"],
        );
        check(
            "2025-06-01",
            "Former chancellor Angela Merkel spoke.",
            &["Former chancellor Angela Merkel | angela-merkel | former Chancellor | iso3:DEU | Ok"],
        );
        check(
            "2018-06-01",
            "Former chancellor Angela Merkel spoke.",
            &["Former chancellor Angela Merkel | angela-merkel | former Chancellor | iso3:DEU | Conflict"],
        );
        check(
            "2025-06-01",
            "Foreign Minister Emmanuel Macron spoke.",
            &["Foreign Minister Emmanuel Macron | emmanuel-macron | Foreign Minister | - | Unknown"],
        );
        check(
            "2025-06-01",
            "Prime Minister Emmanuel Macron spoke.",
            &["Prime Minister Emmanuel Macron | emmanuel-macron | Prime Minister | - | Conflict"],
        );
    }

    #[test]
    fn strangers_are_unknown_and_no_title_gives_no_role() {
        check(
            "2025-06-01",
            "Todd Brightwater, president of Brightwater Steel, agreed.",
            &[
                "Todd Brightwater, president of Brightwater Steel | todd-brightwater | President | name:brightwater-steel | Unknown",
            ],
        );
        check("2025-06-01", "Emmanuel Macron, Keir Starmer and the president of Peru met.", &[]);
        check("2025-06-01", "Emmanuel Macron met the president.", &[]);
        check("2025-06-01", "", &[]);
    }

    #[test]
    fn an_undated_article_is_of_the_time_that_its_titles_agree_on() {
        check(
            "",
            "Chancellor Angela Merkel met President Barack Obama on Tuesday.",
            &[
                "Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Ok",
                "President Barack Obama | barack-obama | President | iso3:USA | Ok",
            ],
        );
        check(
            "",
            "Chancellor Angela Merkel spoke.",
            &["Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Stale"],
        );
    }
}
