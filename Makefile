# make demo   the whole story on this machine        make test   all tests, with real S3 servers
# make quick  the inner loop                          make help   the rest
SHELL := /bin/bash
.DEFAULT_GOAL := help
JAVA_HOME := $(shell scripts/find-java.sh)
export JAVA_HOME
MVN := mvn -B --no-transfer-progress
QUIET := 2>&1 | grep -v -e 'sun.misc.Unsafe' -e 'Please consider reporting' -e 'terminally deprecated'; exit $${PIPESTATUS[0]}

.PHONY: help build demo test unit quick format generate test-docs bench images test-images clean java

help: ## what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

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

test-docs: build ## every command of README, docs and help, as a reader would type it
	@scripts/test-docs.py

bench: java ## the figures of docs/performance.md
	@scripts/bench.sh

images: build ## the container image as a tar, without a container engine
	@containers/build.sh

test-images: java ## every step in its container, as a pod runs it
	@scripts/test-images.sh

clean: ## remove target/
	@rm -rf target
