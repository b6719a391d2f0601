"""Write `codebook/COVERAGE.md`: what the entity files hold, by kind and by country, and what they lack.

    python3 coverage.py"""

from collections import Counter, defaultdict
from datetime import date

from check import table
from tables import CODEBOOK

HEADS = {"president", "king", "queen", "emperor", "emir", "sultan", "prince", "leader", "chairman", "administrator", "pope",
         "supreme leader", "grand duke", "military ruler", "junta leader", "head of state", "governor-general",
         "member of the presidency", "co-president"}
PREMIERS = {"prime minister", "chancellor", "chief executive", "chief minister", "minister of state", "chief adviser"}
MINISTERS = {"foreign minister", "defence minister", "interior minister", "finance minister"}
BODIES = ["foreign ministry", "defence ministry", "interior ministry", "finance ministry", "parliament", "court", "armed forces", "police",
          "intelligence service", "central bank"]
FIRST, LAST = date(1990, 1, 1), date(2026, 1, 1)
ARMED = {"REB", "PRM", "IMG", "CRM", "UAF"}


def rows(path):
    for _, header, fields in table(path):
        yield dict(zip(header, fields))


def day(text, other):
    """The first day of a date of any precision; `other` where there is none."""
    return date(*([int(part) for part in text.split("-")] + [1, 1])[:3]) if text else other


def years_without(spans):
    """The years since 1990, to one decimal, in which none of the spans holds; of those that no start is known of nothing is said."""
    at, missing = FIRST, 0
    for start, end in sorted((day(s, None), day(e, date(9999, 1, 1))) for s, e in spans if s):
        missing += max((min(start, LAST) - at).days, 0)
        at = max(at, min(end, LAST))
    return (missing + (LAST - at).days) / 365.25


def line(*cells):
    return "| " + " | ".join(str(cell) if cell or cell == 0 else "" for cell in cells) + " |"


def heading(*cells):
    return [line(*cells), "|" + "---|" * len(cells)]


def main():
    entities = [r for path in sorted((CODEBOOK / "entities").glob("*.csv")) for r in rows(path)]
    members = list(rows(CODEBOOK / "memberships.csv"))
    # Who has left was a state that is no more.
    united_nations = sorted({m["member"] for m in members if m["organisation"] == "united-nations" and not m["until"]})
    canonical = {}
    for r in entities:
        canonical.setdefault(r["entity"], r["name"])

    def counted(chosen):
        chosen = list(chosen)
        return f"{len({(r['entity'], r['name']) for r in chosen}):,}", f"{len({r['entity'] for r in chosen}):,}", f"{len(chosen):,}"

    out = ["# What the entity files hold", "", "Written by `training/world/coverage.py`; do not edit.", ""]
    out += heading("", "names", "entities", "rows")
    out.append(line("all", *counted(entities)))
    out.append(line("without cities and sites (kind `place`)", *counted(r for r in entities if r["kind"] != "place")))
    for kind in sorted({r["kind"] for r in entities}):
        out.append(line(f"`{kind}`", *counted(r for r in entities if r["kind"] == kind)))
    armed = [r for r in entities if r["kind"] == "group" and r["sector"] in ARMED]
    out.append(line("armed groups among them (sectors REB, PRM, IMG, CRM, UAF)", *counted(armed)))
    out += ["", "## Gaps", ""] + heading("", "number", "of")
    held = [r for r in entities if r["form"] == "name" and r["kind"] == "person" and r["role"] and not r["role"].startswith("former")]
    out.append(line("offices of persons without a start", sum(not r["from"] for r in held), f"{len(held):,}"))
    out.append(line("memberships without a start", sum(not m["from"] for m in members), f"{len(members):,}"))
    of_country, has_body = defaultdict(list), defaultdict(set)
    for r in entities:
        of_country[r["country"]].append(r)
        if r["kind"] == "body" and r["role"]:
            has_body[r["role"]].add(r["country"])
    for role in BODIES:
        lacking = [c for c in united_nations if c not in has_body[role]]
        out.append(line(f"UN members without a row for {role}", len(lacking), len(united_nations)))
    heads, premiers = ({c: [(r["from"], r["until"]) for r in of_country[c] if r["role"] in roles and r["sector"] == "GOV"] for c in united_nations}
                       for roles in (HEADS, PREMIERS))
    out.append(line("UN members without any head of state or of government", sum(not heads[c] and not premiers[c] for c in united_nations), len(united_nations)))
    leaders = {c: years_without(heads[c] + premiers[c]) for c in united_nations}
    out.append(line("years since 1990 in which a UN member has neither", round(sum(leaders.values())), 36 * len(united_nations)))
    out += ["", "Some have none: small states without armed forces, states that share a central bank, or put an office in another ministry."]
    undated = Counter(m["organisation"] for m in members if not m["from"])
    out += ["", "Memberships without a start: " + (", ".join(f"{canonical.get(o, o)} {n}" for o, n in undated.most_common()) or "none") + "."]
    for role in BODIES:
        lacking = [c for c in united_nations if c not in has_body[role]]
        if lacking:
            out += ["", f"No {role}: {' '.join(lacking)}."]
    out += ["", "## By country", "", "Numbers of entities; *names* are those of the country itself. *Without head* and *without premier*: years since",
            "1990, to 2026, in which no row says who was head of state or of government; empty where no row ever does, as where",
            "there is no such office. Members of the United Nations first, then other lands.", ""]
    columns = ["country", "names", "without head", "without premier", "ministers", "other persons", "bodies", "parties", "armed groups",
               "peoples, creeds", "outlets", "companies, NGOs", "regions", "cities"]
    out += heading("", *columns)
    lands = sorted({r["entity"] for r in entities if r["kind"] in ("country", "territory") and r["entity"].isupper()} - set(united_nations))
    for country in united_nations + lands:
        own = of_country[country]

        def number(test):
            return len({r["entity"] for r in own if test(r)})

        def years(roles):
            spans = [(r["from"], r["until"]) for r in own if r["role"] in roles and r["sector"] == "GOV"]
            return f"{years_without(spans):.1f}" if spans else ""

        persons = {r["entity"] for r in own if r["kind"] == "person" and r["form"] == "name"}
        ministers = {r["entity"] for r in own if r["role"] in MINISTERS}
        leading = {r["entity"] for r in own if r["role"] in HEADS | PREMIERS and r["sector"] == "GOV"}
        out.append(line(
            country, canonical[country], len({r["name"] for r in own if r["entity"] == country}), years(HEADS), years(PREMIERS), len(ministers),
            len(persons - ministers - leading), number(lambda r: r["kind"] == "body"), number(lambda r: r["kind"] == "party"),
            number(lambda r: r["kind"] == "group" and r["sector"] in ARMED), number(lambda r: r["kind"] == "group" and r["sector"] not in ARMED),
            number(lambda r: r["kind"] == "outlet"), number(lambda r: r["kind"] in ("company", "ngo")),
            number(lambda r: r["kind"] == "territory" and r["entity"] != country), number(lambda r: r["kind"] == "place")))
    (CODEBOOK / "COVERAGE.md").write_text("\n".join(out) + "\n", encoding="utf-8")
    print("\n".join(out[:60]))


if __name__ == "__main__":
    main()
