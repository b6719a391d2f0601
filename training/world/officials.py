"""Write `entities/officials.csv` from `officials.txt`: ministers, generals, spokespersons, opposition, heads of organisations.

    python3 officials.py

A person of the leaders' tables keeps the entity; `officials.csv` then holds only the further offices. Of two offices at a time the
later begun stands first, because the first that holds is the one shown."""

import sys
from collections import defaultdict

from leaders import gaps, officials, people
from tables import identifier, is_acronym, lines, row, write


def main():
    leaders = {identifier(name) for _, _, name, _, _ in people(["leaders_1.txt", "leaders_2.txt", "leaders_3.txt"])}
    wikidata = {fields[0]: fields[1] for _, fields in lines("wikidata.txt")}
    ever = defaultdict(list)
    for _, _, name, _, held in officials():
        ever[identifier(name)] += [office[1:] for office in held]
    rows, ids = [], {}
    for place, country, name, others, held in officials():
        entity = identifier(name)
        if entity in ids and country == ids[entity]:
            sys.exit(f"{place}: {name} stands twice")
        ids[entity] = country
        for i, (sector, role, start, end) in enumerate(sorted(held, key=lambda office: office[2], reverse=True)):
            item = wikidata.get(entity, "") if entity not in leaders and i == 0 else ""
            rows.append(row(entity, name, "name", "person", country, sector, role, start, end, item))
        if not held:
            rows.append(row(entity, name, "name", "person", country, "ELI"))
        elif all(start or end for _, _, start, end in held) and entity not in leaders:
            sectors = {(role, end): sector for sector, role, _, end in held}
            for role, start, end in gaps(ever[entity]):
                if (role, start) in sectors:
                    sector = sectors[role, start] if sectors[role, start] in ("IMG", "REB", "CRM", "OPP") else "ELI"
                    rows.append(row(entity, name, "name", "person", country, sector, f"former {role}", start, end))
        for other in others:
            short, _, span = other.partition("@")
            start, _, end = span.partition("..")
            form = "short" if short.startswith("$") else "acronym" if is_acronym(other) else "alias"
            rows.append(row(entity, short.lstrip("$"), form, "person", country, held[0][0] if held else "ELI", "", start, end))
    write("entities/officials.csv", rows)
    print(f"{len(ids)} people, {len(set(ids) & leaders)} of them leaders too")


if __name__ == "__main__":
    main()
