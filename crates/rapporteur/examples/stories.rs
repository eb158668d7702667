//! How the search for stories grows with the number of articles: `cargo run --release -p rapporteur --example stories -- 1000 10000 100000`.
//!
//! The articles are made, not written. Words follow Zipf's law (rank r is drawn with a weight of 1/r) over a vocabulary that grows with
//! the square root of the collection (Heaps). Every event has sixty words of its own drawn from the rare half, a day of ten years, and
//! between one and forty articles (again by Zipf); an article of an event draws 220 words from the language and 130 from its event, the
//! first forty of them mixed into the lead. Randomness is a fixed sequence, so two runs see the same articles. Prints, for each size, the
//! seconds on one core, the stories found, BCubed precision, recall and F1 against the events, and the peak memory of the process in kB.

use std::collections::HashMap;
use std::time::Instant;

use rapporteur::cluster::{Profile, stories};

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Sequence(u64);

impl Sequence {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A rank from 1 to `most`, by Zipf's law.
    fn rank(&mut self, most: usize) -> usize {
        ((most as f64 + 1.0).powf(self.share()) as usize).clamp(1, most)
    }
}

/// Profiles and the event of each, shuffled.
fn articles(n: usize) -> (Vec<Profile>, Vec<usize>) {
    let mut random = Sequence(7);
    let vocabulary = (2_000.0 * (n as f64).sqrt()) as usize;
    let mut made: Vec<(u64, Profile, usize)> = Vec::with_capacity(n);
    let mut event = 0;
    while made.len() < n {
        let own: Vec<String> =
            (0..60).map(|_| format!("w{}", vocabulary / 2 + random.next() as usize % (vocabulary / 2))).collect();
        let day = (random.next() % 3_650) as i32;
        let told = 40 / random.rank(40);
        for _ in 0..told.min(n - made.len()) {
            let mut words: Vec<String> = Vec::with_capacity(350);
            for place in 0..350 {
                let of_event = if place < 80 { place % 2 == 0 } else { place % 3 == 0 };
                words.push(match of_event {
                    true => own[random.rank(own.len()) - 1].clone(),
                    false => format!("w{}", random.rank(vocabulary)),
                });
            }
            let order = random.next();
            made.push((
                order,
                Profile::of_words(words.iter().map(String::as_str), 60, Some(day + (order % 3) as i32)),
                event,
            ));
        }
        event += 1;
    }
    made.sort_by_key(|m| m.0);
    made.into_iter().map(|(_, profile, event)| (profile, event)).unzip()
}

/// BCubed precision, recall and F1 (Bagga and Baldwin 1998).
fn bcubed(events: &[usize], stories: &[Vec<usize>]) -> [f64; 3] {
    let mut size: HashMap<usize, usize> = HashMap::new();
    events.iter().for_each(|e| *size.entry(*e).or_default() += 1);
    let (mut precision, mut recall) = (0.0, 0.0);
    for story in stories {
        let mut both: HashMap<usize, usize> = HashMap::new();
        story.iter().for_each(|&i| *both.entry(events[i]).or_default() += 1);
        for (event, shared) in both {
            precision += (shared * shared) as f64 / story.len() as f64;
            recall += (shared * shared) as f64 / size[&event] as f64;
        }
    }
    let n = events.len() as f64;
    let (precision, recall) = (precision / n, recall / n);
    [precision, recall, 2.0 * precision * recall / (precision + recall)]
}

/// Peak resident memory of this process, in kB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

fn main() {
    println!("articles\tseconds\tstories\tP\tR\tBCubed F1\tpeak kB");
    let sizes = std::env::args().skip(1).filter_map(|a| a.parse().ok());
    for n in sizes {
        let (profiles, events) = articles(n);
        let start = Instant::now();
        let found = stories(&profiles);
        let seconds = start.elapsed().as_secs_f64();
        let [precision, recall, f1] = bcubed(&events, &found);
        println!("{n}\t{seconds:.1}\t{}\t{precision:.3}\t{recall:.3}\t{f1:.3}\t{}", found.len(), peak());
    }
}
