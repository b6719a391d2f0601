"""Articles in, rows out."""

from __future__ import annotations

import datetime
import json
import math
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from . import _polybius
from ._errors import ArticleWarning, Problem
from ._table import ArrowStream, Event, Row, Table

Kind = Literal["events", "claims", "expectations"]
Day = str | datetime.date


def code(
    text: str,
    published: Day | None = None,
    outlet: str | None = None,
    url: str | None = None,
    title: str | None = None,
    min_confidence: float | None = None,
    *,
    id: str = "text",
    records: Kind | Sequence[Kind] = "events",
) -> list[Row]:
    """The events of one article, in text order, as dictionaries; in a notebook each shows its sentence with the words marked.

    ``published`` is the day the article came out, which "on Tuesday" is reckoned from; without it such dates stay unknown.
    ``min_confidence`` is the least probability that type and participants are right, one half if not given. ``records`` may
    ask for ``"claims"`` and ``"expectations"`` as well or instead; they come in this order. ``id`` becomes ``document_id``
    and goes into ``event_id``.

    The interpreter lock is free while the article is read, so threads of Python code in parallel.

    Raises ``ArticleError`` if the text is blank or longer than 4 MiB, or ``published`` is no day.
    """
    kinds = [records] if isinstance(records, str) else list(records)
    article = _article(text, published, outlet, url, title, id)
    return [_row(line) for line in _lines(_polybius.code(article, list(kinds), min_confidence))]


def claims(text: str, published: Day | None = None, outlet: str | None = None, *, id: str = "text") -> list[Row]:
    """Who says, thinks, wants or opposes what in one article: rows as ``polybius schema claim`` describes."""
    return code(text, published, outlet, id=id, records="claims")


def expectations(text: str, published: Day | None = None, outlet: str | None = None, *, id: str = "text") -> list[Row]:
    """What is announced, by whom, by when, on what condition: rows as ``polybius schema expectation`` describes."""
    return code(text, published, outlet, id=id, records="expectations")


def annotate(text: str, *, id: str = "text") -> dict[str, Any]:
    """The linguistic layers of one article: sentences, tokens with lemma, part of speech, features, head and relation, mentions
    and chains of coreference. Offsets are code points; tokens and mentions are numbered from 0 through the article.
    """
    layers: dict[str, Any] = json.loads(_polybius.annotate(_article(text, None, None, None, None, id), False))
    return layers


def explain(text: str, published: Day | None = None) -> str:
    """How each sentence is read, and why it gives these events or none: a text for people, as ``polybius explain`` prints."""
    return _polybius.explain(_article(text, published, None, None, None, "sentence"))


def code_table(
    table: ArrowStream | Iterable[Mapping[str, Any]],
    *,
    records: Kind = "events",
    published: Day | None = None,
    outlet: str | None = None,
    undated: bool = False,
    any_language: bool = False,
    min_confidence: float | None = None,
    threads: int | None = None,
    errors: Literal["raise", "warn", "column"] = "warn",
) -> Table:
    """The rows of many articles, in their order.

    ``table`` is anything that speaks the Arrow PyCapsule interface (a data frame of pandas or Polars, a table of pyarrow, a
    relation of DuckDB), or dictionaries. Its columns are ``id`` and ``text``, and if known ``published``, ``title``,
    ``outlet``, ``url``; others are passed over. ``published`` and ``outlet`` stand in where a row has none; with ``undated``
    a row may do without a day. Articles in other languages than English are set aside unless ``any_language``. ``threads`` is the number of cores if not given; it never changes the result.

    A row that cannot be read never stops the others unless ``errors="raise"``. With ``"warn"`` it is left out, an
    ``ArticleWarning`` says so and the table's ``problems`` list it; with ``"column"`` it becomes a row that has nothing but
    ``document_id`` and, in a last column ``error``, what is wrong.
    """
    options = _options(records, published, outlet, undated, any_language, min_confidence, threads, errors)
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        lines, problems = _polybius.code_arrow(table, options)
    else:
        lines, problems = _polybius.code_lines(_json_lines(table), "row", 0, options)
    return _table(lines, problems, errors)


def code_jsonl(
    lines: Iterable[str | bytes],
    *,
    records: Kind = "events",
    published: Day | None = None,
    outlet: str | None = None,
    undated: bool = False,
    any_language: bool = False,
    min_confidence: float | None = None,
    threads: int | None = None,
    errors: Literal["raise", "warn", "column"] = "warn",
) -> Table:
    """As ``code_table``, of articles that are lines of JSON: an open file, or a list of lines. They are read as they come, so
    that a file of any length takes little memory besides its rows.
    """
    options = _options(records, published, outlet, undated, any_language, min_confidence, threads, errors)
    if isinstance(lines, (str, bytes)):
        lines = lines.splitlines()
    coded, problems = _polybius.code_lines(lines, "line", 1, options)
    return _table(coded, problems, errors)


def _article(
    text: str, published: Day | None, outlet: str | None, url: str | None, title: str | None, id: str
) -> bytes:
    fields = {"id": id, "text": text, "published": _day(published), "title": title, "outlet": outlet, "url": url}
    return json.dumps(fields).encode()


def _day(day: Day | None) -> str | None:
    return day.isoformat() if isinstance(day, datetime.date) else day


def _options(
    records: Kind,
    published: Day | None,
    outlet: str | None,
    undated: bool,
    any_language: bool,
    min_confidence: float | None,
    threads: int | None,
    errors: str,
) -> dict[str, Any]:
    day = _day(published)
    return {
        "records": records,
        "published": day[:10] if isinstance(published, datetime.datetime) and day else day,
        "outlet": outlet,
        "undated": undated,
        "any_language": any_language,
        "min_confidence": min_confidence,
        "threads": threads,
        "errors": errors,
    }


_FIELDS = ("id", "text", "published", "title", "outlet", "url")


def _json_lines(rows: object) -> Iterator[str]:
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        raise TypeError(f"a table or dictionaries are needed, not a {type(rows).__name__}; `code` takes one text")
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {number} is a {type(row).__name__}, not a dictionary")
        yield json.dumps({name: _plain(row[name]) for name in _FIELDS if name in row}, default=str)


def _plain(value: Any) -> Any:
    """Days as texts, and what data frames write where there is nothing as nothing."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return None if isinstance(value, float) and math.isnan(value) else value


def _lines(text: str) -> list[str]:
    return text.split("\n")[:-1]


def _row(line: str) -> Row:
    fields = json.loads(line)
    return Event(fields) if "why" in fields else Row(fields)


def _table(lines: _polybius.Lines, problems: Iterable[tuple[str, str, str]], errors: str) -> Table:
    found = [Problem(*problem) for problem in problems]
    if found and errors == "warn":
        more = f"; {len(found) - 1} more in `problems`" if len(found) > 1 else ""
        warnings.warn(f"{found[0]}{more}", ArticleWarning, stacklevel=3)
    return Table(lines, found)
