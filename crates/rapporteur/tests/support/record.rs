//! Articles on one agreement, ready to be recorded, and a place for a register.

use std::path::PathBuf;

use rapporteur::extract::*;
use rapporteur::ingest::{Article, Outlet, Published};
use rapporteur::register::{Receipt, Received, statements};

use super::{somebody, told};

pub const AGREEMENT: &str = "agreement:zangezur-accord";

pub fn received((article, findings): (Article, Findings)) -> Received {
    let told = statements(&article, &findings);
    Received { kind: Receipt::Article, article, told: Some(told) }
}

/// A register on disk in a folder of its own, gone with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("rapporteur-register-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        Folder(folder)
    }

    pub fn file(&self) -> PathBuf {
        self.0.join("test.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Sequence(pub u64);

impl Sequence {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// Articles with their days: every third state joins, some texts come twice, some under one address.
pub fn collection() -> Vec<(Received, &'static str)> {
    const STATES: [(&str, &str); 4] =
        [("iso3:ARM", "Armenia"), ("iso3:GEO", "Georgia"), ("iso3:TUR", "Turkey"), ("iso3:IRN", "Iran")];
    const DAYS: [&str; 3] = ["2025-11-06", "2025-11-07", "2025-11-10"];
    let mut all = Vec::new();
    for i in 0..18 {
        let (state, name) = STATES[i % 4];
        let text = format!(
            "{name} joins the Zangezur Accord, report {i} says. “{name} is the first of {i} to come”, Anna Holm said."
        );
        let told = told(&format!("in/{i}.txt"), &text)
            .names(state, EntityKind::State, name, name)
            .names(AGREEMENT, EntityKind::Agreement, "Zangezur Accord", "Zangezur Accord")
            .stage(
                "joins the Zangezur Accord",
                state,
                4,
                4 + (i % 4) as u8,
                Realis::Actual,
                By::Outlet,
                Holder::outlet(),
            )
            .quote(
                &format!("{name} is the first of {i} to come"),
                Form::Direct,
                somebody("person:anna-holm", "Anna Holm"),
                Some("post"),
            );
        let (mut article, findings) = told.done();
        // Four pairs under one address, known on one day or on two.
        article.url = (i < 8).then(|| format!("https://ararat.example/{}", i / 2));
        if i % 5 == 0 {
            article.published = Some(Published {
                date: format!("2025-11-0{}", 1 + i % 9),
                precision: "day".to_owned(),
                from: "metadata".to_owned(),
                span: None,
            });
        }
        all.push((received((article.clone(), findings.clone())), DAYS[i % 3]));
        if i % 4 == 1 {
            // The same words by another outlet, elsewhere, earlier or later.
            article.path = format!("out/{i}.txt");
            article.outlet = Some(Outlet { name: "Ararat Wire".to_owned(), span: None });
            all.push((received((article, findings)), DAYS[(i + 1) % 3]));
        }
    }
    all
}
