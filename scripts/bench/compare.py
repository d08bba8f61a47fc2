"""Runs the audit and other tools in turn on the same files, and writes what it saw into docs/performance.md.

compare.py CACHE. Whole processes: start, imports, reading, counting, results. BENCH_ROWS and BENCH_SMALL are the rows of the two
files, BENCH_RUNS the rounds; tools that take a minute run fewer. Every number a tool gives is held against ours first.
"""
import dataclasses
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
HOME = HERE.parent.parent
PAGE = HOME / "docs/performance.md"
BEGIN, END = "<!-- The audit beside other tools: begin, written by scripts/bench-fairness.sh -->\n", "<!-- The audit beside other tools: end -->\n"
ROWS = int(os.environ.get("BENCH_ROWS", 10_000_000))
SMALL = int(os.environ.get("BENCH_SMALL", 1_000_000))
RUNS = int(os.environ.get("BENCH_RUNS", 5))
HEAP = "-Xmx512m"
THREADS = 2
BOOTSTRAP_ROWS, REPLICATES = 20_000, 100
RATES = ("selection_rate", "tpr", "fpr")


@dataclasses.dataclass(frozen=True)
class Run:
    wall: float
    cpu: float
    memory: int
    load: float


@dataclasses.dataclass
class Entry:
    """A command that is timed, and how its answer is read: rows counted, or rates by race."""

    name: str
    command: list
    answer: object
    rounds: int = RUNS
    runs: list = dataclasses.field(default_factory=list)

    def wall(self):
        return statistics.median(run.wall for run in self.runs)

    def cpu(self):
        return statistics.median(run.cpu for run in self.runs)

    def row(self):
        walls = [run.wall for run in self.runs]
        each = " ".join(f"{wall:.2f}" for wall in walls)
        return f"| {self.name} | {min(walls):.2f} / {self.wall():.2f} | {self.cpu():.2f} | {max(run.memory for run in self.runs)} | {each} |"


def say(text):
    print(text, file=sys.stderr, flush=True)


def measure(command):
    load = os.getloadavg()[0]
    environment = dict(os.environ, JAVA_OPTS=HEAP, PRIMUM_NO_BUILD="1", POLARS_MAX_THREADS=str(THREADS), OMP_NUM_THREADS=str(THREADS), OPENBLAS_NUM_THREADS=str(THREADS))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as log:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=log, env=environment, cwd=HOME)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 20, 21):
            log.seek(0)
            sys.exit(f"{' '.join(map(str, command))} exited {process.returncode}:\n{log.read().decode()[-2000:]}")
        out.seek(0)
        lines = out.read().decode().splitlines()
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, load), lines


def alternate(title, entries):
    """Each round runs each tool once, so that a noisy moment strikes all; the first round warms the file cache and is dropped."""
    expected = {}
    for turn in range(max(entry.rounds for entry in entries) + 1):
        for entry in entries:
            if turn > entry.rounds or (turn == 0 and entry.rounds < RUNS):
                continue
            run, lines = measure(entry.command)
            say(f"{title}, round {turn}, {entry.name}: {run.wall:.2f} s, CPU {run.cpu:.2f} s, {run.memory} MB, load {run.load:.2f}")
            require_agreement(entry, expected, entry.answer(lines))
            if turn > 0:
                entry.runs.append(run)
    return entries


def require_agreement(entry, expected, answer):
    for key, value in answer.items():
        wanted = expected.setdefault(key, value)
        if abs(value - wanted) > 1e-9 * max(1, abs(wanted)):
            sys.exit(f"{entry.name} says {key} is {value}, another tool {wanted}; these figures must not be compared")


def peer_answer(lines):
    found = json.loads(lines[-1])
    if "rows" in found:
        return {"rows": found["rows"]}
    return {(race, rate): value for race, rates in found.items() for rate, value in rates.items()}


def audit(data, policy, output, what):
    command = ["./primum", "fairness-audit", f"--data={data}", f"--policy={HERE / policy}", f"--output-dir={output}", "--overwrite"]

    def answer(_):
        metrics = json.loads((output / "metrics.json").read_text())["metrics"]
        alone = [m for m in metrics if m["compare"] is None]
        if what == "rows":
            return {"rows": next(m["n"] for m in alone if m["group"] == "overall" and m["metric"] == "selection_rate")}
        rates = {}
        for m in alone:
            race = m["group"].partition("race=")[2]
            if race and "," not in race and m["metric"] in RATES:
                rates[race, m["metric"]] = m["value"]
        return rates

    return Entry("`primum fairness-audit`", command, answer)


def tally(data, policy, output):
    command = ["./primum", "fairness-tally", f"--data={data}", f"--policy={HERE / policy}", f"--output-dir={output}", "--overwrite"]
    return Entry("`primum fairness-tally`, the counts", command, lambda lines: {"rows": int(lines[0].split(" rows")[0].replace(",", ""))})


def peer(name, task, *arguments, rounds=RUNS, answer=peer_answer):
    return Entry(name, [sys.executable, str(HERE / "peers.py"), task, *map(str, arguments)], answer, rounds)


def table(entries):
    head = "| what | wall s (min / median) | CPU s (median) | memory MB | wall s, every run |\n|---|---|---|---|---|\n"
    return head + "\n".join(entry.row() for entry in entries) + "\n"


def data_file(cache, rows):
    path = cache / "data" / f"scored-{rows}.parquet"
    if not path.exists():
        say(f"writing {rows:,} rows to {path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        subprocess.run([sys.executable, HERE / "generate.py", str(rows), part], check=True)
        part.rename(path)
    return path


def csv_file(parquet):
    path = parquet.with_suffix(".csv")
    if not path.exists():
        import duckdb

        part = path.with_suffix(".csv.part")
        duckdb.sql(f"copy (from '{parquet}') to '{part}' (format csv, header)")
        part.rename(path)
    return path


def versions():
    pins = dict(line.split("==") for line in (HERE / "requirements.txt").read_text().split())
    return ", ".join(f"{name} {pins[name]}" for name in ("duckdb", "polars", "fairlearn", "aif360", "aequitas", "pandas", "pyarrow"))


def machine():
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {processor.group(1) if processor else 'unknown processor'}"


def loads(*tables):
    every = [run.load for entries in tables for entry in entries for run in entry.runs]
    return f"{min(every):.1f} to {max(every):.1f}"


def goal(text, value, limit, lower=True):
    met = value <= limit if lower else value >= limit
    return f"| {text} | {value:.2f} | {'at most' if lower else 'at least'} {limit:g} | {'met' if met else '**not met**'} |"


def lost(ours, entries):
    """The rows of the same table where another tool needs less than ours."""
    others = [entry for entry in entries if "primum" not in entry.name]
    for entry in others:
        if entry.wall() < ours.wall():
            yield f"* {entry.name}: {entry.wall():.2f} s against our {ours.wall():.2f} s"
        if max(r.memory for r in entry.runs) < max(r.memory for r in ours.runs):
            yield f"* {entry.name}: {max(r.memory for r in entry.runs)} MB against our {max(r.memory for r in ours.runs)} MB"


def section(large, csv, small, boot, draw):
    counts, duck, fairlearn = large[1], large[2], small[1]
    # One bootstrap replicate measures every row once more, so its cost is taken as linear in rows and replicates.
    replicate = boot.cpu() / (REPLICATES + 1) / BOOTSTRAP_ROWS
    extrapolated = replicate * SMALL * (REPLICATES + 1)
    ours_small = small[0]
    return f"""## The audit beside other tools
Measured by `make bench` (`scripts/bench-fairness.sh`): whole processes from start to result, in turn within each round, after a round
that is dropped. Before a run is timed its answer is held against ours: rows counted, and rates by race to nine digits.

{machine()}; load average before the runs {loads(large, csv, small, [boot])}. Java heap {HEAP}, {THREADS} threads each.
{versions()}. Data: label, score, prediction, weight, race (5), sex (2), age_band (5), site (12), drawn by
`scripts/bench/generate.py` with a fixed seed; Parquet, snappy, row groups of a million.

### {ROWS:,} rows, Parquet: counts, weights and sums of scores in every combination of four attributes, and a score histogram
{table(large)}
Ours adds what the others leave to the reader: the SHA-256 of the file, intervals and decisions with multiplicity, the report and the
tally that merges bit for bit. It counts the histogram by each group that is audited, the others by every combination, which is what
costs them least. DuckDB and Polars add doubles in the order of their threads; their last digits vary from run to run.

### {SMALL:,} rows, CSV: the same
{table(csv)}
### {SMALL:,} rows, Parquet: rates by race
{table(small)}
### Intervals
Fairlearn's come from a bootstrap over rows, ours from closed forms in the same run. `MetricFrame(n_boot={REPLICATES})` on {BOOTSTRAP_ROWS:,} rows took
{boot.cpu():.1f} CPU seconds and {boot.wall():.1f} s; on {SMALL:,} rows that makes {extrapolated:,.0f} CPU seconds, **extrapolated** linearly in the rows, not run.

### Goals
| what | ratio | goal | |
|---|---|---|---|
{goal(f"wall of the counts, `fairness-tally` over DuckDB, {ROWS:,} rows", counts.wall() / duck.wall(), 2)}
{goal(f"wall of the whole audit over DuckDB's counts, {ROWS:,} rows", large[0].wall() / duck.wall(), 2)}
{goal("wall of intervals, decisions, report and files, seconds more than the counts", large[0].wall() - counts.wall(), 0.3)}
{goal(f"wall of {SMALL:,} rows, process start to report, seconds", ours_small.wall(), 2)}
{goal(f"CPU, Fairlearn over ours, {SMALL:,} rows, the same rates", fairlearn.cpu() / ours_small.cpu(), 20, lower=False)}
{goal("CPU, Fairlearn with bootstrap intervals (extrapolated) over ours", extrapolated / ours_small.cpu(), 1000, lower=False)}

### Where others need less
{chr(10).join([*lost(large[0], large), *lost(csv[0], csv), *lost(small[0], small)] ) or "Nowhere in these runs."}
"""


def write(text):
    page = PAGE.read_text()
    begin = page.find(BEGIN)
    if begin < 0:
        page, begin, end = page.rstrip("\n") + "\n\n", len(page.rstrip("\n")) + 2, len(page.rstrip("\n")) + 2
    else:
        end = page.index(END) + len(END)
    PAGE.write_text(page[:begin] + BEGIN + text + END + page[end:])


def main(cache):
    with tempfile.TemporaryDirectory(prefix="primum-bench.") as work:
        draw = pathlib.Path(work) / "audit"
        big, few = data_file(cache, ROWS), data_file(cache, SMALL)
        csv = csv_file(few)
        large = alternate(f"{ROWS:,} rows", [
            audit(big, "all-columns.yaml", draw, "rows"),
            tally(big, "all-columns.yaml", pathlib.Path(work) / "tally"),
            peer("DuckDB, the same counts", "duckdb", big, THREADS),
            peer("DuckDB, counts without weights and scores", "duckdb_counts", big, THREADS),
            peer("Polars, streaming, the same counts", "polars", big),
        ])
        texts = alternate(f"{SMALL:,} rows of CSV", [
            audit(csv, "all-columns.yaml", draw, "rows"),
            peer("DuckDB, the same counts", "duckdb", csv, THREADS),
        ])
        small = alternate(f"{SMALL:,} rows", [
            audit(few, "race.yaml", draw, "rates"),
            peer("Fairlearn: MetricFrame of 7 metrics, 3 differences", "fairlearn", few, rounds=min(RUNS, 3)),
            peer("Fairlearn: MetricFrame alone", "fairlearn_metricframe", few, rounds=min(RUNS, 3)),
            peer("AIF360: four pairs, 7 metrics and 3 rates", "aif360", few),
            peer("Aequitas: crosstabs and disparities", "aequitas", few),
        ])
        [boot] = alternate("bootstrap", [
            peer("Fairlearn, bootstrap", "fairlearn_bootstrap", few, BOOTSTRAP_ROWS, REPLICATES, rounds=1, answer=lambda _: {}),
        ])
    write(section(large, texts, small, boot, draw))
    say(f"written to {PAGE}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
