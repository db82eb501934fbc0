#!/usr/bin/env bash
# Installs ccxt where it is missing, and measures it: run.sh ADDRESS TRADES WARM_UPS ROUNDS. Its last line is JSON.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
[[ -d node_modules/ccxt ]] || npm install --silent --no-audit --no-fund >&2
exec node --expose-gc trades.mjs "$@"
