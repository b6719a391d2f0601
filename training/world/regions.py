"""Write `entities/regions.csv` from `regions.txt`: parts of countries that newspapers name as actors or targets.

    python3 regions.py"""

from tables import is_acronym, lines, listed, row, write


def main():
    rows = []
    for _, fields in lines("regions.txt"):
        entity, country, sector, names, demonyms, seats = fields
        forms = {}
        for i, name in enumerate(listed(names)):
            forms.setdefault(name.removeprefix("the "), "name" if i == 0 else "acronym" if is_acronym(name) else "alias")
        for name in listed(demonyms):
            forms.setdefault(name, "demonym")
        for name in listed(seats):
            forms.setdefault(name, "seat")
        rows += [row(entity, name, form, "territory", country, sector) for name, form in forms.items()]
    write("entities/regions.csv", rows)


if __name__ == "__main__":
    main()
