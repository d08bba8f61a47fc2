# Generated from the command line by `make generate`; a test fails when it is stale.
"""What the functions know of their steps."""

VERSION = "0.1.0"
IMAGE = "primum.local/primum:0.1.0"
NEVER_CACHED = frozenset(
    {
        "dp-noise",
        "fairness-audit",
        "gate",
        "promote",
        "record",
        "rollback",
    }
)
RETRIED = frozenset(
    {
        "fairness-merge",
        "fairness-tally",
        "score",
        "shap-batch",
        "shap-merge",
        "train",
    }
)
