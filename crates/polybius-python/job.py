"""A whole job, the same on Apache Spark and on Sail: codes articles and writes their events, claims, expectations and the panel of countries
as Parquet.

    python job.py articles.jsonl out/                                 on Sail, on this machine
    python job.py articles.jsonl out/ --on 'local-cluster[2,1,1024]'  on Spark, two executors of one core (or spark://…, yarn)
    python job.py articles.jsonl out/ --on sc://host:15002            on whatever answers Spark Connect
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import polybius.spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ARTICLES = "id string, text string, published string, title string, outlet string, url string"


@contextmanager
def session(on: str = "sail") -> "Iterator[SparkSession]":
    """A session on ``sail``, at an address of Spark Connect, or on a master of Spark."""
    from pyspark.sql import SparkSession

    if on == "sail":
        from pysail.spark import SparkConnectServer

        server = SparkConnectServer("127.0.0.1", 0)
        server.start(background=True)
        spark = SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
    elif on.startswith("sc://"):
        spark = SparkSession.builder.remote(on).getOrCreate()
    else:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(on).appName("polybius").config("spark.ui.enabled", False)
        if on.startswith("local"):
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
            # Java only hands articles to Python and rows to files: it need not spend its start on becoming fast.
            quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
            builder = builder.config("spark.executor.extraJavaOptions", quick).config("spark.driver.extraJavaOptions", quick)
            # Two hundred parts, as it stands, are for a cluster.
            builder = builder.config("spark.sql.shuffle.partitions", 4)
        spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()
        if on == "sail":
            server.stop()


def main() -> None:
    """Reads the arguments and does the job."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles", help="JSON lines, or a folder of Parquet")
    arguments.add_argument("out", help="a folder that is not there yet")
    arguments.add_argument("--on", default="sail", help="where: `sail`, `sc://…`, or a master of Spark")
    arguments.add_argument("--partitions", type=int, default=8, help="into how many parts the articles are shared out")
    arguments.add_argument("--records", default="events,claims,expectations", help="what is written")
    given = arguments.parse_args()
    with session(given.on) as spark:
        if given.articles.endswith(".jsonl"):
            articles = spark.read.schema(ARTICLES).json(given.articles)
        else:
            articles = spark.read.parquet(given.articles)
        articles = articles.repartition(given.partitions, "id")
        for kind in given.records.split(","):
            polybius.spark.code(articles, records=kind).write.parquet(f"{given.out}/{kind}")
        if "events" in given.records.split(","):
            events = spark.read.parquet(f"{given.out}/events")
            print(f"{events.where('error IS NOT NULL').count()} articles could not be read")
            polybius.spark.panel(events, articles).write.parquet(f"{given.out}/panel")


if __name__ == "__main__":
    main()
