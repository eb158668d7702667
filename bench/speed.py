#!/usr/bin/env python3
"""Words a second: the reader and spaCy 3.8, on the same core, in the same run, on the same texts.

    python bench/speed.py --model DIR --core 1 PATH...

Both are given every non-blank line as a text of its own and have the whole text in memory; neither prints. spaCy runs with one
thread and the best of several batch sizes; the reader is `cargo run --release -p language --example speed`, which times
itself. The two take turns, and the median of the ratios is what to quote.
"""
import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("paths", nargs="+", type=Path)
    chosen = parser.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"
    # Workarounds for old numerical libraries slow a current one down.
    os.environ.pop("OPENBLAS_CORETYPE", None)
    os.environ.pop("OPENBLAS_L2_SIZE", None)
    os.sched_setaffinity(0, {chosen.core})
    import spacy

    files = [f for p in chosen.paths for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])]
    texts = [f.read_text(encoding="utf-8", errors="replace") for f in files]
    lines = [line for text in texts for line in re.split(r"[\r\n]", text) if line.strip()]
    words = sum(len(line.split()) for line in lines)
    nlp = spacy.load(chosen.model)
    list(nlp.pipe(lines[:200]))  # warm

    def spacy_rate(batch):
        started = time.perf_counter()
        for _ in nlp.pipe(lines, batch_size=batch):
            pass
        return words / (time.perf_counter() - started)

    rates = {batch: spacy_rate(batch) for batch in (32, 128, 256, 1024)}
    best = max(rates, key=rates.get)
    print("spaCy, words/s by batch size:", {b: round(r) for b, r in rates.items()}, f"; best {best}")
    binary = ROOT / "target/release/examples/speed"
    ratios, ours = [], []
    for _ in range(chosen.rounds):
        theirs = spacy_rate(best)
        done = subprocess.run([binary, "--model", chosen.model, *map(str, files)], capture_output=True, text=True, check=True)
        figures = dict(re.findall(r"(\w+) ([\d.]+)", done.stdout))
        ours.append(words / float(figures["seconds"]))
        ratios.append(ours[-1] / theirs)
        print(f"spaCy {theirs:.0f} words/s, reader {ours[-1]:.0f} words/s, ratio {ratios[-1]:.2f}; {done.stdout.strip()}")
    print(f"{words} words, {len(lines)} lines; median ratio {statistics.median(ratios):.2f} "
          f"({min(ratios):.2f} to {max(ratios):.2f}); reader {statistics.median(ours):.0f} words/s; "
          f"spaCy peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", file=sys.stdout)


if __name__ == "__main__":
    main()
