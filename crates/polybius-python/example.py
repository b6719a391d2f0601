"""Who did what to whom in a file of articles, and which countries are spoken of most. Run as ``python example.py articles.jsonl``."""

import sys
from collections import Counter

import polybius


def main(path: str) -> None:
    """Prints the events of the articles, then the countries."""
    with open(path, encoding="utf-8") as articles:
        events = polybius.code_jsonl(articles)
    countries: Counter[str] = Counter()
    for event in events:
        sides = [one for side in ("actors", "recipients") for one in event[side]]
        countries.update(one["country"] for one in sides if one["country"])
        print(event["published"], event["event_type"], " · ".join(one["name"] for one in sides), event["confidence"])
    for problem in events.problems:
        print(problem, file=sys.stderr)
    print(countries.most_common(5))


if __name__ == "__main__":
    main(sys.argv[1])
