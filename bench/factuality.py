#!/usr/bin/env python3
"""Did it happen, for predicates of joining, leaving, ratifying, suspending and signing in articles that no rule was written on?

    python3 bench/factuality.py --bin target/release/rapporteur [--shared ../shared] [--show] [--json FILE]

bench/factuality.tsv names places in articles beside the project (`reports/`), by article, start and end in code points, with FactBank's
word and the realis as a reader gave them before the program was run; no text. Samples were drawn by seeded random from the sentences with
such a predicate. Right: the predicate that overlaps the place has the word (`CT+`), the realis, or both. `bench/floors.py` keeps the floors.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def gold():
    """Rows of the table: (article, start, end, factuality, realis, sample)."""
    lines = (ROOT / "bench/factuality.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            article, start, end, factuality, realis, sample = line.split("\t")
            yield article, int(start), int(end), factuality, realis, sample


def texts(shared):
    """Text and date of the articles by the name that the table gives them."""
    found = {}
    for line in (shared / "reports/wikinews/2019.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["id"]] = {"text": row["text"], "date": row.get("date")}
    for file in sorted((shared / "reports").rglob("*")):
        if file.suffix in (".txt", ".md") and file.is_file():
            found[str(file.relative_to(shared / "reports"))] = {"text": file.read_text("utf-8")}
    return found


def read(program, articles):
    """Predicates by article, as `read --predicates` gives them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for name, row in articles.items():
                out.write(json.dumps({"id": name, **row}, ensure_ascii=False) + "\n")
        done = subprocess.run([program, "read", "--predicates", path], capture_output=True, text=True, encoding="utf-8")
        if done.returncode != 0:
            sys.exit(f"factuality: {done.stderr.strip()}")
        return {a["path"].rsplit("#", 1)[1]: a for a in map(json.loads, done.stdout.splitlines())}


def figures(program, shared, show=False):
    """Accuracy by sample and measure; empty where the articles are not there."""
    if not (shared / "reports/wikinews/2019.jsonl").is_file():
        return {}
    rows = list(gold())
    all_texts = texts(shared)
    articles = read(program, {name: all_texts[name] for name in sorted({r[0] for r in rows})})
    right = {}
    for article, start, end, factuality, realis, sample in rows:
        predicates = articles[article]["predicates"]
        fits = [p for p in predicates if p["span"]["start"] < end and start < p["span"]["end"]]
        best = fits[0] if fits else {"factuality": None, "realis": None}
        word, world = best["factuality"] == factuality, best["realis"] == realis
        for measure, hit in (("factuality", word), ("realis", world), ("both", word and world)):
            right.setdefault((sample, measure), []).append(hit)
        if show and not (word and world):
            text = all_texts[article]["text"]
            print(f"{sample} {article}: {best['factuality']} {best['realis']}, reader {factuality} {realis}")
            print(f"    {text[max(0, start - 110):start]}[[{text[start:end]}]]{text[end:end + 90]}".replace("\n", " "))
    return {f"factuality, sample {s}: {m}": sum(hits) / len(hits) for (s, m), hits in sorted(right.items())}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shared", type=Path, default=ROOT / "../shared")
    parser.add_argument("--show", action="store_true", help="print what differs")
    parser.add_argument("--json", type=Path, help="write the figures here")
    chosen = parser.parse_args()
    found = figures(chosen.bin, chosen.shared, chosen.show)
    for measure, figure in found.items():
        print(f"{measure}: {figure:.3f}")
    if not found:
        print("factuality: no articles beside the project; nothing measured")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
