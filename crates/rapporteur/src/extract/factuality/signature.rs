//! What a governor makes of the event under it: the table `data/en/signatures.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How a complement hangs on its governor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Frame {
    /// "to join".
    Infinitive,
    /// "joining", "from joining", "of joining".
    Gerund,
    /// A finite clause, with "that" or without.
    That,
    /// An indirect question.
    Whether,
    /// A noun: "the accession", "to its accession".
    Nominal,
    /// The complement is the subject: "joining is unrealistic".
    Subject,
}

/// The families of governors, after Karttunen, Kiparsky and FactBank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub(super) enum Class {
    ImplicativeYes,
    ImplicativeNo,
    Commit,
    Seek,
    Possible,
    Negative,
    Deny,
    Condition,
    Report,
    Belief,
    Factive,
}

impl Class {
    const NAMES: [(&'static str, Class); 11] = [
        ("IMPL+", Class::ImplicativeYes),
        ("IMPL-", Class::ImplicativeNo),
        ("COMMIT", Class::Commit),
        ("SEEK", Class::Seek),
        ("POSS", Class::Possible),
        ("NEG", Class::Negative),
        ("DENY", Class::Deny),
        ("COND", Class::Condition),
        ("REPORT", Class::Report),
        ("BELIEF", Class::Belief),
        ("FACTIVE", Class::Factive),
    ];

    /// The word of the table: `IMPL+`.
    pub(super) fn as_str(self) -> &'static str {
        Class::NAMES.iter().find(|(_, c)| *c == self).map_or("", |(n, _)| n)
    }
}

/// What becomes of the complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// `+`: it happens when its governor does.
    Happens,
    /// `-`: it does not.
    Fails,
    /// `f`: it is to come.
    Future,
    /// `w`: somebody wants it.
    Wanted,
    /// `p`: it is possible.
    Possible,
    /// `q`: it is doubtful.
    Doubtful,
    /// `n`: it is unlikely or ruled out.
    Unlikely,
    /// `c`: it depends on something.
    Conditional,
    /// `b`: somebody holds it for true.
    Believed,
    /// `=`: it stands as its own words say.
    Transparent,
    /// `!`: it is taken for granted.
    Presupposed,
    /// `u`: left open.
    Open,
}

impl Effect {
    const CODES: [(&'static str, Effect); 12] = [
        ("+", Effect::Happens),
        ("-", Effect::Fails),
        ("f", Effect::Future),
        ("w", Effect::Wanted),
        ("p", Effect::Possible),
        ("q", Effect::Doubtful),
        ("n", Effect::Unlikely),
        ("c", Effect::Conditional),
        ("b", Effect::Believed),
        ("=", Effect::Transparent),
        ("!", Effect::Presupposed),
        ("u", Effect::Open),
    ];

    /// Its letter in the table.
    pub(super) fn code(self) -> &'static str {
        Effect::CODES.iter().find(|(_, e)| *e == self).map_or("", |(c, _)| c)
    }
}

/// One governor in one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) class: Class,
    /// Where the governor holds.
    pub(super) positive: Effect,
    /// Where the governor is negated.
    pub(super) negative: Effect,
}

type Table = BTreeMap<(String, Frame), Signature>;

static TABLE: LazyLock<Table> = LazyLock::new(|| parse(include_str!("../../../../../data/en/signatures.tsv")).0);

/// The signature of a lemma in a frame; a particle or fixed object is joined by an underscore (`rule_out`).
pub(super) fn signature(lemma: &str, frame: Frame) -> Option<Signature> {
    // A look-up by borrowed key would need a second map; governors are few.
    TABLE.get(&(lemma.to_owned(), frame)).copied()
}

/// The table and the lines that could not be read, as `signatures.tsv:LINE: what`.
fn parse(text: &str) -> (Table, Vec<String>) {
    let mut table = Table::new();
    let mut bad = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty()) {
        let mut complain = |what: &str| bad.push(format!("signatures.tsv:{}: {what}", number + 1));
        let cells: Vec<&str> = line.split('\t').collect();
        let [lemmas, frames, class, positive, negative, source] = cells[..] else {
            complain("expected 6 columns");
            continue;
        };
        let class = Class::NAMES.iter().find(|(n, _)| *n == class).map(|(_, c)| *c);
        let effect = |code: &str| Effect::CODES.iter().find(|(c, _)| *c == code).map(|(_, e)| *e);
        let (Some(class), Some(positive), Some(negative)) = (class, effect(positive), effect(negative)) else {
            complain("unknown class or effect");
            continue;
        };
        if source.trim().is_empty() {
            complain("no source");
        }
        for frame in frames.split(' ') {
            let frame = match frame {
                "inf" => Frame::Infinitive,
                "ger" => Frame::Gerund,
                "that" => Frame::That,
                "whether" => Frame::Whether,
                "nom" => Frame::Nominal,
                "subj" => Frame::Subject,
                other => {
                    complain(&format!("unknown frame `{other}`"));
                    continue;
                }
            };
            for lemma in lemmas.split(' ') {
                if table.insert((lemma.to_owned(), frame), Signature { class, positive, negative }).is_some() {
                    complain(&format!("`{lemma}` twice in one frame"));
                }
            }
        }
    }
    (table, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let (table, bad) = parse(include_str!("../../../../../data/en/signatures.tsv"));
        assert_eq!(bad, Vec::<String>::new());
        assert!(table.len() > 800, "{}", table.len());
    }

    #[test]
    fn a_malformed_line_is_named() {
        let (table, bad) =
            parse("# head\nmanage\tinf\tIMPL+\t+\t-\tK\nfail\tinf\tIMPL-\t-\nrefuse\tinf\tWRONG\t-\tu\tK\n");
        assert_eq!(table.len(), 1);
        assert_eq!(bad, ["signatures.tsv:3: expected 6 columns", "signatures.tsv:4: unknown class or effect"]);
    }

    #[test]
    fn verb_and_noun_share_an_entry() {
        assert_eq!(signature("refuse", Frame::Infinitive), signature("refusal", Frame::Infinitive));
        assert_eq!(signature("refuse", Frame::Infinitive).map(|s| s.positive), Some(Effect::Fails));
        assert_eq!(signature("table", Frame::Infinitive), None);
    }
}
