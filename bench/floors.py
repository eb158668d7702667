#!/usr/bin/env python3
"""Fails when a figure falls below its floor in bench/floors.json.

    python3 bench/floors.py --bin target/release/rapporteur [--shared ../shared] [--only SCORER,...] [--update] [--json FILE]

The scorers and the labelled data are in a folder beside the project; where it is not, nothing is measured here and the floors on
stories/ (a test) still hold. `--update` raises floors to the figures measured and never lowers one; to lower one, edit the file and say
why in the commit. A floor belongs to a corpus: its digest is kept, and a changed corpus asks for new floors (`--update`).
"""
import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import factuality

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "bench/floors.json"
# What each scorer reads, for the digest.
CORPORA = {
    "kazakhstan": ["gold/kazakhstan.json"],
    "accounts": ["gold/stories"],
    "quotes": ["gold/polnear/dev"],
    "body": ["gold/wcxb"],
    "events": ["gold/events/plv"],
    "factuality": ["gold/factuality"],
    "time": ["gold/time"],
    "stories": ["gold/ecbplus"],
    "mainevent": ["gold/giveme5w1h"],
    "names": ["reports/wikinews/2019.jsonl"],
}
# Sets of this project's own, with the script that scores each.
OWN = {"names": ROOT / "bench/names.py"}


def digest(shared, scorer):
    found = hashlib.sha256()
    for place in CORPORA[scorer]:
        path = shared / place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found.update(str(file.relative_to(shared)).encode())
                found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()[:16]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shared", type=Path, default=ROOT / "../shared")
    parser.add_argument("--only")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--json", type=Path, help="write all figures here")
    chosen = parser.parse_args()
    run = chosen.shared / "score/run.py"
    if not run.is_file():
        print("floors: no scorers beside the project; the floors on stories/ are held by a test")
        return 0
    whole = json.loads(FLOORS.read_text())
    floors = whole["measures"]
    scorers = chosen.only.split(",") if chosen.only else list(floors)
    with tempfile.TemporaryDirectory() as folder:
        out = chosen.json or Path(folder) / "figures.json"
        figures = {}
        shared = [s for s in scorers if s not in OWN]
        runs = [[run, "--gold", chosen.shared / "gold", "--only", ",".join(shared), "--json", out]] if shared else []
        runs += [[OWN[s], "--shared", chosen.shared, "--json", Path(folder) / f"{s}.json"] for s in scorers if s in OWN]
        for command in runs:
            done = subprocess.run([sys.executable, command[0], "--bin", chosen.bin, *command[1:]], cwd=ROOT)
            if done.returncode != 0 or not command[-1].is_file():
                print("floors: a scorer could not run")
                return 1
            figures |= {f["measure"]: f["figure"] for f in json.loads(command[-1].read_text())["figures"]}
    failed = []
    for scorer in scorers:
        entry, now = floors[scorer], digest(chosen.shared, scorer)
        fresh = entry.get("digest") != now
        if fresh and not chosen.update:
            failed.append(f"{scorer}: the corpus has changed (digest {now}); set its floors anew with --update")
            continue
        entry["digest"] = now
        for measure, floor in entry["floors"].items():
            figure = figures.get(measure)
            if figure is None:
                failed.append(f"{measure}: not measured")
            elif chosen.update and (fresh or figure > floor):
                # Rounded down: the last digit may differ by how a sum is made.
                entry["floors"][measure] = int(figure * 1000) / 1000
            elif figure + 1e-9 < floor:
                failed.append(f"{measure}: {figure:.4f} is under its floor {floor}")
    if "factuality" in scorers:
        # Our own blind set: places in articles beside the project.
        own = factuality.figures(chosen.bin, chosen.shared)
        failed += [f"{m}: {own.get(m, 0):.4f} is under its floor {floor}" for m, floor in whole["blind"].items() if own.get(m, 0) + 1e-9 < floor]
    if chosen.update:
        FLOORS.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
    print("\n".join(failed) or "floors: all held")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
