//! The entity recogniser: a machine that begins, continues, ends or skips at each token (BILUO).

use crate::score::{Contributions, Scorer};

/// Places in the state that a step looks at: the token, the first token of the open entity, and the token before when open.
pub(crate) const PLACES: usize = 3;

/// Actions in the numbering of the model's `moves` file.
mod action {
    pub(super) const BEGIN: u8 = 1;
    pub(super) const IN: u8 = 2;
    pub(super) const LAST: u8 = 3;
    pub(super) const UNIT: u8 = 4;
    pub(super) const OUT: u8 = 5;
}

/// The entity recogniser of one model.
#[derive(Debug)]
pub(crate) struct Recogniser {
    scorer: Scorer<PLACES>,
    classes: Vec<(u8, u16)>,
}

impl Recogniser {
    /// The recogniser with that scorer and those classes; `label` gives the place of a type's name in the reading's table, which
    /// must be 0 for the empty name.
    pub(crate) fn new(
        scorer: Scorer<PLACES>,
        classes: &[(u8, String)],
        mut label: impl FnMut(&str) -> u16,
    ) -> Result<Recogniser, String> {
        if let Some((action, _)) = classes.iter().find(|(action, _)| *action > action::OUT) {
            return Err(format!("expected actions 0 to 5 in `moves`, found {action}"));
        }
        Ok(Recogniser { scorer, classes: classes.iter().map(|(action, name)| (*action, label(name))).collect() })
    }

    /// Computes what the tokens of several texts contribute.
    pub(crate) fn contribute(&self, vectors: &[f32], to: &mut Contributions) {
        self.scorer.contribute(vectors, to);
    }

    /// The entities among the `n` tokens from `first` on, counted from there: first token, token after the last, type. An
    /// entity never crosses a sentence start, which is why this runs after the parser.
    pub(crate) fn recognise(
        &self,
        to: &mut Contributions,
        first: usize,
        n: usize,
        is_space: &[bool],
        starts: &[bool],
    ) -> Vec<(usize, usize, u16)> {
        let mut found = Vec::new();
        let mut open: Option<(usize, u16)> = None;
        for i in 0..n {
            let goes_on = i + 1 < n && !starts[i + 1];
            let places = [Some(i), open.map(|(start, _)| start), open.and(i.checked_sub(1))];
            let best = self.scorer.best(to, first, places, |class| {
                let (action, label) = self.classes[class];
                match (action, open) {
                    (action::BEGIN, None) => goes_on && !is_space[i],
                    (action::IN, Some((_, of))) => goes_on && label == of,
                    (action::LAST, Some((_, of))) => label == of,
                    // The class without a type is for tokens that a caller blocks; there are none.
                    (action::UNIT, None) => label != 0 && !is_space[i],
                    (action::OUT, None) => true,
                    _ => false,
                }
            });
            let Some((action, label)) = best.map(|class| self.classes[class]) else { continue };
            match action {
                action::BEGIN => open = Some((i, label)),
                action::LAST => found.extend(open.take().map(|(start, label)| (start, i + 1, label))),
                action::UNIT => found.push((i, i + 1, label)),
                _ => {}
            }
        }
        found
    }
}
