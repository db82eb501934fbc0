#!/usr/bin/env bash
# Runs the measurements on a PostgreSQL of their own, with the settings that a platform has (the test server has none
# of its safety), empty at the start and gone at the end.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cleanup() { "$ROOT/scripts/postgres.sh" remove bench-postgres; }
trap cleanup EXIT
cleanup
PLATFORM_TEST_DB=$("$ROOT/scripts/postgres.sh" start bench-postgres)
export PLATFORM_TEST_DB
dotnet run --project "$ROOT/tests/Benchmarks" --configuration Release --no-build -- "$@"
