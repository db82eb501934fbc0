#!/usr/bin/env bash
# Stops what this checkout has running: a platform in another terminal, what a crash left behind, the test server.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# A script that runs stops its own programs, in order.
stop_run() {
    local pid
    [[ -f $DATA/run.pid ]] || return 0
    if ! flock -n "$DATA/run.lock" true; then
        pid=$(<"$DATA/run.pid")
        kill -TERM "$pid"
        flock -w 60 "$DATA/run.lock" true || die "the platform (process $pid) did not stop"
    fi
    rm -f "$DATA/run.pid"
}

[[ -d $DATA ]] || exit 0
stop_run
stop_process platform 20
stop_process venue 10
for instance in postgres test-postgres; do "$ROOT/scripts/postgres.sh" stop "$instance"; done
