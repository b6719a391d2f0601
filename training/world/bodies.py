"""Write `entities/bodies.csv` from `bodies.txt` and `state_bodies.txt`: ministries, parliaments, courts, armies, police, secret services.

    python3 bodies.py"""

import sys

from tables import folded, identifier, is_acronym, lines, listed, row, write

MINISTRIES = {"F": ("foreign ministry", ["Foreign Ministry"], ["Foreign Affairs"]),
              "D": ("defence ministry", ["Defence Ministry", "Defense Ministry"], ["Defence", "Defense"]),
              "I": ("interior ministry", ["Interior Ministry"], ["Interior", "the Interior"]),
              "i": ("interior ministry", ["Home Ministry", "Home Affairs Ministry"], ["Home Affairs"]),
              "E": ("finance ministry", ["Finance Ministry"], ["Finance"]),
              "J": ("justice ministry", ["Justice Ministry"], ["Justice"]),
              "H": ("health ministry", ["Health Ministry"], ["Health"]),
              "O": ("oil ministry", ["Oil Ministry"], ["Oil"]),
              "N": ("energy ministry", ["Energy Ministry"], ["Energy"])}
OTHERS = {"P": ("parliament", "LEG"), "C": ("court", "JUD"), "M": ("armed forces", "MIL"), "K": ("police", "COP"),
          "S": ("intelligence service", "SPY"), "B": ("central bank", "GOV"), "F": ("", "GOV"), **{f"{letter}M": (ministry[0], "GOV") for letter, ministry in MINISTRIES.items()}}
# The names of what stands without names, "~" the adjective and "@" the country.
REGULAR = {"P": ("P", "~ Parliament;Parliament of @;@'s parliament"), "C": ("C", "~ Supreme Court;Supreme Court of @;@'s Supreme Court"),
           "c": ("C", "~ Constitutional Court;Constitutional Court of @;@'s Constitutional Court"),
           "M": ("M", "~ Armed Forces;~ Army;@'s army"), "K": ("K", "~ Police"), "k": ("K", "~ National Police;~ Police"),
           "B": ("B", "Central Bank of @;~ Central Bank;@'s central bank"), "b": ("B", "Bank of @;~ Central Bank;@'s central bank"),
           "n": ("B", "National Bank of @;~ Central Bank;@'s central bank")}


def named_bodies():
    """Yield (place, country, sector, role, names) of every body that `bodies.txt` names."""
    country = ""
    for number, fields in lines("bodies.txt"):
        if fields[0].startswith("="):
            country = fields[0][1:].strip()
            continue
        sector, names = fields
        yield f"bodies.txt:{number}", country, sector, "", [name.removeprefix("the ") for name in listed(names)]


def state_bodies():
    """Yield (country, id or nothing, sector, role, names) of what every state has."""
    for _, (country, adjective, state, ministries, others) in lines("state_bodies.txt"):
        for letter in ministries:
            role, names, matters = MINISTRIES[letter]
            usual = [f"{adjective} {name}" for name in names] + [f"{state}'s {name}" for name in names]
            formal = [f"{adjective} Ministry of {matter}" for matter in matters] + [f"Ministry of {matter} of {state}" for matter in matters]
            yield country, f"{identifier(state)}-{role.replace(' ', '-')}", "GOV", role, usual + formal
        for other in filter(None, (part.strip() for part in others.split(" / "))):
            letter, _, names = other.partition(":")
            usual_letter, usual_names = REGULAR.get(letter, (letter, ""))
            role, sector = OTHERS[usual_letter]
            names = names or usual_names
            yield country, "", sector, role, [name.replace("~", adjective).replace("@", state) for name in listed(names)]


def main():
    bodies, places, owner = {}, {}, {}
    for place, country, sector, role, names in named_bodies():
        entity = identifier(names[0])
        if entity in bodies:
            sys.exit(f"{place}: {names[0]} is also at {places[entity]}")
        bodies[entity], places[entity] = [country, sector, role, names], place
        owner |= {(country, folded(name.removesuffix(" ^X"))): entity for name in names}
    for country, entity, sector, role, names in state_bodies():
        # The first of its names that another body of the country has says which one it is.
        same = next((owner[country, folded(name)] for name in names if (country, folded(name)) in owner), None)
        entity = same or entity or identifier(names[0])
        body = bodies.setdefault(entity, [country, sector, role, []])
        if body[0] != country:
            sys.exit(f"state_bodies.txt: {entity} is in {body[0]} and {country}")
        body[2] = body[2] or role
        for name in names:
            if owner.setdefault((country, folded(name)), entity) == entity and not any(folded(name) == folded(n.removesuffix(" ^X")) for n in body[3]):
                body[3].append(name)
    rows = []
    for entity, (country, sector, role, names) in bodies.items():
        for i, name in enumerate(names):
            text = name.removesuffix(" ^X")
            form = "seat" if name != text else "name" if i == 0 else "acronym" if is_acronym(text) else "alias"
            rows.append(row(entity, text, form, "body", country, sector, role if i == 0 else ""))
    write("entities/bodies.csv", rows)
    print(f"{len(bodies)} bodies")


if __name__ == "__main__":
    main()
