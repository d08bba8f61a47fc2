"""Writes the scored rows that the tools are compared on: generate.py ROWS FILE. The same bytes for the same rows.

Label, score, prediction, weight, race, sex, age_band, site, as a scored holdout has them; row groups of a million, texts by
dictionary, snappy. A row group is drawn from its own seed, so memory does not depend on the rows.
"""
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

GROUP = 1_000_000
RACES = (["White", "Black", "Hispanic", "Asian", "Other"], [0.60, 0.18, 0.12, 0.07, 0.03])
SEXES = (["F", "M"], [0.53, 0.47])
AGES = (["18-44", "45-54", "55-64", "65-74", "75+"], [0.22, 0.15, 0.20, 0.23, 0.20])
SITES = ([f"site-{k:02d}" for k in range(12)], None)
BASE_RATE = 0.15


def texts(random, rows, values):
    names, shares = values
    shares = shares or [1 / len(names)] * len(names)
    codes = np.searchsorted(np.cumsum(shares)[:-1], random.random(rows), side="right").astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names))


def group(number, rows):
    random = np.random.default_rng([20261122, number])
    label = (random.random(rows) < BASE_RATE).astype(np.int64)
    logit = random.normal(np.where(label == 1, -0.6, -2.0), 1.1)
    score = 1 / (1 + np.exp(-logit))
    return pa.table({
        "label": pa.array(label),
        "score": pa.array(score),
        "prediction": pa.array((score >= 0.25).astype(np.int64)),
        "weight": pa.array(random.uniform(0.5, 2.0, rows)),
        "race": texts(random, rows, RACES),
        "sex": texts(random, rows, SEXES),
        "age_band": texts(random, rows, AGES),
        "site": texts(random, rows, SITES),
    })


def main(rows, path):
    with pq.ParquetWriter(path, group(0, 1).schema, compression="snappy") as out:
        for number, start in enumerate(range(0, rows, GROUP)):
            out.write_table(group(number, min(GROUP, rows - start)), row_group_size=GROUP)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
