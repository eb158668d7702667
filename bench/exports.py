#!/usr/bin/env python3
"""Reads every export back with readers that others wrote, and holds it to the register, which SQLite itself is asked about.

    python3 bench/exports.py --bin target/release/rapporteur [--register FILE]

Without --register one is made from stories/ and from a few odd texts (quotation marks, line breaks, Arabic and Hebrew, emoji). Needs the
packages of bench/exports.txt. Prints what was compared; exit 1 on the first difference in any format. duckdb, jsonschema, rdflib, icalendar and networkx must be there; pandas with pyarrow and followthemoney are used
where they are.
"""
import argparse
import collections
import csv
import datetime
import importlib.util
import io
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ODD = [
    {
        "id": "odd-1",
        "title": "Norland, \"Sudland\" sign; harbour pact",
        "date": "2026-03-02",
        "outlet": "Tidende, Nord; og Sør",
        "url": "https://tidende.example/a?b=1&c=<2>",
        "text": "OSLO, March 2 (Tidende) - Norway signed the Harbour Pact on Monday \U0001f91d and Sweden will sign it in June.\r\n\r\n"
        "\"We say \u2018yes\u2019,\r\nand we mean it,\" said Ole Berg, the Norwegian foreign minister.\r\n\r\n"
        "\u201cهذا اتفاق تاريخي\u201d, Omar Haddad said in Amman. \u201cזה הסכם טוב\u201d, Dana Levi said.\r\n\r\n"
        "Jordan's king will visit Oslo on March 20, 2026. Finland may join the Harbour Pact by the end of 2027, Berg said.\r\n",
    },
    {
        "id": "odd-2",
        "title": "=SUM(A1) & <b>\\,;",
        "date": "2026-03-03",
        "text": "Denmark has ratified the Harbour Pact \U00010348\U0001f1e9\U0001f1f0, its prime minister said on Tuesday.\n\n"
        "\"It took 'three' years; 4,000 pages, and \\n no sleep,\" the minister said.\n\nIceland rejected the Harbour Pact.\n",
    },
]


def run(binary, *arguments):
    done = subprocess.run([binary, *map(str, arguments)], capture_output=True, cwd=ROOT)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def same(what, found, wanted):
    if found != wanted:
        pairs = list(zip(found, wanted)) if isinstance(found, list) else [(found, wanted)]
        odd = next(((f, w) for f, w in pairs if f != w), (len(found), len(wanted)) if isinstance(found, list) else (found, wanted))
        sys.exit(f"exports: {what}: read back {odd[0]!r}, the register has {odd[1]!r}")


def tell(what, told):
    print(f"  {what:<44} {told}", flush=True)


class Register:
    """What SQLite says is in the register."""

    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        self.statements = [dict(r) for r in self.db.execute("SELECT * FROM statement ORDER BY id")]
        self.current = [s for s in self.statements if s["known_to"] is None]
        self.articles = {r["id"]: dict(r) for r in self.db.execute("SELECT * FROM article_current")}
        self.standing = {k: a for k, a in self.articles.items() if a["known_to"] is None}
        self.canonical = dict(self.db.execute("SELECT entity, canonical FROM canonical").fetchall())
        for s in self.statements:
            s["detail"] = json.loads(s["detail"]) if s["detail"] else None

    def of(self, predicate, current=True):
        return [s for s in (self.current if current else self.statements) if s["predicate"] == predicate]

    def the(self, entity):
        return self.canonical.get(entity, entity)


def full_day(text):
    return text if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


PLAIN = ["id", "predicate", "subject", "agreement", "agreement_by", "value", "words", "holder_kind", "holder", "holder_name", "said_by", "factuality",
         "realis", "stage_lo", "stage_hi", "side", "article", "start", "end", "origin", "origin_kind", "origin_name", "valid_from", "valid_to",
         "valid_precision", "valid_by", "known_from", "known_to", "rank", "rule", "extractor"]


def tables(register, folder, ending):
    """CSV or Parquet, read by DuckDB; every value of every statement, and that a day is a DATE and a number a number."""
    import duckdb

    db = duckdb.connect()

    def read(name):
        path = folder / f"{name}.{ending}"
        reader = f"read_csv('{path}', header=true, all_varchar=false, sample_size=-1, allow_quoted_nulls=false)" if ending == "csv" else f"'{path}'"
        relation = db.sql(f"SELECT * FROM {reader}")
        return relation.columns, [str(t) for t in relation.types], relation.fetchall()

    columns, types, rows = read("statements")
    kinds = dict(zip(columns, types))
    for column, kind in [("start", "BIGINT"), ("stage_lo", "BIGINT"), ("known_from", "DATE"), ("valid_from_date", "DATE"), ("words", "VARCHAR")]:
        if any(s.get(column.removesuffix("_date")) is not None for s in register.statements):
            same(f"{ending}: type of {column}", kinds[column], kind)
    rows = sorted((dict(zip(columns, row)) for row in rows), key=lambda r: r["id"])
    same(f"{ending}: statements", len(rows), len(register.statements))
    text = lambda v: v.isoformat() if isinstance(v, (datetime.date, datetime.datetime)) else v
    for row, wanted in zip(rows, register.statements):
        for key in PLAIN:
            found, want = text(row[key]), wanted[key]
            if ending == "csv" and kinds[key] == "DATE":
                want = full_day(want)
            same(f"{ending}: {wanted['id']} {key}", found, want)
        same(f"{ending}: detail", json.loads(row["detail"]) if row["detail"] else None, wanted["detail"])
        same(f"{ending}: valid_from_date", text(row["valid_from_date"]), full_day(wanted["valid_from"]))
    for table, predicate in [("quotations", "quotation"), ("events", "event"), ("stages", "stage")]:
        columns, types, rows = read(table)
        wanted = sorted((s["id"], s["words"], s["start"], s["end"], s["origin"]) for s in register.of(predicate, current=False))
        found = sorted(tuple(dict(zip(columns, row))[k] for k in ("id", "words", "start", "end", "origin")) for row in rows)
        same(f"{ending}: {table}", found, wanted)
    columns, _, articles = read("articles")
    articles = {r["id"]: r for r in (dict(zip(columns, row)) for row in articles)}
    same(f"{ending}: articles", sorted(articles), sorted(register.articles))
    for id, article in register.articles.items():
        for key in ("text", "title", "outlet", "url", "words"):
            same(f"{ending}: {id} {key}", articles[id][key], article[key])
    # A span of one table points into the text of another, in code points.
    for s in rows_of(folder, ending):
        same(f"{ending}: span of {s['id']}", articles[s["article"]]["text"][int(s["start"]):int(s["end"])], s["words"] or "")
    tell(f"{ending}: duckdb", f"{len(register.statements)} statements x {len(PLAIN) + 2} columns, {len(articles)} articles")
    if ending == "csv":
        with open(folder / "statements.csv", newline="", encoding="utf-8") as file:
            rows = sorted(csv.DictReader(file), key=lambda r: r["id"])
        for row, wanted in zip(rows, register.statements):
            for key in PLAIN:
                same(f"csv: {wanted['id']} {key}", row[key], "" if wanted[key] is None else str(wanted[key]))
        tell("csv: Python's csv", f"{len(rows)} statements")
    if importlib.util.find_spec("pandas") and importlib.util.find_spec("pyarrow"):
        import pandas

        frame = pandas.read_csv(folder / "statements.csv", keep_default_na=False) if ending == "csv" else pandas.read_parquet(folder / "statements.parquet")
        found = sorted(zip(frame["id"], frame["words"], frame["start"]))
        same(f"{ending}: pandas", found, [(s["id"], s["words"], s["start"]) for s in register.statements])
        tell(f"{ending}: pandas", f"{len(frame)} rows, dtypes of start {frame['start'].dtype}, known_from {type(frame['known_from'][0]).__name__}")


def rows_of(folder, ending):
    import duckdb

    path = folder / f"statements.{ending}"
    reader = f"read_csv('{path}', sample_size=-1, allow_quoted_nulls=false)" if ending == "csv" else f"'{path}'"
    relation = duckdb.connect().sql(f'SELECT id, article, "start", "end", words FROM {reader}')
    return [dict(zip(relation.columns, row)) for row in relation.fetchall()]


def jsonl(register, bytes_, schema):
    import jsonschema

    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    lines = sorted((json.loads(line) for line in bytes_.decode().split("\n")[:-1]), key=lambda l: l["id"])
    same("jsonl: lines", len(lines), len(register.statements))
    for found, s in zip(lines, register.statements):
        for error in validator.iter_errors(found):
            sys.exit(f"exports: jsonl: {s['id']}: {error.message}")
        holder = found["holder"] or {"kind": None, "entity": None, "name": None}
        valid = found["valid"] or {"from": None, "to": None, "precision": None, "by": None}
        flat = {k: found[k] for k in ("id", "predicate", "subject", "agreement", "agreement_by", "value", "said_by", "factuality", "realis", "side",
                                      "known_from", "known_to", "rank", "rule", "extractor", "detail")}
        flat |= {"words": found["span"]["text"], "article": found["span"]["article"], "start": found["span"]["start"], "end": found["span"]["end"],
                 "holder_kind": holder["kind"], "holder": holder["entity"], "holder_name": holder["name"], "stage_lo": found["lo"], "stage_hi": found["hi"],
                 "origin": found["origin"]["id"], "origin_kind": found["origin"]["kind"], "origin_name": found["origin"]["name"],
                 "valid_from": valid["from"], "valid_to": valid["to"], "valid_precision": valid["precision"], "valid_by": valid["by"]}
        same(f"jsonl: {s['id']}", flat, {k: s[k] for k in flat})
    tell("jsonl: jsonschema", f"{len(lines)} statements fit the schema, every value as in the register")


def can_be_told(s):
    return not ((s["factuality"] or "").endswith("-") or s["realis"] == "negated")


def plover(register, bytes_):
    records = {r["id"]: r for r in map(json.loads, bytes_.decode().splitlines())}
    wanted = {s["id"]: s for s in register.of("event") if can_be_told(s) and (s["detail"] or {}).get("actors")}
    same("plover: records", sorted(records), sorted(wanted))
    for id, s in wanted.items():
        record = records[id]
        same(f"plover: {id} event", record["event"], [s["value"]])
        same(f"plover: {id} words", record["event_text"], [s["words"]])
        datetime.date.fromisoformat(record["date"])
        codes = [register.the(a)[5:] for a in s["detail"]["actors"] if register.the(a).startswith("iso3:")]
        same(f"plover: {id} actors", len(record["source"]), len(s["detail"]["actors"]))
        if set(codes) - {a.get("code") for a in record["source"]}:
            sys.exit(f"exports: plover: {id}: {codes} are not all among {record['source']}")
        if full_day(s["valid_from"]):
            same(f"plover: {id} date", record["date"], s["valid_from"])
    tell("plover: json", f"{len(records)} records, {len(register.of('event')) - len(records)} left out (did not happen, or nobody named)")


def ftm(register, folder):
    if not importlib.util.find_spec("followthemoney"):
        tell("ftm", "followthemoney is not installed: not read")
        return
    from followthemoney import EntityProxy, StatementEntity, model
    from followthemoney.dataset import Dataset
    from followthemoney.statement import Statement
    from followthemoney.types import registry

    dataset = Dataset.make({"name": "rapporteur", "title": "rapporteur"})
    entities = {}
    for line in open(folder / "entities.ftm.jsonl", encoding="utf-8"):
        data = json.loads(line)
        proxy = EntityProxy.from_dict(data, cleaned=False)
        same(f"ftm: {data['id']} is well formed", registry.entity.clean(data["id"]), data["id"])
        # What FollowTheMoney cleans away is lost: nothing may be.
        for prop, values in data["properties"].items():
            same(f"ftm: {data['schema']} {prop}", sorted(proxy.get(prop)), sorted(values))
        model.get(data["schema"]).validate(data)
        same("ftm: identifiers are unique", data["id"] in entities, False)
        entities[data["id"]] = proxy
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            if prop.type == registry.entity:
                target = entities.get(value)
                if target is None:
                    sys.exit(f"exports: ftm: {proxy.id} {prop.name} leads to {value}, which is not there")
                if not target.schema.is_a(prop.range):
                    sys.exit(f"exports: ftm: {proxy.id} {prop.name} leads to a {target.schema.name}, not a {prop.range.name}")
    count = collections.Counter(p.schema.name for p in entities.values())
    same("ftm: articles", count["Article"], len(register.standing))
    notes = sum(len(register.of(p)) for p in ("quotation", "prediction", "condition", "assessment"))
    same("ftm: notes", count["Note"], notes)
    same("ftm: events", count["Event"], sum(map(can_be_told, register.of("event"))))
    for s in register.of("quotation"):
        same(f"ftm: words of {s['id']}", entities[s["id"]].get("description"), [s["words"]])
    grouped = collections.defaultdict(list)
    number = 0
    for line in open(folder / "statements.ftm.jsonl", encoding="utf-8"):
        statement = Statement.from_dict(json.loads(line))
        grouped[statement.canonical_id].append(statement)
        number += 1
    same("ftm: statements make the entities", sorted(grouped), sorted(entities))
    for id, statements in grouped.items():
        entity = StatementEntity.from_statements(dataset, statements)
        same(f"ftm: {id} schema", entity.schema.name, entities[id].schema.name)
    tell("ftm: followthemoney", f"{len(entities)} entities ({', '.join(f'{n} {s}' for s, n in sorted(count.items()))}), {number} statements")


def jsonld(register, bytes_):
    import rdflib

    def refuse(*_, **__):
        raise OSError("an export must be read without the network")

    import urllib.request

    opener, urllib.request.urlopen = urllib.request.urlopen, refuse
    graph = rdflib.Graph()
    graph.parse(data=bytes_.decode(), format="json-ld")
    urllib.request.urlopen = opener
    schema, oa, rdf = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://www.w3.org/ns/oa#"), rdflib.RDF
    claims = [s for s in register.current if s["predicate"] not in ("reached", "credit")]
    same("jsonld: articles", len(set(graph.subjects(rdf.type, schema.NewsArticle))), len(register.standing))
    same("jsonld: quotations", len(set(graph.subjects(rdf.type, schema.Quotation))), len(register.of("quotation")))
    same("jsonld: claims", len(set(graph.subjects(rdf.type, schema.Claim))), len(claims) - len(register.of("quotation")))
    same("jsonld: annotations", len(set(graph.subjects(rdf.type, oa.Annotation))), len(claims))
    wanted = {s["id"]: s for s in claims}
    found = 0
    for note in graph.subjects(rdf.type, oa.Annotation):
        claim, target = graph.value(note, oa.hasBody), graph.value(note, oa.hasTarget)
        selectors = {graph.value(x, rdf.type): x for x in graph.objects(target, oa.hasSelector)}
        quote, place = selectors[oa.TextQuoteSelector], selectors[oa.TextPositionSelector]
        s = wanted[str(graph.value(claim, schema.identifier))]
        text = register.articles[str(graph.value(graph.value(target, oa.hasSource), schema.identifier))]["text"]
        exact, prefix, suffix = (str(graph.value(quote, p)) for p in (oa.exact, oa.prefix, oa.suffix))
        span = graph.value(place, oa.start).toPython(), graph.value(place, oa.end).toPython()
        same(f"jsonld: {s['id']}", (str(graph.value(claim, schema.text)), exact, *span), (s["words"], s["words"], s["start"], s["end"]))
        around = prefix + exact + suffix
        same(f"jsonld: {s['id']} stands there", text[s["start"] - len(prefix):][:len(around)], around)
        found += 1
    same("jsonld: selectors", found, len(claims))
    tell("jsonld: rdflib", f"{len(graph)} triples, {len(claims)} claims and quotations, each with both selectors, found in its text")


def geojson(register, bytes_):
    features = json.loads(bytes_)["features"]
    told = collections.defaultdict(set)
    for s in register.current:
        asserted = s["predicate"] == "reached" and (s["detail"] or {}).get("asserted")
        if (asserted or s["predicate"] in ("member", "candidate")) and s["subject"] and s["agreement"]:
            told[register.the(s["agreement"]), register.the(s["subject"])].add(s["article"])
    same("geojson: participants", {(f["properties"]["agreement"], f["properties"]["participant"]): f["properties"]["articles"] for f in features},
         {k: len(v) for k, v in told.items()})
    view = {(r["agreement"], r["participant"]): (r["stage_lo"], r["stage_hi"], r["known_from"]) for r in register.db.execute("SELECT * FROM participant")}
    stages = {(f["properties"]["agreement"], f["properties"]["participant"]): tuple(f["properties"][key] for key in ("stage_lo", "stage_hi", "known_from"))
              for f in features if f["properties"]["stage"]}
    same("geojson: stages", stages, view)
    points = 0
    for feature in features:
        same("geojson: Feature", feature["type"], "Feature")
        if feature["properties"]["participant"].startswith("iso3:"):
            east, north = feature["geometry"]["coordinates"]
            same("geojson: Point on earth", feature["geometry"]["type"] == "Point" and abs(east) <= 180 and abs(north) <= 90, True)
            points += 1
        else:
            same("geojson: no point", feature["geometry"], None)
    tell("geojson: json", f"{len(features)} participants, {points} with a point, stages and since when known as in the view participant")


def icalendar(register, bytes_):
    from icalendar import Calendar

    same("icalendar: lines of at most 75 octets", max(map(len, bytes_.split(b"\r\n"))) <= 75, True)
    same("icalendar: lines end in CR LF", bytes_.count(b"\n"), bytes_.count(b"\r\n"))
    calendar = Calendar.from_ical(bytes_)
    same("icalendar: broken properties", calendar.errors, [])
    wanted = set()
    for s in register.of("prediction"):
        if s["valid_from"] or s["valid_to"]:
            wanted.add(s["id"])
    for s in register.of("event"):
        if not can_be_told(s) or not s["valid_from"] or s["valid_precision"] not in ("time", "part", "day", "weekend", "week"):
            continue
        detail = s["detail"] or {}
        since = (register.articles[s["article"]]["published"] or s["known_from"])[:10]
        if detail.get("cameo") in ("042", "043") or detail.get("mode") == "visit" or s["realis"] == "future" or s["valid_from"][:10] > since:
            wanted.add(s["id"])
    wanted = {id for id in wanted}
    found, uids = set(), set()
    kinds = collections.Counter()
    by_id = {s["id"]: s for s in register.current}
    for event in calendar.walk("VEVENT"):
        same("icalendar: broken properties", event.errors, [])
        uids.add(str(event["UID"]))
        start = event["DTSTART"].dt
        for line in str(event["DESCRIPTION"]).split("\n"):
            match = re.search(r"; ([0-9a-f]{16}-[0-9a-f]{12})\)$", line)
            if match:
                s = by_id[match[1]]
                found.add(s["id"])
                day = (s["valid_to"] or s["valid_from"]) if s["predicate"] == "prediction" else s["valid_from"]
                same(f"icalendar: {s['id']} day", str(start)[:10], day[:10])
                kinds[str(event["CATEGORIES"].cats[0])] += 1
        words = " ".join(str(event["DESCRIPTION"]).split())
        for id in re.findall(r"; ([0-9a-f]{16}-[0-9a-f]{12})\)", words):
            same(f"icalendar: words of {id}", " ".join(by_id[id]["words"].split()) in words, True)
    same("icalendar: statements", sorted(found), sorted(wanted))
    same("icalendar: UIDs are unique", len(uids), len(calendar.walk("VEVENT")))
    tell("icalendar: icalendar", f"{len(uids)} entries from {len(found)} statements ({dict(kinds)})")


def graphml(register, bytes_):
    import networkx

    graph = networkx.read_graphml(io.BytesIO(bytes_))
    same("graphml: directed", graph.is_directed(), True)
    nodes = collections.defaultdict(dict)
    for node, data in graph.nodes(data=True):
        nodes[data["kind"]][data["id"]] = node
    revised = dict(register.db.execute("SELECT older, newer FROM revision").fetchall())
    same("graphml: articles", sorted(nodes["article"]), sorted(set(register.standing) | set(revised)))
    rests = collections.Counter((s["article"], s["origin"]) for s in register.current if s["predicate"] != "credit")
    same("graphml: origins", sorted(nodes["origin"]), sorted({origin for _, origin in rests}))
    name = {node: data["id"] for node, data in graph.nodes(data=True)}
    found = {(name[a], name[b]): d["statements"] for a, b, d in graph.edges(data=True) if d["relation"] == "rests_on"}
    same("graphml: rests_on", found, dict(rests))
    credits = collections.Counter((s["article"], s["value"]) for s in register.of("credit"))
    found = {(name[a], name[b]): d["statements"] for a, b, d in graph.edges(data=True) if d["relation"] == "credits"}
    same("graphml: credits", found, dict(credits))
    outlets = sorted((id, a["outlet"]) for id, a in register.standing.items() if a["outlet"])
    found = sorted((name[a], name[b]) for a, b, d in graph.edges(data=True) if d["relation"] == "published_by")
    same("graphml: published_by", found, outlets)
    for id, a in register.standing.items():
        title = a["title"] or a["headline"]
        if title and not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", title):
            same(f"graphml: name of {id}", graph.nodes[nodes["article"][id]].get("name"), title)
    tell("graphml: networkx", f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", default="target/release/rapporteur")
    options.add_argument("--register", help="an existing register; else one is made from stories/ and odd texts")
    options.add_argument("--times", action="store_true", help="time and size of every format alone, nothing read back")
    options = options.parse_args()
    binary = str(Path(options.bin).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        path = Path(options.register).resolve() if options.register else folder / "test.db"
        if not options.register:
            odd = folder / "odd.jsonl"
            odd.write_text("".join(json.dumps(article) + "\n" for article in ODD), encoding="utf-8")
            run(binary, "add", "--on", "2026-03-04", "--register", path, ROOT / "stories", odd)
        if options.times:
            for format in ("csv", "parquet", "jsonl", "plover", "ftm", "jsonld", "geojson", "icalendar", "graphml"):
                out, start = folder / f"out-{format}", time.monotonic()
                run(binary, "export", "--format", format, "--register", path, "-o", out)
                took = time.monotonic() - start
                files = sorted(out.iterdir()) if out.is_dir() else [out]
                tell(format, f"{took:6.1f} s  {sum(f.stat().st_size for f in files) / 1e6:8.1f} MB")
            return
        register = Register(path)
        print(f"exports: {len(register.articles)} articles, {len(register.statements)} statements")
        one = lambda format: run(binary, "export", "--format", format, "--register", path)
        for ending in ("csv", "parquet"):
            run(binary, "export", "--format", ending, "--register", path, "-o", folder / ending)
            tables(register, folder / ending, ending)
        jsonl(register, one("jsonl"), json.loads(run(binary, "schema", "statement")))
        plover(register, one("plover"))
        run(binary, "export", "--format", "ftm", "--register", path, "-o", folder / "ftm")
        ftm(register, folder / "ftm")
        jsonld(register, one("jsonld"))
        geojson(register, one("geojson"))
        icalendar(register, one("icalendar"))
        graphml(register, one("graphml"))
        for format in ("jsonl", "jsonld", "icalendar", "graphml", "geojson", "plover"):
            same(f"{format}: the same bytes again", one(format) == one(format), True)
        print("exports: all read back")


if __name__ == "__main__":
    main()
