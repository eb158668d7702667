#!/usr/bin/env python3
"""Holds real output against the published schema, with an implementation of JSON Schema that is not ours (pip install jsonschema).

    python3 bench/schema.py --bin target/release/rapporteur PATH...

Each PATH is read on its own, article by article and as a brief. Also checks that every span says the words it points to."""
import argparse
import json
import subprocess
import sys

from jsonschema import Draft202012Validator


def run(binary, *arguments):
    done = subprocess.run([binary, *arguments], capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout.decode()


def spans(value):
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="target/release/rapporteur")
    parser.add_argument("paths", nargs="+")
    args = parser.parse_args()
    schemas = {of: json.loads(run(args.bin, "schema", of)) for of in ("article", "brief")}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    wrong = documents = pointed = 0
    for path in args.paths:
        texts = {}
        outputs = [("article", line) for line in run(args.bin, "read", "--predicates", path).splitlines()]
        outputs.append(("brief", run(args.bin, "brief", "--format", "json", path)))
        for of, output in outputs:
            if not output:
                continue
            value = json.loads(output)
            documents += 1
            errors = list(Draft202012Validator(schemas[of]).iter_errors(value))
            for error in errors[:5]:
                print(f"{path}: {of}: {error.json_path}: {error.message[:200]}")
            wrong += len(errors)
            if of == "article":
                texts[value["id"]] = value["text"]
            for span in spans(value):
                text = texts[span["article"]] if of == "brief" else value["text"]
                pointed += 1
                if text[span["start"]:span["end"]] != span["text"]:
                    wrong += 1
                    print(f"{path}: {of}: {span} is not the words it points to")
    print(f"{documents} documents, {pointed} spans, {wrong} faults")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
