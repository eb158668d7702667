//! A spaCy model folder, opened, checked and ready to read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::container::{Node, decode, nodes, pairs};
use crate::embed::{Tok2Vec, Vectors, WIDTH};
use crate::entity::Recogniser;
use crate::features::Norms;
use crate::lemma::Lemmatizer;
use crate::matrix::Matrix;
use crate::parse::Parser;
use crate::read::Workspace;
use crate::reading::{Labels, Reading};
use crate::rules::Ruler;
use crate::score::{Scorer, classes};
use crate::text::Unit;
use crate::tokenize::Tokenizer;

/// Why a folder could not be opened as a model: which file, and what was expected there.
#[derive(Debug, thiserror::Error)]
#[error("{}: {message}", file.display())]
pub struct ModelError {
    /// The file at fault.
    pub file: PathBuf,
    /// What was expected.
    pub message: String,
}

/// Where a user's model is kept: `rapporteur/models/en_core_web_sm-3.8.0` in the data folder, which is `$XDG_DATA_HOME`, else
/// `~/.local/share`. It need not exist. `None` where no variable says where home is.
pub fn kept_folder() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = set("XDG_DATA_HOME").or_else(|| Some(set("HOME")?.join(".local/share")))?;
    Some(data.join("rapporteur/models/en_core_web_sm-3.8.0"))
}

/// An English spaCy 3.8 pipeline: `en_core_web_sm`; of `_md` the vectors are read too, untried on the real model. Shared freely between threads; reading changes nothing in it that
/// could change a result.
pub struct Model {
    pub(crate) tokenizer: Tokenizer,
    pub(crate) norms: Norms,
    pub(crate) vectors: Vectors,
    pub(crate) networks: [Tok2Vec; 2],
    pub(crate) tagger: Matrix,
    pub(crate) tagger_bias: Vec<f32>,
    pub(crate) parser: Parser,
    pub(crate) recogniser: Recogniser,
    pub(crate) ruler: Ruler,
    pub(crate) lemmatizer: Lemmatizer,
    pub(crate) labels: Arc<Labels>,
    /// Rooms to work in, with the words met before; as many as threads have read at once.
    pub(crate) workspaces: Mutex<Vec<Workspace>>,
    name: String,
    version: String,
    folder: PathBuf,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Model({} {}, {})", self.name, self.version, self.folder.display())
    }
}

impl Model {
    /// Opens an unpacked model folder, the one with `config.cfg`. Takes under a tenth of a second.
    ///
    /// # Errors
    /// When a file is missing, truncated, or of another architecture; the error names the file and what was expected.
    pub fn load(folder: &Path) -> Result<Model, ModelError> {
        let open = Opener { folder };
        let meta = open.json("meta.json")?;
        let text_of = |key: &str| meta.get(key).and_then(|v| v.as_str()).unwrap_or("").to_owned();
        if text_of("lang") != "en" {
            return Err(open.error("meta.json", "expected an English spaCy model (`lang` is `en`)"));
        }
        let tokenizer = open.with("tokenizer", Tokenizer::from_bytes)?;
        let norms = open.with("vocab/lookups.bin", Norms::from_bytes)?;
        let vectors = open.vectors()?;
        let mut labels = Labels::default();

        let tok2vec = open.with("tok2vec/model", |b| Tok2Vec::new(&nodes(b)?, 6, &vectors))?;
        let cfg = open.json("tagger/cfg")?;
        labels.tags = cfg
            .get("labels")
            .and_then(|l| l.as_array())
            .map(|l| l.iter().filter_map(|v| v.as_str()).map(str::to_owned).collect())
            .unwrap_or_default();
        if labels.tags.is_empty() {
            return Err(open.error("tagger/cfg", "expected a list `labels` of tags"));
        }
        let n = labels.tags.len();
        let (tagger, tagger_bias) = open.with("tagger/model", |b| softmax(&nodes(b)?, n))?;

        let moves = open.with("parser/moves", classes)?;
        let scorer = open.with("parser/model", |b| Scorer::new(&nodes(b)?, moves.len()))?;
        labels.deps.push(String::new());
        let parser = Parser::new(scorer, &moves, |name| place(&mut labels.deps, name))
            .map_err(|e| open.error("parser/moves", &e))?;
        // The attribute ruler labels white space so.
        place(&mut labels.deps, "dep");

        let ner = open.with("ner/model", nodes)?;
        let ner_tok2vec = Tok2Vec::new(&ner, 4, &vectors).map_err(|e| open.error("ner/model", &e))?;
        let moves = open.with("ner/moves", classes)?;
        let scorer = Scorer::new(&ner, moves.len()).map_err(|e| open.error("ner/model", &e))?;
        labels.entities.push(String::new());
        let recogniser = Recogniser::new(scorer, &moves, |name| place(&mut labels.entities, name))
            .map_err(|e| open.error("ner/moves", &e))?;

        let ruler = {
            let tags: Vec<&str> = labels.tags.iter().map(String::as_str).collect();
            let deps: Vec<&str> = labels.deps.iter().map(String::as_str).collect();
            open.with("attribute_ruler/patterns", |b| Ruler::from_bytes(b, &tags, &deps))?
        };
        labels.morphs = ruler.morphs().iter().map(|m| m.to_string()).collect();
        let lemmatizer = open.with("lemmatizer/lookups/lookups.bin", Lemmatizer::from_bytes)?;
        Ok(Model {
            tokenizer,
            norms,
            vectors,
            networks: [tok2vec, ner_tok2vec],
            tagger,
            tagger_bias,
            parser,
            recogniser,
            ruler,
            lemmatizer,
            labels: Arc::new(labels),
            workspaces: Mutex::new(Vec::new()),
            name: format!("{}_{}", text_of("lang"), text_of("name")),
            version: text_of("version"),
            folder: folder.to_owned(),
        })
    }

    /// The model's name, `en_core_web_sm`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The model's version, `3.8.0`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The folder it was loaded from.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads the units of a text. Units must stand in text order without overlap; one that is not a stretch of the text has no
    /// tokens. The result depends on nothing but the text, the units and the model's weights.
    pub fn read(&self, text: &str, units: &[Unit]) -> Reading {
        let mut workspace =
            self.workspaces.lock().map_or_else(|p| p.into_inner().pop(), |mut w| w.pop()).unwrap_or_default();
        let reading = crate::read::read(self, text, units, &mut workspace);
        if let Ok(mut workspaces) = self.workspaces.lock() {
            workspaces.push(workspace);
        }
        reading
    }

    /// Reads a text line by line, each non-blank line a unit as it stands. This is how spaCy is compared: a line as one `Doc`.
    pub fn read_lines(&self, text: &str) -> Reading {
        let mut units = Vec::new();
        let mut start = 0;
        for line in text.split(['\r', '\n']) {
            let span = crate::Span::new(start, start + line.len());
            if !line.chars().all(crate::tokenize::is_space) {
                units.push(Unit { span, heading: false });
            }
            start = span.end + 1;
        }
        self.read(text, &units)
    }
}

/// The place of a name in a table, added when new.
fn place(table: &mut Vec<String>, name: &str) -> u16 {
    let at = table.iter().position(|n| n == name).unwrap_or_else(|| {
        table.push(name.to_owned());
        table.len() - 1
    });
    at as u16
}

fn softmax(nodes: &[Node], tags: usize) -> Result<(Matrix, Vec<f32>), String> {
    let layer = crate::container::named(nodes, "softmax", 1)?[0];
    let weights = layer.array("W", &[tags, WIDTH])?;
    let matrix = Matrix::pack(WIDTH, tags, |k, c| weights[c * WIDTH + k]);
    Ok((matrix, layer.array("b", &[tags])?.to_vec()))
}

struct Opener<'a> {
    folder: &'a Path,
}

impl Opener<'_> {
    fn error(&self, file: &str, message: &str) -> ModelError {
        ModelError { file: self.folder.join(file), message: message.to_owned() }
    }

    fn bytes(&self, file: &str) -> Result<Vec<u8>, ModelError> {
        std::fs::read(self.folder.join(file)).map_err(|e| {
            self.error(file, &format!("cannot be read ({e}); expected a file of an unpacked spaCy 3.8 English model"))
        })
    }

    fn with<T>(&self, file: &str, open: impl FnOnce(&[u8]) -> Result<T, String>) -> Result<T, ModelError> {
        open(&self.bytes(file)?).map_err(|e| self.error(file, &e))
    }

    fn json(&self, file: &str) -> Result<serde_json::Value, ModelError> {
        self.with(file, |b| serde_json::from_slice(b).map_err(|e| format!("expected JSON: {e}")))
    }

    /// Word vectors, where the model has any: numpy's format 1.0 of 32-bit floats, and the rows of hashes.
    fn vectors(&self) -> Result<Vectors, ModelError> {
        let Ok(bytes) = std::fs::read(self.folder.join("vocab/vectors")) else { return Ok(Vectors::default()) };
        let vectors = npy(&bytes).map_err(|e| self.error("vocab/vectors", &e))?;
        if vectors.width == 0 {
            return Ok(vectors);
        }
        let keys = self.with("vocab/key2row", |b| {
            let value = decode(b)?;
            let rows = vectors.rows.len() / vectors.width;
            pairs(&value)
                .iter()
                .map(|(key, row)| {
                    let row = row.as_u64().map(|r| r as usize).filter(|r| *r < rows);
                    Ok((key.as_u64().ok_or("expected hashes as keys")?, row.ok_or("expected rows of `vectors`")?))
                })
                .collect::<Result<_, String>>()
        })?;
        Ok(Vectors { keys, ..vectors })
    }
}

fn npy(bytes: &[u8]) -> Result<Vectors, String> {
    let expected = || "expected a numpy array of 32-bit floats in two dimensions".to_owned();
    let header_len = bytes.get(8..10).map(|b| usize::from(b[0]) + 256 * usize::from(b[1])).ok_or_else(expected)?;
    let header = bytes.get(10..10 + header_len).and_then(|h| std::str::from_utf8(h).ok()).ok_or_else(expected)?;
    if !bytes.starts_with(b"\x93NUMPY") || !header.contains("'<f4'") || header.contains("'fortran_order': True") {
        return Err(expected());
    }
    let shape = header.split_once('(').and_then(|(_, s)| s.split_once(')')).map(|(s, _)| s).ok_or_else(expected)?;
    let sizes: Vec<usize> = shape.split(',').filter_map(|s| s.trim().parse().ok()).collect();
    let data = &bytes[10 + header_len..];
    match sizes[..] {
        [rows, width] if rows.checked_mul(width).and_then(|n| n.checked_mul(4)) == Some(data.len()) => Ok(Vectors {
            width: if rows == 0 { 0 } else { width },
            rows: data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect(),
            ..Vectors::default()
        }),
        _ => Err(expected()),
    }
}
