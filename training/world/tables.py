"""Read the hand-written tables and write the rows of the codebook's entity files."""

import csv
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
CODEBOOK = HERE.parents[1] / "codebook"
COLUMNS = ["entity", "name", "form", "kind", "country", "sector", "role", "from", "until", "wikidata", "source"]


def lines(name):
    """Yield (line number, fields) of a table whose fields are separated by bars."""
    for number, line in enumerate((HERE / name).read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, [field.strip() for field in line.split("|")]


def listed(field):
    return [part.strip() for part in field.split(";") if part.strip()]


def folded(text):
    """Without accents, in lower case: how names are compared."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("’", "'")


def identifier(name):
    """The entity id of a name: `Vladimir Putin` gives `vladimir-putin`."""
    plain = folded(name).translate(str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "ð": "d", "þ": "th", "ə": "a"}))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[.']", "", plain)).strip("-")


def is_acronym(name):
    return bool(re.fullmatch(r"(?:[A-Z]\.?){2,6}|T&T|BiH|DPRK", name))


def row(entity, name, form, kind, country, sector, role="", start="", end="", wikidata="", source="common"):
    return [entity, name, form, kind, country, sector, role, start, end, wikidata, source]


def write(path, rows, columns=COLUMNS, note=""):
    """Write the rows, dropping repeated ones; the order given is kept."""
    seen = set()
    target = CODEBOOK / path
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for line in note.splitlines():
            out.write(f"# {line}\n")
        writer.writerow(columns)
        n_rows = 0
        for fields in rows:
            if tuple(fields) not in seen:
                seen.add(tuple(fields))
                writer.writerow(fields)
                n_rows += 1
    print(f"{path}: {n_rows} rows")
