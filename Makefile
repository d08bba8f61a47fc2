# make demo   the whole story on this machine        make test   all tests, with real S3 servers
# make quick  the inner loop                          make help   the rest
SHELL := /bin/bash
.DEFAULT_GOAL := help
JAVA_HOME := $(shell scripts/find-java.sh)
export JAVA_HOME
MVN := mvn -B --no-transfer-progress
QUIET := 2>&1 | grep -v -e 'sun.misc.Unsafe' -e 'Please consider reporting' -e 'terminally deprecated'; exit $${PIPESTATUS[0]}

# Every target is one.
.PHONY: $(shell sed -n 's/^\([a-z0-9-]*\):.*/\1/p' Makefile)

help: ## what there is to make
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

java:
	@test -n "$(JAVA_HOME)"

build: java ## target/primum.jar, checked by Error Prone and NullAway, without tests
	@$(MVN) -q -DskipTests package $(QUIET)
	@scripts/start-cache.sh

demo: java ## the release train of a readmission model, on the embedded directory store
	@pipelines/local/release.sh

test: java ## every test, against real S3 servers that are started and stopped here
	@scripts/test.sh

unit: java ## the tests that need no server and no patience
	@$(MVN) verify -Dtest.excludedGroups='server | slow' $(QUIET)

quick: java ## compile and the fast tests
	@$(MVN) -q -Dquick test -DforkCount=2 $(QUIET)

format: java ## sources as the build wants them
	@$(MVN) -q spotless:apply $(QUIET)

generate: build ## what is made from the command line: pages, templates, components
	@PRIMUM_NO_BUILD=1 ./primum describe --write=. >/dev/null
	@scripts/chart-files.sh

chart: ## the Helm chart as one file in target/chart, the same bytes from the same commit
	@scripts/chart-package.sh

lint-chart: ## the chart and the kustomization against types, rules and the plain files, without a cluster
	@scripts/lint-chart.sh

e2e-chart: ## the chart on the cluster of scripts/rig: install, helm test, upgrade, tenants, uninstall; four minutes
	@scripts/e2e/chart.sh

test-docs: build ## every command of README, docs and help, as a reader would type it
	@scripts/test-docs.py

lint: ## the Argo and Kubernetes files, against the tools that read them, and the shell scripts
	@scripts/rig/lint.sh
	@scripts/rig/lint-selftest.sh

cluster: ## a real Kubernetes with Argo Workflows and S3 on this machine, see docs/cluster.md
	@scripts/rig/cluster.sh up

cluster-test: cluster ## that the cluster does what the templates rest on
	@scripts/rig/smoke.sh

cluster-down: ## stop all of the cluster
	@scripts/rig/cluster.sh down

conformance: build ## our audit against Fairlearn, AIF360, scikit-learn and statsmodels, our explanations against XGBoost, LightGBM, shap and woodelf, run here and now
	@PRIMUM_NO_BUILD=1 scripts/conformance.sh

simulate: java ## docs/fairness-simulations.md: what the decisions of an audit promise, on cohorts drawn at random
	@scripts/simulate.sh

bench: java ## the figures of docs/performance.md: prints those of the steps, writes those of the audit beside other tools
	@scripts/bench.sh
	@scripts/bench-fairness.sh
	@scripts/bench-shap.sh

bench-shap: java ## explanations beside XGBoost, LightGBM, shap and woodelf; half an hour, and Python 3.12
	@scripts/bench-shap.sh

bench-fairness: java ## the audit beside DuckDB, Polars, Fairlearn, AIF360 and Aequitas; five minutes
	@scripts/bench-fairness.sh

images: build ## the container image as a tar, without a container engine
	@containers/build.sh

test-images: java ## every step in its container, as a pod runs it
	@scripts/test-images.sh

e2e-kfp: java ## the pipelines of Kubeflow, with its SDK and a container engine
	@scripts/e2e/kfp.sh

lint-ci: java ## the examples of pipelines/ci, each by its platform's own linter, schema or validation
	@scripts/lint-ci.sh

e2e-ci: build ## the shell of those examples, run on a model that passes and on one that is refused
	@scripts/e2e/ci.sh

e2e-argo: ## the release train in real pods under a real Argo controller, with faults
	@scripts/e2e/argo.sh

clean: ## remove target/
	@rm -rf target
