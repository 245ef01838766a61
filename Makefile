# Dr. Assistant. `make help` lists what can be done.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help run portal test e2e bench bench-drafting bench-search check clean

# Passed on to the portal or the benchmark, for example:
#   make run ARGS='--urls=http://localhost:5090 --Clinic:DataFolder=/some/folder'
ARGS ?=

# The time zones of `make test`. In the second and third run what is about days and hours; EVERY_ZONE=1 runs everything in each of them.
ZONES ?= UTC Asia/Kolkata America/New_York
EVERY_ZONE ?= 0
export ZONES EVERY_ZONE

help: ## List these targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{ printf "  make %-15s %s\n", $$1, $$2 }'

run: ## Start the portal on http://localhost:5080 (installs PostgreSQL if it is missing; ARGS='--urls=... --Clinic:DataFolder=...')
	@exec build/run.sh --urls=http://localhost:5080 $(ARGS)

portal: ## Run one of the portal's commands, for example ARGS='import-fhir FOLDER'
	@exec build/run.sh $(ARGS)

test: ## Build, run every test, and close with the counts (ZONES=..., EVERY_ZONE=1)
	@exec build/test.sh

e2e: ## Run only the end-to-end specifications against a published portal (ARGS='-class "*Name"')
	@build/packages.sh e2e
	@dotnet build e2e -c Release -nologo -v quiet
	@portal=$$(build/publish.sh) && DRASSISTANT_PORTAL=$$portal exec dotnet e2e/bin/Release/net10.0/DrAssistant.E2e.dll -noLogo $(ARGS)

bench: ## Measure, each way against its floor in the same run
	@build/packages.sh e2e
	@dotnet build bench -c Release -nologo -v quiet
	@portal=$$(build/publish.sh) && DRASSISTANT_PORTAL=$$portal exec dotnet bench/bin/Release/net10.0/DrAssistant.Bench.dll $(ARGS)

bench-drafting: ## Measure drafts of notes against doctors' own (DATA=folder with aci-bench-valid.csv and mts-dialog-valid.csv)
	@dotnet build bench -c Release -nologo -v quiet
	@DRASSISTANT_DIALOGUES=$(or $(DATA),$(DRASSISTANT_DIALOGUES)) exec dotnet bench/bin/Release/net10.0/DrAssistant.Bench.dll drafting

bench-search: ## Measure how many of a list of misspelt names are found (QUERIES=file.csv with the columns query and expected name)
	@dotnet build bench -c Release -nologo -v quiet
	@DRASSISTANT_QUERIES=$(abspath $(QUERIES)) exec dotnet bench/bin/Release/net10.0/DrAssistant.Bench.dll search

check: ## What a change must pass before it is tested: warnings, layout, scripts, the compose file
	@dotnet build DrAssistant.Portal.sln -c Release -m -nologo -v quiet
	@! git grep -nIP '[ \t\r]+$$' -- '*.cs' '*.razor' '*.css' '*.js' '*.sql' '*.sh' '*.yml' '*.csproj' '*.props' '*.targets' || { echo "Blanks at the end of a line." >&2; exit 1; }
	@for script in build/*.sh .ci/run; do bash -n $$script || exit 1; done
	@build/check-compose.sh

clean: ## Remove what was built; data/ stays
	@rm -rf out TestResults DrAssistant.Portal/wwwroot/_framework
	@find . -path ./.git -prune -o \( -name bin -o -name obj \) -type d -prune -exec rm -rf {} +
