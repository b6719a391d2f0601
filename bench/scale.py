"""Asks a large record at the terminal what the README says it answers in time, three times each, and asks DuckDB the same of its
Parquet export. Prints the best and the worst time of each, and the most memory that it took.

    python bench/scale.py POLYBIUS large.db large.parquet
"""

import os
import shlex
import subprocess
import sys
import time

QUESTIONS = {
    "dyad --by month": (
        "dyad RUS UKR --by month",
        """SELECT substr(coalesce(date_start, published), 1, 7), count(DISTINCT incident), avg(score) FROM r
           WHERE status = 'happened' AND list_contains(string_split(actor_countries, '|'), 'RUS')
             AND list_contains(string_split(recipient_countries, '|'), 'UKR') GROUP BY 1 ORDER BY 1""",
    ),
    "events, three filters": (
        "events --actor RUS --type ASSAULT,COERCE --from 2023-03-01 --limit 100",
        """SELECT * FROM r WHERE event_type IN ('ASSAULT', 'COERCE') AND coalesce(date_start, published) >= '2023-03-01'
             AND list_contains(string_split(actor_countries, '|'), 'RUS') ORDER BY coalesce(date_start, published) LIMIT 100""",
    ),
    "search": ("search 'troops AND village'", "SELECT document_id, text FROM r WHERE text ILIKE '%troops%' AND text ILIKE '%village%' LIMIT 20"),
    "panel of all dyad-months": (
        "panel --unit dyad-month --complete",
        """SELECT substr(coalesce(date_start, published), 1, 7), a, b, count(DISTINCT incident), sum(score) FROM
             (SELECT *, unnest(string_split(actor_countries, '|')) AS a FROM r WHERE status = 'happened') AS x,
             LATERAL (SELECT unnest(string_split(x.recipient_countries, '|')) AS b) GROUP BY ALL ORDER BY ALL""",
    ),
}


def timed(command: list[str]) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of the processor, megabytes."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(program: str, record: str, table: str) -> None:
    own = {}
    for what, (question, _) in QUESTIONS.items():
        command = [program, *shlex.split(question), "--record", record]
        clock, work, memory = zip(*(timed(command) for _ in range(3)))
        own[what] = f"{min(clock):7.3f} to {max(clock):.3f} s, processor {min(work):.3f} s, {max(memory):.0f} MB"

    # Only now, for a process begins with the memory of the one that starts it.
    import duckdb

    database = duckdb.connect()
    database.execute(f"CREATE VIEW r AS SELECT * FROM '{table}'")
    for what, (_, query) in QUESTIONS.items():
        times = []
        for _ in range(3):
            began = time.perf_counter()
            database.execute(query).fetchall()
            times.append(time.perf_counter() - began)
        print(f"{what:28} {own[what]}   DuckDB {min(times):.3f} to {max(times):.3f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
