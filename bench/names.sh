#!/usr/bin/env bash
# What a million imported names cost: how long they take to import and to load, and what they cost in coding. Then how long a dictionary of
# 25,000 names in PETRARCH's format takes, and how many defects it has.
#
#     bench/names.sh [DATA] [NAMES] [ARTICLES]
set -euo pipefail
cd "$(dirname "$0")/.."
data="${1:-../shared/data}"
names="${2:-1000000}"
articles="${3:-300}"
cargo build --release --quiet -p polybius-cli
polybius="${CARGO_TARGET_DIR:-target}/release/polybius"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

python3 bench/names.py table "$names" >"$work/names.csv"
python3 bench/names.py petrarch 25000 >"$work/actors.txt"
head -n "$articles" "$data/speed/reuters21578_5000.jsonl" >"$work/stories.jsonl"

seconds() { # the seconds that the program worked and the seconds that went by
  local TIMEFORMAT='%U %R'
  { time "$@" >/dev/null 2>"$work/errors" || true; } 2>&1
}
echo "import of $names names (CPU, clock): $(seconds "$polybius" codebook import csv "$work/names.csv" --into "$work/million")"
tail -n 1 "$work/errors"
ls -l "$work/million/names.compiled" | awk '{ printf "compiled: %.0f MB\n", $5 / 1e6 }'
for round in 1 2 3; do
  echo "start of the program without (CPU, clock): $(seconds "$polybius" code - --published 2024-01-01 </dev/null)"
  echo "start of the program with (CPU, clock):    $(seconds "$polybius" code - --published 2024-01-01 --codebook "$work/million" </dev/null)"
done
for round in 1 2 3; do
  run() { "$polybius" code "$work/stories.jsonl" --published 1987-04-01 --threads 1 --format jsonl "$@"; }
  echo "coding $articles stories without (CPU, clock): $(seconds run)"
  echo "coding $articles stories with (CPU, clock):    $(seconds run --codebook "$work/million")"
done
echo "import of a dictionary of 25,000 names (CPU, clock): $(seconds "$polybius" codebook import petrarch "$work/actors.txt" --into "$work/dictionary")"
tail -n 1 "$work/errors"
