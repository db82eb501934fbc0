# Sourced by every script: where things are, and how the scripts speak.
# shellcheck shell=bash
# shellcheck disable=SC2034  # read by the scripts that source this
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# Everything that a running platform keeps: databases, keys, logs, ports. One folder, one platform.
DATA=${PLATFORM_DATA:-.data}
[[ $DATA == /* ]] || DATA=$ROOT/$DATA

# Tools are shared by all data folders of a checkout.
TOOLS=$ROOT/.data/tools

say() { printf '%s\n' "$*" >&2; }
die() {
    say "error: $*"
    exit 1
}

# A folder that others may pass through but not list secrets from: every secret in it is 0600 or in a 0700 folder.
make_folder() { [[ -d $1 ]] || (umask 022 && mkdir -p "$1"); }

# Random letters and digits, $1 of them. The pipe's reader stops first, so its writer's failure is no failure.
random_text() { { LC_ALL=C tr -dc 'a-zA-Z0-9' </dev/urandom || true; } | head -c "$1"; }

# Writes standard input to $1 in one step, readable by its owner alone when $2 is 600.
write_file() {
    local file=$1 mode=${2:-644} draft
    draft=$(mktemp "$file.XXXXXX")
    cat >"$draft"
    chmod "$mode" "$draft"
    mv -f "$draft" "$file"
}

# The value of a string or a number in a small JSON file that these scripts or the venue wrote.
json_value() { sed -nE 's/.*"'"$2"'"[[:space:]]*:[[:space:]]*"?([^",}]*)"?.*/\1/p' "$1" | head -n 1; }

# Something answers on this port of this machine.
port_taken() {
    (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null || (: <"/dev/tcp/::1/$1") 2>/dev/null
}

next_free_port() {
    local port=$1
    while port_taken "$port"; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

# Runs a command under a lock of its own file, so that two callers do not do the same step at once.
# The command's own children must not keep the lock: descriptor 9 is closed for them.
with_lock() {
    local lock=$1
    shift
    (
        flock -w 120 9 || die "another process has held $lock for two minutes"
        "$@" 9>&-
    ) 9>"$lock"
}
