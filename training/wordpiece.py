"""Words to pieces and shapes, exactly as crates/polybius-nlp does it (src/pieces.rs): change both together."""
import unicodedata

MAX_PIECES = 8
PAD, UNK, CLS, SEP, MASK = range(5)
N_SHAPES = 22
FOLD = {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "…": "..."}
QUOTES = set("'\"’‘`´“”„«»")


def keep_piece(piece):
    """The pieces of BERT's vocabulary that English news can need: no [unusedN], no letters outside Latin and Greek."""
    if piece.startswith("[unused"):
        return False
    text = piece[2:] if piece.startswith("##") else piece
    return all(ord(c) < 0x250 or 0x370 <= ord(c) < 0x400 or 0x1E00 <= ord(c) < 0x1F00 or 0x2000 <= ord(c) < 0x2200 for c in text)


def load_vocabulary(path):
    """Kept pieces, with the index each has in the pretrained table. The first five are PAD UNK CLS SEP MASK."""
    pieces = [line.rstrip("\n") for line in open(path, encoding="utf-8")]
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    kept = [pieces.index(s) for s in special] + [i for i, p in enumerate(pieces) if p not in special and keep_piece(p)]
    return [pieces[i] for i in kept], kept


def is_punctuation(c):
    o = ord(c)
    return 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126 or unicodedata.category(c)[0] == "P"


def shape(word, space_before, space_after):
    """A class 0..21: what lower-casing loses, and whether a space stands before the word."""
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word) and not (letters and word[0].isalpha()):
        kind = 6
    elif not letters:
        kind = 7
        if word[0] in QUOTES:
            if word[0] in "“‘„«" or word[0] == "`":
                kind = 8
            elif word[0] in "”»":
                kind = 9
            elif space_before and not space_after:
                kind = 8
            else:
                kind = 9
    elif all(not c.isupper() for c in letters):
        kind = 1
    elif len(letters) == 1:
        kind = 4
    elif all(not c.islower() for c in letters):
        kind = 3
    elif word[0].isupper() and all(not c.isupper() for c in letters[1:]):
        kind = 2
    else:
        kind = 5
    return 2 * kind + (1 if space_before else 0)


class WordPiece:
    def __init__(self, pieces):
        self.index = {p: i for i, p in enumerate(pieces)}
        self.cache = {}

    def __call__(self, word):
        found = self.cache.get(word)
        if found is None:
            found = self.cache[word] = self.split(word)
        return found

    def split(self, word):
        text = "".join(FOLD.get(c, c) for c in word)
        text = unicodedata.normalize("NFD", text.lower())
        text = "".join(c for c in text if unicodedata.category(c) != "Mn")
        runs, run = [], ""
        for c in text:
            if unicodedata.category(c) in ("Cc", "Cf") or c.isspace() or c == "\ufffd":
                continue
            if is_punctuation(c):
                if run:
                    runs.append(run)
                runs.append(c)
                run = ""
            else:
                run += c
        if run:
            runs.append(run)
        out = []
        for run in runs:
            out += self.greedy(run)
            if len(out) >= MAX_PIECES:
                break
        return tuple(out[:MAX_PIECES]) or (UNK,)

    def greedy(self, run):
        if len(run) > 64:
            return [UNK]
        out, start = [], 0
        while start < len(run):
            end = len(run)
            while end > start:
                piece = ("##" if start else "") + run[start:end]
                if piece in self.index:
                    break
                end -= 1
            if end == start:
                return [UNK]
            out.append(self.index[piece])
            start = end
        return out
