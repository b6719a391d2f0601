"""What the reader of acts sees of a word, and of a word beside another, in their tree: features by the CRC-32 of their name.

`crates/polybius-nlp/src/features.rs` reckons the same ones; change both, and train anew. A token is (form, lemma, upos, xpos, head, relation,
kind), head a place in the sentence or None, kind that of the name it belongs to or "".
"""
from collections import defaultdict
from zlib import crc32

# Words that may tell an act, and words that may head a participant.
TELLING = ("VERB", "NOUN", "ADJ", "PROPN", "ADV", "ADP", "AUX")
NAMING = ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET")
KINDS = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
# Relations below which the words that stand there are looked at too.
OPEN = ("obl", "nmod", "obj", "xcomp", "ccomp", "advcl", "nsubj", "iobj", "acl", "compound", "conj")
INNER = ("nmod", "amod", "compound", "obj", "obl", "xcomp", "ccomp", "acl", "conj")
# How far words of a sentence are taken for its subject matter, and how long a path may be.
NEAR, FAR, DEEP = 8, 6, 12


def base(relation):
    return relation.split(":")[0]


class Tree:
    def __init__(self, tokens):
        self.forms = [t[0].lower() for t in tokens]
        self.lemmas = [t[1].lower() for t in tokens]
        self.upos = [t[2] for t in tokens]
        self.xpos = [t[3] for t in tokens]
        self.heads = [t[4] if t[4] is not None and 0 <= t[4] < len(tokens) else None for t in tokens]
        self.rels = [t[5] for t in tokens]
        self.kinds = [t[6] if t[6] in KINDS else "" for t in tokens]
        self.children = defaultdict(list)
        for i, h in enumerate(self.heads):
            if h is not None:
                self.children[h].append(i)

    def word(self, i):
        """A name stands for all names of its kind, a pronoun for all pronouns."""
        if self.kinds[i] and self.upos[i] != "NOUN":
            return "#" + self.kinds[i]
        return "#X" if self.upos[i] == "PRON" else self.lemmas[i]

    def kind(self, i):
        return self.kinds[i] or ("X" if self.upos[i] == "PRON" else "")

    def markers(self, i, relations):
        return [self.lemmas[c] for c in self.children[i] if self.rels[c] in relations]

    def names_of_word(self, i):
        """The features of a word that may tell an act, by name."""
        l, u, rel = self.lemmas[i], self.upos[i], self.rels[i]
        out = [f"u {u}", f"x {self.xpos[i]}", f"l {l}", f"lu {l} {u}", f"f {self.forms[i]}", f"r {rel}", f"lr {l} {rel}"]
        out += [f"s3 {l[-3:]} {u}", f"s4 {l[-4:]} {u}", f"p4 {l[:4]}", f"p5 {l[:5]} {u}"]
        h = self.heads[i]
        if h is None:
            out.append("h")
        else:
            hl = self.lemmas[h]
            out += [f"h {hl}", f"hr {hl} {rel}", f"lh {l} {hl}", f"hu {self.upos[h]} {rel}"]
            if self.heads[h] is not None:
                out += [f"hh {self.lemmas[self.heads[h]]}", f"hhr {base(rel)} {self.rels[h]}"]
        for case in self.markers(i, ("case",)):
            out += [f"m {case}", f"lm {l} {case}"]
        for c in self.children[i]:
            rel, cb, cw = self.rels[c], base(self.rels[c]), self.word(c)
            out += [f"c {rel}", f"lc {l} {rel}"]
            if cb == "punct":
                continue
            out += [f"cw {cb} {cw}", f"lcw {l} {cb} {cw}", f"w {cw}"]
            if cb not in OPEN:
                continue
            out += [f"ck {cb} {self.kind(c)}", f"lck {l} {cb} {self.kind(c)}"]
            for m in self.markers(c, ("case", "mark")):
                out += [f"cm {cb} {m}", f"lcm {l} {m}", f"lcmw {l} {m} {cw}", f"cmw {m} {cw}"]
            for g in self.children[c]:
                gb = base(self.rels[g])
                if gb in INNER:
                    out += [f"g {cb} {gb} {self.word(g)}", f"lg {l} {self.word(g)}"]
        n = len(self.lemmas)
        at = lambda j: self.lemmas[j] if 0 <= j < n else "<>"
        for d in (-2, -1, 1, 2):
            out.append(f"n {d} {at(i + d)}")
        out += [f"ln -1 {l} {at(i - 1)}", f"ln 1 {l} {at(i + 1)}"]
        if 0 < i < n - 1:
            out.append(f"n3 {at(i - 1)} {l} {at(i + 1)}")
        for j in range(max(0, i - NEAR), min(n, i + NEAR + 1)):
            if j != i and self.upos[j] in ("NOUN", "VERB", "ADJ"):
                out.append(f"b {self.lemmas[j]} {u}")
        return out

    def path(self, i, j):
        """The words up from `i` and those down to `j`, and where they meet; None where they do not within reach."""
        above, at = [], i
        while at is not None and len(above) < DEEP:
            above.append(at)
            at = self.heads[at]
        down, at = [], j
        while at not in above and self.heads[at] is not None and len(down) < DEEP:
            down.append(at)
            at = self.heads[at]
        return (above[:above.index(at)], at, down[::-1]) if at in above else None

    def names_of_pair(self, i, j, type_):
        """The features of the word `j` as a side of the act of that type that `i` tells, by name."""
        l, u, k = self.lemmas[i], self.upos[i], self.kinds[j] or self.upos[j]
        away = f"{'+' if j > i else '-'}{min(6, abs(j - i) // 3)}"
        out = [f"tk {type_} {k}", f"k {k}", f"j {self.lemmas[j]}", f"d {away}", f"jr {self.rels[j]}"]
        path = self.path(i, j)
        if path is None:
            return out
        up, top, down = path
        plain = marked = "far"
        if len(up) + len(down) <= FAR:
            with_case = lambda d: "/".join([self.rels[d], *self.markers(d, ("case",))])
            ups = "^".join(self.rels[x] for x in up)
            plain = ups + "|" + ".".join(self.rels[d] for d in down)
            marked = ups + "|" + ".".join(with_case(d) for d in down)
        own = {self.rels[c] for c in self.children[i]}
        voice = "pass" if own & {"nsubj:pass", "aux:pass"} else "act"
        out += [f"p {plain}", f"q {marked}", f"pu {plain} {u} {voice}", f"qu {marked} {u} {voice}", f"lp {l} {plain}", f"lq {l} {marked} {voice}"]
        out += [f"tp {type_} {plain} {voice}", f"tq {type_} {marked} {voice}", f"tqu {type_} {marked} {u} {voice}"]
        out += [f"pk {plain} {k}", f"qku {marked} {k} {u}", f"tqk {type_} {marked} {k}"]
        out.append(f"top {self.lemmas[top] if top != i else '='} {marked}")
        if down:
            first = self.rels[down[0]]
            out += [f"e {first} {u} {voice}", f"le {l} {first}", f"en {first} {len(down)} {k}"]
        sides = "".join(letter for letter, rel in zip("sopimgb", ("nsubj", "obj", "nsubj:pass", "iobj", "nmod", "nmod:poss", "obl")) if rel in own)
        out += [f"o {sides} {plain}", f"ot {sides} {type_} {marked}"]
        return out

    def of_word(self, i):
        return {crc32(name.encode()) for name in self.names_of_word(i)}

    def of_pair(self, i, j, type_):
        return {crc32(name.encode()) for name in self.names_of_pair(i, j, type_)}
