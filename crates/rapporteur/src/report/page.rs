//! A brief as a page of sections and rows, before it becomes lines of a terminal, Markdown or a web page.
//!
//! Every sentence is a template over values of the account, or an article's own words in quotation marks, with the numbers of the
//! articles they stand in.

mod article;
mod dispute;
mod head;
mod line;
mod names;
mod outlook;
mod roster;
mod second;
mod source;
mod stage;

use crate::reconcile::{Account, Brief};

pub(crate) use article::{legend, notes};
pub(crate) use dispute::{said_in, shown as shown_conflicts, speaker, told};
pub(crate) use head::{main_claim, main_stage};
pub(crate) use line::{Line, Piece, ranges};
pub(crate) use names::{Names, cut, marks};
pub(crate) use source::status as claim_status;
pub(crate) use stage::{
    carrying as carrying_words, groups as stage_groups, reached as stage_reached, said as stage_said,
};

/// The parts of a brief by the names that `--section` takes, with what each holds, in their order on the page.
pub const SECTIONS: [(&str, &str); 20] = [
    ("essentials", "how far it has got and why, who said it first, when, what is contested, what nobody said"),
    ("stages", "every participant on the ladder, with the words"),
    ("members", "who belongs to the agreement"),
    ("candidates", "who may join, by whom named, and what they say themselves"),
    ("conditions", "what a step depends on or what stands in its way"),
    ("quotations", "all versions of each utterance"),
    ("conflicts", "where the articles do not say the same"),
    ("when", "why these days are possible and no others"),
    ("silence", "what nobody said, and how it was looked for"),
    ("predictions", "what is foretold, by whom, until when"),
    ("assessments", "who judges it how"),
    ("domains", "fields of cooperation"),
    ("roles", "offices that the articles give to persons"),
    ("claims", "what is said, with its origins, status and grade"),
    ("origins", "first utterances and documents"),
    ("dependence", "which article leans on which"),
    ("reuse", "words that articles share"),
    ("proposals", "what a second reader proposes, where one was asked"),
    ("notes", "what could not be read, and what no article tells of itself"),
    ("articles", "what the numbers stand for, and article by article"),
];

/// One story as a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// Beside the title: "5 articles · 1 origin for the main claim".
    pub(crate) standing: String,
    pub(crate) articles: usize,
    /// The first of them is the screen that comes first; its rows have one word and a text. Those without rows are left out.
    pub(crate) sections: Vec<Section>,
    /// Article by article.
    pub(crate) details: Vec<Section>,
}

/// Rows under a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    /// The name that `--section` takes.
    pub(crate) key: &'static str,
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
}

/// A label and a text; either can be empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) line: Line,
    /// Whether a reader should be wary: conflicts and what was not read.
    pub(crate) warning: bool,
    /// Whether it is shown on the terminal only where its section is asked for.
    pub(crate) aside: bool,
    /// Whether it explains the other rows and is none of them.
    pub(crate) key: bool,
}

impl Row {
    pub(crate) fn new(label: impl Into<String>, line: Line) -> Row {
        Row { label: label.into(), line, warning: false, aside: false, key: false }
    }

    pub(crate) fn wary(self) -> Row {
        Row { warning: true, ..self }
    }
}

/// The page of one story.
pub(crate) fn page(story: &Account, names: &Names<'_>) -> Page {
    let rows = |key: &str| match key {
        "essentials" => head::rows(story, names),
        "when" => head::dates(story, names),
        "silence" => head::silence(story),
        "stages" => stage::rows(story, names),
        "members" => roster::members(story, names),
        "candidates" => roster::candidates(story, names),
        "conditions" => outlook::conditions(story, names),
        "quotations" => dispute::quotations(story, names),
        "conflicts" => dispute::conflicts(story, names),
        "predictions" => outlook::predictions(story, names),
        "assessments" => outlook::assessments(story, names),
        "domains" => outlook::domains(story, names),
        "roles" => roster::roles(story, names),
        "claims" => source::claims(story, names),
        "origins" => source::origins(story, names),
        "dependence" => source::dependence(story, names),
        "reuse" => source::reuse(story, names),
        "proposals" => second::rows(story, names),
        "notes" => notes(story, names),
        _ => legend(story, names),
    };
    let section = |(key, _): (&'static str, &str)| Section { key, name: key.to_uppercase(), rows: rows(key) };
    Page {
        title: head::title(story),
        standing: head::standing(story),
        articles: story.articles.len(),
        sections: SECTIONS.into_iter().map(section).filter(|s| !s.rows.is_empty()).collect(),
        details: article::details(story, names),
    }
}

/// What is said of a part that holds nothing: "none found in 5 articles".
pub(crate) fn nothing(key: &str, articles: usize) -> String {
    match key {
        "proposals" => "no second reader was asked".to_owned(),
        "notes" => "everything was read".to_owned(),
        "when" => "one reason says it all: see the essentials".to_owned(),
        _ if articles == 1 => "none found in the one article".to_owned(),
        _ => format!("none found in {articles} articles"),
    }
}

/// The pages of a brief, one a story.
pub(crate) fn pages(brief: &Brief, names: &Names<'_>) -> Vec<Page> {
    brief.stories.iter().map(|story| page(story, names)).collect()
}

/// The stories of one agreement, by the numbers of their pages: "Artemis Accords" 1 3; empty where no agreement has several.
pub(crate) fn sagas(brief: &Brief, names: &Names<'_>) -> Vec<(String, Vec<usize>)> {
    let number = |id: &String| brief.stories.iter().position(|s| s.id == *id).map(|n| n + 1);
    let saga = |saga: &crate::reconcile::Saga| {
        let mut stories: Vec<usize> = saga.stories.iter().filter_map(number).collect();
        stories.sort_unstable();
        (names.name(&saga.agreement), stories)
    };
    brief.sagas.iter().map(saga).collect()
}

/// The word of an enumeration as a reader sees it: `common_source` is "common source".
pub(crate) fn word(of: &impl serde::Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}
