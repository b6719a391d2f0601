"""Rows, and tables of them: sequences of dictionaries that speak Arrow and show themselves in notebooks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol, overload

from . import _html, _polybius
from ._errors import Problem


class ArrowStream(Protocol):
    """What speaks the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class Row(dict[str, Any]):
    """One row: a dictionary with the fields of a JSON line."""


class Event(Row):
    """One event. In a notebook it shows its sentence with actors, recipients and trigger marked."""

    def _repr_html_(self) -> str:
        return _html.event(self)


class Table(Sequence[Row]):
    """Rows that other libraries take as they are, for they speak the Arrow PyCapsule interface:

    ``pyarrow.table(t)``, ``polars.DataFrame(t)``, ``pandas.DataFrame.from_arrow(t)`` or ``pyarrow.table(t).to_pandas()``, and
    ``duckdb.sql("SELECT … FROM t")`` after ``t = pyarrow.table(t)``. Columns are the fields of the JSON lines, nested as there;
    numbers are 64 bits wide, days are texts.
    """

    def __init__(self, lines: _polybius.Lines, problems: Sequence[Problem] = (), not_counted: int = 0) -> None:
        self._lines = lines
        self.problems = list(problems)
        """The articles that could not be read."""
        self.not_counted = not_counted
        """Of dyads and panels: how many reports have dates too vague for the periods."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._lines.columns()

    def to_jsonl(self) -> str:
        """The rows as ``polybius`` prints them with ``--format jsonl``, to the byte."""
        return self._lines.text()

    def to_list(self) -> list[Row]:
        """The rows as a list of dictionaries."""
        return list(self)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(f"there is no row {index}; the table has {len(self)}")
        fields = json.loads(self._lines.line(index % len(self)))
        return Event(fields) if "why" in fields else Row(fields)

    def __arrow_c_schema__(self) -> object:
        return self._lines.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._lines.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<polybius.Table of {len(self)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return _html.table(self.columns, self[: _html.SHOWN], len(self))
