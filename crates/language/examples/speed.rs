//! Times the reader: how long loading takes, how long reading the lines of all files takes, and the peak memory.
//!
//!     cargo run --release -p language --example speed -- --model DIR FILE...

use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut model, mut files) = (std::env::var("RAPPORTEUR_MODEL").ok(), Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--model" => model = arguments.next(),
            _ => files.push(argument),
        }
    }
    let texts = files.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let started = Instant::now();
    let model = language::Model::load(Path::new(&model.ok_or("name a model folder with --model DIR")?))?;
    let load = started.elapsed();
    let started = Instant::now();
    let tokens: usize = texts.iter().map(|text| model.read_lines(text).len()).sum();
    let read = started.elapsed();
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak.lines().find_map(|l| l.strip_prefix("VmHWM:")).map_or("", str::trim).replace(" kB", "");
    println!("load {:.4} seconds {:.4} tokens {tokens} peak_kb {peak}", load.as_secs_f64(), read.as_secs_f64());
    Ok(())
}
