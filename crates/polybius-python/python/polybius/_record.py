"""The record: coded articles kept in one SQLite file by ``polybius read``, asked from Python."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Sequence
from os import PathLike
from typing import Any, Literal

from . import _polybius
from ._table import Table

Day = str | datetime.date
Words = str | Sequence[str]


class Record:
    """A record to ask. Its file is opened for every question, so that threads may share one and each answer is of now.

    Where ``actor`` and ``recipient`` are asked for they are countries (ISO 3166-1 alpha-3) or entities, one or several;
    ``event_type`` are types or modes, ``"ASSAULT"`` or ``"ASSAULT/aerial"``; ``start`` and ``end`` the first and the last day;
    ``status`` is ``"happened"``, ``"denied"``, ``"future"``, ``"hypothetical"``, ``"historical"``, several of them, or
    ``"any"``; ``as_of`` a day or moment, for the answer as the record stood then. Scores are on the scale ``polybius.SCALE``.

    Raises ``RecordError`` if there is no record there, and ``ValueError`` for an argument that means nothing.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._record = _polybius.Record(path)
        self._path = path

    def __repr__(self) -> str:
        return f"polybius.Record({str(self._path)!r})"

    def events(
        self,
        ids: Words = (),
        *,
        actor: Words = (),
        recipient: Words = (),
        event_type: Words = (),
        start: Day | None = None,
        end: Day | None = None,
        status: Words = "any",
        outlet: Words = (),
        min_confidence: float = 0.0,
        without_copies: bool = False,
        run: int | None = None,
        incident: int | None = None,
        as_of: Day | None = None,
        limit: int | None = None,
    ) -> Table:
        """The reports by day: events as ``polybius.code`` gives them, each with what the record knows beside it in ``record``.
        ``ids`` are those of events or articles.
        """
        narrow = _narrow(
            actor, recipient, event_type, start, end, status, outlet, min_confidence, without_copies, run, as_of, ids, incident
        )
        self._name_unknown(narrow)
        return Table(self._record.events(narrow, limit))

    def claims(
        self,
        speaker: Words = (),
        about: Words = (),
        *,
        start: Day | None = None,
        end: Day | None = None,
        outlet: Words = (),
        without_copies: bool = False,
        run: int | None = None,
        as_of: Day | None = None,
        limit: int | None = None,
    ) -> Table:
        """Who says, thinks, wants or opposes what, the latest published first: claims as ``polybius.claims`` gives them, each with
        the ``day`` it was said on and the ``run`` that found it in ``record``.
        """
        narrow = _narrow(speaker, about, (), start, end, "any", outlet, 0.0, without_copies, run, as_of)
        self._name_unknown(narrow)
        return Table(self._record.claims(narrow, limit))

    def expectations(
        self,
        actor: Words = (),
        recipient: Words = (),
        *,
        event_type: Words = (),
        start: Day | None = None,
        end: Day | None = None,
        outlet: Words = (),
        without_copies: bool = False,
        run: int | None = None,
        as_of: Day | None = None,
        today: Day | None = None,
        limit: int | None = None,
    ) -> Table:
        """What is announced, the latest first: expectations as ``polybius.expectations`` gives them, each with its ``outcome`` in
        ``record``: ``"due"`` within a week, ``"open"``, ``"kept"`` or ``"broken"``, then with the event in ``settled_by``, ``"lapsed"``,
        or ``"for a reader to tell"``. They are judged on ``today``, the day of the record's last article if not given.
        """
        narrow = _narrow(actor, recipient, event_type, start, end, "any", outlet, 0.0, without_copies, run, as_of)
        self._name_unknown(narrow)
        return Table(self._record.expectations(narrow, limit, _day(today)))

    def dyad(
        self,
        one: str,
        other: str,
        *,
        by: Literal["day", "week", "month", "year"] = "month",
        event_type: Words = (),
        start: Day | None = None,
        end: Day | None = None,
        status: Words = "happened",
        outlet: Words = (),
        min_confidence: float = 0.0,
        without_copies: bool = False,
        run: int | None = None,
        as_of: Day | None = None,
    ) -> Table:
        """What one side did to the other, then what the other did to it, period by period: ``articles`` published, ``incidents``,
        incidents ``per_1000`` articles, ``reports``, incidents of each of the four quad classes, their mean and summed scores,
        and the ids of the reports. Incidents are counted once, in the period of their first report.
        """
        narrow = _narrow(
            (), (), event_type, start, end, status, outlet, min_confidence, without_copies, run, as_of
        )
        self._name_unknown({**narrow, "actor": [one], "recipient": [other]})
        lines, n_vague = self._record.dyad(one, other, by, narrow)
        return Table(lines, not_counted=n_vague)

    def panel(
        self,
        unit: Literal["dyad-month", "dyad-year", "country-month", "country-year"] = "dyad-month",
        *,
        complete: bool = False,
        actor: Words = (),
        recipient: Words = (),
        event_type: Words = (),
        start: Day | None = None,
        end: Day | None = None,
        status: Words = "happened",
        outlet: Words = (),
        min_confidence: float = 0.0,
        without_copies: bool = False,
        run: int | None = None,
        as_of: Day | None = None,
    ) -> Table:
        """A panel for statistics: the figures of ``dyad`` for every unit and period, with ISO, Correlates of War and Gleditsch and
        Ward numbers as texts. With ``complete`` every unit that is ever met has a row in every period.
        """
        narrow = _narrow(
            actor, recipient, event_type, start, end, status, outlet, min_confidence, without_copies, run, as_of
        )
        self._name_unknown(narrow)
        lines, n_vague = self._record.panel(unit, complete, narrow)
        return Table(lines, not_counted=n_vague)

    def search(self, words: str, *, limit: int = 20, as_of: Day | None = None) -> Table:
        """The articles that hold the words, best first; ``"…"``, ``OR``, ``NOT``, ``NEAR(…)`` and ``word*`` as in SQLite's full
        text. In ``snippet`` the words that were looked for stand between U+0002 and U+0003.
        """
        return Table(self._record.search(words, limit, _day(as_of)))

    def sql(self, query: str) -> Table:
        """What one SELECT gives, every value as text. The views are ``reports`` and ``current_articles``. For numbers as numbers,
        open the file with ``sqlite3`` or DuckDB: it is plain SQLite.
        """
        return Table(self._record.sql(query))

    def _name_unknown(self, narrow: dict[str, Any]) -> None:
        for code, near in self._record.unknown(narrow):
            cure = f"did you mean {', '.join(near)}?" if near else "give an ISO 3166-1 alpha-3 code or an entity"
            warnings.warn(f"the record has nothing under `{code}`; {cure}", UserWarning, stacklevel=3)


def _narrow(
    actor: Words,
    recipient: Words,
    event_type: Words,
    start: Day | None,
    end: Day | None,
    status: Words,
    outlet: Words,
    min_confidence: float,
    without_copies: bool,
    run: int | None,
    as_of: Day | None,
    ids: Words = (),
    incident: int | None = None,
) -> dict[str, Any]:
    return {
        "actor": _words(actor),
        "recipient": _words(recipient),
        "event_type": _words(event_type),
        "start": _day(start),
        "end": _day(end),
        "status": [] if _words(status) == ["any"] else _words(status),
        "outlet": _words(outlet),
        "min_confidence": min_confidence,
        "without_copies": without_copies,
        "run": run,
        "as_of": _day(as_of),
        "ids": _words(ids),
        "incident": incident,
    }


def _words(words: Words) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _day(day: Day | None) -> str | None:
    return day.isoformat() if isinstance(day, datetime.date) else day
