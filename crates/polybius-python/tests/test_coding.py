"""Python codes what the program codes, and says what is wrong with what it cannot read."""

import datetime
import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import polybius
import pytest
from conftest import ARTICLES, polybius_program

LINES = ARTICLES.read_text(encoding="utf-8").splitlines()
KINDS: tuple[polybius._coding.Kind, ...] = ("events", "claims", "expectations")


@pytest.mark.parametrize("kind", KINDS)
def test_tables_are_the_programs_to_the_byte(kind: polybius._coding.Kind) -> None:
    printed = polybius_program("code", str(ARTICLES), "--format", "jsonl", "--records", kind)
    assert printed
    for threads in (1, 3):
        assert polybius.code_jsonl(LINES, records=kind, threads=threads).to_jsonl() == printed


def test_an_article_is_coded_as_the_program_codes_it() -> None:
    printed = polybius_program("code", str(ARTICLES), "--format", "jsonl", "--records", ",".join(KINDS))
    rows = []
    for line in LINES:
        fields = json.loads(line)
        rows += polybius.code(**fields, records=KINDS)
    assert rows == [json.loads(line) for line in printed.splitlines()]


def test_the_least_confidence_is_the_programs() -> None:
    printed = polybius_program("code", str(ARTICLES), "--format", "jsonl", "--min-confidence", "0.7")
    table = polybius.code_jsonl(LINES, min_confidence=0.7)
    assert table.to_jsonl() == printed
    assert 0 < len(table) < len(polybius.code_jsonl(LINES))


def test_offsets_are_code_points() -> None:
    text = "Ça va 🙂. Russia attacked Ukraine."
    (event,) = polybius.code(text)
    assert text[event["start"] : event["end"]] == event["text"] == "Russia attacked Ukraine."
    trigger = event["why"]["trigger"]
    assert text[trigger["start"] : trigger["end"]] == "attacked"


def test_days_may_be_dates() -> None:
    text = "Russia shelled Kharkiv on Tuesday."
    as_text = polybius.code(text, published="2024-10-11")
    assert as_text == polybius.code(text, published=datetime.date(2024, 10, 11))
    assert as_text == [{**row, "published": "2024-10-11"} for row in polybius.code(text, datetime.datetime(2024, 10, 11, 8))]
    assert as_text[0]["date"]["start"] == "2024-10-08"


def test_threads_code_in_parallel_and_agree() -> None:
    articles = [json.loads(line) for line in LINES] * 3
    alone = [polybius.code(**article) for article in articles]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda article: polybius.code(**article), articles)) == alone


def test_layers_tile_the_text() -> None:
    text = "Russia attacked Ukraine. It denied this."
    layers = polybius.annotate(text)
    assert [text[token["start"] : token["end"]] for token in layers["tokens"]] == [token["form"] for token in layers["tokens"]]
    assert len(layers["sentences"]) == 2


def test_an_explanation_is_the_programs() -> None:
    sentence = "Turkey left northern Iraq without bombing Iran."
    assert polybius.explain(sentence) == polybius_program("explain", sentence)


@pytest.mark.parametrize(
    ("text", "published", "message"),
    [
        ("", None, "article: `text` is empty; leave the record out, or give its text"),
        ("Russia.", "11 October", "article: `published` is `11 October`, which is no date; write it as YYYY-MM-DD"),
        ("a" * (5 << 20), None, "article: the text is 5.0 MB long"),
    ],
)
def test_a_bad_article_is_named(text: str, published: str | None, message: str) -> None:
    with pytest.raises(polybius.ArticleError) as caught:
        polybius.code(text, published=published)
    assert str(caught.value).startswith(message)
    assert isinstance(caught.value, ValueError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_arguments_are_checked() -> None:
    with pytest.raises(ValueError, match="`records` is `stories`; give `events`, `claims` or `expectations`"):
        polybius.code("Russia.", records="stories")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="`min_confidence` is `2`; give a probability"):
        polybius.code("Russia.", min_confidence=2.0)
    with pytest.raises(TypeError, match="`code` takes one text"):
        polybius.code_table("Russia attacked Ukraine.")  # type: ignore[arg-type]


def test_strange_texts_raise_or_code_but_never_crash() -> None:
    for text in ("\x00", "\u202eRussia attacked Ukraine", "a\u0301" * 1000, "((((" * 500, "🙂" * 500):
        polybius.code(text)
    with pytest.raises(polybius.ArticleError):
        polybius.code("\ud800")


def test_an_event_shows_its_sentence_and_nothing_acts() -> None:
    text = "<b>Russia</b> attacked Ukraine\u202e & \u0007more."
    events = polybius.code(text, outlet="<script>")
    assert events
    for event in events:
        assert isinstance(event, polybius.Event)
        shown = event._repr_html_()
        assert ">attacked</mark>" in shown
        assert "<b>Russia</b> attacked" not in shown and "<script>" not in shown
        assert "\u202e" not in shown and "\u0007" not in shown and "&lt;/b&gt;" in shown
