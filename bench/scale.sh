#!/usr/bin/env bash
# How quickly a record of so many reports (1,000,000) answers, at the terminal, over HTTP, and beside DuckDB on its Parquet. The reader
# codes ARTICLES made-up articles; `enlarge.py` adds them again under other ids and outlets and on other days, for coding a million would
# take hours. Needs cargo, python with duckdb (PYTHON names it), node with autocannon (AUTOCANNON names the folder of its node_modules).
#
#     bench/scale.sh [FOLDER] [ARTICLES] [REPORTS]
set -euo pipefail
cd "$(dirname "$0")/.."
folder="${1:-${TMPDIR:-/tmp}/polybius-scale}"
articles="${2:-20000}"
reports="${3:-1000000}"
python="${PYTHON:-python3}"
mkdir -p "$folder"

cargo build --release --quiet -p polybius-cli
target="${CARGO_TARGET_DIR:-target}/release"
polybius="$target/polybius"

[ -f "$folder/articles.jsonl" ] || "$python" bench/articles.py "$articles" >"$folder/articles.jsonl"
[ -f "$folder/small.db" ] || "$polybius" read "$folder/articles.jsonl" --record "$folder/small.db"
[ -f "$folder/large.db" ] || "$python" bench/enlarge.py "$folder/small.db" "$folder/large.db" "$reports"
[ -f "$folder/large.parquet" ] || "$polybius" export --record "$folder/large.db" --format parquet --out "$folder/large.parquet"
ls -l "$folder"/large.db "$folder"/large.parquet | awk '{ printf "%-40s %.1f GB\n", $NF, $5 / 1e9 }'
uptime

"$python" bench/scale.py "$polybius" "$folder/large.db" "$folder/large.parquet"
AUTOCANNON="${AUTOCANNON:-}" node bench/load.mjs "$polybius" "$folder/large.db"
