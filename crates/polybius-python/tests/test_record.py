"""A record answers Python as it answers the program."""

import csv
import json
from pathlib import Path

import polybius
import pyarrow as pa
import pytest
from conftest import ARTICLES, polybius_program


def test_events_are_the_programs(news: Path) -> None:
    record = polybius.Record(news)
    assert record.events().to_jsonl() == polybius_program("events", "--record", str(news), "--format", "jsonl")
    narrow = record.events(status="happened", min_confidence=0.6, limit=3)
    program = polybius_program(
        *("events", "--record", str(news), "--format", "jsonl", "--status", "happened"),
        *("--min-confidence", "0.6", "--limit", "3"),
    )
    assert narrow.to_jsonl() == program and len(narrow) == 3
    assert pa.table(narrow).to_pylist() == narrow.to_list()


def a_pair(record: polybius.Record) -> tuple[str, str]:
    rows = record.sql("SELECT actor, recipient FROM dyads WHERE length(actor) = 3 AND length(recipient) = 3 ORDER BY 1, 2")
    return rows[0]["actor"], rows[0]["recipient"]


def test_dyads_are_the_programs(news: Path) -> None:
    record = polybius.Record(news)
    one, other = a_pair(record)
    dyad = record.dyad(one.lower(), other, by="year", status="any")
    program = polybius_program(
        "dyad", one, other, "--record", str(news), "--by", "year", "--status", "any", "--format", "jsonl"
    )
    assert dyad.to_jsonl() == program and sum(row["reports"] for row in dyad) > 0
    assert pa.table(dyad).to_pylist() == [json.loads(line) for line in program.splitlines()]


@pytest.mark.parametrize("unit", ["dyad-month", "country-year"])
def test_panels_are_the_programs(news: Path, unit: str) -> None:
    panel = polybius.Record(news).panel(unit, complete=True)  # type: ignore[arg-type]
    program = list(csv.DictReader(polybius_program("panel", "--record", str(news), "--unit", unit, "--complete").splitlines()))
    assert panel.columns == list(program[0]) and len(panel) == len(program) > 0
    for row, line in zip(panel, program):
        for name, value in row.items():
            assert (value is None and line[name] == "") or str(value) == line[name] or float(line[name]) == value


def test_claims_and_expectations_are_those_of_the_articles(news: Path) -> None:
    record = polybius.Record(news)
    claims, expectations = record.claims(), record.expectations()
    lines = ARTICLES.read_text(encoding="utf-8").splitlines()
    for kept, kind in ((claims, "claims"), (expectations, "expectations")):
        rows = [{name: value for name, value in row.items() if name != "record"} for row in kept]
        coded = polybius.code_jsonl(lines, records=kind).to_list()  # type: ignore[arg-type]
        assert sorted(rows, key=str) == sorted(coded, key=str) and rows
        assert pa.table(kept).to_pylist() == kept.to_list()
    speaker = next(row["speaker"]["country"] for row in claims if row["speaker"]["country"])
    own = record.claims(speaker.lower(), limit=1)
    assert len(own) == 1 and own[0]["speaker"]["country"] == speaker
    outcomes = {row["record"]["outcome"] for row in expectations}
    assert outcomes <= {"due", "open", "kept", "broken", "lapsed", "for a reader to tell"}
    later = record.expectations(today="2099-01-01")
    assert {row["record"]["asked_on"] for row in later} == {"2099-01-01"}
    assert "due" not in {row["record"]["outcome"] for row in later}


def test_words_are_searched_and_queries_answered(news: Path) -> None:
    record = polybius.Record(news)
    found = record.search("president OR government", limit=2)
    assert 0 < len(found) <= 2 and "\x02" in found[0]["snippet"]
    assert pa.table(found).to_pylist() == found.to_list()
    (row,) = record.sql("SELECT count(*) AS n, NULL AS missing FROM reports")
    assert row == {"n": str(len(record.events())), "missing": None}


def test_mistakes_are_named(news: Path, tmp_path: Path) -> None:
    with pytest.raises(polybius.RecordError, match="there is no record"):
        polybius.Record(tmp_path / "none.db")
    record = polybius.Record(news)
    with pytest.raises(polybius.RecordError, match="only SELECT is allowed"):
        record.sql("DELETE FROM runs")
    with pytest.raises(ValueError, match="`query` is `n`; name each column once"):
        record.sql("SELECT 1 AS n, 2 AS n")
    with pytest.raises(ValueError, match="`start` is `soon`; write it as YYYY-MM-DD"):
        record.events(start="soon")
    with pytest.raises(ValueError, match="`status` is `maybe`; give `happened`"):
        record.events(status="maybe")
    with pytest.warns(UserWarning, match="nothing under `XXX`"):
        assert len(record.events(actor="XXX")) == 0
