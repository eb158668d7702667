//! Reads text files and prints what the reader understood as CoNLL-U.
//!
//!     cargo run --release -p language --example parse -- --model DIR FILE...

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut model, mut files) = (std::env::var("RAPPORTEUR_MODEL").ok(), Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--model" => model = arguments.next(),
            _ => files.push(argument),
        }
    }
    let model = language::Model::load(Path::new(&model.ok_or("name a model folder with --model DIR")?))?;
    for file in files {
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{file}: {e}"))?;
        println!("# newdoc id = {file}");
        print!("{}", language::conllu(&model.read_lines(&text)));
    }
    Ok(())
}
