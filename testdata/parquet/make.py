"""Writes the Parquet files of this folder: python3 make.py. Needs pyarrow, duckdb and polars, see README.md."""
import datetime as dt
import decimal

import duckdb
import numpy as np
import polars
import pyarrow as pa
import pyarrow.parquet as pq

N = 1000
BIG = 2**53


def table():
    """Values any reader can recompute from the row number k, from 0; where k % 7 is 3 most are missing."""
    i = list(range(N))
    hole = lambda values: [None if k % 7 == 3 else v for k, v in zip(i, values)]
    utc = dt.timezone.utc
    columns = [
        ("id", [BIG + 1 + k for k in i], pa.int64(), False),
        ("small", hole([k - 500 for k in i]), pa.int32(), True),
        ("unsigned", hole([2**64 - 1 - k for k in i]), pa.uint64(), True),
        ("double", hole([k / 8 - 3 for k in i]), pa.float64(), True),
        ("single", hole([float(np.float32(k / 10)) for k in i]), pa.float32(), True),
        ("truth", hole([k % 3 == 0 for k in i]), pa.bool_(), True),
        ("text", hole([f"gröup,\"{k % 5}\"\n" for k in i]), pa.string(), True),
        ("number_text", hole([f" {k}.5 " if k % 4 else "NaN" for k in i]), pa.string(), True),
        ("day", hole([dt.date(2020, 2, 28) + dt.timedelta(days=k) for k in i]), pa.date32(), True),
        ("instant", hole([dt.datetime(2020, 1, 1, tzinfo=utc) + dt.timedelta(milliseconds=1500 * k) for k in i]), pa.timestamp("us", tz="UTC"), True),
        ("local", hole([dt.datetime(1969, 12, 31, 23, 59) + dt.timedelta(seconds=k) for k in i]), pa.timestamp("ms"), True),
        ("clock", hole([dt.time(12, 0, k % 60) for k in i]), pa.time64("us"), True),
        ("decimal", hole([decimal.Decimal(k - 500) / 100 for k in i]), pa.decimal128(9, 2), True),
        ("wide_decimal", hole([(decimal.Decimal(10**20) + k).scaleb(-3) for k in i]), pa.decimal128(38, 3), True),
        ("half", [np.float16(k / 4) for k in i], pa.float16(), False),
        ("nothing", [None] * N, pa.float64(), True),
        ("required", [float(k % 10) for k in i], pa.float64(), False),
        ("label", [f"patient-{k:05d}" for k in i], pa.string(), False),
    ]
    schema = pa.schema([pa.field(n, t, nullable=null) for n, _, t, null in columns], metadata={"purpose": "test", "ünï": "cödé"})
    return pa.table([pa.array(v, t) for _, v, t, _ in columns], schema=schema)


def write(name, **options):
    pq.write_table(table(), name, row_group_size=400, data_page_size=2048, write_page_index=False, **options)


DELTA = {
    "id": "DELTA_BINARY_PACKED", "small": "DELTA_BINARY_PACKED", "unsigned": "DELTA_BINARY_PACKED",
    "text": "DELTA_BYTE_ARRAY", "number_text": "DELTA_LENGTH_BYTE_ARRAY", "label": "DELTA_BYTE_ARRAY",
    "day": "DELTA_BINARY_PACKED", "instant": "DELTA_BINARY_PACKED", "local": "DELTA_BINARY_PACKED",
    "truth": "RLE",
}
FIXED = {"wide_decimal": "DELTA_BYTE_ARRAY", "half": "DELTA_BYTE_ARRAY", "text": "DELTA_LENGTH_BYTE_ARRAY", "label": "DELTA_LENGTH_BYTE_ARRAY"}
SPLIT = {name: "BYTE_STREAM_SPLIT" for name in ("id", "small", "double", "single", "required", "nothing", "wide_decimal", "half")}

DUCKDB = """
    select i as id, case when i % 7 = 3 then null else i % 5 end as category,
           case when i % 7 = 3 then null else 'group ' || (i % 3) end as text,
           i / 8.0::double as value, i % 2 = 0 as truth, uuid_blob.u as identifier,
           i::hugeint as huge
    from range(3000) r(i), (select '00112233-4455-6677-8899-aabbccddeeff'::uuid as u) uuid_blob order by i"""

if __name__ == "__main__":
    write("snappy-v1.parquet", compression="snappy", store_decimal_as_integer=True)
    write("zstd-v2.parquet", compression="zstd", data_page_version="2.0", write_page_checksum=True)
    write("gzip-v1.parquet", compression="gzip")
    write("plain-v1.parquet", compression="none", use_dictionary=False, write_page_checksum=True)
    write("delta-v2.parquet", compression="none", use_dictionary=False, data_page_version="2.0", column_encoding=DELTA)
    write("delta-v1.parquet", compression="snappy", use_dictionary=False, column_encoding=DELTA)
    write("split.parquet", compression="zstd", use_dictionary=False, column_encoding=SPLIT)
    write("fixed.parquet", compression="gzip", use_dictionary=False, data_page_version="2.0", column_encoding=FIXED)
    write("fallback.parquet", compression="snappy", dictionary_pagesize_limit=512, write_batch_size=32)
    nested = pa.table({
        "id": pa.array([1, 2, 3]),
        "list": pa.array([[1, 2], None, []], pa.list_(pa.int64())),
        "record": pa.array([{"a": 1, "b": {"c": "x"}}] * 3),
        "map": pa.array([[("k", 1)]] * 3, pa.map_(pa.string(), pa.int64())),
        "after": pa.array(["x", None, "z"]),
    })
    pq.write_table(nested, "nested.parquet")
    pq.write_table(pa.table({"when": pa.array([dt.datetime(2020, 1, 1)], pa.timestamp("ns")), "x": [1.5]}), "int96.parquet", use_deprecated_int96_timestamps=True)
    pq.write_table(pa.table({"x": pa.array([], pa.float64()), "s": pa.array([], pa.string())}), "empty.parquet")
    pq.write_table(pa.table({"x": pa.array(["1", "two"])}), "text-among-numbers.parquet")
    pq.write_table(pa.table({"x": pa.array([b"ok", b"\xff\xfe"], pa.binary())}), "not-utf8.parquet")
    pq.write_table(pa.table([pa.array([1]), pa.array([2])], names=["x", "x"]), "twice.parquet")
    pq.write_table(pa.table({"x": pa.array([1.0])}), "lz4.parquet", compression="lz4")
    duckdb.sql(f"copy ({DUCKDB}) to 'duckdb.parquet' (format parquet, codec 'zstd', row_group_size 2048)")
    duckdb.sql(f"copy ({DUCKDB}) to 'duckdb-v2.parquet' (format parquet, parquet_version v2, codec 'snappy', row_group_size 2048)")
    polars.from_arrow(table().drop_columns(["half", "nothing"])).write_parquet("polars.parquet", row_group_size=400, data_page_size=2048)
