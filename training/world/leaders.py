"""Write `entities/leaders.csv`: heads of state and of government, one person one entity.

    python3 leaders.py FACTS

FACTS is the folder with `reign_leaders_1945_2021.csv` and `factbook_leaders.csv`; every span of `leaders_1.txt` to
`leaders_3.txt` is compared with them. A start that one of them confirms names it as its source; `--differences`
lists the starts that neither confirms although it knows the person, and the leaders since 1990 that are in no table."""

import csv
import re
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

from tables import CODEBOOK, COLUMNS, folded, identifier, is_acronym, lines, listed, row, write

ROLES = {"P": "president", "PM": "prime minister", "C": "chancellor", "K": "king", "Q": "queen", "E": "emperor", "EM": "emir",
         "S": "sultan", "SL": "supreme leader", "CP": "crown prince", "VP": "vice president", "GD": "grand duke",
         "PR": "prince", "PC": "party leader", "JL": "junta leader", "ML": "military ruler", "CE": "chief executive",
         "CEX": "chief executive", "CH": "chairman", "CHP": "member of the presidency", "CHM": "prime minister",
         "POPE": "pope", "GOV": "governor", "PRM": "prime minister", "GG": "governor-general", "SS": "foreign minister",
         "AD": "administrator", "LEADER": "leader", "SHAH": "shah", "HS": "head of state", "SC": "state counsellor",
         "CA": "chief adviser", "CM": "chief minister", "SP": "speaker", "MS": "minister of state", "PSR": "president of serbia", "CO": "co-president"}
MONTHS = {m: i for i, m in enumerate("January February March April May June July August September October November December".split(), 1)}


def people(tables):
    """Yield (place, country, name, other names, [(role, from, until)])."""
    for table in tables:
        country = ""
        for number, fields in lines(table):
            if fields[0].startswith("="):
                country = fields[0][1:].strip()
                continue
            name, others, spans = fields
            parsed = []
            for span in filter(None, (s.strip() for s in spans.split(","))):
                code, *dates = span.split()
                role = "deputy president" if code == "VP" and country in ("KEN", "ZAF") else ROLES[code]
                parsed.append((role, dates[0] if dates else "", dates[1] if len(dates) > 1 else ""))
            yield f"{table}:{number}", country, name, listed(others), parsed


# Offices under the names that `roles.csv` gives them.
SAME = {"secretary of state": "foreign minister", "defence secretary": "defence minister", "home secretary": "interior minister",
        "treasury secretary": "finance minister", "speaker of parliament": "speaker", "governor of the central bank":
        "central bank governor", "chairman of the central bank": "central bank governor",
        "president of the European Commission": "commission president",
        "president of the European Council": "council president"}
SAME_IN_ARMY = {"spokesperson": "military spokesperson", "chief of staff": "army chief", "chief of the general staff": "army chief",
                "commander-in-chief": "army chief", "commander of the army": "army chief",
                "chairman of the joint chiefs of staff": "army chief", "chief of defence forces": "army chief"}


def office_name(role, sector, country):
    if role == "foreign secretary" and country == "GBR":
        return "foreign minister"
    return SAME_IN_ARMY.get(role, role) if sector == "MIL" else SAME.get(role, role)


def officials():
    """Yield (place, country, name, other names, [(sector, role, from, until)]) of `officials.txt`."""
    country = ""
    for number, fields in lines("officials.txt"):
        if fields[0].startswith("="):
            country = fields[0][1:].strip().removeprefix("-")
            continue
        name, others, offices = fields
        held = []
        for office in listed(offices):
            sector, _, office = office.partition(":") if ":" in office else ("GOV", "", office)
            words = office.split()
            dates = []
            while words and words[-1][0].isdigit():
                dates.insert(0, words.pop())
            held.append((sector, office_name(" ".join(words), sector, country), *(dates + ["", ""])[:2]))
        yield f"officials.txt:{number}", country, name, listed(others), held


def gaps(offices):
    """Yield (role just left, from, until) of the times after an office in which a person holds none. Offices of no known date do not count."""
    for role, _, end in offices:
        if end and not any(start <= end < (other or "9999") or (0 < days(start, end) < 31 and start > end) for _, start, other in offices if start):
            later = sorted(start for _, start, _ in offices if start > end)
            yield role, end, later[0] if later else ""


def words(name):
    return set(re.findall(r"[a-z]{3,}", re.sub(r"[-']", "", folded(name))))


def days(a, b):
    """Days between two dates of any precision, None where one is missing."""
    def parse(text):
        parts = [int(p) for p in text.split("-")]
        return date(*(parts + [1, 1])[:3]) if parts else None
    return abs((parse(a) - parse(b)).days) if a and b else None


def known_starts(facts):
    """{country: [(words of the name, date it starts, source, label)]}"""
    with open(CODEBOOK / "crosswalks/countries.csv", encoding="utf-8") as file:
        codes = list(csv.DictReader(file))
    by_cow = {c["cow_number"]: c["iso3"] for c in codes if c["cow_number"]}
    by_fips = {c["fips"].lower(): c["iso3"] for c in codes if c["fips"]}
    starts = defaultdict(list)
    with open(facts / "reign_leaders_1945_2021.csv", encoding="latin-1") as file:
        for r in csv.DictReader(file):
            country = {"260": "DEU"}.get(r["ccode"]) or by_cow.get(r["ccode"])
            if country:
                day = f"{int(r['syear']):04}-{int(r['smonth']):02}-{int(r['sdate']):02}"
                starts[country].append((words(r["leader"]), day, "reign", f"{r['leader']} until {r['eyear']}"))
    with open(facts / "factbook_leaders.csv", encoding="utf-8-sig") as file:
        for r in csv.DictReader(file):
            country = by_fips.get(r["cc"])
            since = re.fullmatch(r"(\d{1,2}) (\w+),? (\d{4}),?", r["since"].strip())
            if country and since and since[2] in MONTHS and r["title"] not in ("Vice", "Deputy", "First", "Second"):
                day = f"{since[3]}-{MONTHS[since[2]]:02}-{int(since[1]):02}"
                starts[country].append((words(r["name"]), day, "factbook", r["name"]))
    return starts


def main(facts, differences):
    starts = known_starts(facts)
    found = set()
    wikidata = {fields[0]: fields[1] for _, fields in lines("wikidata.txt")}
    rows, ids = [], {}
    elsewhere = defaultdict(list)
    for _, _, name, _, offices in officials():
        elsewhere[identifier(name)] += [office[1:] for office in offices]
    for place, country, name, others, spans in people(["leaders_1.txt", "leaders_2.txt", "leaders_3.txt"]):
        entity = identifier(name)
        if entity in ids:
            sys.exit(f"{place}: {name} is also at {ids[entity]}")
        ids[entity] = place
        named = words(name) | {w for other in others for w in words(other)}
        near = [s for s in starts[country] if s[0] & named]
        found.update((country, s[1], s[3]) for s in near)

        def add(text, form, role="", start="", end="", source="common", sector="GOV"):
            rows.append(row(entity, text, form, "person", country, sector, role, start, end, source=source))

        for role, start, end in spans:
            agreeing = sorted((days(s[1], start), s[2]) for s in near if len(start) == 10)
            source = agreeing[0][1] if agreeing and agreeing[0][0] <= 31 else "common"
            if differences and agreeing and role in ("president", "prime minister", "chancellor") and agreeing[0][0] > 31:
                print(f"{place}: {name} {role} {start}: known are {sorted({(s[1], s[2]) for s in near})}")
            add(name, "name", role, start, end, source)
        if not spans:
            add(name, "name")
        if entity in wikidata:
            rows[len(rows) - max(len(spans), 1)][COLUMNS.index("wikidata")] = wikidata[entity]
        for role, start, end in gaps(spans + elsewhere.get(entity, [])):
            add(name, "name", f"former {role}", start, end, sector="ELI")
        for other in others:
            short, _, span = other.partition("@")
            start, _, end = span.partition("..")
            if short.startswith("$"):
                add(short[1:], "short", "", start, end)
            else:
                add(other, "acronym" if is_acronym(other) else "alias")
    if differences:
        for country, entries in sorted(starts.items()):
            for _, day, source, label in entries:
                if (country, day, label) not in found and day >= "1999-06":
                    print(f"in no table: {country} {label} {day} ({source})")
    write("entities/leaders.csv", rows)
    print(f"{len(ids)} people")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--differences" in sys.argv)
