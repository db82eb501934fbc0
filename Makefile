# What a person types. Every target does its own set-up; the steps are in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run build test simulate mutate bench codegen codegen-check format lint stop clean wipe

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | \
		while IFS='|' read -r target text; do printf '  make %-14s %s\n' "$$target" "$$text"; done

run: ## Start everything: PostgreSQL, paper venue, platform; Ctrl-C stops it
	@scripts/run.sh

build: ## Build everything, tests included; only what has changed
	@scripts/build.sh all

test: ## Run every test, browser tests included
	@scripts/test.sh

simulate: build ## Run the crash test for long; its size: SIMULATION_ORDERS, SIMULATION_KILLS, SIMULATION_SEED
	@SIMULATION_ORDERS=$${SIMULATION_ORDERS:-2000} SIMULATION_KILLS=$${SIMULATION_KILLS:-120} \
		dotnet run --project tests/Simulation --configuration Release --no-build -- -showLiveOutput
	@COLD_PATH_KILLS=$${COLD_PATH_KILLS:-30} dotnet run --project tests/Workers.Tests --configuration Release --no-build -- \
		-class Platform.Workers.Tests.Markets.Aggregation.ColdPathCrashTests -showLiveOutput

mutate: build ## Change the domain's code in small ways and list the changes that no test notices; a part of it: MUTATE
	@scripts/mutate.sh

bench: build ## Measure, each number against its reference in the same run
	@scripts/bench.sh

codegen: ## Write the code that the bus runs on, after a change of a handler
	@scripts/codegen.sh

codegen-check: ## Fail when that code is stale
	@scripts/codegen.sh check

lint: ## Check the scripts (needs shellcheck)
	@shellcheck scripts/*.sh .ci/run

stop: ## Stop what this checkout has running
	@scripts/stop.sh

clean: stop ## Remove all that was built; data stays
	@rm -rf bin .out src/Web/dist src/Web/node_modules tests/EndToEnd/node_modules tests/Chain/node_modules tests/Chain/contracts.json
	@find src tests -type d \( -name bin -o -name obj \) -not -path '*/node_modules/*' -prune -exec rm -rf {} +

wipe: stop ## Remove the data of this checkout: databases, keys, logs
	@scripts/postgres.sh remove && scripts/postgres.sh remove test-postgres && rm -rf .data
