"""The rows of a job are those of Python: on Sail, or on Spark if ``SPARK`` names a master. Skipped where neither is installed."""

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import job
import polybius
import polybius.spark
import pyarrow as pa
import pytest
from conftest import ARTICLES, polybius_program

ON = os.environ.get("SPARK", "sail")
pytest.importorskip("pysail.spark" if ON == "sail" else "pyspark.java_gateway")

ROWS = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
COLUMNS = ("id", "text", "published", "title", "outlet", "url")
FIELDS = job.ARTICLES


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with job.session(ON) as session:
        yield session


@pytest.mark.parametrize("kind", ["events", "claims", "expectations"])
def test_a_job_gives_the_same_rows(spark: Any, kind: polybius._coding.Kind) -> None:
    rows = [tuple(row.get(name) for name in COLUMNS) for row in ROWS]
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


@pytest.mark.skipif(not ON.startswith("local-cluster"), reason="Sail's workers are threads of this process; `SPARK` names no local cluster")
def test_an_executor_killed_in_the_middle_changes_nothing(spark: Any) -> None:
    n_parts = 8
    rows = [{**row, "id": f"{row['id']} {number}"} for row in ROWS for number in range(8)]
    fields = [tuple(row.get(name) for name in COLUMNS) for row in rows]
    coding = polybius.spark.code(spark.createDataFrame(fields, FIELDS).repartition(n_parts))
    tracker = spark.sparkContext.statusTracker()

    def half_done() -> list[int]:
        stages = [(number, tracker.getStageInfo(number)) for number in tracker.getActiveStageIds()]
        return [number for number, one in stages if one and one.numTasks == n_parts and 0 < one.numCompletedTasks < n_parts - 2]

    before = executors(spark)
    assert len(before) == 2
    with ThreadPoolExecutor(1) as threads:
        done = threads.submit(coding.toArrow)
        while not (stages := half_done()):
            wait([done], timeout=0.02)
            assert not done.done(), "the job was over before an executor could be killed"
        os.kill(min(before), signal.SIGKILL)
        coded = done.result().to_pylist()
    stage = tracker.getStageInfo(stages[0])
    # What was lost is done again: the executor's tasks, or with what had been shared out to it the whole stage.
    assert stage.numFailedTasks > 0 or stage.currentAttemptId > 0, "the executor had nothing to do"
    assert min(before) not in executors(spark)
    expected = pa.table(polybius.code_table(rows, errors="column")).to_pylist()
    assert sorted(coded, key=str) == sorted(expected, key=str) and expected


def executors(spark: Any) -> set[int]:
    """The processes of the session's executors, which are children of its own Java."""
    driver = str(spark.sparkContext._gateway.proc.pid)
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if parent == driver and b"CoarseGrainedExecutorBackend" in command:
            found.add(int(process.name))
    return found


def test_a_panel_counts_the_reports_and_articles_of_a_record(spark: Any, news: Path) -> None:
    articles = spark.createDataFrame([tuple(row.get(name) for name in COLUMNS) for row in ROWS], FIELDS)
    events = polybius.spark.code(articles).cache()
    for by in ("month", "year"):
        rows = polybius.spark.panel(events, articles, by).toArrow().to_pylist()
        expected = polybius.Record(news).panel(f"dyad-{by}")  # type: ignore[arg-type]
        key = ("actor", "recipient", "period", "articles", "reports")
        counted = [tuple(row[name] for name in key) for row in rows]
        assert counted == [tuple(row[name] for name in key) for row in expected if row["reports"]] and counted
        assert all(0 <= row["incidents"] <= row["reports"] for row in rows)
        assert all(row["incidents"] == sum(row[f"quad_{quad}"] for quad in range(1, 5)) for row in rows)


def test_one_act_told_twice_is_one_incident(spark: Any) -> None:
    text = "Russia shelled Kharkiv on Tuesday."
    rows = [(outlet, text, "2024-10-11", None, outlet, None) for outlet in ("One", "Two")]
    rows += [("later", "Russia shelled Kharkiv on Thursday.", "2024-10-11", None, "One", None), ("mute", text, "soon", None, "Two", None)]
    articles = spark.createDataFrame(rows, FIELDS)
    events = polybius.spark.code(articles).cache()
    told = polybius.spark.incidents(events).toArrow().to_pylist()
    assert len({row["incident"] for row in told}) == 2 and [row["status"] for row in told] == ["happened"] * 3
    (pair,) = polybius.spark.panel(events, articles).toArrow().to_pylist()
    assert (pair["actor"], pair["recipient"], pair["articles"], pair["reports"], pair["incidents"]) == ("RUS", "UKR", 3, 3, 2)


def test_what_a_job_wrote_comes_back_into_a_record(spark: Any, news: Path, tmp_path: Path) -> None:
    articles = spark.createDataFrame([tuple(row.get(name) for name in COLUMNS) for row in ROWS], FIELDS).repartition(3)
    articles.write.parquet(str(tmp_path / "articles"))
    for kind in ("events", "claims", "expectations"):
        polybius.spark.code(articles, records=kind).write.parquet(str(tmp_path / kind))
    rows = [str(tmp_path / kind) for kind in ("events", "claims", "expectations")]
    again = tmp_path / "again.db"
    polybius_program("import", "coded", *rows, "--articles", str(ARTICLES), "--record", str(again))
    whole, back = polybius.Record(news), polybius.Record(again)

    def lines(table: polybius.Table) -> list[str]:
        return sorted(json.dumps({name: value for name, value in row.items() if name != "record"}) for row in table)

    assert lines(back.events()) == lines(whole.events())
    assert lines(back.claims()) == lines(whole.claims())
    assert lines(back.expectations()) == lines(whole.expectations())
    assert back.panel(complete=True).to_jsonl() == whole.panel(complete=True).to_jsonl()
