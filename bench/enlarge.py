"""Makes a large record out of a small one in minutes: every row again and again in plain SQL, under other ids and outlets and on other days,
until there are so many reports. `multiply` does the same through the path of what is read, and takes an hour on a busy machine; what is asked
of the two finds the same.

    python bench/enlarge.py small.db large.db 1000000
"""

import shutil
import sqlite3
import sys

# Each copy is so many days later than the one before; what goes beyond the last day begins anew.
DAYS, FIRST, N_DAYS, N_OUTLETS = 97, "2020-01-01", 1_800, 40
# Numbers of copies are so far apart.
STEP = 10_000_000


def new(number: str) -> str:
    return f"{number} + k * {STEP}"


def day(column: str) -> str:
    since = f"(CAST(julianday({column}) - julianday('{FIRST}') AS INTEGER) + k * {DAYS}) % {N_DAYS}"
    return f"CASE WHEN {column} LIKE '____-__-__' THEN date('{FIRST}', ({since}) || ' days') ELSE {column} END"


def number(column: str) -> str:
    """The same of a day that is counted from the beginning of 1970; what has none is far before."""
    first = f"CAST(julianday('{FIRST}') - julianday('1970-01-01') AS INTEGER)"
    return f"CASE WHEN {column} > -1000000 THEN {first} + ({column} - {first} + k * {DAYS}) % {N_DAYS} ELSE {column} END"


def text(path: str) -> str:
    return f"json_extract(row, '{path}')"


def ident(column: str) -> str:
    return f"{column} || '-' || k"


def outlet(number: str) -> str:
    return f"'Outlet ' || (({number} * 7 + k * 11) % {N_OUTLETS})"


def row(ids: tuple[str, ...], days: tuple[str, ...], number: str) -> str:
    """The JSON with its ids, days and outlet changed; what is null stays so."""
    changes = [f"'$.{name}', {ident(text('$.' + name))}" for name in ids]
    changes += [f"'$.{name}', {day(text('$.' + name))}" for name in days]
    return f"json_replace(row, {', '.join(changes)}, '$.outlet', {outlet(number)})"


# What is other in a table's copies; the rest is taken over.
ARTICLE = "(SELECT v.article FROM src.codings AS c JOIN src.versions AS v USING (version) WHERE c.coding = t.coding)"
OF_EVENT = ARTICLE.replace("t.coding", "(SELECT coding FROM src.events AS e WHERE e.event = t.event)")
TABLES = {
    "articles": {"article": new("article"), "id": ident("id"), "outlet": outlet("article")},
    "versions": {"version": new("version"), "article": new("article"), "published": day("published"), "copy_of": new("copy_of")},
    "bodies": {"version": new("version")},
    "codings": {"coding": new("coding"), "version": new("version")},
    "events": {"event": new("event"), "coding": new("coding"), "event_id": ident("event_id"), "act": new("act")}
    | {name: day(name) for name in ("day", "date_start", "date_end")},
    "evidence": {"event": new("event"), "row": row(("event_id", "document_id"), ("published", "date.start", "date.end", "date.anchor"), OF_EVENT)},
    "compared": {"event": new("event")},
    "participants": {"event": new("event")},
    "codes": {"event": new("event"), "day": day("day")},
    "dyads": {"event": new("event")},
    "act_keys": {"event": new("event"), "day": number("day")},
    "incidents": {"incident": new("incident")},
    "memberships": {"membership": new("membership"), "event": new("event"), "incident": new("incident")},
    "claims": {"claim": new("claim"), "coding": new("coding"), "claim_id": ident("claim_id"), "day": day("day")}
    | {"row": row(("claim_id", "document_id", "within"), ("published", "date.start", "date.end", "date.anchor"), ARTICLE)},
    "claim_codes": {"claim": new("claim")},
    "expectations": {"expectation": new("expectation"), "coding": new("coding"), "expectation_id": ident("expectation_id")}
    | {"day": day("day"), "until": day("until")}
    | {"row": row(("expectation_id", "document_id", "event_id", "claim_id"), ("published", "settled_by.from", "settled_by.until"), ARTICLE)},
    "expectation_codes": {"expectation": new("expectation")},
    "in_force": {name: new(name) for name in ("event", "incident", "article", "version", "copy_of")}
    | {"event_id": ident("event_id"), "outlet": outlet("article"), "published": day("published"), "day": day("day")},
}


def main(small: str, large: str, wanted: str) -> None:
    shutil.copyfile(small, large)
    record = sqlite3.connect(large, isolation_level=None)
    record.execute("ATTACH ? AS src", [small])
    for setting in ("journal_mode = off", "synchronous = off", "cache_size = -500000", "temp_store = memory", "foreign_keys = off"):
        record.execute(f"PRAGMA {setting}")
    (n_reports,) = record.execute("SELECT count(*) FROM src.in_force").fetchone()
    n_copies = -(-int(wanted) // n_reports) - 1
    record.execute("CREATE TEMP TABLE copies AS WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?) SELECT k FROM n", [n_copies])
    later = record.execute("SELECT type, name, sql FROM main.sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL").fetchall()
    record.execute("BEGIN")
    for kind, name, _ in later:
        record.execute(f"DROP {kind} main.{name}")
    for table, changes in TABLES.items():
        columns = record.execute(f"SELECT name, pk FROM pragma_table_info('{table}')").fetchall()
        taken = ", ".join(changes.get(name, f"t.{name}") for name, _ in columns)
        # In the order of the key, so that the table grows at its end.
        key = [str(place + 1) for _, place in sorted((pk, place) for place, (_, pk) in enumerate(columns) if pk)]
        record.execute(f"INSERT INTO main.{table} SELECT {taken} FROM copies CROSS JOIN src.{table} AS t ORDER BY {', '.join(key)}")
        print(table, flush=True)
    for _, name, sql in sorted(later):
        record.execute(sql)
        print(name, flush=True)
    record.execute("INSERT INTO texts (texts) VALUES ('rebuild')")
    record.execute("COMMIT")
    print(record.execute("SELECT count(*) FROM in_force").fetchone()[0], "reports")
    record.execute("PRAGMA journal_mode = wal")


if __name__ == "__main__":
    main(*sys.argv[1:])
