#!/usr/bin/env python3
"""What the comparators make of pairs of claims: F1 of "strengthens" and "weakens" (a secondary figure).

    python3 bench/claims.py --bin target/release/rapporteur --gold ../shared/gold/claimdiff [--json FILE]

The set gives two claims of two articles on one topic, and whether the second strengthens or weakens the first. No weights are fitted to
it: a pair weakens where the comparators find a contradiction or a tension, or framing against it; it strengthens where nothing weakens it.
Beside it stand the figures of always saying yes, which a useful rule has to beat.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

GRAVE = {"contradiction", "tension"}


def pairs(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["data"]


def verdicts(binary: str, rows: list[dict]) -> list[dict]:
    """The program's answer to each pair, in order."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pairs.jsonl"
        lines = (json.dumps({"a": row["claim_a"], "b": row["claim_b"]}) for row in rows)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        out = subprocess.run([binary, "train", "claims", str(file)], stdout=subprocess.PIPE, check=True)
    answers = [json.loads(line) for line in out.stdout.decode().splitlines()]
    if len(answers) != len(rows):
        sys.exit(f"{len(answers)} answers to {len(rows)} pairs")
    return answers


def f1(told: list[bool], gold: list[bool]) -> float:
    right = sum(t and g for t, g in zip(told, gold))
    return 2 * right / max(1, sum(told) + sum(gold))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = {}
    for name, kind in (("strength", "strengthens"), ("weak", "weakens")):
        for file in sorted(options.gold.glob(f"ClaimDiff-{name}-*.json")):
            rows = pairs(file)
            gold = [row["relation"] == 1 for row in rows]
            answers = verdicts(options.bin, rows)
            grave = [a["verdict"] in GRAVE for a in answers]
            told = [not g for g in grave] if kind == "strengthens" else grave
            split = file.stem.rsplit("-", 1)[-1]
            figures[f"claims {split}: F1 {kind}"] = round(f1(told, gold), 3)
            figures[f"claims {split}: F1 {kind}, always yes"] = round(f1([True] * len(gold), gold), 3)
            figures[f"claims {split}: {kind}, pairs with a verdict of conflict"] = sum(grave)
            figures[f"claims {split}: {kind}, pairs that tell a claim together"] = sum(a["told"] > 0 for a in answers)
    for figure, value in figures.items():
        print(f"{figure:70} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
