"""Write `entities/regions.csv` from `regions.txt`: parts of countries that newspapers name as actors or targets.

    python3 regions.py"""

from tables import is_acronym, lines, listed, row, write

# Cities and sites; the rest are territories.
PLACES = set("""sevastopol mariupol odesa kharkiv mumbai karachi lahore goma bukavu benghazi misrata tobruk el-fasher port-sudan
timbuktu kidal wuhan mosul fallujah sinjar kirkuk basra aleppo homs raqqa afrin kobani sweida daraa aden hodeidah marib saada taiz
dubai sharjah mecca qom isfahan natanz fordow istanbul diyarbakir jenin rafah toronto sydney los-angeles chicago san-francisco
guantanamo lampedusa coxs-bazar jaffna panama-canal dahiyeh new-york-city shanghai lagos saint-petersburg rio-de-janeiro
sao-paulo""".split())


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
        kind = "place" if entity in PLACES else "territory"
        rows += [row(entity, name, form, kind, country, sector) for name, form in forms.items()]
    write("entities/regions.csv", rows)


if __name__ == "__main__":
    main()
