"""Write `entities/officials.csv` from `officials.txt`: ministers, generals, spokespersons, opposition, heads of organisations.

    python3 officials.py

A person of the leaders' tables keeps the entity; `officials.csv` then holds only the further offices."""

import sys

from leaders import people
from tables import identifier, is_acronym, lines, listed, row, write

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


def main():
    leaders = {identifier(name) for _, _, name, _, _ in people(["leaders_1.txt", "leaders_2.txt", "leaders_3.txt"])}
    rows, ids = [], {}
    wikidata = {fields[0]: fields[1] for _, fields in lines("wikidata.txt")}
    country = ""
    for number, fields in lines("officials.txt"):
        if fields[0].startswith("="):
            country = fields[0][1:].strip().removeprefix("-")
            continue
        name, others, offices = fields
        entity = identifier(name)
        if entity in ids and country == ids[entity]:
            sys.exit(f"officials.txt:{number}: {name} stands twice")
        ids[entity] = country
        held, first_sector = [], ""
        for office in filter(None, (o.strip() for o in offices.split(";"))):
            sector, _, office = office.partition(":") if ":" in office else ("GOV", "", office)
            words = office.split()
            dates = []
            while words and words[-1][0].isdigit():
                dates.insert(0, words.pop())
            role, start, end = office_name(" ".join(words), sector, country), *(dates + ["", ""])[:2]
            item = wikidata.get(entity, "") if entity not in leaders and not held else ""
            rows.append(row(entity, name, "name", "person", country, sector, role, start, end, item))
            held.append((sector, role, start, end))
            first_sector = first_sector or sector
        if not held:
            rows.append(row(entity, name, "name", "person", country, "ELI"))
        elif all(end for *_, end in held) and entity not in leaders:
            sector, role, _, end = max(held, key=lambda office: office[3])
            after = "ELI" if sector not in ("IMG", "REB", "CRM", "OPP") else sector
            rows.append(row(entity, name, "name", "person", country, after, f"former {role}", end))
        for other in listed(others):
            short, _, span = other.partition("@")
            start, _, end = span.partition("..")
            form = "short" if short.startswith("$") else "acronym" if is_acronym(other) else "alias"
            rows.append(row(entity, short.lstrip("$"), form, "person", country, first_sector or "ELI", "", start, end))
    write("entities/officials.csv", rows)
    print(f"{len(ids)} people, {len(set(ids) & leaders)} of them leaders too")


if __name__ == "__main__":
    main()
