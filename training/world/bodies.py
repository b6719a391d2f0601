"""Write `entities/bodies.csv` from `bodies.txt`: ministries, parliaments, courts, armies, police and secret services.

    python3 bodies.py"""

import sys

from tables import identifier, is_acronym, lines, listed, row, write


def main():
    rows, places = [], {}
    country = ""
    for number, fields in lines("bodies.txt"):
        if fields[0].startswith("="):
            country = fields[0][1:].strip()
            continue
        sector, names = fields
        names = [name.removeprefix("the ") for name in listed(names)]
        entity = identifier(names[0])
        if entity in places:
            sys.exit(f"bodies.txt:{number}: {names[0]} is also at line {places[entity]}")
        places[entity] = number
        for i, name in enumerate(names):
            text = name.removesuffix(" ^X")
            form = "seat" if name != text else "name" if i == 0 else "acronym" if is_acronym(text) else "alias"
            rows.append(row(entity, text, form, "body", country, sector))
    write("entities/bodies.csv", rows)
    print(f"{len(places)} bodies")


if __name__ == "__main__":
    main()
