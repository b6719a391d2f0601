"""How many articles a second a job of Spark codes with one executor and with two, the start of both apart, in turns.

    python bench/spark.py ARTICLES.jsonl ROUNDS

Needs pyspark with Java, and two cores with nothing else to do: against the clock is how a cluster is paid.
"""

import json
import sys
import time
from pathlib import Path

import polybius.spark

sys.path.insert(0, str(Path(__file__).parents[1] / "crates" / "polybius-python"))

import job


def rate(articles: Path, n_executors: int) -> float:
    """Articles a second of the best of three passes, after one that loads weights and warms up."""
    rows = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    fields = [tuple(row.get(name) for name in ("id", "text", "published", "title", "outlet", "url")) for row in rows]
    with job.session(f"local-cluster[{n_executors},1,1024]") as spark:
        # Many more parts than executors, so that none waits long for the other's last one.
        frame = spark.createDataFrame(fields, job.ARTICLES).repartition(16).cache()
        frame.count()
        best = 0.0
        for number in range(4):
            start = time.monotonic()
            polybius.spark.code(frame).write.format("noop").mode("overwrite").save()
            seconds = time.monotonic() - start
            if number:
                best = max(best, len(rows) / seconds)
    return best


def main(articles: Path, n_rounds: int) -> None:
    """Prints both rates and how many times the second is the first."""
    best: dict[int, float] = {1: 0.0, 2: 0.0}
    for _ in range(n_rounds):
        for n_executors in best:
            best[n_executors] = max(best[n_executors], rate(articles, n_executors))
            print(f"{n_executors} executors: {best[n_executors]:.1f} articles/s", flush=True)
    print(f"two executors are {best[2] / best[1]:.2f} times one")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
