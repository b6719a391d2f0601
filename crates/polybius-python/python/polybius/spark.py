"""The same coder in a Spark job, on Apache Spark or on Sail: ``polybius.spark.code(df)``, and what is counted from its rows in SQL.
Needs pyspark and pyarrow, which are imported only here, and this package on every worker.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

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
    any_language: bool = False,
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
        "any_language": any_language,
        "min_confidence": min_confidence,
    }
    return df.mapInArrow(functools.partial(_coded, options), schema(records))


INCIDENTS = """
SELECT *,
    CASE WHEN who = '' AND whom = '' THEN event_id
         ELSE substring(sha2(concat_ws('|', event_type, status, who, whom, day,
             CASE WHEN who = '' OR whom = '' THEN place.name END), 256), 1, 16) END AS incident
FROM (
    SELECT *,
        coalesce(`date`.`start`, CAST(published AS string)) AS day,
        CASE WHEN array_contains(auxiliary, 'hypothetical') THEN 'hypothetical'
             WHEN array_contains(auxiliary, 'future') THEN 'future'
             WHEN array_contains(auxiliary, 'negation') THEN 'denied'
             WHEN array_contains(auxiliary, 'historical') THEN 'historical'
             ELSE 'happened' END AS status,
        array_join(array_sort(array_distinct(transform(actors, x -> coalesce(x.country, x.entity, lower(x.name))))), '+') AS who,
        array_join(array_sort(array_distinct(transform(recipients, x -> coalesce(x.country, x.entity, lower(x.name))))), '+') AS whom
    FROM {events} WHERE event_id IS NOT NULL
)
"""
"""The query of ``incidents``."""

PANEL = """
WITH pairs AS (
    SELECT DISTINCT incident, event_id, document_id, outlet, quad, score, day, substring(day, 1, {n_characters}) AS period,
        coalesce(a.country, a.entity) AS actor, coalesce(r.country, r.entity) AS recipient
    FROM (
        SELECT *, explode(CASE WHEN together THEN actors ELSE recipients END) AS r
        FROM (SELECT *, size(recipients) = 0 AND size(actors) > 1 AS together, explode(actors) AS a FROM {incidents})
    )
    WHERE status = 'happened' AND day IS NOT NULL
        AND (`date`.words IS NULL OR `date`.`precision` IN ({precisions}))
        AND coalesce(a.country, a.entity) IS NOT NULL AND coalesce(r.country, r.entity) IS NOT NULL
        AND NOT (together AND coalesce(a.country, a.entity) = coalesce(r.country, r.entity))
),
firsts AS (
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY actor, recipient, incident ORDER BY day, event_id) AS number FROM pairs)
    WHERE number = 1
),
incidents AS (
    SELECT actor, recipient, period, count(*) AS incidents,
        count_if(quad = 1) AS quad_1, count_if(quad = 2) AS quad_2, count_if(quad = 3) AS quad_3, count_if(quad = 4) AS quad_4,
        sum(coalesce(score, 0.0)) AS sum_score
    FROM firsts GROUP BY actor, recipient, period
),
reports AS (SELECT actor, recipient, period, count(*) AS reports FROM pairs GROUP BY actor, recipient, period),
coded AS (
    SELECT period, count(*) AS articles
    FROM (SELECT DISTINCT id, outlet, substring(CAST(published AS string), 1, {n_characters}) AS period FROM {articles}
          WHERE id NOT IN (SELECT document_id FROM {events} WHERE error IS NOT NULL AND document_id IS NOT NULL))
    GROUP BY period
)
SELECT r.actor, r.recipient, r.period, coalesce(c.articles, 0) AS articles, coalesce(i.incidents, 0) AS incidents,
    round(i.incidents * 1000.0 / c.articles, 3) AS per_1000, r.reports,
    coalesce(i.quad_1, 0) AS quad_1, coalesce(i.quad_2, 0) AS quad_2, coalesce(i.quad_3, 0) AS quad_3, coalesce(i.quad_4, 0) AS quad_4,
    round(i.sum_score / i.incidents, 3) AS mean_score, round(coalesce(i.sum_score, 0.0), 3) AS sum_score
FROM reports AS r
LEFT JOIN incidents AS i ON i.actor = r.actor AND i.recipient = r.recipient AND i.period = r.period
LEFT JOIN coded AS c ON c.period = r.period
ORDER BY r.period, r.actor, r.recipient
"""
"""The query of ``panel``."""


def incidents(events: DataFrame) -> DataFrame:
    """The reports that ``code`` gave, each with its ``day``, its ``status``, and the ``incident`` that it tells of: one for all reports of
    one type and status, on one day, between the same parties (and in one place, where a party is unknown).

    A record weighs how alike reports are; this does not, so that two strikes of one day between the same parties are one here.
    ``polybius import coded`` brings the rows into a record.
    """
    return events.sparkSession.sql(INCIDENTS, events=events)


def panel(events: DataFrame, articles: DataFrame, by: Literal["month", "year"] = "month") -> DataFrame:
    """Of the reports that ``code`` gave of these articles, what each party is told to have done to each other, period by period, as
    ``Record.panel`` counts it: articles published, incidents, incidents per 1,000 articles, reports, incidents of each quad class,
    their mean and summed scores. Incidents are those of ``incidents``, each in the period of its first report.
    """
    if by not in ("month", "year"):
        raise ValueError(f"`by` is `{by}`; give `month` or `year`")
    exact = ["day", "week", "month"] + (["quarter", "year"] if by == "year" else [])
    query = PANEL.replace("{n_characters}", "7" if by == "month" else "4")
    query = query.replace("{precisions}", ", ".join(f"'{precision}'" for precision in exact))
    named = articles if "outlet" in articles.columns else articles.selectExpr("*", "CAST(NULL AS string) AS outlet")
    return events.sparkSession.sql(query, incidents=incidents(events), events=events, articles=named)


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
