#!/usr/bin/env python3
"""Makes the reader's fixtures anew: for each text in crates/language/tests/fixtures, what spaCy 3.8 says of it, as CoNLL-U.

    python bench/fixtures.py --model DIR

Needs Python with spacy==3.8.*; DIR is the model folder (the one with config.cfg). A line is one Doc; marks are made straight
before spaCy sees them, as the reader does. The texts are the project's own, here and in stories/.
"""
import argparse
import re
from pathlib import Path

import spacy

STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "crates/language/tests/fixtures"


def escaped(value):
    """A column: white space and controls as Rust's char::escape_default writes them; nothing as an underscore."""
    named = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
    return "".join(named.get(c) or ("\\u{%x}" % ord(c) if c != " " and (c.isspace() or ord(c) < 32 or 127 <= ord(c) < 160) else c)
                   for c in value) or "_"


def conllu(nlp, text):
    out = []
    for line in re.finditer(r"[^\r\n]+", text):
        if line[0].isspace():
            continue
        # The reader puts a space between a closing mark and a dash; spaCy gets it too, and places are counted back.
        shadow, places = [], []
        for i, c in enumerate(line[0].translate(STRAIGHT)):
            dash = c in "—–" or c == "-" and line[0][i:i + 2] == "--"
            if dash and len(shadow) > 1 and shadow[-1] == '"' and not shadow[-2].isspace():
                shadow.append(" ")
                places.append(i)
            shadow.append(c)
            places.append(i)
        places.append(len(line[0]))
        doc = nlp("".join(shadow))
        for sentence in doc.sents:
            for token in sentence:
                a, b = places[token.idx], places[token.idx + len(token.text)]
                misc = [f"TokenRange={line.start() + a}:{line.start() + b}"]
                if token.ent_type_:
                    misc.append(f"NER={token.ent_iob_}-{token.ent_type_}")
                if not token.whitespace_:
                    misc.append("SpaceAfter=No")
                head = 0 if token.head == token else token.head.i - sentence.start + 1
                out.append("\t".join([str(token.i - sentence.start + 1), escaped(line[0][a:b]), escaped(token.lemma_),
                                      token.pos_ or "_", token.tag_ or "_", str(token.morph) or "_", str(head),
                                      token.dep_ or "_", "_", "|".join(misc)]))
            out.append("")
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    nlp = spacy.load(parser.parse_args().model)
    stories = {f"{p.parent.name}-{p.stem}": p for p in sorted((ROOT / "stories").glob("*/*.txt"))}
    own = {p.stem: p for p in sorted(FIXTURES.glob("*.txt"))}
    for name, path in (stories | own).items():
        text = path.read_bytes().decode("utf-8")
        (FIXTURES / f"{name}.conllu").write_text(conllu(nlp, text), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
