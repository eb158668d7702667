//! What the user named, as articles: files, folders and standard input, one article at a time.
//!
//! A folder is walked with its subfolders, names sorted by their bytes; hidden names and other kinds of file are passed over, a link that leads
//! back into the walk is not followed. A file named outright is read whatever its name ends in. `-` is standard input: JSONL where its first
//! byte that is not white space is `{`, else one text. Only one article's bytes are in memory at a time; a JSONL file is read line by line.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use rapporteur::ingest::{self, Article, MAX_ARTICLE_BYTES};
use rapporteur::{Error, ErrorKind};

/// The longest line of a JSONL file: an article's text with every character escaped, and some metadata.
const MAX_LINE_BYTES: usize = 6 * MAX_ARTICLE_BYTES + (1 << 20);

/// The articles of the named inputs in the order named. What could not be read comes as an error in its place, and the rest goes on.
pub(crate) struct Inputs {
    waiting: VecDeque<Source>,
    lines: Option<Lines>,
}

/// Something still to be opened.
enum Source {
    /// A file or folder, and the real paths of the folders it was found in.
    Path {
        path: PathBuf,
        named: bool,
        above: Vec<PathBuf>,
    },
    Stdin,
}

/// A JSONL file that is being read.
struct Lines {
    file: String,
    line: usize,
    reader: Box<dyn BufRead>,
}

impl Inputs {
    /// Opens nothing yet, but fails where a named path does not exist (exit status 2). `-` is standard input.
    pub(crate) fn open(paths: &[PathBuf]) -> Result<Inputs> {
        let mut waiting = VecDeque::new();
        for path in paths {
            if path.as_os_str() == "-" {
                waiting.push_back(Source::Stdin);
                continue;
            }
            if let Err(e) = fs::symlink_metadata(path)
                && e.kind() == io::ErrorKind::NotFound
            {
                bail!("{}: no such file or folder; check the path", path.display());
            }
            waiting.push_back(Source::Path { path: path.clone(), named: true, above: Vec::new() });
        }
        Ok(Inputs { waiting, lines: None })
    }

    /// Fails where a file that is there, and is to be written, is one of those to be read.
    pub(crate) fn spare(&self, output: Option<&Path>) -> Result<()> {
        let Some(real) = output.and_then(|output| fs::canonicalize(output).ok()) else { return Ok(()) };
        let lower = real.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let read = |source: &Source| {
            let Source::Path { path, .. } = source else { return false };
            let Ok(named) = fs::canonicalize(path) else { return false };
            named == real || named.is_dir() && real.starts_with(&named) && is_article(&lower)
        };
        if real.is_file() && self.waiting.iter().any(read) {
            bail!("{}: is among the articles to read, which output never replaces; name another file", real.display());
        }
        Ok(())
    }

    /// What one source gives: an article, an error, or nothing yet (a folder, a JSONL file).
    fn take(&mut self, source: Source) -> Option<Result<Article, Error>> {
        match source {
            Source::Stdin => self.piped(BufReader::new(io::stdin())),
            Source::Path { path, named, above } => match fs::metadata(&path) {
                Err(e) => Some(Err(unreadable(&shown(&path), &e))),
                Ok(about) if about.is_dir() => self.folder(&path, above).err().map(Err),
                Ok(_) => self.file(&path, named),
            },
        }
    }

    /// Puts a folder's entries before what is waiting.
    fn folder(&mut self, path: &Path, mut above: Vec<PathBuf>) -> Result<(), Error> {
        let place = shown(path);
        let real = fs::canonicalize(path).map_err(|e| unreadable(&place, &e))?;
        if above.contains(&real) {
            return Err(Error::new(ErrorKind::Unreadable, place, "a link back to a folder above it; not followed"));
        }
        above.push(real);
        let mut names = Vec::new();
        for entry in fs::read_dir(path).map_err(|e| unreadable(&place, &e))? {
            names.push(entry.map_err(|e| unreadable(&place, &e))?.file_name());
        }
        names.retain(|name| !name.as_encoded_bytes().starts_with(b"."));
        names.sort_by(|a: &OsString, b| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
        for name in names.into_iter().rev() {
            self.waiting.push_front(Source::Path { path: path.join(name), named: false, above: above.clone() });
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, named: bool) -> Option<Result<Article, Error>> {
        let place = shown(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let (page, jsonl) = (is_page(&name), name.ends_with(".jsonl"));
        if !named && !is_article(&name) {
            return None;
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(e) => return Some(Err(unreadable(&place, &e))),
        };
        if jsonl {
            self.lines = Some(Lines { file: place, line: 0, reader: Box::new(BufReader::new(file)) });
            return None;
        }
        Some(
            bytes(&place, file)
                .and_then(|bytes| if page { ingest::page(&place, &bytes) } else { ingest::text(&place, &bytes) }),
        )
    }

    /// Standard input: its first byte that is not white space tells JSONL from text.
    fn piped(&mut self, mut reader: impl BufRead + 'static) -> Option<Result<Article, Error>> {
        let mut start = Vec::new();
        loop {
            let held = match reader.fill_buf() {
                Ok(held) => held,
                Err(e) => return Some(Err(unreadable("-", &e))),
            };
            let blank = |b: &u8| b.is_ascii_whitespace() || matches!(b, 0xef | 0xbb | 0xbf);
            let word = held.iter().find(|b| !blank(b)).copied();
            if word.is_none() && !held.is_empty() && start.len() <= MAX_ARTICLE_BYTES {
                start.extend_from_slice(held);
                let n = held.len();
                reader.consume(n);
                continue;
            }
            let rest = io::Cursor::new(start).chain(reader);
            if word == Some(b'{') {
                self.lines = Some(Lines { file: "-".to_owned(), line: 0, reader: Box::new(rest) });
                return None;
            }
            return Some(bytes("-", rest).and_then(|bytes| ingest::text("-", &bytes)));
        }
    }
}

impl Iterator for Inputs {
    type Item = Result<Article, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(article) => return Some(article),
                    None => self.lines = None,
                }
            }
            let source = self.waiting.pop_front()?;
            if let Some(article) = self.take(source) {
                return Some(article);
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Article, Error>;

    /// The next line that is not empty.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut bytes = Vec::new();
            self.line += 1;
            let place = || format!("{}:{}", self.file, self.line);
            match (&mut self.reader).take(MAX_LINE_BYTES as u64).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(e) => {
                    let error = unreadable(&place(), &e);
                    self.reader = Box::new(io::empty());
                    return Some(Err(error));
                }
            }
            if bytes.len() == MAX_LINE_BYTES && bytes.last() != Some(&b'\n') {
                let error =
                    Error::new(ErrorKind::TooLarge, place(), "the line is longer than an article can be; split it");
                if skip_line(&mut self.reader).is_err() {
                    self.reader = Box::new(io::empty());
                }
                return Some(Err(error));
            }
            if !bytes.trim_ascii().is_empty() {
                return Some(ingest::json_line(&self.file, self.line, &bytes));
            }
        }
    }
}

fn is_page(lower_name: &str) -> bool {
    [".html", ".htm", ".html.gz", ".htm.gz"].iter().any(|end| lower_name.ends_with(end))
}

/// Whether a file of a folder is read.
fn is_article(lower_name: &str) -> bool {
    let kind = is_page(lower_name) || [".jsonl", ".txt", ".md"].iter().any(|end| lower_name.ends_with(end));
    kind && !is_about_the_folder(lower_name)
}

/// A README or a licence says something of the files beside it; in a folder it is no article. Named by itself it is read.
fn is_about_the_folder(lower_name: &str) -> bool {
    ["readme", "license", "licence", "copying", "changelog"].contains(&lower_name.split('.').next().unwrap_or(""))
}

/// Reads on to the end of a line and keeps none of it.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let held = reader.fill_buf()?;
        let (n, done) = match held.iter().position(|b| *b == b'\n') {
            Some(at) => (at + 1, true),
            None => (held.len(), held.is_empty()),
        };
        reader.consume(n);
        if done {
            return Ok(());
        }
    }
}

/// A file that is one article. Of one that is too large only as much is read as shows it.
fn bytes(place: &str, reader: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    reader.take(MAX_ARTICLE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|e| unreadable(place, &e))?;
    Ok(bytes)
}

fn unreadable(place: &str, e: &io::Error) -> Error {
    let advice = match e.kind() {
        io::ErrorKind::PermissionDenied => "no permission to read it; change its permissions".to_owned(),
        io::ErrorKind::NotFound => "it leads nowhere; check the link".to_owned(),
        _ => format!("could not be read ({e}); check the path"),
    };
    Error::new(ErrorKind::Unreadable, place, advice)
}

/// A path as printed: with `/` between its parts on every system.
fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own under the system's, removed when dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("rapporteur-inputs-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }

        fn with(self, name: &str, bytes: &[u8]) -> Folder {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
            self
        }

        /// What comes of reading these, the folder's own path left out.
        fn check(&self, names: &[&str], expect: &[&str]) {
            let paths: Vec<PathBuf> = names.iter().map(|n| self.0.join(n)).collect();
            let own = format!("{}/", self.0.display());
            let told: Vec<String> = Inputs::open(&paths)
                .unwrap()
                .map(|article| match article {
                    Ok(a) => a.path.replace(&own, ""),
                    Err(e) => format!("{:?} {}", e.kind, e.place.replace(&own, "")),
                })
                .collect();
            assert_eq!(told, expect);
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const WORDS: &[u8] = b"Norland signed the pact.";

    #[test]
    fn a_folder_is_walked_in_the_order_of_its_names() {
        let folder = Folder::new("order")
            .with("b.txt", WORDS)
            .with("B.txt", WORDS)
            .with("a/z.md", WORDS)
            .with("a.txt", WORDS)
            .with(".hidden.txt", WORDS);
        let folder =
            folder.with("logo.png", b"\x89PNG").with("c.html", b"<p>Norland signed the pact.").with("d.txt", b" ");
        folder.check(&[""], &["B.txt", "a/z.md", "a.txt", "b.txt", "c.html", "Empty d.txt"]);
    }

    #[test]
    fn the_order_named_is_the_order_read_and_twice_is_twice() {
        let folder = Folder::new("named").with("b.txt", WORDS).with("a", WORDS).with("logo.png", b"\x89PNG");
        folder.check(&["b.txt", "a", "b.txt", "logo.png"], &["b.txt", "a", "b.txt", "Binary logo.png"]);
    }

    #[test]
    fn a_jsonl_file_gives_its_good_lines_and_names_the_bad_ones() {
        let lines = b"{\"text\": \"Norland signed.\", \"id\": \"n\"}\r\n\n{\"text\": 5}\nwords\n{\"text\": \"Sudmark did not.\"}";
        let folder = Folder::new("jsonl").with("feed.jsonl", lines).with("none.jsonl", b"");
        folder.check(
            &["feed.jsonl", "none.jsonl"],
            &["feed.jsonl#n", "Malformed feed.jsonl:3", "Malformed feed.jsonl:4", "feed.jsonl#5"],
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_back_is_not_followed_and_a_dead_one_is_named() {
        let folder = Folder::new("links").with("a/b.txt", WORDS);
        std::os::unix::fs::symlink(&folder.0, folder.0.join("a/up")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.0.join("dead.txt")).unwrap();
        folder.check(&[""], &["a/b.txt", "Unreadable a/up", "Unreadable dead.txt"]);
    }

    #[test]
    fn a_path_that_is_not_there_fails_at_once() {
        let error = Inputs::open(&[PathBuf::from("no/such/folder")]).err().unwrap().to_string();
        assert!(error.starts_with("no/such/folder: ") && !error.contains('\n'), "{error}");
    }

    #[test]
    fn standard_input_is_text_or_jsonl() {
        let check = |input: &'static str, expect: &[&str]| {
            let mut inputs = Inputs::open(&[]).unwrap();
            // A small buffer: the first word may come late.
            let first = inputs.piped(BufReader::with_capacity(4, input.as_bytes()));
            let told = first
                .into_iter()
                .chain(inputs)
                .map(|a| a.map_or_else(|e| format!("{:?} {}", e.kind, e.place), |a| a.path));
            assert_eq!(told.collect::<Vec<_>>(), expect, "{input}");
        };
        check("Norland signed.", &["-"]);
        check("\n \n\n\n\n \n{\"text\": \"Norland signed.\"}\n{}", &["-#7", "Malformed -:8"]);
        check(" \n \n \n \n", &["Empty -"]);
        check("", &["Empty -"]);
    }

    #[test]
    fn an_endless_line_is_passed_over() {
        let mut bytes = vec![b'x'; MAX_LINE_BYTES + 10];
        bytes.extend_from_slice(b"\n{\"text\": \"Norland signed.\"}\n");
        let mut lines = Lines { file: "f".to_owned(), line: 0, reader: Box::new(io::Cursor::new(bytes)) };
        assert_eq!(lines.next().unwrap().unwrap_err().kind, ErrorKind::TooLarge);
        assert_eq!(lines.next().unwrap().unwrap().path, "f#2");
        assert!(lines.next().is_none());
    }
}
