#!/usr/bin/env python3
"""Makes lists of invented names, the same ones for the same seed: an overlay table of any size, or a dictionary in PETRARCH's format.

    names.py table 1000000 > names.csv          for `polybius codebook import csv`
    names.py petrarch 25000 > actors.txt        with about two defects in a hundred names, for `polybius codebook import petrarch`
"""

import random
import sys

SEED = 146
COUNTRIES = "AFG ARG AUS BRA CAN CHL CHN COL EGY ETH FRA DEU GHA IND IDN IRN IRQ ITA JPN KEN MEX MAR NGA NOR PAK PER PHL POL RUS ZAF"
COUNTRIES = COUNTRIES.split()
FIRST = "John Maria Ahmed Li Anna Peter Ivan Fatima David Chen Omar Elena Jose Paul Sara Ali Grace Kofi Amina Viktor".split()
BODIES = "Liberation Front|People's Party|Relief Fund|Trading Company|Development Bank|Workers Union|Study Centre|Youth League".split("|")
KINDS = "group party ngo company company ngo ngo group".split()
SECTORS = "REB PTY NGO BUS BUS LAB EDU SOC".split()
ONSETS = "b br ch d dr f g gr h j k kr l m n p r s sh st t tr v w y z".split()
VOWELS = "a e i o u ai ou ee".split()
CODAS = ["", "", "n", "r", "l", "s", "sh", "k", "m", "nd"]


def word(draw):
    syllables = draw.choice((2, 2, 3, 3, 4))
    return "".join(draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS) for _ in range(syllables)).capitalize()


def actor(draw):
    """A name with its kind, sector and country: two in three are people."""
    country = draw.choice(COUNTRIES)
    if draw.random() < 0.67:
        return f"{draw.choice(FIRST)} {word(draw)} {word(draw)}", "person", draw.choice(("GOV", "OPP", "MIL", "BUS")), country
    body = draw.randrange(len(BODIES))
    return f"{word(draw)} {BODIES[body]}", KINDS[body], SECTORS[body], country


def table(n_names, draw):
    print("name,form,kind,country,sector,role,from,until,source")
    for _ in range(n_names):
        name, kind, sector, country = actor(draw)
        since = f"{draw.randrange(1990, 2024)}-{draw.randrange(1, 13):02}" if draw.random() < 0.3 else ""
        print(f"{name},name,{kind},{country},{sector},,{since},,invented")


def date(draw):
    return f"{draw.randrange(90, 124) % 100:02}{draw.randrange(1, 13):02}{draw.randrange(1, 29):02}"


def defect(draw, name, code):
    """The lines of a record that has something wrong with it."""
    return draw.choice((
        [f"{name}_ [{code}"],
        [f"{name}_ [QQQGOV]"],
        [f"{name}_ ", "\t[" + code + " >991340]"],
        [f"{name}_ ", "\t[" + code + " 20100101-20050101]"],
        ["___ [" + code + "]"],
        ["AUTHORITY_ [" + code + "]"],
        [f"{name}_ "],
        [f"{name}_ [{code}]", f"+{name}_"],
        [f"{name}_ [{code}ZZQ]"],
        ["RUSSIA_ [RUS]"],
    ))


def petrarch(n_names, draw):
    sectors = {"JRN": "MED", "SOC": "CVL"}
    print("# Invented actors in PETRARCH's format.")
    n_written = 0
    while n_written < n_names:
        name, _, sector, country = actor(draw)
        code = country + sectors.get(sector, sector)
        phrase = name.upper().replace(" ", "_")
        if draw.random() < 0.02:
            lines = defect(draw, phrase, code)
        elif draw.random() < 0.3:
            lines = [f"{phrase}_  ; invented", f"\t[{code} >{date(draw)}]", f"\t[{country}ELI]"]
        else:
            lines = [f"{phrase}_ [{code}]"]
            if draw.random() < 0.3:
                lines.append(f"+{phrase.split('_', 1)[0][0]}_{phrase.split('_', 1)[-1]}_")
        print("\n".join(lines))
        n_written += sum(not line.startswith("\t") for line in lines)


def main():
    what, n_names = sys.argv[1], int(sys.argv[2])
    {"table": table, "petrarch": petrarch}[what](n_names, random.Random(SEED))


if __name__ == "__main__":
    main()
