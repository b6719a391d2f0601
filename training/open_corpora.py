"""Marks on sentences of open corpora, kept apart from their texts: what `acts/open.jsonl` holds, laid over the sentences of `../shared/data`.

    python open_corpora.py DATA > MARKED.tsv        the marked sentences, one `id<TAB>line` each
    python open_corpora.py DATA MARKED.tsv          writes `acts/open.jsonl` from such lines; says which do not fit their sentence

A line of `acts/open.jsonl` is {id, marks}: marks as [offset in code points of the sentence, what is put in there], as `marked.py` reads them.
The sentences are UD English EWT (weblogs and newsgroups) and GUM (news, speeches and other genres), re3d, WikiGold, and the politics of
CrossNER; they were read and marked for Polybius. Where a corpus has tokens only, they are joined as English is written.
"""
import glob
import json
import os
import re
import sys

import marked

HERE = os.path.dirname(os.path.abspath(__file__))
STORE = HERE + "/acts/open.jsonl"


def of_treebank(path, prefixes):
    for line in open(path, encoding="utf-8"):
        if line.startswith("# sent_id = "):
            name = line[12:].strip()
        elif line.startswith("# text = ") and name.startswith(prefixes):
            yield name, line[9:].strip()


def of_re3d(data):
    """Documents by `re3d/source/id`; their sentences are named by where they stand, `#start-end`."""
    for path in sorted(glob.glob(data + "/ner/re3d/*/documents.json")):
        source = path.split("/")[-2]
        for line in open(path, encoding="utf-8"):
            if line.strip():
                document = json.loads(line)
                yield f"re3d/{source}/{document['_id']}", document["text"]


def joined(tokens):
    text = re.sub(r" ([,.;:?!%)\]])", r"\1", " ".join(tokens))
    text = re.sub(r"([(\[$]) ", r"\1", text)
    text = re.sub(r" ('s|n't|'re|'ve|'ll|'d|'m|')\b", r"\1", text)
    return re.sub(r'" ([^"]*?) "', r'"\1"', text).replace(" ' ", " '")


def of_table(path, name):
    """Sentences of a table of tokens, one a line, by their number."""
    sentences = open(path, encoding="utf-8").read().split("\n\n")
    for k, sentence in enumerate((s for s in sentences if s.strip()), 1):
        yield f"{name}#{k}", joined(row.split()[0] for row in sentence.splitlines() if row.strip())


def texts(data):
    """Sentences, and whole documents of re3d, by name."""
    found = dict(of_treebank(data + "/ud/en_ewt-train.conllu", ("weblog", "newsgroup")))
    genres = ("news", "speech", "interview", "bio", "court", "textbook")
    found.update(of_treebank(data + "/ud/en_gum-train.conllu", tuple(f"GUM_{genre}_" for genre in genres)))
    found.update(of_table(f"{data}/ner/wikigold.iob2", "wikigold/all"))
    found.update(of_re3d(data))
    for part in ("train", "dev", "test"):
        found.update(of_table(f"{data}/ner/crossner_politics/{part}.txt", f"crossner/{part}"))
    return found


def sentence(found, name):
    document, place = name.rsplit("#", 1) if name.startswith("re3d") else (name, None)
    if place is None:
        return found[document]
    start, end = map(int, place.split("-"))
    return " ".join(found[document][start:end].split())


def lines(data):
    """The marked sentences as (id, line)."""
    found = texts(data)
    for row in map(json.loads, open(STORE, encoding="utf-8")):
        text, out, at = sentence(found, row["id"]), [], 0
        for offset, mark in row["marks"]:
            out += [text[at:offset], mark]
            at = offset
        yield row["id"], "".join(out) + text[at:]


def read(data):
    """The marked sentences as `marked.read` gives them; every twelfth document is set aside, as `open.held.txt`."""
    for name, line in lines(data):
        held = sum(name.rsplit("#" if "#" in name else "-", 1)[0].encode()) % 12 == 0
        yield (f"open{'.held' if held else ''}.txt:{name}", *marked.parse(line))


def marks_of(text, line):
    """What `line` puts into `text`, or None if it is not that sentence."""
    marks, at, i = [], 0, 0
    opening = re.compile(r"\{[a-z]\||<|\||\}")
    tail = re.compile(r"\|[A-Z]+/[^>]*?[>=][^>]*?>")
    while i < len(line):
        m = tail.match(line, i) or opening.match(line, i)
        if m and (at == len(text) or line[i] in "{}<|"):
            if marks and marks[-1][0] == at:
                marks[-1][1] += m[0]
            else:
                marks.append([at, m[0]])
            i = m.end()
        elif at < len(text) and line[i] == text[at]:
            at, i = at + 1, i + 1
        else:
            return None
    return marks if at == len(text) else None


def main():
    data = sys.argv[1]
    if len(sys.argv) == 2:
        for row in lines(data):
            print(*row, sep="\t")
        return
    found, n = texts(data), 0
    with open(STORE, "w", encoding="utf-8") as out:
        for row in open(sys.argv[2], encoding="utf-8"):
            name, line = row.rstrip("\n").split("\t")
            marks = marks_of(sentence(found, name), line)
            if marks is None:
                print(name, "is not its sentence:", line, file=sys.stderr)
                continue
            n += 1
            out.write(json.dumps(dict(id=name, marks=marks), ensure_ascii=False, separators=(",", ":")) + "\n")
    print(n, "sentences", file=sys.stderr)


if __name__ == "__main__":
    main()
