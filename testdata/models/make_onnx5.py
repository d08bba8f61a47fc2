"""Makes the `TreeEnsemble` models (ai.onnx.ml 5) of this folder and what onnxruntime says of their rows. Usage, in this folder, after
make.py: python make_onnx5.py

Converters do not write this operator yet, so scikit-learn's trees and random trees of every kind of split are put together here by
onnx.helper. `sums` is what the standard's text says, held against onnxruntime and onnx's own evaluator where these follow it:
onnxruntime 1.32 takes post_transform 1 for LOGISTIC and 2 for SOFTMAX, the other way round than the standard, and cuts fractions off
where it looks for members of a set; onnx 1.23's evaluator knows no post_transform, misreads trees of one leaf, and reads members in the
order of the walk. Both send a missing value down the true branch of BRANCH_NEQ whatever nodes_missing_value_tracks_true says, and so
does `sums`.
"""
import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier

HERE = pathlib.Path(__file__).resolve().parent
LEQ, LT, GTE, GT, EQ, NEQ, MEMBER = range(7)
AVERAGE, SUM, MIN, MAX = range(4)
NONE, SOFTMAX, LOGISTIC, SOFTMAX_ZERO, PROBIT = range(5)


class Lists:
    """The attributes of the operator; trees are nested tuples (feature, mode, split or members, missing, true, false), leaves (target, weight)."""

    def __init__(self, kind):
        self.kind, self.nodes, self.leaves, self.roots, self.members, self.trees = kind, [], [], [], {}, []

    def tree(self, tree):
        self.trees.append(tree)
        if len(tree) == 2:
            leaf = self.leaf(tree)
            self.nodes.append(dict(feature=0, mode=LEQ, split=0.0, missing=0, true=leaf, false=leaf, trueleaf=1, falseleaf=1))
            self.roots.append(len(self.nodes) - 1)
        else:
            self.roots.append(self.node(tree))

    def leaf(self, leaf):
        self.leaves.append(leaf)
        return len(self.leaves) - 1

    def node(self, tree):
        feature, mode, split, missing, true, false = tree
        place = len(self.nodes)
        self.nodes.append(None)
        if mode == MEMBER:
            self.members[place] = split
        children = {}
        for name, child in (("true", true), ("false", false)):
            isleaf = len(child) == 2
            children[name] = self.leaf(child) if isleaf else self.node(child)
            children[name + "leaf"] = int(isleaf)
        self.nodes[place] = dict(feature=feature, mode=mode, split=0.0 if mode == MEMBER else split, missing=missing, **children)
        return place

    def backwards(self):
        """The same trees, their nodes the other way round in the lists."""
        last = len(self.nodes) - 1
        for node in self.nodes:
            for side in ("true", "false"):
                node[side] = node[side] if node[side + "leaf"] else last - node[side]
        self.nodes.reverse()
        self.members = {last - place: found for place, found in self.members.items()}
        self.roots = [last - root for root in self.roots]

    def sums(self, x, targets):
        """What the standard's text says of the trees, in float64."""
        found = np.zeros((len(x), targets))
        for row, values in enumerate(x.astype(self.kind).astype(np.float64)):
            for tree in self.trees:
                while len(tree) > 2:
                    feature, mode, split, missing, true, false = tree
                    value = values[feature]
                    split = [float(self.kind(v)) for v in split] if mode == MEMBER else float(self.kind(split))
                    asked = {LEQ: "value <= split", LT: "value < split", GTE: "value >= split", GT: "value > split",
                             EQ: "value == split", NEQ: "value != split", MEMBER: "value in split"}[mode]
                    yes = (bool(missing) or mode == NEQ) if np.isnan(value) else eval(asked)
                    tree = true if yes else false
                found[row, tree[0]] += float(self.kind(tree[1]))
        return found

    def tensor(self, name, values, kind=None):
        return numpy_helper.from_array(np.array(values, dtype=kind or self.kind), name)

    def attributes(self):
        column = lambda name: [node[name] for node in self.nodes]
        found = dict(
            tree_roots=self.roots, nodes_featureids=column("feature"), nodes_modes=self.tensor("modes", column("mode"), np.uint8),
            nodes_splits=self.tensor("splits", column("split")), nodes_truenodeids=column("true"), nodes_falsenodeids=column("false"),
            nodes_trueleafs=column("trueleaf"), nodes_falseleafs=column("falseleaf"), nodes_missing_value_tracks_true=column("missing"),
            leaf_targetids=[leaf[0] for leaf in self.leaves], leaf_weights=self.tensor("weights", [leaf[1] for leaf in self.leaves]))
        if self.members:
            found["membership_values"] = self.tensor("members", [v for place in sorted(self.members) for v in [*self.members[place], np.nan]])
        return found


def model(lists, targets, after=(), **attributes):
    kind = {np.float32: TensorProto.FLOAT, np.float64: TensorProto.DOUBLE, np.float16: TensorProto.FLOAT16}[lists.kind]
    node = helper.make_node("TreeEnsemble", ["X"], ["Y"], domain="ai.onnx.ml", n_targets=targets, **lists.attributes(), **attributes)
    outputs = [helper.make_tensor_value_info("Y", kind, [None, targets])]
    outputs += [helper.make_tensor_value_info(one.output[0], TensorProto.INT64, [None]) for one in after[-1:]]
    graph = helper.make_graph([node, *after], "g", [helper.make_tensor_value_info("X", kind, [None, 8])], outputs)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("ai.onnx.ml", 5), helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(made)
    return made


EXPECTED = json.loads((HERE / "expected.json").read_text())


def save(file, lists, targets, rows, x, after=(), check=("runtime",), **attributes):
    made = model(lists, targets, after, **attributes)
    (HERE / file).write_bytes(made.SerializeToString())
    session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
    said = dict(runtime=session.run(["Y"], {"X": x.astype(lists.kind)})[0].astype(np.float64),
                evaluator=ReferenceEvaluator(made).run(["Y"], {"X": x.astype(lists.kind)})[0])
    sums = lists.sums(x, targets) / (len(lists.trees) if attributes.get("aggregate_function") == AVERAGE else 1)
    EXPECTED[file] = dict(rows=rows, sums=sums.tolist())
    if "runtime" in check:
        EXPECTED[file]["onnxruntime"] = said["runtime"].tolist()
    for one in check:
        np.testing.assert_allclose(said[one], sums, rtol=1e-5, atol=1e-6)


def read(name):
    lines = (HERE / f"{name}.csv").read_text().splitlines()[1:]
    return np.array([[float(cell) if cell else np.nan for cell in line.split(",")] for line in lines])


def of_sklearn(lists, tree, leaf):
    def nested(i):
        if tree.children_left[i] < 0:
            return leaf(i)
        return (int(tree.feature[i]), LEQ, float(tree.threshold[i]), 0, nested(tree.children_left[i]), nested(tree.children_right[i]))
    lists.tree(nested(0))


def random_tree(random, depth, targets):
    if depth == 0 or (depth < 3 and random.random() < 0.3):
        return (int(random.integers(targets)), float(np.float32(random.normal())))
    feature, mode = int(random.integers(8)), int(random.integers(7))
    split = float(random.choice([-1.0, 0.0, 1.0, 2.0, 2.5, 3.0]))
    if mode == MEMBER:
        split = [float(v) for v in random.choice([-1.0, 1.0, 2.0, 3.0, 4.0, 40.0, 1e6], size=random.integers(1, 5), replace=False)]
    return (feature, mode, split, int(random.integers(2)), random_tree(random, depth - 1, targets), random_tree(random, depth - 1, targets))


def forest(seed, trees, targets, kind, backwards=False, leaf=True):
    random, lists = np.random.default_rng(seed), Lists(kind)
    for _ in range(trees):
        lists.tree(random_tree(random, 4, targets))
    if backwards:
        lists.backwards()
    elif leaf:
        lists.tree((0, 0.25))
    return lists


def write(name, values):
    rows = np.random.default_rng(5).choice(values, size=(60, 8))
    lines = [",".join(f"f{i}" for i in range(8))] + [",".join("" if np.isnan(v) else repr(float(v)) for v in row) for row in rows]
    (HERE / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return rows


def main():
    codes = write("codes", [-1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 40.0, 1e6, np.nan])
    fractions = write("fractions", [-1.5, 0.5, 1.0, 1.5, 2.0, 2.5, 40.5, np.nan])

    cancer, cancer_y = load_breast_cancer(return_X_y=True)
    sugar, sugar_y = load_diabetes(return_X_y=True)
    round3 = lambda x: np.round(x[:, :8].astype(np.float32), 3)
    boosted = GradientBoostingRegressor(n_estimators=5, max_depth=3, random_state=1).fit(round3(sugar), sugar_y)
    lists = Lists(np.float64)
    for one in boosted.estimators_[:, 0]:
        of_sklearn(lists, one.tree_, lambda i, tree=one.tree_: (0, boosted.learning_rate * float(tree.value[i, 0, 0])))
    lists.tree((0, float(boosted.init_.constant_[0, 0])))
    save("ensemble5-regression.onnx", lists, 1, "diabetes", read("diabetes"))

    grown = RandomForestClassifier(n_estimators=5, max_depth=4, random_state=1).fit(round3(cancer), cancer_y)
    lists = Lists(np.float32)
    for one in grown.estimators_:
        for label in range(2):
            of_sklearn(lists, one.tree_, lambda i, tree=one.tree_, label=label: (label, float(tree.value[i, 0, label]) / 5))
    save("ensemble5-classifier.onnx", lists, 2, "cancer", read("cancer"), [helper.make_node("ArgMax", ["Y"], ["L"], axis=1, keepdims=0)], ("runtime", "evaluator"))

    both = ("runtime", "evaluator")
    save("ensemble5-modes.onnx", forest(1, 6, 1, np.float32, leaf=False), 1, "codes", codes, check=both)
    save("ensemble5-modes-double.onnx", forest(2, 6, 3, np.float64), 3, "codes", codes, aggregate_function=AVERAGE)
    save("ensemble5-backwards.onnx", forest(3, 6, 1, np.float32, True), 1, "codes", codes)
    save("ensemble5-fractions.onnx", forest(7, 9, 1, np.float32, leaf=False), 1, "fractions", fractions, check=("evaluator",))
    save("ensemble5-softmax.onnx", forest(4, 8, 3, np.float32), 3, "codes", codes, check=(), post_transform=SOFTMAX)
    save("ensemble5-logistic.onnx", forest(5, 8, 1, np.float32), 1, "codes", codes, check=(), post_transform=LOGISTIC)

    small = lambda kind=np.float32, targets=1: forest(6, 2, targets, kind)
    for file, made in dict(max=model(small(), 1, aggregate_function=MAX), probit=model(small(), 1, post_transform=PROBIT),
                           zero=model(small(targets=2), 2, post_transform=SOFTMAX_ZERO), half=model(small(np.float16), 1),
                           logistics=model(small(targets=2), 2, post_transform=LOGISTIC)).items():
        (HERE / "refused" / f"ensemble5-{file}.onnx").write_bytes(made.SerializeToString())
    (HERE / "expected.json").write_text("{" + ",\n".join(f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in EXPECTED.items()) + "}\n")


main()
