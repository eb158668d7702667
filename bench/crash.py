#!/usr/bin/env python3
"""Kills `rapporteur add` at random moments with SIGKILL, adds again, and looks whether anything was lost or is there twice.

    python bench/crash.py [--bin target/release/rapporteur] [--kills 200] [--articles 500] [--seed 1] PATH...

PATHs give the articles (.txt, .md, .jsonl; stories/ is enough); they are repeated, each time with another last line, until there are --articles. A round begins with an empty register and ends when an
undisturbed `add` has gone through; within it the process is killed again and again, each time at a random moment of the work that is left:
starting, loading the model, reading, recording. After each kill the register must verify clean; after each round its digest must be that of an undisturbed run, and no article may
be missing that a finished transaction had recorded. Prints the seed; exit 1 at the first fault.
"""
import argparse
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def articles(paths, most):
    """JSONL lines with a text, in the order of names."""
    files = [f for p in map(Path, paths) for f in (sorted(p.rglob("*")) if p.is_dir() else [p]) if f.suffix in (".txt", ".md", ".jsonl")]
    lines = []
    for file in files:
        if file.suffix == ".jsonl":
            lines += [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
        elif file.stem.lower() != "readme":
            lines.append({"id": str(file.name), "text": file.read_text()})
    lines = [line for line in lines if line.get("text", "").strip()]
    again = lambda i: {**lines[i % len(lines)], "id": f"{i}", "url": None, "text": lines[i % len(lines)]["text"] + f"\nCopy {i}."}
    return "".join(json.dumps(again(i)) + "\n" for i in range(most)), most


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/release/rapporteur")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-round", type=int, default=10, help="kills before a round's undisturbed add")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no further round after so long")
    parser.add_argument("paths", nargs="+")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    binary = str(Path(args.bin).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        text, count = articles(args.paths, args.articles)
        (folder / "feed.jsonl").write_text(text)

        def run(*words):
            return subprocess.run([binary, *words], cwd=folder, capture_output=True, text=True)

        def verified(register):
            done = run("verify", "--register", register)
            if done.returncode:
                sys.exit(f"seed {args.seed}: {register} after a kill: {done.stderr}")
            return done.stdout.split("digest ")[1].strip()

        def held(register):
            if not (folder / register).exists() or not (folder / register).stat().st_size:
                return 0
            with sqlite3.connect(f"file:{folder / register}?mode=ro", uri=True) as c:
                try:
                    return c.execute("SELECT count(*) FROM article").fetchone()[0]
                except sqlite3.OperationalError:
                    return 0

        add = ("add", "feed.jsonl", "--on", "2025-11-06", "--register")
        start = time.monotonic()
        done = run(*add, "calm.db")
        whole = time.monotonic() - start
        if done.returncode:
            sys.exit(done.stderr)
        print(f"seed {args.seed}: {count} articles, an undisturbed add takes {whole:.1f} s; {done.stdout.strip()}", flush=True)
        wanted, total = verified("calm.db"), held("calm.db")
        # What comes before the first article is read: an `add` of one.
        (folder / "one.jsonl").write_text(text.split("\n", 1)[0] + "\n")
        start = time.monotonic()
        run("add", "one.jsonl", "--on", "2025-11-06", "--register", "one.db")
        idle = min(time.monotonic() - start, whole)
        kills = rounds = during = 0
        recorded = []
        began, states = time.monotonic(), set()
        while kills < args.kills and time.monotonic() - began < args.seconds:
            rounds += 1
            register, before = f"round{rounds}.db", 0
            for _ in range(min(args.per_round, args.kills - kills)):
                child = subprocess.Popen([binary, *add, register], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                # Anywhere within what is left of the work, loading the model included; where all is recorded, within the looking.
                left = idle + (whole - idle) * (1 - before / total)
                time.sleep(chance.uniform(0, left if before < total else 0.3))
                child.send_signal(signal.SIGKILL)
                during += child.wait() == -signal.SIGKILL
                kills += 1
                if (folder / register).exists() and (folder / register).stat().st_size:
                    # Killed while it was made: it says so, and nothing may have been in it.
                    broken_off = not before and "its making was broken off" in run("verify", "--register", register).stderr
                    if not broken_off:
                        verified(register)
                now = held(register)
                if now < before:
                    sys.exit(f"seed {args.seed}, kill {kills}: {before} articles before, {now} after: lost")
                before = now
                recorded.append(now)
                states.add(now)
            done = run(*add, register)
            if done.returncode:
                sys.exit(f"seed {args.seed}, round {rounds}: {done.stderr}")
            digest = verified(register)
            if digest != wanted:
                sys.exit(f"seed {args.seed}, round {rounds}: digest {digest}, undisturbed {wanted}")
            print(f"round {rounds}: {kills} kills, {during} of them while it ran; articles held after each: {recorded[-args.per_round:]}; same digest", flush=True)
            for file in folder.glob(f"{register}*"):
                file.unlink()
        print(f"{kills} kills in {rounds} rounds, {during} while it ran, {len(states)} different numbers of articles held after one: nothing lost, nothing twice, every verify clean, digest {wanted[:16]}... each time")


if __name__ == "__main__":
    main()
