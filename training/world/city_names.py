"""Write `entities/city_names.csv` from `city_names.txt` and `sites.txt`: names of cities, old and new, and towns and sites that the gazetteer lacks.

    python3 city_names.py"""

import sys

from check import table
from tables import CODEBOOK, folded, identifier, lines, listed, row, write


def main():
    cities = {}
    for file in ("regions.csv", "places.csv"):
        for _, header, fields in table(CODEBOOK / "entities" / file):
            city = dict(zip(header, fields))
            cities.setdefault((city["country"], folded(city["name"])), city)
    rows = []
    for number, (country, known, others) in lines("city_names.txt"):
        city = cities.get((country, folded(known)))
        if not city:
            sys.exit(f"city_names.txt:{number}: no city {known} of {country} in places.csv or regions.csv")
        rows += [row(city["entity"], name, "alias", city["kind"], country, "") for name in listed(others)]
    gazetteer = {name for _, name in cities}
    for number, (country, names) in lines("sites.txt"):
        fresh = [name for name in listed(names) if folded(name) not in gazetteer]
        rows += [row(identifier(listed(names)[0]), name, "alias" if i else "name", "place", country, "") for i, name in enumerate(fresh)]
    write("entities/city_names.csv", rows)


if __name__ == "__main__":
    main()
