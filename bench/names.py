#!/usr/bin/env python3
"""Linking of names on bench/names.tsv: is what the program says a name means what a careful reader says?

    python3 bench/names.py --bin target/release/rapporteur [--shared ../shared] [--half dev|test] [--errors] [--json FILE]

A mention of the program counts where it lies in a labelled sentence and is a name (pronouns, titles and common nouns are coreference, and
not counted here); it belongs to the labelled name that it shares most characters with.

- links, precision: of the program's names with an entity of the tables (no `name:` id), how many are that entity.
- links, recall: of the labelled names whose entity is in the tables, how many the program links to it.
- all names, precision and recall: the same over known and unknown names together; a name that stands under `none` is not counted unless the
  program gives it a known entity, which is wrong.

The halves are parted by the digest of the article's id: rules are made while reading errors on dev, never on test.
"""
import argparse
import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "bench/names.tsv"
NEWS = "reports/wikinews/2019.jsonl"
PRONOUNS = {"he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "himself", "herself", "itself", "who"}


def half_of(article):
    return "dev" if hashlib.sha256(article.encode()).digest()[0] % 2 else "test"


def labelled():
    """Of each article the sentences and the names in them."""
    articles = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            article, start, end, entity = line.split("\t")
            held = articles.setdefault(article, {"sentences": [], "names": []})
            span = (int(start), int(end))
            held["sentences"].append(span) if entity == "sentence" else held["names"].append((*span, entity.split("|")))
    return articles


def nouns():
    """Titles and class words, which coreference links: "President", "Alliance"."""
    found = set()
    for line in (ROOT / "data/roles.tsv").read_text().splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            found.update(word.lower() for word in [cells[0], *cells[1].split("|")])
    return found


def read(binary, shared, articles):
    """The program's findings by article."""
    stories = [a for a in articles if a.startswith("stories/")]
    news = shared / NEWS
    done = subprocess.run([binary, "read", *stories, str(news)], cwd=ROOT, capture_output=True, text=True, check=True)
    found = {}
    for line in done.stdout.splitlines():
        article = json.loads(line)
        path = article["path"]
        found[path.split("#")[-1] if "#" in path else path] = article
    return found


def slug(name):
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).replace("ł", "l").replace("ø", "o")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "").replace("’", "").replace(".", "")).strip("-")


def is_right(entity, name, wanted):
    """The same id; where the label knows the thing only by its name, the same slug or a known entity of that name."""
    tails = {entity.split(":", 1)[1], slug(name)}
    return entity in wanted or any(w.startswith(("name:", "place:")) and w.split(":", 1)[1] in tails for w in wanted)


def is_known(wanted):
    return not wanted[0].startswith(("name:", "none"))


def score(articles, findings, titles):
    counts = {"links made": 0, "links right": 0, "links wanted": 0, "links found": 0, "made": 0, "right": 0, "wanted": 0, "found": 0}
    errors = []
    for name, labels in sorted(articles.items()):
        article = findings[name]
        text = article["text"]
        mentions = []
        for entity in (e for e in article["entities"] if e["kind"] != "group"):
            for m in entity["mentions"]:
                words = m["text"].lower()
                noun = words in PRONOUNS or words in titles or not any(c.isupper() for c in m["text"])
                inside = any(a <= m["start"] and m["end"] <= b for a, b in labels["sentences"])
                if inside and not noun:
                    mentions.append((m["start"], m["end"], entity["id"], entity["name"]))
        hit = set()
        for start, end, entity, name_of in sorted(mentions):
            shared = [(min(end, e) - max(start, s), i) for i, (s, e, _) in enumerate(labels["names"])]
            most, at = max(shared, default=(0, -1))
            wanted = labels["names"][at][2] if most > 0 else []
            known = not entity.startswith("name:")
            if wanted == ["none"] and not known:
                continue
            right = most > 0 and is_right(entity, name_of, wanted)
            counts["made"] += 1
            counts["right"] += right
            counts["links made"] += known
            counts["links right"] += known and right
            if right:
                hit.add(at)
            else:
                errors.append((name, start, "wrong", text[start:end], entity, "|".join(wanted) or "no name"))
        for i, (start, end, wanted) in enumerate(labels["names"]):
            if wanted != ["none"]:
                counts["wanted"] += 1
                counts["found"] += i in hit
                counts["links wanted"] += is_known(wanted)
                counts["links found"] += is_known(wanted) and i in hit
                if i not in hit:
                    errors.append((name, start, "missed", text[start:end], "", "|".join(wanted)))
    return counts, errors


def share(part, whole):
    return part / whole if whole else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shared", type=Path, default=ROOT / "../shared")
    parser.add_argument("--half", choices=["dev", "test"], help="only this half (default: both)")
    parser.add_argument("--errors", action="store_true", help="print what is wrong or missed")
    parser.add_argument("--json", type=Path, help="write the figures here")
    chosen = parser.parse_args()
    if not (chosen.shared / NEWS).is_file():
        print("names: the articles are not beside the project; nothing is measured")
        return 0
    articles = labelled()
    findings = read(str(Path(chosen.bin).resolve()), chosen.shared.resolve(), articles)
    figures = []
    for half in [chosen.half] if chosen.half else ["dev", "test"]:
        own = {a: l for a, l in articles.items() if half_of(a) == half}
        counts, errors = score(own, findings, nouns())
        rows = [
            ("links, precision", "links right", "links made"),
            ("links, recall", "links found", "links wanted"),
            ("all names, precision", "right", "made"),
            ("all names, recall", "found", "wanted"),
        ]
        for row, part, whole in rows:
            figures.append({"measure": f"names {half}: {row}", "figure": share(counts[part], counts[whole])})
            print(f"names {half}: {row:22} {share(counts[part], counts[whole]):.3f}  ({counts[part]} of {counts[whole]})")
        if chosen.errors:
            for name, start, kind, words, entity, wanted in errors:
                print(f"  {kind:6} {name}:{start} {words!r} {entity} <> {wanted}")
    if chosen.json:
        chosen.json.write_text(json.dumps({"figures": figures}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
