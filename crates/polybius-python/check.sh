#!/usr/bin/env bash
# Builds the wheel, installs it into an empty environment, and runs its tests, the notebooks, the manual's sessions, type checks, and jobs on
# Sail and on Spark. Needs Python 3.10 or newer and a Rust toolchain, Spark Java 17 or newer; skips with a message what it has not.
# PROFILE is cargo's (release if not given; `dev` takes what `cargo test` has built already), OUT says where the environments and the
# wheel go, POLYBIUS which program the package must agree with, and N_ARTICLES on how many made-up articles all must agree (40).
set -euo pipefail
cd "$(dirname "$0")"

python="${PYTHON:-python3}"
if ! "$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "skipped: the Python package needs Python 3.10 or newer with venv"
  exit 0
fi
profile="${PROFILE:-release}"
if [ -z "${OUT:-}" ]; then
  OUT="$(mktemp -d)"
  trap 'rm -rf "$OUT"' EXIT
fi
say() { printf '\n== %s\n' "$*"; }

say "wheel"
"$python" -m venv "$OUT/tests"
"$OUT/tests/bin/pip" install --quiet --no-compile 'maturin>=1.9,<2' --requirement tests/requirements.txt
rm -rf "$OUT/wheel"
"$OUT/tests/bin/maturin" build --profile "$profile" --locked --out "$OUT/wheel"
wheel="$(ls "$OUT"/wheel/*.whl)"
n_bytes="$(wc -c < "$wheel")"
echo "$(basename "$wheel"): $((n_bytes / 1000000)) MB"
[ "$profile" = dev ] || [ "$n_bytes" -lt 40000000 ] || { echo "the wheel is larger than 40 MB" >&2; exit 1; }

say "an empty environment"
rm -rf "$OUT/empty"
"$python" -m venv "$OUT/empty"
"$OUT/empty/bin/pip" install --quiet --no-deps --no-index "$wheel"
(cd "$OUT" && empty/bin/python - <<'PYTHON'
import time
start = time.process_time()
import polybius
(event,) = polybius.code("Russia shelled Kharkiv on Tuesday.", published="2024-10-11")
seconds = time.process_time() - start
print(f"first event after {seconds:.2f} s: {event['event_type']}/{event['mode']}")
assert seconds < 3, "the first event takes more than 3 s"
PYTHON
)

say "tests"
target="$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')"
if [ -z "${POLYBIUS:-}" ]; then
  cargo build --profile "$profile" --locked -p polybius-cli
  POLYBIUS="$target/${profile/#dev/debug}/polybius"
fi
export POLYBIUS
"$OUT/tests/bin/pip" install --quiet --no-deps --force-reinstall "$wheel"
"$OUT/tests/bin/python" -m pytest -q -p no:cacheprovider tests
(cd ../.. && for page in $(grep -l '^```pycon' docs/*.md); do "$OUT/tests/bin/python" -m doctest "$page"; done)

say "types"
"$OUT/tests/bin/python" -m mypy python/polybius tests job.py ../../bench/python.py ../../bench/same.py ../../bench/spark.py ../../docs/codebook_pages.py
"$OUT/tests/bin/python" -m mypy example.py

n_articles="${N_ARTICLES:-40}"
say "program, package and Sail on $n_articles articles"
"$OUT/tests/bin/python" ../../bench/same.py "$POLYBIUS" "$n_articles" --folder "$OUT/same"

say "Spark"
java="$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' || true)"
if [ "${java:-0}" -lt 17 ]; then
  echo "skipped: Spark needs Java 17 or newer on the path"
  exit 0
fi
# Spark is large and the same every time, so that it is installed once.
spark="$target/spark"
[ -x "$spark/bin/pytest" ] || { "$python" -m venv "$spark" && "$spark/bin/pip" install --quiet 'pyspark>=4' 'pandas<3' pyarrow pytest; }
"$spark/bin/pip" install --quiet --no-deps --force-reinstall "$wheel"
start="$SECONDS"
SPARK='local-cluster[2,1,1024]' "$spark/bin/python" -m pytest -q -p no:cacheprovider tests/test_spark.py
"$spark/bin/python" ../../bench/same.py "$POLYBIUS" "$n_articles" --on 'local-cluster[2,1,1024]' --folder "$OUT/same"
echo "Spark: $((SECONDS - start)) s"
