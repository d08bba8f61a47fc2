"""Values of groups that become known together, and interactions of the probability: by enumeration of all coalitions.

Reads the models, rows and backgrounds that make_fixtures.py left and writes beside them:
  a_xgb_binary/expected_groups_together.json              groups of groups.yaml as players, margin and probability, 12 rows
  a_xgb_binary/expected_interactions_probability.json     half of the Shapley interaction index of the probability, 6 rows
  i_linear_logistic/expected_groups_correlated.json       groups x1+x6 and x2+x3+x4, summed and as players, 12 rows
Needs NumPy and oracle.py.  python make/make_coalitions.py, in testdata/shap.
"""
import csv, json, platform
import numpy as np
import oracle as O

VERSIONS = dict(numpy=np.__version__, python=platform.python_version())


def table(path, dtype):
    lines = list(csv.reader(open(path)))
    return lines[0][1:], np.array([[np.nan if cell == '' else float(cell) for cell in line[1:]] for line in lines[1:]], dtype=dtype)


def sigmoid(margin):
    return 1 / (1 + np.exp(-margin))


def players(names, groups):
    """One a group, where its first feature stands, and one for each feature of no group: names and bit masks."""
    of = {feature: group for group, members in groups.items() for feature in members}
    masks = {}
    for bit, name in enumerate(names):
        group = of.get(name, name)
        masks[group] = masks.get(group, 0) | 1 << bit
    return list(masks), list(masks.values())


def quotient(v, masks):
    """The game whose players are the groups (Owen 1977): a coalition of groups is worth that of all their features."""
    union = np.zeros(1 << len(masks), int)
    for player, mask in enumerate(masks):
        union[(np.arange(1 << len(masks)) >> player & 1) == 1] |= mask
    return v[..., union]


def write(path, mode, truth, **numbers):
    meta = dict(script='make/make_coalitions.py', versions=VERSIONS, mode=mode, truth=truth)
    listed = {key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in numbers.items()}
    json.dump(dict(meta=meta, **listed), open(path, 'w'), separators=(',', ':'))


def trees():
    names, rows = table('a_xgb_binary/rows.csv', np.float32)
    _, background = table('a_xgb_binary/background.csv', np.float32)
    model, base = O.xgb_trees('a_xgb_binary/model.json')
    count = len(names)
    margin = O.v_interv(model, base, rows[:12], background, count, 1)[:, 0]
    probability = O.v_interv(model, base, rows[:12], background, count, 1, link=sigmoid)[:, 0]
    groups, masks = players(names, dict(blood=['hb_z', 'na_z', 'k_z'], circulation=['sbp_z', 'crp']))
    numbers = dict(names=groups)
    for space, v in (('margin', margin), ('probability', probability)):
        game = quotient(v, masks)
        numbers[space] = dict(
            base_value=float(v[0, 0]),
            phi=O.shapley_from_v(game, len(masks)).tolist(),
            interactions=O.interactions_from_v(game[:6], len(masks)).tolist())
    truth = 'float64 enumeration of all 2^12 feature subsets on all 100 background rows'
    write('a_xgb_binary/expected_groups_together.json', 'interventional, groups of groups.yaml as players', truth, **numbers)
    write('a_xgb_binary/expected_interactions_probability.json', 'interventional interactions of the probability', truth,
          names=names, base_value=float(probability[0, 0]), interactions=O.interactions_from_v(probability[:6], count))


def linear():
    names, rows = table('i_linear_logistic/rows.csv', np.float64)
    _, background = table('i_linear_logistic/background.csv', np.float64)
    model = json.load(open('i_linear_logistic/model.json'))
    weights, rows, count = np.array(model['coef']), rows[:12], len(names)
    mean, covariance = background.mean(0), np.cov(background, rowvar=False)
    v = np.zeros((len(rows), 1 << count))
    for subset in range(1 << count):
        known = [j for j in range(count) if subset >> j & 1]
        rest = [j for j in range(count) if not subset >> j & 1]
        expected = np.tile(mean, (len(rows), 1))
        expected[:, known] = rows[:, known]
        if known and rest:
            slopes = np.linalg.solve(covariance[np.ix_(known, known)], covariance[np.ix_(known, rest)])
            expected[:, rest] = mean[rest] + (rows[:, known] - mean[known]) @ slopes
        v[:, subset] = expected @ weights + model['intercept']
    groups, masks = players(names, dict(a=['x1', 'x6'], b=['x2', 'x3', 'x4']))
    single = O.shapley_from_v(v, count)
    summed = np.stack([single[:, [j for j in range(count) if mask >> j & 1]].sum(-1) for mask in masks], -1)
    write('i_linear_logistic/expected_groups_correlated.json', 'linear correlated, groups a and b', 'float64 enumeration of all 2^8 subsets',
          names=groups, sum=summed, together=O.shapley_from_v(quotient(v, masks), len(masks)))


trees()
linear()
