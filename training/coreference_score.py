"""MUC, B³, CEAF-e and their mean, the CoNLL F1 of coreference, over lists of (gold chains, system chains); a chain is a list of spans."""
from scipy.optimize import linear_sum_assignment


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def muc(key, response):
    where = {m: i for i, c in enumerate(response) for m in c}
    num = den = 0
    for c in key:
        parts = len({where[m] for m in c if m in where}) + sum(m not in where for m in c)
        num, den = num + len(c) - parts, den + len(c) - 1
    return num, den


def b3(key, response):
    where = {m: i for i, c in enumerate(response) for m in c}
    sets = [set(c) for c in response]
    num = den = 0
    for c in key:
        own = set(c)
        num += sum(len(own & sets[where[m]]) / len(own) for m in c if m in where)
        den += len(c)
    return num, den


def ceafe(key, response):
    if not key or not response:
        return 0.0, len(key), len(response)
    sets = [set(c) for c in response]
    phi = [[-2 * len(set(c) & s) / (len(c) + len(s)) for s in sets] for c in key]
    rows, columns = linear_sum_assignment(phi)
    return -sum(phi[i][j] for i, j in zip(rows, columns)), len(key), len(response)


def conll(pairs):
    total = [0.0] * 11
    for key, response in pairs:
        response = [c for c in response if len(c) > 1]
        parts = [*muc(key, response), *muc(response, key), *b3(key, response), *b3(response, key), *ceafe(key, response)]
        total = [x + y for x, y in zip(total, parts)]
    d = lambda x, y: x / y if y else 0.0
    m = f1(d(total[2], total[3]), d(total[0], total[1]))
    b = f1(d(total[6], total[7]), d(total[4], total[5]))
    c = f1(d(total[8], total[10]), d(total[8], total[9]))
    figures = dict(conll=(m + b + c) / 3, muc=m, muc_p=d(total[2], total[3]), muc_r=d(total[0], total[1]), b3=b, ceafe=c)
    return {k: round(100 * v, 1) for k, v in figures.items()}
