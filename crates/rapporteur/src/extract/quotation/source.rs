//! From a cue to whose word it introduces: the subject, shared or own, the agent of a passive, the owner of a noun.

use language::{Pos, Span, Token};

use super::lexicon;
use crate::extract::{Context, EntityKind};

/// The head of the words that name who says it; `None` where the text names nobody able to speak. A relative pronoun stays as
/// it stands ("*who* said"): [`Token::resolve_relative`] leads to the noun.
pub(crate) fn of_verb<'a>(cue: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    if let Some(shared) = of_matrix(cue, context) {
        return Some(shared);
    }
    if let Some(quoted) = quoted(cue) {
        return able(quoted, context);
    }
    if let Some(said) = coordinate_matrix(cue).and_then(|m| of_verb(m, context)) {
        return Some(said);
    }
    // "let its partners know that": who lets them know says it.
    if cue.lemma() == "know"
        && matches!(cue.dep(), "ccomp" | "xcomp")
        && let Some(lets) = cue.head().filter(|h| h.lemma() == "let")
    {
        return able(lets.child("nsubj")?, context);
    }
    if let Some(named) = carried(cue, context) {
        return Some(named);
    }
    let mut at = cue;
    // A longer chain of governors is a parse gone wrong.
    for _ in 0..8 {
        let passive = at.is_passive();
        if passive && at.i == cue.i {
            return able(at.child("agent").and_then(|by| by.child("pobj"))?, context);
        }
        let subject = if passive { at.child("nsubjpass") } else { subject_of(at, context) };
        if let Some(subject) = subject {
            return able(subject, context);
        }
        if at.i == cue.i
            && let Some(named) = inverted(at, context)
        {
            return Some(named);
        }
        let head = at.head()?;
        match at.dep() {
            // "urged Sweden to say": the object speaks.
            "xcomp" if !passive && head.child_of(&["dobj", "dative"]).is_some_and(|o| o.i < at.i) => {
                return able(head.child_of(&["dobj", "dative"])?, context);
            }
            "conj" | "xcomp" | "advcl" | "pcomp" | "ccomp" | "prep" | "dep" | "parataxis" | "aux" | "pobj" | "dobj"
            | "attr" => at = head,
            // "Members protested by shouting": no agent of a passive.
            "agent" if at.child("pcomp").is_some_and(|c| c.tag() == "VBG") => at = head,
            // "Sued the state and the bank, alleging fraud": who sues alleges.
            "acl" if at.tag() == "VBG" && head.first_conjunct().head().is_some_and(|p| p.text() == "against") => {
                at = head.first_conjunct().head()?.ancestors().find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))?;
            }
            "acl" | "relcl" => return able(head, context),
            _ => return None,
        }
    }
    None
}

/// The subject of a verb in the active: of two ("the mayor, Anna Berg warned") the nearer one, a name that the parser took for a
/// verb ("Protect Democracy noted"), and of a verb without one the name that a parenthesis parts from it ("Berg, in a letter,
/// called").
fn subject_of<'a>(verb: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    let mut own = verb.children().filter(|c| c.dep() == "nsubj");
    if let Some(first) = own.next() {
        let nearer = own.take_while(|c| c.i < verb.i).last().filter(|c| c.pos() == Pos::Propn);
        return Some(nearer.unwrap_or(first));
    }
    if let Some(name) = verb.child("csubj").filter(|c| context.names.mention_at(c.i).is_some()) {
        return Some(name);
    }
    if !matches!(verb.tag(), "VBD" | "VBZ" | "VBP") || !verb.is_root() {
        return None;
    }
    let reading = verb.reading();
    let start = reading.sentences()[verb.sentence()].tokens.start;
    let comma = verb.before().filter(|b| b.text() == ",")?;
    let open = reading.range(start..comma.i).rev().find(|t| t.text() == ",")?;
    let aside = reading.get(open.i + 1).is_some_and(|t| t.pos() == Pos::Adp);
    let name = reading.get(open.i.checked_sub(1)?)?;
    (aside && context.names.mention_at(name.i).is_some()).then_some(name)
}

/// "Said the talks had failed and *recalled* earlier ones": a verb of speech in another tense than the clause with which the
/// parser joins it belongs to the one who said that clause.
fn coordinate_matrix(cue: Token<'_>) -> Option<Token<'_>> {
    let finite = |t: &Token<'_>| matches!(tense(*t), "VBD" | "VBZ" | "VBP");
    let helped = cue.children().any(|c| c.dep() == "auxpass" || c.dep() == "aux" && c.lemma() != "do");
    if cue.dep() != "conj" || !finite(&cue) || helped || cue.child_of(&["nsubj", "nsubjpass"]).is_some() {
        return None;
    }
    lexicon::verb(cue).filter(|c| c.speaks())?;
    let first = cue.first_conjunct();
    let matrix = first.head().filter(|m| first.dep() == "ccomp" && m.i < first.i && finite(m))?;
    let compound = first.auxiliaries().next().is_some();
    let other = if compound { matrix.tag() == tense(cue) } else { first.tag() != tense(cue) };
    (other && lexicon::verb(matrix).is_some_and(|c| c.speaks())).then_some(matrix)
}

/// The tag that tells a verb's tense: that of its "do" where it has one ("confirmed that they would meet but *did* not elaborate").
fn tense(verb: Token<'_>) -> &str {
    verb.auxiliaries().find(|a| a.lemma() == "do").map_or(verb.tag(), Token::tag)
}

/// "The agency said, quoting Berg": the agency carries the words, Berg says them.
fn carried<'a>(cue: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    let quotes = cue.children().find(|c| c.i > cue.i && c.tag() == "VBG" && matches!(c.lemma(), "quote" | "cite"))?;
    let named = quotes.child("dobj")?;
    // "Citing costs", "citing a report" give a reason; a person or office cited is the source.
    let person = matches!(lexicon::speaker(named), Some("office" | "person"))
        || context.names.entity_at(named.i).is_some_and(|e| e.kind == EntityKind::Person);
    if quotes.lemma() == "quote" || person { able(named, context) } else { None }
}

/// Who is quoted: the agency that quotes is not the one who says it ("the agency quoted *Berg* as saying", "*Berg* was quoted by
/// the agency as saying").
fn quoted(cue: Token<'_>) -> Option<Token<'_>> {
    let as_cue = |t: Token<'_>| t.children().any(|c| c.dep() == "prep" && c.text() == "as");
    let verb = std::iter::once(cue).chain(cue.ancestors().take(2)).find(|t| matches!(t.lemma(), "quote" | "cite"))?;
    let reported = verb.i == cue.i && (as_cue(verb) || verb.is_passive())
        || matches!(cue.dep(), "pcomp" | "xcomp" | "ccomp" | "advcl") && cue.tag() == "VBG" && cue.i > verb.i;
    if !reported || cue.child_of(&["nsubj", "nsubjpass"]).is_some_and(|_| verb.i != cue.i) {
        return None;
    }
    if verb.is_passive() { verb.child("nsubjpass") } else { verb.child("dobj") }
}

/// A participle that goes on with what somebody says ("..., calling it a gift") has the source of the nearest reporting verb that
/// governs it, not the subject of the clause in which the parser hung it.
fn of_matrix<'a>(cue: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    if cue.tag() != "VBG" || !hangs_on_a_statement(cue) || cue.child_of(&["nsubj", "nsubjpass"]).is_some() {
        return None;
    }
    // "Peru will talk after Berg vowed to leave the pact, calling it dead": who vowed calls it so, not who will talk.
    let host = cue.head().filter(|h| h.i < cue.i)?;
    let nearer = host.children().flat_map(|c| std::iter::once(c).chain(c.children())).find(|t| {
        t.dep() == "advcl"
            && matches!(t.tag(), "VBD" | "VBZ" | "VBP")
            && t.i > host.i
            && t.right_edge() + 2 == cue.i
            && t.children().any(|c| c.dep() == "mark")
            && t.child("nsubj").is_some()
            && lexicon::verb(*t).is_some_and(|c| c.speaks())
    });
    if let Some(nearer) = nearer {
        return of_verb(nearer, context);
    }
    let matrix = cue.ancestors().take(6).find(|a| lexicon::verb(*a).is_some_and(|c| c.speaks()) && a.tag() != "VBG")?;
    of_verb(matrix, context)
}

/// A participle beside the main clause; one that modifies a noun only behind a comma or dash.
fn hangs_on_a_statement(cue: Token<'_>) -> bool {
    let set_off = cue.before().is_some_and(|b| matches!(b.text(), "," | "—" | "–" | "--" | "-"));
    cue.dep() == "advcl" || cue.dep() == "acl" && set_off
}

/// Who says what a noun introduces: "X's claim", "the claim by X", else whoever acts on it ("X repeated the claim").
pub(crate) fn of_noun<'a>(cue: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    if let Some(owner) = cue.child("poss") {
        return able(owner, context);
    }
    let by = cue.children().find(|c| c.dep() == "prep" && matches!(c.text(), "by" | "from" | "of"));
    if let Some(owner) = by.and_then(|p| p.child("pobj")) {
        return able(owner, context)
            .filter(|_| by.is_some_and(|p| p.text() != "of") || lexicon::speaker(owner).is_some());
    }
    let head = cue.ancestors().take(3).find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))?;
    // "Reports on the cargo vary between grain and “a heavy load”": nobody's in particular.
    of_verb(head, context).filter(|subject| subject.i != cue.i || !is_hearsay(cue))
}

/// "Reports", "some accounts": what several unnamed ones tell, and no document that anybody could name.
pub(crate) fn is_hearsay(noun: Token<'_>) -> bool {
    let owned = || {
        let by = |c: &Token<'_>| c.dep() == "prep" && matches!(c.text(), "by" | "from");
        let definite = |c: &Token<'_>| {
            c.dep() == "det" && matches!(c.text().to_lowercase().as_str(), "the" | "these" | "those" | "both")
        };
        noun.children().any(|c| c.dep() == "poss" || by(&c) || definite(&c))
    };
    noun.tag() == "NNS" && matches!(noun.lemma(), "report" | "account") && !owned()
}

/// Who is named after "according to": the object of the phrase's last preposition.
pub(crate) fn of_phrase<'a>(last: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    let named = last.child_of(&["pobj", "dobj", "poss"]).or_else(|| last.after().map(nominal_head))?;
    able(named, context)
}

/// The speaker who stands right after the words with no verb of his own: "...," Lee in an interview on Monday. A comma inside the
/// marks must lead to him.
pub(crate) fn after_comma<'a>(around: &super::link::Around<'_>, context: Context<'a>) -> Option<Token<'a>> {
    let reading = context.reading;
    let last = reading.get(around.tokens.end.checked_sub(1)?)?;
    let next =
        reading.range(last.i + 1..last.i + 4).find(|t| t.pos() != Pos::Punct).filter(|t| t.unit() == last.unit())?;
    let speaker = nominal_head(next);
    let named = matches!(speaker.pos(), Pos::Propn) || lexicon::speaker(speaker).is_some();
    (around.last == Some(',') && named && speaker.i < next.i + 8).then_some(speaker).and_then(|s| able(s, context))
}

/// "...," the charter *states*: a verb of speech that the parser took for a plural. Who speaks, in which words, and the verb.
pub(crate) fn misread_behind<'a>(
    around: &super::link::Around<'_>,
    context: Context<'a>,
) -> Option<(Token<'a>, Span, Token<'a>)> {
    let reading = context.reading;
    let last = reading.get(around.tokens.end.checked_sub(1)?).filter(|_| around.last == Some(','))?;
    let first = reading.range(last.i + 1..last.i + 4).find(|t| t.pos() != Pos::Punct)?;
    let behind = reading.range(first.i..first.i + 6).take_while(|t| t.unit() == last.unit());
    let nominal = |t: &Token<'_>| matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Det | Pos::Adj);
    let verb = behind.take_while(nominal).last().filter(|t| t.tag() == "NNS" && t.i > first.i)?;
    lexicon::verb_of(&verb.lemma().to_lowercase()).filter(|c| c.speaks() && c.takes("quote"))?;
    let ends = verb.after().is_none_or(|t| matches!(t.text(), "." | ","));
    let speaker = verb.before().filter(|t| ends && (lexicon::speaker(*t).is_some() || t.pos() == Pos::Propn))?;
    can_speak(speaker, context).then(|| (speaker, reading.span(first.i..speaker.i + 1), verb))
}

/// Whose work has the words in it: "the board issued a report, which aims at “a clean and open harbour”". A work is a document or
/// has its title in marks.
pub(crate) fn of_work<'a>(
    around: &super::link::Around<'_>,
    marked: &[Span],
    context: Context<'a>,
) -> Option<Token<'a>> {
    let first = context.reading.get(around.tokens.start)?;
    let tells = |t: &Token<'_>| t.dep() == "relcl" && t.child("nsubj").is_some_and(|s| s.text() == "which");
    let clause = first.ancestors().take(6).find(tells).filter(|c| c.i < first.i)?;
    let work = clause.head()?;
    let titled = marked.get(marked.partition_point(|m| m.end <= work.span().start));
    if !titled.is_some_and(|m| m.contains(work.span())) && lexicon::speaker(work) != Some("document") {
        return None;
    }
    let makes = |t: &Token<'_>| {
        matches!(t.lemma(), "develop" | "publish" | "issue" | "release" | "write" | "adopt" | "draft" | "present")
    };
    let verb = work.ancestors().take(3).find(|t| t.pos() == Pos::Verb).filter(makes)?;
    able(verb.child("nsubj")?, context)
}

/// Who is the subject of the sentence that leads to the words by a colon with no verb of speech ("The baker was milder: “...”"): a
/// person, and the only one of its main clause.
pub(crate) fn before_colon<'a>(around: &super::link::Around<'_>, context: Context<'a>) -> Option<Token<'a>> {
    let reading = context.reading;
    if around.before != Some(':') || !around.is_whole() {
        return None;
    }
    let from = around.tokens.start;
    let colon = reading.range(from.saturating_sub(3)..from).rev().find(|t| t.text() == ":")?;
    let start = reading.sentences()[colon.sentence()].tokens.start;
    let main = |t: &Token<'_>| {
        t.dep() == "nsubj"
            && t.head().is_some_and(|v| v.i < colon.i && matches!(v.dep(), "ROOT" | "ccomp" | "parataxis"))
    };
    let mut subjects = reading.range(start..colon.i).filter(main);
    let subject = subjects.next().filter(|_| subjects.next().is_none())?;
    let person = match context.names.entity_at(subject.i) {
        Some(entity) => entity.kind == EntityKind::Person,
        None => {
            matches!(lexicon::speaker(subject), Some("office" | "person" | "group"))
                || matches!(subject.text(), "He" | "She" | "he" | "she")
                || subject.entity_label() == Some("PERSON")
        }
    };
    if person { able(subject, context) } else { None }
}

/// The first that is named among tokens and can speak: "Anna" of "Anna Berg, a lawyer," gives Berg.
pub(super) fn first_named<'a>(tokens: std::ops::Range<usize>, context: Context<'a>) -> Option<Token<'a>> {
    let reading = context.reading;
    let nominal = |t: &Token<'_>| matches!(t.pos(), Pos::Propn | Pos::Noun | Pos::Pron | Pos::Det | Pos::Adj);
    let first = reading.range(tokens.clone()).find(|t| !matches!(t.pos(), Pos::Punct | Pos::Space)).filter(nominal)?;
    let head = nominal_head(first);
    let run = || reading.range(first.i..tokens.end).take_while(|t| matches!(t.pos(), Pos::Propn | Pos::Noun)).last();
    let named = if tokens.contains(&head.i) { head } else { run().unwrap_or(first) };
    able(named, context)
}

/// A name that signs the words: behind a dash ("“...” — Anna Berg, teacher"), to the end of the stretch of text given; or before a
/// colon ("Berg: “...”"). It is a name and no clause: nothing in it is a verb. Its head and its words.
pub(crate) fn signature<'a>(tokens: std::ops::Range<usize>, context: Context<'a>) -> Option<(Token<'a>, Span)> {
    let reading = context.reading;
    let word = |t: &Token<'_>| !matches!(t.pos(), Pos::Punct | Pos::Space);
    let first = reading.range(tokens.clone()).find(word)?;
    let end =
        reading.range(first.i..tokens.end).find(|t| matches!(t.text(), "," | "(" | ";")).map_or(tokens.end, |t| t.i);
    let last = reading.range(first.i..end).rev().find(word)?;
    let verb = |t: Token<'_>| matches!(t.tag(), "VBD" | "VBZ" | "VBP" | "MD" | "VBG");
    if end - first.i > 16
        || tokens.len() > 48
        || reading.range(tokens).any(verb)
        || !matches!(first.pos(), Pos::Propn | Pos::Noun | Pos::Det | Pos::Adj)
    {
        return None;
    }
    let speaker = nominal_head(first);
    let speaker = if (first.i..=last.i).contains(&speaker.i) { speaker } else { last };
    let names = speaker.pos() == Pos::Propn || lexicon::speaker(speaker).is_some_and(|class| class != "document");
    (names && can_speak(speaker, context)).then(|| (speaker, reading.span(first.i..last.i + 1)))
}

/// A subject behind its verb that the parser took for something else: "..., said Kim."
fn inverted<'a>(cue: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    let next = cue.after().filter(|n| matches!(n.pos(), Pos::Propn | Pos::Pron | Pos::Det | Pos::Adj | Pos::Noun))?;
    let before = cue.before().is_none_or(|b| b.pos() == Pos::Punct);
    let own = cue.child_of(&["dobj", "attr", "npadvmod", "oprd"]).filter(|o| o.i > cue.i && o.left_edge() == next.i)?;
    if before && cue.tag() == "VBD" { able(own, context) } else { None }
}

fn nominal_head(token: Token<'_>) -> Token<'_> {
    let mut at = token;
    while matches!(at.dep(), "compound" | "det" | "amod" | "poss" | "nmod" | "case") {
        match at.head() {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

fn able<'a>(source: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    let source = behind_dateline(source).unwrap_or(source);
    can_speak(source.resolve_relative(), context).then_some(source)
}

/// "OSLO, Norway — Sweden's leader said": whoever stands behind the dash, where the parser takes the place for the subject.
fn behind_dateline(source: Token<'_>) -> Option<Token<'_>> {
    let reading = source.reading();
    let unit = reading.units().get(source.unit())?;
    let first = reading.get(unit.start).filter(|t| t.text().len() > 2 && !t.text().contains(char::is_lowercase))?;
    if source.i > first.i + 8 || !matches!(source.pos(), Pos::Propn | Pos::Noun) {
        return None;
    }
    let dash = reading
        .range(source.i..unit.end.min(first.i + 14))
        .find(|t| matches!(t.text(), "—" | "–" | "--" | "-") && t.before().is_some_and(Token::space_after))?;
    let next = reading.get(dash.i + 1).filter(|n| matches!(n.pos(), Pos::Propn | Pos::Noun | Pos::Det | Pos::Adj))?;
    Some(nominal_head(next)).filter(|head| head.i > dash.i && head.i < unit.end)
}

/// Whether the words can name a speaker: a person, state, body, role or group, not a thing ("the move").
pub(crate) fn can_speak(token: Token<'_>, context: Context<'_>) -> bool {
    if let Some(entity) = context.names.entity_at(token.i) {
        return !matches!(entity.kind, EntityKind::Agreement);
    }
    match token.pos() {
        Pos::Pron => {
            let word = token.text().to_lowercase();
            !matches!(
                word.as_str(),
                "it" | "this"
                    | "that"
                    | "which"
                    | "what"
                    | "there"
                    | "these"
                    | "itself"
                    | "nothing"
                    | "something"
                    | "everything"
            ) || word == "it"
        }
        Pos::Propn => {
            !matches!(token.entity_label(), Some("DATE" | "TIME" | "MONEY" | "EVENT" | "LANGUAGE" | "PERCENT" | "LAW"))
        }
        _ if lexicon::speaker(token).is_some() => true,
        // "the secretary of homeland security", read from its end.
        Pos::Noun if token.child("nmod").is_some_and(|c| lexicon::speaker(c) == Some("office")) => true,
        Pos::Noun | Pos::Adj | Pos::Num | Pos::Det => {
            matches!(token.entity_label(), Some("PERSON" | "NORP" | "ORG" | "GPE"))
                || token.child("compound").is_some_and(|c| lexicon::speaker(c) == Some("body"))
                || token.conjuncts().iter().any(|c| c.i != token.i && lexicon::speaker(*c).is_some())
                || token.pos() == Pos::Adj && token.child("det").is_some() && token.tag().starts_with("NN")
        }
        _ => false,
    }
}

/// The words that name the source: its whole phrase without the cue, words in marks, and punctuation at its ends.
pub(crate) fn words(source: Token<'_>, cue: std::ops::Range<usize>, marked: &[Span]) -> Span {
    let reading = source.reading();
    let mut range = source.subtree();
    if range.contains(&cue.start) && cue.start != source.i {
        // The cue is inside: a relative clause of the source.
        range = if cue.start > source.i { range.start..cue.start } else { cue.end..range.end };
        range.end = range.end.max(source.i + 1);
    }
    // Up to the nearest words in marks on either side.
    for mark in marked {
        let tokens = reading.tokens_in(*mark);
        if tokens.end > source.i + 1 {
            range.end = range.end.min(tokens.start.max(source.i + 1));
        }
        if tokens.start < source.i {
            range.start = range.start.max(tokens.end.min(source.i));
        }
    }
    let loose = |i: usize| {
        reading.get(i).is_none_or(|t| {
            matches!(t.pos(), Pos::Punct | Pos::Space) && !matches!(t.text(), ")" | "." | "]") || t.dep() == "mark"
        })
    };
    while range.end > source.i + 1 && loose(range.end - 1) {
        range.end -= 1;
    }
    while range.start < source.i && loose(range.start) {
        range.start += 1;
    }
    reading.span(range)
}
