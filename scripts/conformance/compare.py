"""Audits scored tables with primum, asks the peers the same, and compares every number. Usage: compare.py WORK-FOLDER"""
import json
import math
import pathlib
import subprocess
import sys

import composites
import numpy as np
import pandas as pd
import peers
import proxies
import scores

CLOSED = 1e-12  # counts, rates, sums and intervals in closed form
FITTED = 1e-9  # iterative fits, quantiles found by bisection

TABLES = {
    "nhefs, logistic regression": ("testdata/nhefs/scored-logistic-regression.csv", "nhefs.yaml", False),
    "nhefs, XGBoost": ("testdata/nhefs/scored-xgboost.csv", "nhefs.yaml", False),
    "cohort": ("testdata/fairness/cohort.csv", "cohort.yaml", False),
    "cohort, weighted": ("testdata/fairness/cohort.csv", "cohort-weighted.yaml", True),
}
REFERENCES = {"race": {"nhefs": "0", "cohort": "White"}, "sex": {"nhefs": "0", "cohort": "M"}}

# What metrics.json says that none of these tools computes; compared with plain counting below, or with nothing, and why.
COUNTED = {"missing_rate", "label_missing_rate", "prediction_missing_rate"}
# How far apart two numbers can be; without an entry, without end.
SPANS = {"mcc": 2, "cohen_kappa": 2, "gini": 2, "calibration_gap": 2, "class_imbalance": 2} | {
    m: 1 for m in ("auroc", "auprc", "brier", "mean_score", "ece", "mce", "balanced_accuracy", "f1", *scores.SHARES)}


class Ledger:
    """How many numbers of each kind were compared with whom, and how far they were apart at most."""

    def __init__(self):
        self.kinds, self.failures, self.intervals_alone, self.recorded = {}, [], {}, 0

    def add(self, tool, kind, where, ours, theirs, tolerance):
        off = distance(ours, theirs)
        n, worst, _ = self.kinds.get((tool, kind), (0, 0.0, tolerance))
        self.kinds[(tool, kind)] = (n + 1, max(worst, off), tolerance)
        if not off <= tolerance:
            self.failures.append(f"{where}: {kind}: ours {ours}, {tool} {theirs}")

    def alone(self, metric):
        """An interval that none of the tools has."""
        self.intervals_alone[metric] = self.intervals_alone.get(metric, 0) + 1

    def fail(self, where, what):
        self.failures.append(f"{where}: {what}")

    def table(self):
        lines = [("tool", "number", "compared", "largest deviation", "tolerance")]
        for (tool, kind), (n, worst, tolerance) in sorted(self.kinds.items()):
            lines.append((tool, kind, str(n), f"{worst:.1e}", f"{tolerance:.0e}"))
        widths = [max(len(line[i]) for line in lines) for i in range(5)]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def distance(ours, theirs):
    if ours is None or theirs is None:
        return 0.0 if ours is theirs else math.inf
    if isinstance(theirs, (tuple, list, np.ndarray)):
        return max(distance(a, b) for a, b in zip(ours, theirs, strict=True))
    if math.isinf(theirs) or math.isinf(ours):
        return 0.0 if ours == theirs else math.inf
    return abs(ours - theirs) / max(1.0, abs(theirs))


def audit(data, policy, out):
    command = ["./primum", "fairness-audit", f"--data={data}", f"--policy=scripts/conformance/{policy}",
               f"--output-dir={out}", "--on-violation=report"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads((out / "metrics.json").read_text())["metrics"]


def table(data, weighted):
    """The rows with the groups that primum makes of them."""
    frame = pd.read_csv(data, keep_default_na=False)
    if data.startswith("testdata/nhefs"):
        frame = frame.astype({c: int for c in ("race", "sex")})
        frame["age"] = pd.cut(frame.age, [0, 40, 50, 60, 200], right=False, labels=["<40", "[40,50)", "[50,60)", ">=60"]).astype(str)
        attributes = ["race", "sex", "age"]
    else:
        frame["race"] = frame.race.replace("", "<missing>")
        attributes = ["race", "sex", "age_band"]
    if not weighted:
        frame["weight"] = 1.0
    for attribute in attributes:
        frame["group:" + attribute] = attribute + "=" + frame[attribute].astype(str)
    frame["group:race,sex"] = frame["group:race"] + "," + frame["group:sex"]
    return frame, [*attributes, "race,sex"]


class Groups:
    """All groups of a table."""

    def __init__(self, frame, attribute):
        self.frame, self.column = frame, "group:" + attribute
        self.rows = [peers.Rows(part, frame) for _, part in frame.groupby(self.column)]


def groups(frame, attributes):
    everyone = peers.Rows(frame, frame)
    found = {"overall": everyone}
    for attribute in attributes:
        found[attribute] = Groups(frame, attribute)
        for name, part in frame.groupby("group:" + attribute):
            found[name] = peers.Rows(part, frame)
    return found


def is_recorded(measurement, found):
    """What no tool here repeats: a permutation test differs by its draws, so where a cell of SciPy's chi-square expects less than 5
    ours is held to the recorded runs of testdata/fairness."""
    metric, _, rate = measurement["metric"].rstrip("]").partition("[")
    return metric == "homogeneity" and measurement["value"] is not None \
        and composites.homogeneity(found[measurement["group"]].rows, rate) is None


def is_composite(metric):
    return metric.split("@")[0].split("[")[0] in composites.NAMES


def compare(where, measurement, found, ends, ledger):
    """One number of metrics.json against the tools that have it; ends has the intervals of each metric of each group."""
    metric, value, interval = measurement["metric"], measurement["value"], measurement["ci"]
    interval = None if interval is None else [math.inf if end is None else end for end in interval]
    if is_composite(metric):
        if is_recorded(measurement, found):
            ledger.recorded += 1
        else:
            compare_composite(where, measurement, found, interval, ledger)
        return
    group = found[measurement["group"]]
    if metric in peers.RATES:
        reference = found.get(measurement["reference"])
        compare_rate(where, measurement, metric, group, reference, value, interval, ledger)
    elif metric in COUNTED:
        compare_count(where, metric, measurement, group, found, value, ledger)
    elif metric in scores.VALUES or metric.startswith("net_benefit@"):
        reference = found.get(measurement["reference"])
        compare_score(where, measurement, group, reference, interval, ends, ledger)
    else:
        ledger.fail(where, "no peer is asked for this metric: add it to scripts/conformance")


def compare_composite(where, measurement, found, interval, ledger):
    how = measurement["compare"] or ""
    tool, theirs = composite(measurement, found)
    metric = measurement["metric"].split("[")[0]
    if theirs is None:
        if measurement["value"] is not None or not measurement["reason"]:
            ledger.fail(where, f"it has no value here, got {measurement['value']}")
        ledger.add(tool, "no value, and refused", where, None, None, CLOSED)
        return
    ledger.add(tool, f"{metric} {how}".strip(), where, measurement["value"], theirs, FITTED if metric == "homogeneity" else CLOSED)
    if metric == "ks_score" and measurement["value"] is not None:
        ends = composites.band(found[measurement["group"]], found[measurement["reference"]], theirs)
        ledger.add("SciPy", "Kolmogorov band", where, interval, ends, FITTED)
    elif interval is not None:
        ledger.alone(metric)


ASKED = {}  # a tool is asked once, though each mistake is held against its answer


def composite(measurement, found):
    key = (id(found), *(measurement[k] for k in ("metric", "group", "compare", "reference")))
    if key not in ASKED:
        ASKED[key] = ask(measurement, found)
    return ASKED[key]


def ask(measurement, found):
    """(tool, number or None) of a number of several rates, two groups or all groups."""
    metric, _, rate = measurement["metric"].rstrip("]").partition("[")
    place, how = found[measurement["group"]], measurement["compare"]
    reference = found.get(measurement["reference"])
    everyone = found["overall"]
    weighted = bool((everyone.w != 1).any())
    if metric in composites.DISTANCES:
        return composites.distance(place, reference, metric, weighted)
    if metric in composites.ODDS:
        if how == "max_min":
            return composites.span(place.rows, metric)
        tool = "AIF360" if metric == "average_abs_odds" else "Fairlearn"
        return tool, composites.worst(place.rows, reference, metric) if how == "worst" else composites.apart(place, reference, metric)
    if metric in composites.INEQUALITY:
        return composites.inequality(place, metric, weighted)
    if metric in composites.BETWEEN:
        return composites.between(place.rows, metric, weighted, place.frame, place.column)
    if metric in composites.FAIRNESS:
        return composites.differential(place.frame, place.column, metric)
    if metric == "homogeneity":
        return "SciPy", composites.homogeneity(place.rows, rate)
    return of_two(metric, place, reference, how)


def of_two(metric, group, reference, how):
    tool = "scikit-learn" if metric == "treatment_equality" else "AIF360"
    one, other = (None if rows is None else composites.treatment(rows) if metric == "treatment_equality" else composites.half(rows, metric)
                  for rows in (group, reference))
    if one is None or (reference is not None and other is None):
        return tool, None
    if how is None:
        return tool, one
    if how == "difference":
        return tool, one - other if metric == "treatment_equality" else composites.halves(group, reference, metric)
    return tool, None if other <= 0 or one <= 0 else one / other


def compare_rate(where, measurement, metric, group, reference, value, interval, ledger):
    sides = [group] if reference is None else [group, reference]
    if any(peers.counted(rows, metric)[1] == 0 for rows in sides):
        if value is not None or not measurement["reason"]:
            ledger.fail(where, f"0/0 has no value, got {value}")
        tool, stand_in = peers.rate(next(r for r in sides if peers.counted(r, metric)[1] == 0), metric)
        ledger.add(tool, f"0/0 refused where it says {stand_in:g}", where, None, None, CLOSED)
        return
    tool, theirs = peers.rate(group, metric)
    if reference is None:
        ledger.add(tool, metric, where, value, theirs, CLOSED)
        ledger.add("statsmodels", "Wilson interval", where, interval, peers.wilson(group, metric), CLOSED)
        return
    _, base = peers.rate(reference, metric)
    if measurement["compare"] == "difference":
        ledger.add(tool, f"{metric} difference", where, value, theirs - base, CLOSED)
        ledger.add("SciPy", "interval of a difference", where, interval, peers.difference(group, reference, metric), CLOSED)
    elif base == 0:
        if value is not None or not measurement["reason"]:
            ledger.fail(where, f"a ratio over 0 has no value, got {value}")
    else:
        ledger.add(tool, f"{metric} ratio", where, value, theirs / base, CLOSED)
        ledger.add("SciPy", "Donner-Zou interval", where, interval, peers.donner_zou(group, reference, metric), CLOSED)


def compare_score(where, measurement, group, reference, interval, ends, ledger):
    metric, value, how = measurement["metric"], measurement["value"], measurement["compare"]
    tolerance = FITTED if metric in scores.ITERATED else CLOSED
    tool, theirs = scores.value(group, metric)
    base = None if reference is None else scores.value(reference, metric)[1]
    if theirs is None or (reference is not None and base is None):
        if value is not None or not measurement["reason"]:
            ledger.fail(where, f"it has no value here, got {value}")
        ledger.add(tool, "no value, and refused", where, None, None, CLOSED)
    elif how is None:
        ledger.add(tool, metric, where, value, theirs, tolerance)
        tool, limits = scores.interval(group, metric)
        if limits is None:
            ledger.alone(metric)
        else:
            ledger.add(tool, f"{metric} interval", where, interval, limits, max(tolerance, 1e-11))
    elif how == "difference":
        ledger.add(tool, f"{metric} difference", where, value, theirs - base, tolerance)
        compare_mover(where, measurement, interval, ends, ledger)
    elif base <= 0 or theirs < 0 or theirs == 0 and metric not in scores.SHARES:
        if value is not None or not measurement["reason"]:
            ledger.fail(where, f"a ratio needs two numbers above 0, got {value}")
    elif value is None:
        ledger.fail(where, "a ratio of two numbers above 0 has a value")
    else:
        ledger.add(tool, f"{metric} ratio", where, value, theirs / base, CLOSED * max(1, abs(1 / base)))


def compare_mover(where, measurement, interval, ends, ledger):
    """Zou and Donner's difference of the two intervals that metrics.json itself has; of shares, without their skewness."""
    metric, span = measurement["metric"], SPANS.get(measurement["metric"], math.inf)
    (one, a), (other, b) = ends[metric, measurement["group"]], ends[metric, measurement["reference"]]
    if metric in ("representation", "predicted_positive_share"):
        a, b = (peers.ends(share, wilson_rows(share, limits)) for share, limits in ((one, a), (other, b)))
    low = one - other - math.hypot(one - a[0], b[1] - other)
    high = one - other + math.hypot(a[1] - one, other - b[0])
    ledger.add("arithmetic", "difference interval of two", where, interval, [max(-span, low), min(span, high)], 1e-11)


def wilson_rows(share, limits):
    """The rows on which Wilson's interval of a share has these ends, from the end that is farther from it."""
    end = max(limits, key=lambda limit: abs(limit - share))
    return scores.Z**2 * end * (1 - end) / (end - share) ** 2


def compare_count(where, metric, measurement, group, found, value, ledger):
    if measurement["compare"] is not None:
        return
    everyone = found["overall"]
    theirs = {
        "label_missing_rate": lambda: 0.0, "prediction_missing_rate": lambda: 0.0,
        "missing_rate": lambda: group.w.sum() / everyone.w.sum(),
    }[metric]()
    ledger.add("pandas", metric, where, value, theirs, CLOSED)


def ends_of(measurements):
    """Value and interval of each metric of each group."""
    return {(m["metric"], m["group"]): (m["value"], [math.inf if end is None else end for end in m["ci"]])
            for m in measurements if m["compare"] is None and m["ci"] is not None}


def missed_mistakes(measurements, found, ends):
    """Shows the comparison one mistake a number, and counts those it did not find: it has to find all."""
    missed = []
    for m in measurements:
        if m["group"] not in found or (m["metric"] in COUNTED and m["compare"]) or is_composite(m["metric"]) and is_recorded(m, found):
            continue
        wrong = [dict(m, value=0.0)] if m["value"] is None else [dict(m, value=m["value"] + 1e-6 * max(1, abs(m["value"]))), dict(m, value=None)]
        if m["ci"] is not None and m["metric"] in peers.RATES:
            wrong.append(dict(m, ci=[None if end is None else end + 1e-6 for end in m["ci"]]))
        for mistake in wrong:
            ledger = Ledger()
            compare("", mistake, found, ends, ledger)
            if not ledger.failures:
                missed.append(f"{m['metric']} {m['compare'] or ''} {m['group']}: {mistake['value']} {mistake['ci']} for {m['value']} {m['ci']}")
    return missed


def main():
    work, ledger, numbers, missed = pathlib.Path(sys.argv[1]), Ledger(), 0, []
    for name, (data, policy, weighted) in TABLES.items():
        print(f"conformance: {name}", file=sys.stderr)
        measurements = audit(data, policy, work / name.replace(", ", "-").replace(" ", "-"))
        frame, attributes = table(data, weighted)
        found = groups(frame, attributes)
        ends = ends_of(measurements)
        missed += missed_mistakes(measurements, found, ends)
        for m in measurements:
            numbers += 1
            where = f"{name}: {m['metric']} {m['compare'] or ''} {m['group']}"
            if m["group"] not in found and m["metric"] == "missing_rate":
                found_value = 0.0  # nobody lacks the attribute
                ledger.add("pandas", "missing_rate", where, m["value"], found_value, CLOSED)
            else:
                compare(where, m, found, ends, ledger)
    print("conformance: proxies", file=sys.stderr)
    numbers += proxies.compare(audit(proxies.DATA, proxies.POLICY, work / "proxies"), ledger)
    print(ledger.table())
    print(f"{numbers} numbers of metrics.json, {len(ledger.failures)} not as the peers have them")
    print(f"{ledger.recorded} p-values of homogeneity are permutation tests, held to recorded runs")
    print("Intervals that none of these tools has:", ", ".join(f"{m} {n}" for m, n in sorted(ledger.intervals_alone.items())))
    print(f"{len(missed)} mistakes of 1e-6, or of a number that is none, were not found")
    for mistake in missed[:40]:
        print("NOT FOUND", mistake)
    for failure in ledger.failures[:40]:
        print("FAILED", failure)
    sys.exit(1 if ledger.failures or missed else 0)


main()
