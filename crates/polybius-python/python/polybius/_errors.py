"""What can go wrong, each with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """What is wrong with one article."""

    place: str
    """Which article: ``row 3`` of a table, counted from 0; ``line 4`` of JSON lines, counted from 1; else ``article``."""
    reason: str
    """What is wrong there."""
    cure: str
    """What to do about it."""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}; {self.cure}"


class ArticleError(ValueError):
    """Articles that cannot be read; ``problems`` says which, why, and what to do."""

    problems: list[Problem]

    def __init__(self, problems: Iterable[tuple[str, str, str]]) -> None:
        self.problems = [Problem(*problem) for problem in problems]
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ArticleWarning(UserWarning):
    """Articles were left out because they cannot be read; the rest went on."""


class RecordError(RuntimeError):
    """A record that is not there, is something else, or cannot answer; the message says what to do."""
