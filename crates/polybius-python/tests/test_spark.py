"""The rows of a job on Sail are those of Python; skipped where Sail is not installed."""

import json
from collections.abc import Iterator
from typing import Any

import polybius
import polybius.spark
import pyarrow as pa
import pytest
from conftest import ARTICLES

pysail = pytest.importorskip("pysail.spark")
pytest.importorskip("pyspark.sql.connect")

ROWS = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
FIELDS = "id string, text string, published string, title string, outlet string, url string"


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    server = pysail.SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    yield session
    session.stop()
    server.stop()


@pytest.mark.parametrize("kind", ["events", "claims", "expectations"])
def test_a_job_gives_the_same_rows(spark: Any, kind: polybius._coding.Kind) -> None:
    rows = [tuple(row.get(name) for name in ("id", "text", "published", "title", "outlet", "url")) for row in ROWS]
    articles = spark.createDataFrame(rows, FIELDS).repartition(3)
    coded = polybius.spark.code(articles, records=kind).toArrow().to_pylist()
    expected = pa.table(polybius.code_table(ROWS, records=kind, errors="column")).to_pylist()
    by_id = str
    assert sorted(coded, key=by_id) == sorted(expected, key=by_id) and expected


def test_a_poisoned_row_fails_alone(spark: Any) -> None:
    rows = [
        ("good", "Russia attacked Ukraine.", "2024-10-11", None, None, None),
        ("vast", "Russia attacked Ukraine. " * 800_000, "2024-10-11", None, None, None),
        ("mistaken", "Russia attacked Ukraine.", "yesterday", None, None, None),
        (None, None, None, None, None, None),
    ]
    coded = polybius.spark.code(spark.createDataFrame(rows, FIELDS)).toArrow().to_pylist()
    errors = {row["document_id"]: row["error"] for row in coded}
    assert errors["good"] is None and "no date" in errors["mistaken"] and "MB long" in errors["vast"] and errors[None]
