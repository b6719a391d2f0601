"""Opens every export of a record in the tools that people use, and compares what they see with the JSON lines.

    pip install duckdb followthemoney networkx pandas polars pyarrow
    python bench/formats.py POLYBIUS news.db
"""

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import networkx
import pandas
import polars
import pyarrow.feather
import pyarrow.parquet


def main(program: str, record: str) -> None:
    folder = Path(tempfile.mkdtemp())

    def export(name: str, *more: str) -> Path:
        path = folder / f"events.{name}"
        command = [program, "export", "--record", record, "--format", name, "--out", path, *more]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return path

    rows = [json.loads(line) for line in export("jsonl").open(encoding="utf-8")]
    happened = [row for row in rows if not row["auxiliary"]]
    print(f"{len(rows)} reports, {len(happened)} of them plain")

    path = export("parquet")
    table = pyarrow.parquet.read_table(path)
    frames = {
        "pyarrow": table.to_pylist(),
        "pandas": pandas.read_parquet(path).to_dict("records"),
        "polars": polars.read_parquet(path).to_dicts(),
        "duckdb": duckdb.sql(f"SELECT * FROM '{path}'").to_arrow_table().to_pylist(),
    }
    for tool, read in frames.items():
        assert len(read) == len(rows), tool
        for row, own in zip(read, rows):
            assert row["event_id"] == own["event_id"], tool
            assert row["text"] == own["text"] and row["sentence"] == own["sentence"], tool
            assert row["confidence"] == own["confidence"] and row["score"] == own["score"], tool
            dead = own["size"]["dead"]
            assert (None if pandas.isna(row["dead"]) else row["dead"]) == (dead and dead["value"]), tool
    print(f"parquet: {len(table.column_names)} columns read alike by {', '.join(frames)}")

    path = export("arrow")
    assert pyarrow.feather.read_table(path, memory_map=False).equals(table)
    assert polars.read_ipc(path).equals(polars.from_arrow(table))
    print("arrow: the same table, read alike by pyarrow, polars")

    read = list(csv.DictReader(export("csv").open(encoding="utf-8", newline="")))
    assert [row["event_id"] for row in read] == [row["event_id"] for row in rows]
    print("csv: every row")

    plover = [json.loads(line) for line in export("plover").open(encoding="utf-8")]
    assert [event["id"] for event in plover] == [row["event_id"] for row in happened if row["date"] or row["published"]]
    needed = {"id", "date", "actor", "event"}
    assert all(needed <= event.keys() and event["quad_code"] in range(1, 5) for event in plover)
    print(f"plover: {len(plover)} events with the fields that the manual asks for")

    polecat = pandas.read_csv(export("polecat"), sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
    assert polecat.shape == (len(happened), 40), polecat.shape
    assert list(polecat["Event ID"]) == [row["event_id"] for row in happened]
    print("polecat: 40 columns, a row a report")

    icews = pandas.read_csv(export("icews"), sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
    assert icews.shape[1] == 20 and icews["Event ID"].is_unique and len(icews) >= len(happened)
    assert icews["CAMEO Code"].str.fullmatch(r"\d{2,4}").all()
    print(f"icews: 20 columns, {len(icews)} pairs, ids unique")

    gdelt = pandas.read_csv(export("gdelt"), sep="\t", quoting=csv.QUOTE_NONE, dtype=str, header=None, keep_default_na=False)
    assert gdelt.shape[1] == 61 and gdelt[0].is_unique and set(gdelt[29]) <= set("1234")
    assert (gdelt[28] == gdelt[26].str[:2]).all() and gdelt[31].astype(int).ge(1).all()
    print(f"gdelt: 61 columns, {len(gdelt)} pairs of incidents, ids unique")

    edges = list(csv.DictReader(export("edges").open(encoding="utf-8", newline="")))
    nodes = list(csv.DictReader(export("nodes").open(encoding="utf-8", newline="")))
    graphs = {"graphml": networkx.read_graphml(export("graphml")), "gexf": networkx.read_gexf(export("gexf"), version="1.3")}
    for name, graph in graphs.items():
        assert graph.is_directed() and len(graph.nodes) == len(nodes) and len(graph.edges) == len(edges), name
        for edge in edges:
            assert int(graph.edges[edge["source"], edge["target"]]["weight"]) == int(edge["weight"]), name
    print(f"graphml, gexf, nodes, edges: {len(nodes)} nodes and {len(edges)} edges")

    mentions = pandas.read_csv(export("gdelt-mentions"), sep="\t", quoting=csv.QUOTE_NONE, dtype=str, header=None, keep_default_na=False)
    assert mentions.shape[1] == 16 and set(mentions[0]) == set(gdelt[0])
    assert (mentions.groupby(0).size().reindex(gdelt[0]).to_numpy() == gdelt[31].astype(int).to_numpy()).all()
    print(f"gdelt-mentions: 16 columns, {len(mentions)} mentions, as many for each event as it says")

    quads = pandas.read_csv(export("quads"), sep="\t", header=None, dtype=str)
    graph = networkx.from_pandas_edgelist(quads, 0, 2, edge_attr=1, create_using=networkx.MultiDiGraph)
    assert quads.shape[1] == 4 and len(graph.edges) == len(quads) and quads[3].str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    print(f"quads: {len(quads)} among {len(graph.nodes)} parties")

    entities = [json.loads(line) for line in export("ftm").open(encoding="utf-8")]
    try:
        from followthemoney import model
    except ImportError:
        print("ftm: followthemoney is not installed, so that nothing was checked")
    else:
        for entity in entities:
            proxy = model.get_proxy(entity)
            proxy.schema.validate(entity)
            kept = {name: sorted(proxy.get(name)) for name in entity["properties"]}
            assert kept == {name: sorted(values) for name, values in entity["properties"].items()}, (entity, kept)
        print(f"ftm: {len(entities)} entities valid, nothing lost in reading")

    claims = json.load(export("jsonld").open(encoding="utf-8"))["@graph"]
    notes = json.load(export("annotations").open(encoding="utf-8"))["items"]
    tasks = json.load(export("label-studio").open(encoding="utf-8"))
    assert [claim["text"] for claim in claims] == [row["text"] for row in rows]
    assert [note["target"]["selector"][0]["exact"] for note in notes] == [row["text"] for row in rows]
    assert [task["data"]["event_id"] for task in tasks] == [row["event_id"] for row in rows]
    print(f"jsonld, annotations, label-studio: {len(rows)} reports each")

    features = json.load(export("geojson").open(encoding="utf-8"))["features"]
    assert len(features) == sum(row["place"] is not None for row in rows)
    print(f"geojson: {len(features)} features")


if __name__ == "__main__":
    main(*sys.argv[1:])
