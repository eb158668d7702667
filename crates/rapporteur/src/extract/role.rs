//! Offices given to people, checked against the dated table.
//!
//! Titles before a name ("former President X", "Y's interim Foreign Minister X"), after it ("X, the prime minister of Y,"),
//! and by copula ("X is the president of Y"). An article without a date is judged by the newest tenures of the table, unless
//! two of its titles or more fit an earlier time only and more of them fit then than now.

use std::collections::BTreeMap;

use language::Reading;

use super::name::Names;
use super::title::{Title, qualifier, titles};
use super::{Context, EntityId, Role, RoleCheck};
use crate::ingest::Article;
use crate::knowledge::{Day, RoleName, Tenure, knowledge};

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
    let span = reading.span(title.tokens.clone());
    Role { person: person.clone(), role: words, of, span, check, note, rule: title.rule }
}

/// The day by which titles are judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reference {
    /// The day.
    pub(crate) day: Day,
    /// Whether the article says it.
    pub(crate) stated: bool,
    /// The first day that the article can be of: the day itself where it is stated.
    pub(crate) floor: Day,
}

/// The floor of a text that names no year.
const EARLIEST: Day = Day { year: 1990, month: 1, day: 1 };

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
        years: Vec::new(),
        holder: None,
        tokens: 0..0,
        rule: "",
    };
    if role.check == RoleCheck::Ok && role.note.is_some() {
        return (role.check, role.note.clone());
    }
    let (check, note, _) = judge(&role.person, &title, &[], Reference { day, stated: true, floor: day });
    (check, note)
}

/// Whether the table agrees with a title, why not, and the state or body of the office.
///
/// An article without a date is judged at the likeliest day; that a title is over it says only where the text's own years prove
/// it, else the check is `unknown`. A title is not stale within a month of its end (the news is the departure), nor where it
/// speaks of the past: another person bears the same office in the article, or the sentence names a year of the tenure.
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
    let held_now = Held { held: &held, now: &now, when };
    let (check, note) = if title.past { held_now.past(title, all) } else { held_now.present(title, all, person) };
    (check, note, of)
}

/// The lines of the table for a title: those of its office, and those that hold at the day.
struct Held<'a> {
    held: &'a [&'a Tenure],
    now: &'a [&'a Tenure],
    when: Reference,
}

type Verdict = (RoleCheck, Option<String>);

impl Held<'_> {
    fn in_office(&self) -> bool {
        self.held.iter().any(|t| t.covers(self.when.day))
    }

    /// The last of the tenures that are over.
    fn ended(&self) -> Option<&Tenure> {
        let over = self.held.iter().filter(|t| t.to.is_some_and(|to| to < self.when.day));
        over.max_by_key(|t| t.to).copied()
    }

    /// "President since 2017-01-20".
    fn since(&self) -> Option<String> {
        self.now.first().map(|t| format!("{} since {}", t.office, since(t)))
    }

    /// "former President".
    fn past(&self, title: &Title, all: &[Title]) -> Verdict {
        let role = knowledge().role(&title.office);
        match (self.ended(), self.in_office()) {
            // A second time in office, and the article may be of the years between: only its own years tell.
            (_, true) if self.when.stated || self.held.iter().any(|t| t.covers(self.when.floor) && t.to.is_none()) => {
                (RoleCheck::Conflict, Some(format!("in office: {}", self.since().unwrap_or_default())))
            }
            (_, true) => (RoleCheck::Unknown, None),
            // Described by an office of the past while another is held that the article never gives. The head of a state or
            // government stays a former one, whatever else he becomes.
            (Some(old), false) => match self.now.iter().find(|t| !is_generic_name(t.office)) {
                Some(new)
                    if !title.explained
                        && !role.is_some_and(leads_a_state)
                        && (self.when.stated || self.when.floor > EARLIEST)
                        && !all.iter().any(|t| t.person == title.person && !t.past) =>
                {
                    let note = format!("left that office by {}; {} since {}", end(old), new.office, since(new));
                    (RoleCheck::Stale, Some(note))
                }
                _ => (RoleCheck::Ok, None),
            },
            _ if !self.held.is_empty() || !role.is_some_and(|r| !is_generic(r) && leads_a_state(r)) => {
                (RoleCheck::Unknown, None)
            }
            _ => (RoleCheck::Conflict, self.never()),
        }
    }

    fn present(&self, title: &Title, all: &[Title], person: &EntityId) -> Verdict {
        let role = knowledge().role(&title.office);
        if self.in_office() {
            return (RoleCheck::Ok, None);
        }
        if let Some(old) = self.ended() {
            let note = format!("left that office by {}", end(old));
            let lately = old.to.is_some_and(|to| self.when.stated && days(to, self.when.day) <= 31);
            let of_then = title.years.iter().any(|&y| {
                self.held.iter().any(|t| t.from.is_none_or(|f| f.year <= y) && t.to.is_none_or(|to| to.year >= y))
            });
            if lately || role.is_some_and(|r| r.for_life) || of_then || self.has_successor(title, all, person) {
                return (RoleCheck::Ok, Some(note));
            }
            if !self.when.stated && old.to.is_none_or(|to| to > self.when.floor) {
                return (RoleCheck::Unknown, Some(note));
            }
            return (RoleCheck::Stale, Some(note + &self.since().map_or(String::new(), |s| format!("; {s}"))));
        }
        match self.held.iter().filter_map(|t| t.from).min() {
            // The table is not always exact about first days, and an office is spoken of before it begins.
            Some(from) if !self.when.stated || days(self.when.day, from) <= 100 => (RoleCheck::Unknown, None),
            Some(from) => (RoleCheck::Conflict, Some(format!("in that office only since {from}"))),
            None if role.is_some_and(|r| !is_generic(r) && leads_a_state(r)) => (RoleCheck::Conflict, self.never()),
            None => (RoleCheck::Unknown, None),
        }
    }

    /// Whether the article gives the same office to somebody else, who holds it at the day: then this one is spoken of as of his time.
    fn has_successor(&self, title: &Title, all: &[Title], person: &EntityId) -> bool {
        let of = self.held.iter().find_map(|t| t.of);
        all.iter().filter(|t| !t.past && t.person != title.person).any(|t| {
            let Some(id) = t.holder.as_ref().filter(|p| *p != person).and_then(|p| p.0.strip_prefix("person:")) else {
                return false;
            };
            knowledge().is_same_title(&t.office, &title.office)
                && knowledge().tenures_of(id).any(|h| {
                    h.of == of && h.covers(self.when.day) && knowledge().is_same_title(h.office, &title.office)
                })
        })
    }

    fn never(&self) -> Option<String> {
        Some(self.since().map_or("never held".to_owned(), |now| format!("never held; {now}")))
    }
}

/// Days from one day to a later one, by months of 30: exact enough for "within a month".
fn days(from: Day, to: Day) -> i32 {
    (to.year - from.year) * 365 + (i32::from(to.month) - i32::from(from.month)) * 30 + i32::from(to.day)
        - i32::from(from.day)
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
        return Reference { day, stated: true, floor: day };
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
    Reference { day: best.1, stated: false, floor }
}

/// Three months earlier: whether a time fits is asked well before an office ends.
fn before(day: Day) -> Day {
    if day.month > 3 {
        Day { month: day.month - 3, day: day.day.min(28), ..day }
    } else {
        Day { year: day.year - 1, month: day.month + 9, day: day.day.min(28) }
    }
}

/// The January before the latest year that a text names: articles look a year ahead.
pub(crate) fn years_floor(text: &str, newest: Day) -> Day {
    let years = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse::<i32>().ok())
        .filter(|y| (EARLIEST.year..=newest.year + 1).contains(y));
    years.max().map_or(EARLIEST, |y| Day { year: y - 1, month: 1, day: 1 }).max(EARLIEST)
}

/// The first day that an undated article can be of: the January before the latest year it names (articles look a year ahead),
/// and the beginning of a second tenure where "second term" stands.
fn floor(article: &Article, newest: Day, titles: &[Title], names: &Names) -> Day {
    let text = &article.text;
    let mut floor = years_floor(text, newest);
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
    fn words_beside_a_title_are_no_part_of_it() {
        check(
            "2019-07-24",
            "Current Prime Minister Theresa May is to step down today.",
            &["Current Prime Minister Theresa May | theresa-may | Prime Minister | iso3:GBR | Ok"],
        );
        check(
            "2025-06-01",
            "A vote removed then-prime-minister Theresa May in 2019.",
            &["then-prime-minister Theresa May | theresa-may | former Prime Minister | iso3:GBR | Ok"],
        );
        check("2025-06-01", "Theresa May then resigned.", &[]);
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
    }

    #[test]
    fn without_a_date_a_title_is_over_only_by_the_years_of_the_text() {
        check(
            "",
            "Chancellor Angela Merkel spoke.",
            &["Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Unknown"],
        );
        check(
            "",
            "Chancellor Angela Merkel spoke of the budget for 2025.",
            &["Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Stale"],
        );
        check(
            "",
            "Former President Donald Trump spoke.",
            &["Former President Donald Trump | donald-trump | former President | iso3:USA | Unknown"],
        );
        check(
            "",
            "Former President Donald Trump spoke of his second term.",
            &["Former President Donald Trump | donald-trump | former President | iso3:USA | Conflict"],
        );
    }

    #[test]
    fn a_title_of_its_time_is_not_stale() {
        check(
            "2019-06-01",
            "President Donald Trump left the deal. President Barack Obama had signed it.",
            &[
                "President Donald Trump | donald-trump | President | iso3:USA | Ok",
                "President Barack Obama | barack-obama | President | iso3:USA | Ok",
            ],
        );
        check(
            "2025-06-01",
            "In 2015 Chancellor Angela Merkel opened the border.",
            &["Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Ok"],
        );
        check(
            "2021-12-20",
            "Chancellor Angela Merkel packed her desk.",
            &["Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Ok"],
        );
        check(
            "2022-06-01",
            "Chancellor Angela Merkel packed her desk.",
            &["Chancellor Angela Merkel | angela-merkel | Chancellor | iso3:DEU | Stale"],
        );
    }

    #[test]
    fn two_offices_can_both_be_true_of_one_person() {
        check(
            "2018-06-01",
            "Former Prime Minister Jens Stoltenberg spoke.",
            &["Former Prime Minister Jens Stoltenberg | jens-stoltenberg | former Prime Minister | iso3:NOR | Ok"],
        );
        check(
            "2025-06-01",
            "Former Arkansas Governor Mike Huckabee spoke.",
            &["Former Arkansas Governor Mike Huckabee | mike-huckabee | former Governor of Arkansas | - | Stale"],
        );
        check(
            "2018-06-01",
            "Campaign chairman Todd Brightwater met committee chairwoman Anna Lindqvist.",
            &[
                "Campaign chairman Todd Brightwater | todd-brightwater | Campaign chair | - | Unknown",
                "committee chairwoman Anna Lindqvist | anna-lindqvist | committee chair | - | Unknown",
            ],
        );
    }

    #[test]
    fn a_title_belongs_to_the_name_that_it_stands_with() {
        // The next in a list has his title before the name too.
        check(
            "2018-06-01",
            "Anna Lindqvist, Labour MP (Member of Parliament) Todd Brightwater, and others spoke.",
            &[],
        );
        check("2018-06-01", "Theresa May was the first foreign leader to visit.", &[]);
        check("2018-06-01", "Theresa May was the featured speaker.", &[]);
        check(
            "2018-06-01",
            "Theresa May is the prime minister of Britain.",
            &["Theresa May is the prime minister of Britain | theresa-may | Prime Minister | iso3:GBR | Ok"],
        );
        // Of a court or a firm: no state's president.
        check("2018-06-01", "The court is led by President Anna Lindqvist.", &[]);
    }

    #[test]
    fn a_mayor_of_long_ago_is_a_former_one() {
        check(
            "2018-06-01",
            "New York Mayor Rudy Giuliani spoke.",
            &["New York Mayor Rudy Giuliani | rudy-giuliani | Mayor of New York City | - | Stale"],
        );
        check(
            "1999-06-01",
            "New York Mayor Rudy Giuliani spoke.",
            &["New York Mayor Rudy Giuliani | rudy-giuliani | Mayor of New York City | - | Ok"],
        );
        check(
            "2018-06-01",
            "Former prosecutor and New York mayor Rudy Giuliani spoke.",
            &["New York mayor Rudy Giuliani | rudy-giuliani | former Mayor of New York City | - | Ok"],
        );
    }
}
