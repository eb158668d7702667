//! What an entity was called on a day: the names of the tables are those of every day, the names of articles those of the articles known by
//! then.

use rusqlite::{OptionalExtension, params};

use super::super::store::Register;
use super::dossier::{Dossier, known_name};
use crate::error::Error;

impl Register {
    /// Gives the entities of a dossier the names that they had at the end of a day.
    pub(super) fn name_as_known(&self, dossier: &mut Dossier, day: &str) -> Result<(), Error> {
        // Nothing came since: they are called as they are called now.
        if self.last_day()?.is_none_or(|last| last.as_str() <= day) {
            return Ok(());
        }
        for (id, name) in dossier.names.iter_mut().filter(|(id, _)| known_name(id).is_none()) {
            if let Some(then) = self.name_on(id, day).map_err(|e| self.told(e))? {
                *name = then;
            }
        }
        if let Some(name) = dossier.names.get(&dossier.agreement.id) {
            dossier.agreement.name.clone_from(name);
        }
        Ok(())
    }

    /// The longest of its names that stands in an article known on that day, else the words with which such an article first names it;
    /// `None` where it has one name only, or no article named it by then.
    fn name_on(&self, id: &str, day: &str) -> rusqlite::Result<Option<String>> {
        let all = "SELECT DISTINCT n.name FROM entity_name n JOIN term t ON t.number = n.entity WHERE t.text = ?1
                   ORDER BY length(n.name) DESC, n.name";
        let mut statement = self.connection.prepare_cached(all)?;
        let names: Vec<String> = statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        if names.len() < 2 {
            return Ok(None);
        }
        const KNOWN: &str = "FROM mention m JOIN term t ON t.number = m.entity JOIN entry e ON e.number = m.entry
            JOIN article a ON a.number = e.article
            WHERE t.text = ?1 AND EXISTS (SELECT 1 FROM article_period p WHERE p.article = a.number AND p.known_from <= ?2)";
        let mut stands = self.connection.prepare_cached(&format!("SELECT 1 {KNOWN} AND instr(a.text, ?3) LIMIT 1"))?;
        for name in names {
            if stands.exists(params![id, day, name])? {
                return Ok(Some(name));
            }
        }
        let words = format!(
            "SELECT substr(a.text, m.\"start\" + 1, m.\"end\" - m.\"start\") {KNOWN} ORDER BY e.day, a.id LIMIT 1"
        );
        self.connection.prepare_cached(&words)?.query_row(params![id, day], |row| row.get(0)).optional()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Moment;
    use crate::register::{Mentioned, Receipt, Received, Register, Told};
    use crate::testing::article;

    #[test]
    fn a_name_that_came_later_was_not_known_before() {
        let mut register = Register::in_memory().expect("memory");
        let mut add = |name: &str, text: &str, day: &str| {
            let article = article(text);
            let start = text.find(name).expect("the name");
            let id = "name:pact".to_owned();
            let entity = Mentioned {
                id: id.clone(),
                kind: "agreement".to_owned(),
                name: name.to_owned(),
                times: 1,
                start,
                end: start + name.len(),
            };
            let mut told = super::super::depositary("state,signature\nNorway,1 May 2025\n").expect("a table").told(&id);
            for s in &mut told.statements {
                (s.start, s.end) = (0, 6);
                s.words = text[..6].to_owned();
            }
            told = Told { main_agreement: Some(id), entities: vec![entity], ..told };
            register.append(&[Received { kind: Receipt::Article, article, told: Some(told) }], day).expect("appended");
        };
        add("the Pact", "Norway signed the Pact.", "2025-05-02");
        add("the Long Pact of the North", "Norway signed the Long Pact of the North.", "2025-05-09");
        let name = |day: Option<&str>| {
            let moment = Moment { known_at: day.map(str::to_owned), as_of: None };
            register.dossier("name:pact", &moment, false).expect("a dossier").agreement.name
        };
        assert_eq!(name(Some("2025-05-05")), "the Pact");
        for day in [Some("2025-05-09"), None] {
            assert_eq!(name(day), "the Long Pact of the North");
        }
    }
}
