//! Reads the pages of a folder and prints them as JSON lines (spans in code points), their speed on standard error. Usage: `pages FOLDER`.

use std::time::Instant;

use language::Span;
use rapporteur::ingest;
use serde_json::json;

fn main() {
    let folder = std::env::args().nth(1).expect("a folder of pages");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let (mut seconds, mut slowest, mut n) = (0.0, (0.0, String::new()), 0);
    for path in &paths {
        let bytes = std::fs::read(path).expect("a page");
        let name = path.to_string_lossy().into_owned();
        let clock = Instant::now();
        let read = ingest::page(&name, &bytes);
        let took = clock.elapsed().as_secs_f64();
        seconds += took;
        n += 1;
        if took > slowest.0 {
            slowest = (took, name.clone());
        }
        match read {
            Err(error) => eprintln!("{error}"),
            Ok(a) => {
                let points = |at: usize| a.text[..at].chars().count();
                let span = |s: Span| json!({"start": points(s.start), "end": points(s.end), "text": s.of(&a.text)});
                let blocks: Vec<_> = a
                    .blocks
                    .iter()
                    .map(|b| json!({"start": points(b.span.start), "end": points(b.span.end), "kind": b.kind}))
                    .collect();
                println!(
                    "{}",
                    json!({"path": name, "text": a.text, "blocks": blocks, "headline": a.headline.map(span), "title": a.title,
                        "published": a.published, "byline": a.byline.map(span), "outlet": a.outlet, "url": a.url, "language": a.language})
                );
            }
        }
    }
    eprintln!("{n} pages, {:.1} a second; the slowest took {:.2} s: {}", f64::from(n) / seconds, slowest.0, slowest.1);
}
