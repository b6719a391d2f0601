"""Tables go through other libraries and come back whole; a bad row fails alone."""

import json
from typing import Any

import pandas as pd
import polybius
import pyarrow as pa
import pytest
from conftest import ARTICLES

LINES = ARTICLES.read_text(encoding="utf-8").splitlines()
ROWS: list[dict[str, Any]] = [json.loads(line) for line in LINES]


@pytest.fixture(scope="module")
def expected() -> str:
    return polybius.code_jsonl(LINES).to_jsonl()


@pytest.mark.parametrize("kind", ["events", "claims", "expectations"])
def test_arrow_has_every_field_of_the_lines(kind: polybius._coding.Kind) -> None:
    table = polybius.code_jsonl(LINES, records=kind)
    arrow = pa.table(table)
    arrow.validate(full=True)
    assert arrow.to_pylist() == table.to_list() == [json.loads(line) for line in table.to_jsonl().splitlines()]
    assert arrow.column_names == table.columns == list(table[0])
    assert pa.schema(table) == arrow.schema


def test_articles_come_as_any_table(expected: str) -> None:
    arrow = pa.Table.from_pylist(ROWS)
    days = arrow.set_column(
        arrow.column_names.index("published"), "published", arrow["published"].cast(pa.date32())
    ).append_column("words", [[1] * len(ROWS)])
    reader = pa.RecordBatchReader.from_batches(arrow.schema, arrow.to_batches(max_chunksize=3))
    views = arrow.cast(pa.schema([(name, pa.string_view()) for name in arrow.column_names]))
    for table in (ROWS, iter(ROWS), arrow, days, reader, views, pd.DataFrame(ROWS)):
        if isinstance(table, pd.DataFrame) and not hasattr(table, "__arrow_c_stream__"):
            table = pa.Table.from_pandas(table)
        assert polybius.code_table(table).to_jsonl() == expected


def test_pandas_takes_a_table_and_gives_it_back() -> None:
    table = polybius.code_jsonl(LINES)
    frame = pa.table(table).to_pandas()
    assert list(frame["event_type"]) == [row["event_type"] for row in table]
    assert frame["confidence"].between(0, 1).all()
    if hasattr(pd.DataFrame, "from_arrow"):
        assert pd.DataFrame.from_arrow(table).shape == frame.shape


def test_polars_and_duckdb_take_a_table_and_give_articles() -> None:
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    table = polybius.code_jsonl(LINES)
    frame = polars.DataFrame(table)
    assert frame["event_id"].to_list() == [row["event_id"] for row in table]
    assert polybius.code_table(polars.DataFrame(ROWS)).to_jsonl() == table.to_jsonl()
    arrow = pa.table(table)
    counted = duckdb.sql("SELECT count(*), count(DISTINCT actors[1].country) FROM arrow").fetchall()
    assert counted == [(len(table), len({row["actors"][0]["country"] for row in table if row["actors"]} - {None}))]
    articles = pa.Table.from_pylist(ROWS)
    assert articles.num_rows == len(ROWS)
    assert polybius.code_table(duckdb.sql("SELECT * FROM articles")).to_jsonl() == table.to_jsonl()


def test_whole_numbers_may_be_ids() -> None:
    rows = [{"id": 7, "text": "Russia attacked Ukraine.", "published": "2024-10-11"}]
    assert polybius.code_table(rows)[0]["document_id"] == "7"
    assert polybius.code_table(pa.Table.from_pylist(rows))[0]["document_id"] == "7"


POISONED: list[dict[str, Any]] = [
    {"id": "good", "text": "Russia attacked Ukraine.", "published": "2024-10-11"},
    {"id": "undated", "text": "Russia attacked Ukraine.", "published": None},
    {"id": "vast", "text": "Russia attacked Ukraine. " * 800_000, "published": "2024-10-11"},
    {"id": "mistaken", "text": "Russia attacked Ukraine.", "published": "yesterday"},
    {"id": None, "text": None, "published": None},
    {"id": "last", "text": "Russia attacked Ukraine.", "published": "2024-10-11"},
]


@pytest.mark.parametrize("articles", [POISONED, pa.Table.from_pylist(POISONED)], ids=["dictionaries", "arrow"])
def test_a_bad_row_fails_alone(articles: Any) -> None:
    with pytest.warns(polybius.ArticleWarning, match="row 1: `published` is missing; .*3 more in `problems`"):
        table = polybius.code_table(articles)
    assert [row["document_id"] for row in table] == ["good", "last"]
    assert [problem.place for problem in table.problems] == ["row 1", "row 2", "row 3", "row 4"]

    with pytest.raises(polybius.ArticleError, match="row 1: `published` is missing; .* published= for all"):
        polybius.code_table(articles, errors="raise")

    with_errors = polybius.code_table(articles, errors="column", published="2024-10-11")
    assert pa.table(with_errors).column("document_id").to_pylist() == ["good", "undated", "vast", "mistaken", None, "last"]
    errors = pa.table(with_errors).column("error").to_pylist()
    assert [error is None for error in errors] == [True, True, False, False, False, True]
    assert errors[3].startswith("`published` is `yesterday`, which is no date; ")


def test_other_languages_are_set_aside_unless_wanted() -> None:
    german = "Der Minister sagte am Dienstag, die Regierung werde die Truppen an der Grenze nicht verstärken. " * 5
    rows = [{"id": "de", "text": german, "published": "2024-10-11"}, POISONED[0]]
    with pytest.warns(polybius.ArticleWarning, match="row 0: .*any_language=True"):
        table = polybius.code_table(rows)
    assert {row["document_id"] for row in table} == {"good"}
    with_error = polybius.code_table(rows, errors="column").to_list()
    assert with_error[0]["document_id"] == "de" and with_error[0]["error"]
    assert polybius.code_table(rows, errors="raise").to_list() == table.to_list()
    assert not polybius.code_table(rows, any_language=True).problems


def test_a_bad_line_is_named_by_its_number() -> None:
    with pytest.warns(polybius.ArticleWarning, match="^line 3: "):
        table = polybius.code_jsonl([LINES[0], "", "{", LINES[1]], published="2024-10-11")
    assert len({row["document_id"] for row in table}) == 2


def test_an_error_of_the_callers_own_comes_through() -> None:
    def lines() -> Any:
        yield LINES[0]
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        polybius.code_jsonl(lines())
    with pytest.raises(TypeError, match="a line is a int, not a str or bytes"):
        polybius.code_jsonl([1])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="no column `text`; it has `id`, `body`; rename"):
        polybius.code_table(pa.table({"id": ["a"], "body": ["b"]}))


def test_no_articles_no_rows() -> None:
    for table in (polybius.code_table([]), polybius.code_jsonl([]), polybius.code_table(pa.Table.from_pylist(ROWS)[:0])):
        assert len(table) == 0 and table.to_jsonl() == "" and pa.table(table).num_rows == 0


def test_a_table_is_a_sequence_and_shows_itself() -> None:
    table = polybius.code_jsonl(LINES)
    assert table[-1] == table[len(table) - 1] == list(table)[-1]
    assert table[1:3] == table.to_list()[1:3]
    with pytest.raises(IndexError):
        table[len(table)]
    assert "<mark" in table._repr_html_() and "event_id" in repr(table)
