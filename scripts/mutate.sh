#!/usr/bin/env bash
# Changes the domain in one small way after another and runs its tests each time: what no test notices is listed in the
# report. Hours for all of it; MUTATE names a part, as in MUTATE='**/Markets/Routing/*.cs' make mutate.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$ROOT/tests/Domain.Tests"

dotnet tool restore >&2
dotnet stryker --output "$ROOT/.out/mutate" ${MUTATE:+--mutate "$MUTATE"} "$@"
say "The report: $ROOT/.out/mutate/reports/mutation-report.html"
