"""Fits the points of codebook/factuality.csv to what readers say of predicates.

    polybius score factuality --cues uds_ih2-train.jsonl > train.cues
    python training/factuality.py train.cues RUN/happened.txt > codebook/factuality.csv

What the reader of acts says of each predicate (`happened.py`) is counted so many times as the row "reader" says. Three times the hyperbolic
tangent of the sum of that and of a predicate's points comes as near to the readers' label as it can. What is made small is
the distance, not its square: between readers who say yes and readers who say no it is better to side with the more numerous than to stand
between them. Beside single cues, pairs of them have points of their own ("is VBG & word go"): those whose joint presence tells most of what the
cues alone leave over, chosen in rounds. Cues and pairs that stand with few predicates, or change little, are left out. The points are the
mean of those after fewer and after more rounds. The same cues give the same points.
"""

import collections
import sys

import numpy
from scipy import sparse

LEAST = 8  # predicates with a cue
SMALL = 0.05  # points not worth a line
PULL = 10.0  # towards no points
HUBER = 0.15  # where an error begins to count by its size alone
STEPS = 300
ROUNDS = (6, 8, 12)  # the points after so many are taken
PAIRS_A_ROUND = 100
OFTEN, TOGETHER = 60, 40  # predicates with a cue of a pair, and with both
OF_ONE = 7  # pairs a round with the same cue

HEAD = """# What each construction around a predicate adds to how surely it happened: three times the hyperbolic tangent of the sum is the factuality.
# Fitted by training/factuality.py to UDS-IH2, English EWT (White et al. 2016, Rudinger et al. 2018), train, CC BY-SA 4.0.
# "is VBD": its tag; "xcomp/is VBD": that of the word above, to which it is an xcomp; "1 obj of want": the word above; "predicate": every one;
# "mode future": what the cues of status say; "a & b": both together, beside what each adds. "reader": how often what the trained reader says counts."""


def read(path):
    """Labels, and the cues of each predicate."""
    labels, cues = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            label, *own = line.rstrip("\n").split("\t")
            labels.append(float(label))
            cues.append(own)
    return numpy.array(labels), cues


def counted(cues, least):
    """The cues that stand with so many predicates, with their columns."""
    counts = collections.Counter(cue for own in cues for cue in own)
    kept = sorted(cue for cue, count in counts.items() if count >= least and "," not in cue and '"' not in cue)
    return {cue: number for number, cue in enumerate(kept)}


def table(cues, index):
    places = [(row, index[cue]) for row, own in enumerate(cues) for cue in own if cue in index]
    rows, columns = zip(*places)
    return sparse.csr_matrix((numpy.ones(len(rows)), (rows, columns)), shape=(len(cues), len(index)))


def slopes(labels, found):
    error = found - labels
    return error / numpy.sqrt(1 + (error / HUBER) ** 2) * 3 * (1 - (found / 3) ** 2)


def fit(labels, present, said):
    """Points of every cue, of all predicates, and of what the reader says, by Adam in smaller and smaller steps; and what they find."""
    n, n_cues = present.shape
    points, every = numpy.zeros(n_cues), numpy.array([0.0, 0.8])
    means, squares = numpy.zeros(n_cues + 2), numpy.zeros(n_cues + 2)
    turned = present.T.tocsr()
    found = lambda: 3 * numpy.tanh(present @ points + every[0] + every[1] * said)
    for step in range(1, STEPS + 1):
        slope = slopes(labels, found()) / n
        gradient = numpy.concatenate([turned @ slope + PULL * points / n, [slope.sum(), said @ slope]])
        means = 0.9 * means + 0.1 * gradient
        squares = 0.999 * squares + 0.001 * gradient**2
        pace = 0.02 if step < 0.6 * STEPS else 0.006 if step < 0.85 * STEPS else 0.002
        change = pace * (means / (1 - 0.9**step)) / (numpy.sqrt(squares / (1 - 0.999**step)) + 1e-8)
        points, every = points - change[:-2], every - change[-2:]
    return points, every, found()


def telling(labels, cues, found, known):
    """The pairs whose joint presence tells most of what is left over."""
    index = counted(cues, OFTEN)
    names, present = list(index), table(cues, index)
    left = (present.T @ present.multiply(slopes(labels, found)[:, None])).tocoo()
    together = numpy.asarray((present.T @ present).tocsr()[left.row, left.col]).ravel()
    alone = numpy.asarray(present.sum(0)).ravel()
    fewer = numpy.minimum(alone[left.row], alone[left.col])
    is_pair = (left.row < left.col) & (together >= TOGETHER) & (together <= 0.9 * fewer)
    telling = numpy.where(is_pair, numpy.abs(left.data) / numpy.sqrt(together + 60), 0)
    new, used = [], collections.Counter()
    for at in numpy.argsort(-telling, kind="stable"):
        one, other = left.row[at], left.col[at]
        if not telling[at] or len(new) == PAIRS_A_ROUND:
            break
        if (names[one], names[other]) not in known and max(used[one], used[other]) < OF_ONE:
            new.append((names[one], names[other]))
            used.update([one, other])
    return new


def joined(cues, pairs):
    def both(own):
        present = set(own)
        return [f"{one} & {other}" for one, other in pairs if one in present and other in present]

    return [own + both(own) for own in cues]


def telling_points(labels, cues, said, pairs):
    """Points of the cues and pairs that change something, of all predicates, and of the reader."""
    cues = joined(cues, pairs)
    index = counted(cues, LEAST)
    points, _, _ = fit(labels, table(cues, index), said)
    # Once more with those alone that tell.
    kept = [cue for cue, own in zip(index, points) if abs(own) >= SMALL]
    points, every, _ = fit(labels, table(cues, {cue: number for number, cue in enumerate(kept)}), said)
    return dict(zip(kept, points), predicate=every[0], reader=every[1])


def main():
    labels, cues = read(sys.argv[1])
    said = numpy.loadtxt(sys.argv[2])
    pairs, total = [], collections.Counter()
    for number in range(1, max(ROUNDS) + 1):
        own = joined(cues, pairs)
        present = table(own, counted(own, LEAST))
        _, _, found = fit(labels, present, said)
        pairs += telling(labels, cues, found, set(pairs))
        if number in ROUNDS:
            total.update(telling_points(labels, cues, said, pairs))
    print(HEAD)
    print("cue,points")
    own = ["predicate", "reader"]
    for cue in [*own, *sorted(set(total) - set(own))]:
        mean = total[cue] / len(ROUNDS)
        if abs(mean) >= 0.005:
            print(f"{cue},{mean:.2f}")


if __name__ == "__main__":
    main()
