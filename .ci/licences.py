#!/usr/bin/env python3
"""Fails when a dependency has a licence that deny.toml does not allow, or comes from elsewhere than a registry."""
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def allowed(expression, allow):
    """SPDX: `OR` needs one side, `AND` (and the old `/` for OR) as written; parentheses are honoured."""
    tokens = expression.replace("/", " OR ").replace("(", " ( ").replace(")", " ) ").split()

    def either():
        value = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            right = both()
            value = value or right
        return value

    def both():
        value = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            right = one()
            value = value and right
        return value

    def one():
        name = tokens.pop(0)
        if name == "(":
            value = either()
            tokens.pop(0)
            return value
        if len(tokens) > 1 and tokens[0] == "WITH":
            return f"{name} WITH {tokens.pop(0) and tokens.pop(0)}" in allow or name in allow
        return name in allow

    return either()


def main():
    rules = tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]
    allow = set(rules["allow"])
    exceptions = {rule["crate"]: set(rule["allow"]) for rule in rules.get("exceptions", [])}
    metadata = json.loads(subprocess.run(["cargo", "metadata", "--format-version", "1", "--locked"], cwd=ROOT, check=True,
                                         capture_output=True).stdout)
    bad = []
    for package in metadata["packages"]:
        licence = package["license"] or "none stated"
        if not allowed(licence, allow | exceptions.get(package["name"], set())):
            bad.append(f"{package['name']} {package['version']}: licence {licence}")
        if package["source"] and not package["source"].startswith("registry+"):
            bad.append(f"{package['name']} {package['version']}: from {package['source']}")
    print(*bad, sep="\n", end="\n" if bad else "")
    print(f"licences: {len(metadata['packages'])} packages, {len(bad)} not allowed")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
