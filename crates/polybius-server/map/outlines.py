#!/usr/bin/env python3
"""Makes outlines.txt from countries-50m.json of the npm package world-atlas (Natural Earth, public domain; package ISC).

    python3 outlines.py countries-50m.json > outlines.txt

One line a country: its ISO 3166-1 number or name, a tab, its rings. A ring is a list of points `longitude,latitude` in
tenths of degrees. Borders are thinned arc by arc, so that neighbours keep touching.
"""
import json
import sys

TOLERANCE = 0.18  # degrees
LEAST_AREA = 0.25  # square degrees; smaller rings are dropped unless the country has no larger


def thinned(points):
    """Douglas and Peucker's way of leaving out points that change little."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    dx, dy = bx - ax, by - ay
    length = (dx * dx + dy * dy) ** 0.5

    def away(point):
        px, py = point[0] - ax, point[1] - ay
        return abs(px * dy - py * dx) / length if length else (px * px + py * py) ** 0.5

    index, most = max(((i, away(p)) for i, p in enumerate(points[1:-1], 1)), key=lambda pair: pair[1])
    if most <= TOLERANCE:
        return [points[0], points[-1]]
    return thinned(points[: index + 1])[:-1] + thinned(points[index:])


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


def unwrapped(ring):
    """The ring without jumps of a whole turn."""
    points = [ring[0]]
    for x, y in ring[1:]:
        before = points[-1][0]
        points.append((x + 360 * round((before - x) / 360), y))
    return points


def clipped(ring, line, keeps_less):
    """The part of the ring on one side of a meridian: Sutherland and Hodgman's way."""
    inside = (lambda point: point[0] <= line) if keeps_less else (lambda point: point[0] >= line)
    kept = []
    for a, b in zip(ring, ring[1:] + ring[:1]):
        if inside(a):
            kept.append(a)
        if inside(a) != inside(b):
            share = (line - a[0]) / (b[0] - a[0])
            kept.append((line, a[1] + share * (b[1] - a[1])))
    return kept


def split(ring):
    """The ring in parts that do not cross the line of 180 degrees."""
    points = unwrapped(ring)
    parts = []
    for turn in (-360, 0, 360):
        moved = [(x + turn, y) for x, y in points]
        part = clipped(clipped(moved, 180, True), -180, False) if moved else []
        if len(part) > 2 and area(part) > 0:
            parts.append(part)
    return parts


def main():
    sys.setrecursionlimit(10_000)
    topology = json.load(open(sys.argv[1], encoding="utf-8"))
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        arcs.append(thinned(points))

    def ring(indices):
        points = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points[:-1]

    lines = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country["type"] is None or country["properties"]["name"] == "Antarctica":
            continue
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        rings = [part for polygon in polygons for indices in polygon for part in split(ring(indices))]
        rings.sort(key=area, reverse=True)
        kept = [one for n, one in enumerate(rings) if len(one) > 2 and (n == 0 or area(one) >= LEAST_AREA)]
        written = ";".join(" ".join(f"{round(x * 10)},{round(y * 10)}" for x, y in one) for one in kept)
        if written:
            lines.append(f"{country.get('id') or country['properties']['name']}\t{written}")
    print("\n".join(sorted(lines)))


main()
