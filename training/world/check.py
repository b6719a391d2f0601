"""Check the entity files of the codebook and the country crosswalk: columns, vocabulary, dates, countries, names that two share in one form.

    python3 check.py"""

import csv
import re
import sys
from collections import Counter, defaultdict

from tables import CODEBOOK, COLUMNS, folded

FORMS = {"name", "short", "acronym", "demonym", "capital", "seat", "alias"}
KINDS = {"country", "territory", "former-country", "person", "body", "organisation", "group", "party", "company", "ngo", "outlet", "collective", "place"}
SECTORS = {""} | set("GOV LEG JUD MIL COP SPY PRM PTY REB UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC IGO UNO EUR NGO ISM IMG MNC".split())
DATE = re.compile(r"(\d{1,4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?")


def table(path):
    """Yield (place, fields) of a CSV file, without its comment lines."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(line for line in file if not line.startswith("#"))
        header = next(reader)
        for fields in reader:
            yield f"{path.name}:{reader.line_num}", header, fields


def main(files):
    problems = []
    countries = {f[0] for _, _, f in table(CODEBOOK / "crosswalks/countries.csv")}
    if len(countries) != 250:
        problems.append(f"countries.csv: {len(countries)} countries, not 250")
    owners, canonical = defaultdict(set), set()
    for path in files:
        counts, ids = Counter(), defaultdict(set)
        for place, header, fields in table(path):
            if header != COLUMNS or len(fields) != len(COLUMNS):
                problems.append(f"{place}: columns")
                continue
            r = dict(zip(COLUMNS, fields))
            counts[r["kind"], r["form"]] += 1
            ids[r["kind"]].add(r["entity"])
            if not re.fullmatch(r"[A-Z]{3}|[a-z0-9]+(-[a-z0-9]+)*", r["entity"]):
                problems.append(f"{place}: id {r['entity']}")
            if r["entity"].isupper() and r["entity"] not in countries:
                problems.append(f"{place}: no country {r['entity']}")
            if r["country"] and r["country"] not in countries:
                problems.append(f"{place}: no country {r['country']}")
            for column, allowed in (("form", FORMS), ("kind", KINDS), ("sector", SECTORS)):
                if r[column] not in allowed:
                    problems.append(f"{place}: {column} {r[column]!r}")
            for column in ("from", "until"):
                if not DATE.fullmatch(r[column]):
                    problems.append(f"{place}: {column} {r[column]!r}")
            if r["from"] and r["until"] and r["from"] > r["until"]:
                problems.append(f"{place}: {r['name']} ends before it begins")
            if r["wikidata"] and not re.fullmatch(r"Q\d+", r["wikidata"]):
                problems.append(f"{place}: wikidata {r['wikidata']}")
            if r["name"] != r["name"].strip() or not r["name"] or "  " in r["name"]:
                problems.append(f"{place}: spaces in {r['name']!r}")
            if r["form"] == "name":
                canonical.add(r["entity"])
            upper = r["name"] if r["name"].isupper() and len(r["name"]) <= 5 else folded(r["name"])
            owners[upper].add((r["entity"], r["form"], r["from"] or "0", r["until"] or "9999", place))
        print(path.name, dict(sorted(Counter({k: len(v) for k, v in ids.items()}).items())))
        print("   ", ", ".join(f"{kind} {form} {n}" for (kind, form), n in sorted(counts.items())))
    for name, uses in sorted(owners.items()):
        entities = {u[0] for u in uses}
        if len(entities) > 1:
            for a in uses:
                for b in uses:
                    if a[0] < b[0] and a[1] == b[1] and a[2] < b[3] and b[2] < a[3]:
                        problems.append(f"{b[4]}: {name!r} is {b[0]} and {a[0]} ({a[4]})")
    problems += [f"{e}: no row of form name" for e in {e for u in owners.values() for e, *_ in u} - canonical]
    print(*problems, sep="\n")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sorted((CODEBOOK / "entities").glob("*.csv"))))
