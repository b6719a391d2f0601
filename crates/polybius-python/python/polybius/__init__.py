"""Polybius reads news and codes political events: who did what to whom, when, where, according to whom, and whether it happened.

    >>> import polybius
    >>> for event in polybius.code("Russia shelled Kharkiv on Tuesday.", published="2024-10-11"):
    ...     print(event["event_type"], event["mode"], event["date"]["start"])
    ASSAULT heavy-weapons 2024-10-08

Rows are those of ``polybius code --format jsonl``, field for field. All offsets are in Unicode code points of the article's
text, counted from 0, the end exclusive: ``text[event["start"]:event["end"]]`` is the sentence. Days are texts, ``YYYY-MM-DD``;
confidences are probabilities, 0 to 1; places are in degrees north and east. A field is ``None`` where nothing is known.
"""

from ._coding import annotate, claims, code, code_jsonl, code_table, expectations, explain
from ._errors import ArticleError, ArticleWarning, Problem, RecordError
from ._polybius import SCALE, __version__
from ._record import Record
from ._table import Event, Row, Table

__all__ = [
    "SCALE",
    "ArticleError",
    "ArticleWarning",
    "Event",
    "Problem",
    "Record",
    "RecordError",
    "Row",
    "Table",
    "__version__",
    "annotate",
    "claims",
    "code",
    "code_jsonl",
    "code_table",
    "expectations",
    "explain",
]
