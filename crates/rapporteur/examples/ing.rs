use rapporteur::ingest;
use std::io::Write;
fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let args: Vec<String> = std::env::args().skip(1).collect();
    let drop_first = std::env::var("DROP").is_ok();
    for f in args {
        let b = std::fs::read(&f).unwrap();
        let arts: Vec<_> = if f.ends_with(".jsonl") {
            b.split(|c| *c == b'\n').enumerate().filter(|(_, l)| !l.is_empty()).map(|(i, l)| ingest::json_line(&f, i + 1, l)).collect()
        } else {
            let mut t = String::from_utf8(b).unwrap();
            if drop_first { t = t.trim_start_matches('\u{feff}').split_once('\n').map(|x| x.1.to_owned()).unwrap_or_default(); }
            vec![ingest::text(&f, t.as_bytes())]
        };
        for a in arts {
            match a {
                Err(e) => writeln!(out, "ERR {e}").unwrap(),
                Ok(a) => {
                    writeln!(out, "== {} lang {:?} outlet {:?} pub {:?} notes {:?}", a.path, a.language, a.outlet.map(|o| o.name), a.published.map(|p| p.date + " " + &p.from), a.notes.iter().map(|n| &n.kind).collect::<Vec<_>>()).unwrap();
                    if let Some(d) = &a.dateline { writeln!(out, "  dateline {:?}", d.span.of(&a.text)).unwrap(); }
                    for b in &a.blocks {
                        if b.kind != ingest::BlockKind::Paragraph { writeln!(out, "  {:?} {:?}", b.kind, b.span.of(&a.text)).unwrap(); }
                    }
                }
            }
        }
    }
}
