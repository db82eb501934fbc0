#!/usr/bin/env bash
# Writes the registry's data files anew from the packages that scripts/registry/package.json pins. After an update of one of
# them: run, look at what changed, commit.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$ROOT/scripts/registry"

npm ci --ignore-scripts --no-audit --no-fund
for file in countries venues chains; do node "$file.mjs"; done
