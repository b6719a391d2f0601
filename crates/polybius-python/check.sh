#!/usr/bin/env bash
# Builds the wheel, installs it into an empty environment, and runs its tests and type checks. Needs Python 3.10 or newer and a
# Rust toolchain; skips with a message where there is no Python. OUT says where the environments and the wheel go.
set -euo pipefail
cd "$(dirname "$0")"

python="${PYTHON:-python3}"
if ! "$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "skipped: the Python package needs Python 3.10 or newer with venv"
  exit 0
fi
out="${OUT:-$(mktemp -d)}"
say() { printf '\n== %s\n' "$*"; }

say "wheel"
"$python" -m venv "$out/build"
"$out/build/bin/pip" install --quiet 'maturin>=1.9,<2'
rm -rf "$out/wheel"
"$out/build/bin/maturin" build --release --locked --out "$out/wheel" ${MATURIN_FLAGS:-}
wheel="$(ls "$out"/wheel/*.whl)"
n_bytes="$(wc -c < "$wheel")"
echo "$(basename "$wheel"): $((n_bytes / 1000000)) MB"
[ "$n_bytes" -lt 40000000 ] || { echo "the wheel is larger than 40 MB" >&2; exit 1; }

say "an empty environment"
rm -rf "$out/empty"
"$python" -m venv "$out/empty"
"$out/empty/bin/pip" install --quiet --no-deps --no-index "$wheel"
(cd "$out" && empty/bin/python - <<'PYTHON')
import time
start = time.monotonic()
import polybius
(event,) = polybius.code("Russia shelled Kharkiv on Tuesday.", published="2024-10-11")
seconds = time.monotonic() - start
print(f"first event after {seconds:.2f} s: {event['event_type']}/{event['mode']}")
assert seconds < 3, "the first event takes more than 3 s"
PYTHON

say "tests"
if [ -z "${POLYBIUS:-}" ]; then
  (cd ../.. && cargo build --release -p polybius-cli)
  POLYBIUS="$(cd ../.. && cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/polybius"
fi
export POLYBIUS
"$python" -m venv "$out/tests"
"$out/tests/bin/pip" install --quiet mypy pandas pyarrow pytest
"$out/tests/bin/pip" install --quiet --no-deps --force-reinstall "$wheel"
"$out/tests/bin/python" -m pytest -q tests
"$out/tests/bin/python" -m doctest ../../docs/python.md

say "types"
"$out/tests/bin/python" -m mypy python/polybius
"$out/tests/bin/python" -m mypy example.py
