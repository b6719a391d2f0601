#!/bin/sh
# Speed of the full annotation on one core, ours and spaCy's small model one after the other.
# Usage: bench/nlp.sh [DATA_FOLDER] [ARTICLES] ; PYTHON names an interpreter that has spaCy, if any.
set -e
data=${1:-../shared/data}
articles=${2:-300}
cargo build --release -q -p polybius-nlp --example speed
target=${CARGO_TARGET_DIR:-target}
"$target/release/examples/speed" "$data/speed/reuters21578_5000.jsonl" "$articles"
"${PYTHON:-python3}" bench/spacy_speed.py "$data/speed/reuters21578_5000.jsonl" "$articles" || echo "no spaCy here to compare with"
