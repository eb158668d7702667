//! The letters of the United Nations Treaty Collection for the acts by which a state consents to be bound.

use super::super::statement::Statement;
use crate::extract::Stage;

/// a accession, A acceptance, AA approval, c formal confirmation, d succession, s definitive signature: by the words of a step that is
/// told as taken. Plain ratification has no letter, and neither has a mere name for joining ("NATO accession").
pub(super) fn of(statement: &Statement) -> Option<&'static str> {
    let taken = statement.realis.as_deref() == Some("actual")
        && statement.stage.is_some_and(|(lo, _)| lo >= Stage::Signed as u8);
    if statement.predicate != "stage" || !taken {
        return None;
    }
    in_words(&statement.words)
}

/// The act that words name.
pub(super) fn in_words(words: &str) -> Option<&'static str> {
    const ACTS: [(&str, &str); 11] = [
        ("definitive signature", "s"),
        ("definitively signed", "s"),
        ("formal confirmation", "c"),
        ("formally confirmed", "c"),
        ("acceded", "a"),
        ("instrument of accession", "a"),
        ("instrument of acceptance", "A"),
        ("accepted", "A"),
        ("instrument of approval", "AA"),
        ("approved", "AA"),
        ("succession", "d"),
    ];
    let lower = words.to_lowercase();
    ACTS.iter().find(|(act, _)| lower.contains(act)).map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn acts_have_letters_and_names_of_steps_have_none() {
        let letters = [
            ("acceded to the convention", "a"),
            ("deposited its instrument of accession", "a"),
            ("deposited an instrument of acceptance", "A"),
            ("has approved the protocol", "AA"),
            ("by definitive signature", "s"),
            ("by succession", "d"),
        ];
        for (words, letter) in letters {
            assert_eq!(in_words(words), Some(letter), "{words}");
        }
        for words in ["ratified the treaty", "NATO accession", "has joined", "signed the accords", "EU accession talks"]
        {
            assert_eq!(in_words(words), None, "{words}");
        }
    }
}
