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

# The sockets that listen on a TCP port of this machine, on whichever address: their inodes, one a line.
listeners() {
    local suffix address state inode
    suffix=$(printf ':%04X' "$1")
    while read -r _ address _ state _ _ _ _ _ inode _; do
        if [[ $address == *"$suffix" && $state == 0A ]]; then printf '%s\n' "$inode"; fi
    done < <(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null)
}

port_taken() { [[ $(listeners "$1") ]]; }

next_free_port() {
    local port=$1
    while port_taken "$port"; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

# Whether a port's listener is this process, and not another that was quicker.
listens() {
    local pid=$1 port=$2 inode
    while read -r inode; do
        [[ $(find "/proc/$pid/fd" -lname "socket:\[$inode\]" -print -quit 2>/dev/null) ]] && return
    done < <(listeners "$port")
    return 1
}

# Whether http://localhost:PORT/PATH answers 200; in bash alone, as a new machine has no client for it.
http_ok() {
    local port=$1 path=$2 status=
    {
        printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$path" >&7 && IFS= read -r -t 5 status <&7
    } 2>/dev/null 7<>"/dev/tcp/127.0.0.1/$port"
    [[ $status == *' 200 '* ]]
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

# A field of /proc/PID/stat, counted from after the program's name; nothing when there is no such process.
process_field() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f "$2" || true; }

# A process is known by its id and the moment it started, as ids come round again.
started_at() { process_field "$1" 20; }
remember_process() { printf '%s %s\n' "$2" "$(started_at "$2")" >"$DATA/$1.pid"; }

# Prints the id of the process remembered by this name when it still runs.
remembered_process() {
    local pid started
    [[ -f $DATA/$1.pid ]] || return 0
    read -r pid started <"$DATA/$1.pid"
    if [[ $started && $(started_at "$pid") == "$started" ]]; then printf '%s\n' "$pid"; fi
}

# A dead process that its parent has not asked about yet (Z) is dead.
is_alive() { [[ $(process_field "$1" 1) == [^ZX] ]]; }

# SIGTERM, and SIGKILL for what has not ended after the seconds given.
stop_process() {
    local pid seconds=$2
    pid=$(remembered_process "$1")
    if [[ $pid ]]; then
        kill -TERM "$pid" 2>/dev/null || true
        for ((tick = 0; tick < seconds * 10; tick++)); do
            is_alive "$pid" || break
            sleep 0.1
        done
        if is_alive "$pid"; then
            say "The $1 did not stop within $seconds s: killed"
            kill -KILL "$pid" 2>/dev/null || true
        fi
    fi
    rm -f "$DATA/$1.pid"
}
