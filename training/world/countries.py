"""Write `crosswalks/countries.csv` and `entities/countries.csv`.

    python3 countries.py FACTS

FACTS is the folder with `country_codes.csv` and `reign_leaders_1945_2021.csv`. Names, COW and Gleditsch–Ward codes are
in `countries.txt` beside this file, former countries in `former_countries.txt`."""

import csv
import sys
from pathlib import Path

from tables import folded, is_acronym, lines, listed, row, write

# CAMEO's country codes are ISO alpha-3 as they stood when it was written.
CAMEO = {"ROU": "ROM", "TLS": "TMP", "IMN": "IMY", "XKX": "KSV"}
FIPS = {"SRB": "RI", "PSE": "WE", "SJM": "SV", "UMI": "", "BES": "", "XKX": "KV"}
WIKIDATA = {"XKX": "Q1246"}
# UN formal names that would clash with, or add nothing to, the names by hand.
SKIP_FORMAL = {"COG", "COD", "GEO", "WSM", "IRL", "CHN", "TWN", "GIN"}
CROSSWALK = ["iso3", "iso2", "numeric", "cow", "cow_number", "gw", "fips", "cameo", "name"]


def main(facts):
    with open(facts / "country_codes.csv", encoding="utf-8-sig") as file:
        codes = {r["ISO3166-1-Alpha-3"]: r for r in csv.DictReader(file)}
    with open(facts / "reign_leaders_1945_2021.csv", encoding="latin-1") as file:
        cow_states = {(r["stateabb"], r["ccode"]) for r in csv.DictReader(file)}

    crosswalk, entities = [], []
    for number, fields in lines("countries.txt"):
        iso3, cow, cow_number, gw, names, demonyms, capitals, seats = fields
        fact = codes.get(iso3, {})
        if iso3 != "XKX" and not fact:
            sys.exit(f"countries.txt:{number}: {iso3} is not an ISO code")
        if cow and (cow, cow_number) not in cow_states:
            print(f"countries.txt:{number}: {cow} {cow_number} is not in reign", file=sys.stderr)
        names = listed(names)
        iso2 = "XK" if iso3 == "XKX" else fact["ISO3166-1-Alpha-2"]
        numeric = "" if iso3 == "XKX" else fact["ISO3166-1-numeric"].zfill(3)
        fips = FIPS.get(iso3, fact.get("FIPS", "").strip())
        gw = "" if gw == "-" else gw or cow_number
        crosswalk.append([iso3, iso2, numeric, cow, cow_number, gw, fips, CAMEO.get(iso3, iso3), names[0]])

        kind = "country" if cow or iso3 in {"PSE", "VAT"} else "territory"
        wikidata = WIKIDATA.get(iso3) or fact.get("wikidata_id", "").rsplit("/", 1)[-1].strip()
        formal = fact.get("UNTERM English Formal", "").strip().removeprefix("the ")
        if formal and iso3 not in SKIP_FORMAL and not formal.endswith("*"):
            names.append(formal)
        taken = set()

        def add(name, form, source="common", wikidata=""):
            key = name if is_acronym(name) else folded(name)
            if key not in taken:
                taken.add(key)
                entities.append(row(iso3, name, form, kind, iso3, "GOV", wikidata=wikidata, source=source))

        for i, name in enumerate(names):
            name = name.removeprefix("the ").removeprefix("The ")
            add(name, "name" if i == 0 else "acronym" if is_acronym(name) else "alias",
                "country-codes" if name == formal else "common", wikidata if i == 0 else "")
        for name in listed(demonyms):
            add(name, "demonym")
        for name in listed(capitals):
            add(name, "capital")
        for name in listed(seats):
            add(name, "seat")

    for number, fields in lines("former_countries.txt"):
        entity, country, start, end, wikidata, names, demonyms, capitals = fields
        forms = [(n, "acronym" if is_acronym(n) else "alias") for n in listed(names)]
        forms[0] = (forms[0][0], "name")
        forms += [(n, "demonym") for n in listed(demonyms)] + [(n, "capital") for n in listed(capitals)]
        for i, (name, form) in enumerate(forms):
            entities.append(row(entity, name, form, "former-country", country, "GOV", start=start, end=end,
                                wikidata=wikidata if i == 0 else ""))

    missing = set(codes) - {c[0] for c in crosswalk}
    if missing:
        sys.exit(f"countries.txt lacks {sorted(missing)}")
    write("crosswalks/countries.csv", sorted(crosswalk), CROSSWALK)
    write("entities/countries.csv", entities)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
