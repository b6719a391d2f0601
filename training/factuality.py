"""Fits the points of codebook/factuality.csv to what readers say of predicates.

    polybius score factuality --cues uds_ih2-train.jsonl > train.cues
    python training/factuality.py train.cues > codebook/factuality.csv

Three times the hyperbolic tangent of the sum of a predicate's points comes as near to the readers' label as it can; cues that stand with
few predicates, or change little, are left out. The same cues give the same points.
"""

import collections
import sys

import numpy

LEAST = 12  # predicates with a cue
SMALL = 0.06  # points not worth a line
PULL = 30.0  # towards no points
HUBER = 1.0  # where an error begins to count by its size alone
STEPS = 300

HEAD = """# What each construction around a predicate adds to how surely it happened: three times the hyperbolic tangent of the sum is the factuality.
# Fitted by training/factuality.py to UDS-IH2, English EWT (White et al. 2016, Rudinger et al. 2018), train, CC BY-SA 4.0.
# "is VBD": its tag; "xcomp/is VBD": that of the word above, to which it is an xcomp; "1 obj of want": the word above; "predicate": every one."""


def read(path):
    """Labels, and the cues of each predicate."""
    labels, cues = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            label, *own = line.rstrip("\n").split("\t")
            labels.append(float(label))
            cues.append(own)
    return numpy.array(labels), cues


def fit(labels, rows, columns, n_cues):
    """Points of every cue, and of all predicates, by Adam."""
    points, every = numpy.zeros(n_cues), 0.25
    means, squares = numpy.zeros(n_cues + 1), numpy.zeros(n_cues + 1)
    n = len(labels)
    for step in range(1, STEPS + 1):
        sums = numpy.bincount(rows, weights=points[columns], minlength=n) + every
        found = 3 * numpy.tanh(sums)
        error = found - labels
        slope = error / numpy.sqrt(1 + (error / HUBER) ** 2) * 3 * (1 - (found / 3) ** 2) / n
        gradient = numpy.append(
            numpy.bincount(columns, weights=slope[rows], minlength=n_cues) + PULL * points / n, slope.sum()
        )
        means = 0.9 * means + 0.1 * gradient
        squares = 0.999 * squares + 0.001 * gradient**2
        change = 0.02 * (means / (1 - 0.9**step)) / (numpy.sqrt(squares / (1 - 0.999**step)) + 1e-8)
        points, every = points - change[:-1], every - change[-1]
    return points, every


def places(cues, index):
    pairs = [(row, index[cue]) for row, own in enumerate(cues) for cue in own if cue in index]
    rows, columns = zip(*pairs)
    return numpy.array(rows), numpy.array(columns)


def main():
    labels, cues = read(sys.argv[1])
    counts = collections.Counter(cue for own in cues for cue in own)
    kept = sorted(cue for cue, count in counts.items() if count >= LEAST and "," not in cue and '"' not in cue)
    index = {cue: number for number, cue in enumerate(kept)}
    points, _ = fit(labels, *places(cues, index), len(kept))
    # Once more with those alone that tell.
    kept = [cue for cue, own in zip(kept, points) if abs(own) >= SMALL]
    index = {cue: number for number, cue in enumerate(kept)}
    points, every = fit(labels, *places(cues, index), len(kept))
    print(HEAD)
    print("cue,points")
    print(f"predicate,{every:.2f}")
    for cue, own in zip(kept, points):
        if abs(own) >= 0.005:
            print(f"{cue},{own:.2f}")


if __name__ == "__main__":
    main()
