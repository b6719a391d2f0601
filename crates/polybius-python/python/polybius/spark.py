"""The same coder in a Spark job, on Apache Spark or on Sail: ``polybius.spark.code(df)``. Needs pyspark and pyarrow, which are
imported only here, and this package on every worker.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from . import _coding

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame


def code(
    df: DataFrame,
    *,
    records: _coding.Kind = "events",
    published: _coding.Day | None = None,
    outlet: str | None = None,
    undated: bool = False,
    min_confidence: float | None = None,
) -> DataFrame:
    """The rows of the articles in a frame of Spark's, as ``polybius.code_table`` gives them with ``errors="column"``: one row an
    event, claim or expectation, the same on any number of workers, and where an article cannot be read one row with nothing
    but its ``document_id`` and, in the column ``error``, what is wrong. The job goes on.

    The frame's columns are ``id`` and ``text``, and if known ``published``, ``title``, ``outlet``, ``url``. Each partition is
    coded by one thread of its worker, batch by batch.
    """
    options: dict[str, Any] = {
        "records": records,
        "published": published,
        "outlet": outlet,
        "undated": undated,
        "min_confidence": min_confidence,
    }
    return df.mapInArrow(functools.partial(_coded, options), schema(records))


def schema(records: _coding.Kind = "events") -> str:
    """The schema of the rows in Spark's words."""
    import pyarrow

    empty = _coding.code_table([], records=records, errors="column")
    return ", ".join(f"`{field.name}` {_spark_type(field.type)}" for field in pyarrow.schema(empty))


def _coded(options: dict[str, Any], batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    for batch in batches:
        yield from pyarrow.table(_coding.code_table(batch, threads=1, errors="column", **options)).to_batches()


def _spark_type(arrow: pyarrow.DataType) -> str:
    import pyarrow

    if pyarrow.types.is_struct(arrow):
        return "struct<" + ", ".join(f"`{field.name}`: {_spark_type(field.type)}" for field in arrow) + ">"
    if pyarrow.types.is_list(arrow):
        return f"array<{_spark_type(arrow.value_type)}>"
    return {"string": "string", "int64": "bigint", "double": "double", "bool": "boolean"}[str(arrow)]
