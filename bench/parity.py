#!/usr/bin/env python3
"""Is the reader spaCy? Compares `parse` with spaCy 3.8 line by line, column by column.

    python bench/parity.py --bin target/release/rapporteur --model DIR PATH... [--show 20]

PATH: text files, folders, JSON files of strings (every string of two words or more is a text), or JSONL with `text`. Needs
Python with spacy==3.8.*. A unit is a line; marks are made straight for spaCy as the reader does; lines in which a closing mark
stands before a dash are left out, for there the reader puts a space. White-space tokens count too.
"""
import argparse
import collections
import json
import re
import subprocess
import tempfile
from pathlib import Path

import spacy

STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
BROKEN = re.compile(r"[\"”„‟“]\s*(?:[—–]|--)")
COLUMNS = ["tag", "pos", "head", "dep", "lemma", "morph", "sentence start", "entity"]


def strings(value):
    if isinstance(value, str):
        if " " in value:
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def texts(paths):
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            raw = file.read_bytes().decode("utf-8", "replace")
            if file.suffix == ".jsonl":
                yield from (json.loads(line)["text"] for line in raw.splitlines() if line.strip())
            elif file.suffix == ".json":
                yield from strings(json.loads(raw))
            else:
                yield raw


def is_blank(line):
    return not line.strip()


def ours(binary, model, lines):
    """Tokens of each line as printed by `parse`: one file for all lines, places by code point."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lines.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        done = subprocess.run([binary, "parse", "--model", model, str(file)], capture_output=True, check=True)
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    rows = [[] for _ in lines]
    place = 0
    sentence = []

    def close():
        nonlocal place
        if not sentence:
            return
        heads = {number: a for number, a, *_ in sentence}
        for number, a, b, tag, pos, head, dep, lemma, morph, entity in sentence:
            while place + 1 < len(starts) and starts[place + 1] <= a:
                place += 1
            base = starts[place]
            rows[place].append((a - base, b - base, {
                "tag": tag, "pos": pos, "head": heads.get(head, a) - base, "dep": dep, "lemma": lemma, "morph": morph,
                "sentence start": number == sentence[0][0], "entity": entity}))
        sentence.clear()

    for row in done.stdout.decode("utf-8").split("\n"):
        if not row:
            close()
        elif not row.startswith("#"):
            number, _, lemma, pos, tag, morph, head, dep, _, misc = row.split("\t")
            pairs = dict(p.split("=", 1) for p in misc.split("|") if "=" in p)
            a, b = map(int, pairs["TokenRange"].split(":"))
            blank = lambda column: "" if column == "_" else column
            sentence.append((number, a, b, tag, blank(pos), head, blank(dep), lemma, blank(morph), pairs.get("NER", "O")))
    close()
    return rows


def theirs(nlp, lines):
    for doc in nlp.pipe((line.translate(STRAIGHT) for line in lines), batch_size=64):
        yield [(t.idx, t.idx + len(t.text), {
            "tag": t.tag_, "pos": t.pos_, "head": t.head.idx, "dep": t.dep_, "lemma": t.lemma_, "morph": str(t.morph),
            "sentence start": bool(t.is_sent_start), "entity": f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O"}) for t in doc]


def escaped(value):
    """As the CoNLL-U column is written: white space and controls are escaped."""
    out = []
    for c in value:
        if c in "\t\n\r":
            out.append({"\t": "\\t", "\n": "\\n", "\r": "\\r"}[c])
        elif c != " " and c.isspace() or ord(c) < 32 or 127 <= ord(c) < 160:
            out.append("\\u{%x}" % ord(c))
        else:
            out.append(c)
    return "".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("paths", nargs="+", type=Path)
    chosen = parser.parse_args()
    # What breaks a line for spaCy's reader of files must not stand inside one.
    lines = [line for text in texts(chosen.paths) for line in re.split(r"[\r\n]", text)
             if not is_blank(line) and not BROKEN.search(line)]
    nlp = spacy.load(chosen.model)
    equal, shown, n, missing, extra = collections.Counter(), 0, 0, 0, 0
    for line, mine, gold in zip(lines, ours(chosen.bin, chosen.model, lines), theirs(nlp, lines)):
        places = {(a, b): values for a, b, values in mine}
        gold_places = {(a, b) for a, b, _ in gold}
        extra += sum(p not in gold_places for p in places)
        different = []
        for a, b, values in gold:
            n += 1
            found = places.get((a, b))
            if found is None:
                missing += 1
                different.append((a, b, "boundary", "", ""))
                continue
            for column in COLUMNS:
                want = escaped(values[column]) if column == "lemma" else values[column]
                if found[column] == want or column == "lemma" and want == "" and found[column] == "_":
                    equal[column] += 1
                else:
                    different.append((a, b, column, want, found[column]))
        if different and shown < chosen.show:
            shown += 1
            a, b, column, want, got = different[0]
            print(f"{column}: spaCy {want!r}, we {got!r} at {line[a:b]!r} in {line[max(0, a - 60):b + 60]!r} ({len(different)} in line)")
    print(f"tokens {n}, lines {len(lines)}")
    print(f"{'boundary':<16}{1 - missing / n:.6f}   {missing} missing, {extra} extra")
    for column in COLUMNS:
        print(f"{column:<16}{equal[column] / n:.6f}   {n - equal[column]} different")


if __name__ == "__main__":
    main()
