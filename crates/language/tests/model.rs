//! The reader against spaCy's own output, against broken models, and against itself.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use language::{Model, Span, Unit, conllu};

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(&folder()).expect("the language model opens"));

/// Where the model is: `RAPPORTEUR_MODEL`, else where `rapporteur model fetch` puts it.
fn folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("RAPPORTEUR_MODEL") {
        return folder.into();
    }
    let data = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")))
        .expect("a home folder");
    let folder = data.join("rapporteur/models/en_core_web_sm-3.8.0");
    assert!(folder.is_dir(), "no language model: run `rapporteur model fetch` or set RAPPORTEUR_MODEL");
    folder
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The text a fixture is of: beside it, or in `stories/`.
fn text_of(fixture: &str) -> String {
    let own = fixtures().join(format!("{fixture}.txt"));
    let path = match fixture.rsplit_once('-') {
        Some((story, number)) if !own.is_file() => fixtures().join(format!("../../../../stories/{story}/{number}.txt")),
        _ => own,
    };
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn equals_spacy_on_every_fixture() {
    let (mut fixtures_read, mut tokens) = (0, 0);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(fixtures()).expect("the fixtures").map(|f| f.expect("a file").path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "conllu")) {
        let name = file.file_stem().and_then(|n| n.to_str()).expect("a name");
        let expected = std::fs::read_to_string(file).expect("a fixture");
        let read = conllu(&MODEL.read_lines(&text_of(name)));
        for (ours, spacy) in read.lines().zip(expected.lines()) {
            assert_eq!(ours, spacy, "{name}");
        }
        assert_eq!(read.lines().count(), expected.lines().count(), "{name}");
        fixtures_read += 1;
        tokens += read.lines().filter(|l| !l.is_empty()).count();
    }
    assert!(fixtures_read >= 17 && tokens > 4_500, "{fixtures_read} fixtures, {tokens} tokens");
}

fn lines(text: &str) -> Vec<Unit> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start = span.end + 1;
            Unit { span, heading: false }
        })
        .collect()
}

#[test]
fn a_unit_is_read_as_if_it_stood_alone() {
    let text = text_of("ministers");
    let units = lines(&text);
    let whole = MODEL.read(&text, &units);
    for (i, unit) in units.iter().enumerate() {
        let alone = MODEL.read(unit.span.of(&text), &[Unit { span: Span::new(0, unit.span.len()), heading: false }]);
        let tokens = whole.units()[i].clone();
        assert_eq!(alone.len(), tokens.len());
        for (a, b) in alone.tokens().zip(whole.range(tokens)) {
            assert_eq!(
                (a.text(), a.lemma(), a.tag(), a.dep(), a.morph()),
                (b.text(), b.lemma(), b.tag(), b.dep(), b.morph())
            );
            assert_eq!(a.head().map(|h| h.span().start), b.head().map(|h| h.span().start - unit.span.start));
        }
    }
}

#[test]
fn threads_share_a_model_and_get_the_same() {
    let texts: Vec<String> = ["ministers", "odd", "nordic-nato-1", "pact-exit-2"].map(text_of).to_vec();
    let expected: Vec<String> = texts.iter().map(|t| conllu(&MODEL.read_lines(t))).collect();
    std::thread::scope(|scope| {
        for shift in 0..4 {
            let (texts, expected) = (&texts, &expected);
            scope.spawn(move || {
                for i in 0..8 {
                    let at = (i + shift) % texts.len();
                    assert_eq!(conllu(&MODEL.read_lines(&texts[at])), expected[at]);
                }
            });
        }
    });
}

#[test]
fn spans_are_stretches_of_the_text() {
    for name in ["odd", "ministers", "kazakhstan-accords-5"] {
        let text = text_of(name);
        let reading = MODEL.read_lines(&text);
        let mut last = 0;
        for token in reading.tokens() {
            let (span, chars) = (token.span(), token.chars());
            assert!(span.start >= last && !span.is_empty() && !span.of(&text).is_empty(), "{token:?}");
            assert_eq!(text[..span.start].chars().count(), chars.start);
            assert_eq!(text[..span.end].chars().count(), chars.end);
            last = span.end;
        }
    }
}

#[test]
fn a_tree_can_be_walked() {
    let text = "Sweden and Finland, which had applied in May, were invited by the allies to sign the protocols.";
    let reading = MODEL.read_lines(text);
    let find = |word: &str| reading.tokens().find(|t| t.text() == word).expect(word);
    let names = |t: Option<language::Token<'_>>| t.map_or("nobody".to_owned(), |t| t.text().to_owned());
    assert_eq!(names(find("invited").object()), "Sweden");
    assert_eq!(names(find("invited").subject()), "allies");
    assert_eq!(names(find("sign").object()), "protocols");
    assert_eq!(find("Finland").conjuncts().iter().map(|t| t.text()).collect::<Vec<_>>(), ["Sweden", "Finland"]);
    assert!(find("protocols").is_under(find("invited")));
    assert_eq!(find("protocols").distance(find("sign")), Some(1));
    assert_eq!(find("protocols").subtree_span().of(text), "the protocols");
    assert!(find("invited").is_root() && find("invited").is_passive());
}

#[test]
fn hostile_texts_come_back() {
    let long_line = "word ".repeat(9_000);
    let one = "a".repeat(300_000);
    let brackets = "(".repeat(100_000);
    let mixed = "a.b-c'd\"e/".repeat(10_000);
    for text in
        ["", " ", "\n\n\r\n", "\u{0}", "\u{feff}", "e\u{301}\u{301}\u{301}", &long_line, &one, &brackets, &mixed]
    {
        let reading = MODEL.read_lines(text);
        let covered: usize = reading.tokens().map(|t| t.span().len()).sum();
        assert!(covered <= text.len());
        let _ = conllu(&reading);
    }
    // Units that are no stretch of the text have no tokens.
    let reading = MODEL
        .read("né", &[Unit { span: Span::new(0, 2), heading: true }, Unit { span: Span::new(5, 9), heading: false }]);
    assert_eq!((reading.len(), reading.units().len()), (0, 2));
}

#[test]
fn a_broken_model_is_named_and_never_panics() {
    let files = [
        "meta.json",
        "tokenizer",
        "vocab/lookups.bin",
        "tok2vec/model",
        "tagger/cfg",
        "tagger/model",
        "parser/moves",
        "parser/model",
        "ner/model",
        "ner/moves",
        "attribute_ruler/patterns",
        "lemmatizer/lookups/lookups.bin",
    ];
    let copy = std::env::temp_dir().join(format!("language-broken-model-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&copy);
    for file in files.iter().chain(&["vocab/vectors", "vocab/key2row"]) {
        let to = copy.join(file);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(folder().join(file), to).expect("a copy");
    }
    assert!(Model::load(&copy).is_ok());
    for file in files {
        let path = copy.join(file);
        let whole = std::fs::read(&path).expect("a file");
        for keep in [0, 1, whole.len() / 3, whole.len() - 1] {
            std::fs::write(&path, &whole[..keep]).expect("written");
            let error = Model::load(&copy).expect_err(file).to_string();
            assert!(error.contains(file) && error.contains("expected") && !error.contains('\n'), "{error}");
        }
        // Any byte may be wrong: no matter whether that is noticed, nothing panics.
        for step in 0..6 {
            let mut bad = whole.clone();
            let at = (whole.len() * step / 6 + step * 13) % whole.len();
            bad[at] ^= 0xff;
            std::fs::write(&path, &bad).expect("written");
            if let Ok(model) = Model::load(&copy) {
                let _ = model.read_lines("Sweden isn't a member yet, \"they\" said.");
            }
        }
        std::fs::remove_file(&path).expect("removed");
        let error = Model::load(&copy).expect_err(file).to_string();
        assert!(error.contains(file) && error.contains("cannot be read"), "{error}");
        std::fs::write(&path, &whole).expect("restored");
    }
    let _ = std::fs::remove_dir_all(&copy);
}
