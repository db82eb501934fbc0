#!/usr/bin/env bash
# Starts the whole platform from this checkout and keeps it running until Ctrl-C:
# what has to be built, PostgreSQL, the paper venue, the platform.
#
# A script that is started in the background has SIGINT ignored and could not trap it: it is set back first.
[[ ${PLATFORM_SIGNALS:-} == default ]] || PLATFORM_SIGNALS=default exec env --default-signal=INT "$0" "$@"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly PLATFORM_PORT=8080 VENUE_PORT=8090
# All that the paper venue lists.
readonly MARKETS=(
    BTC-USDT ETH-USDT BNB-USDT ETH-BTC SOL-USDT XRP-USDT ADA-USDT DOGE-USDT LTC-USDT LINK-USDT AVAX-USDT DOT-USDT
)
# How much there is of what the paper venue trades: as invented as its prices, so that market caps show.
declare -rA SUPPLIES=(
    [BTC]=20000000 [ETH]=120000000 [BNB]=138000000 [SOL]=550000000 [XRP]=60000000000 [ADA]=36000000000
    [DOGE]=152000000000 [LTC]=76000000 [LINK]=700000000 [AVAX]=430000000 [DOT]=1600000000
)
# The platform promises to stop within 15 s; the venue has nothing in flight.
readonly PLATFORM_STOP_SECONDS=20 VENUE_STOP_SECONDS=10 READY_SECONDS=120

own_postgres=
[[ ${Platform__Postgres:-} ]] || own_postgres=yes

prepare_folders() {
    make_folder "$DATA" && make_folder "$DATA/log" && make_folder "$DATA/venue"
    [[ -d $DATA/keys ]] || mkdir -m 700 "$DATA/keys"
}

# The key that secrets are sealed under: whoever loses it has lost them, so it is on disk before anything is sealed.
make_key_encryption_key() {
    [[ ! -f $DATA/keys/kek ]] || return 0
    head -c 32 /dev/urandom | write_file "$DATA/keys/kek" 400
    sync "$DATA/keys/kek" "$DATA/keys"
}

# One run at a time for each data folder. The lock lives as long as this script, so a crash cannot leave it behind;
# no child that lives on may hold it (8>&-).
claim_data_folder() {
    exec 8>"$DATA/run.lock"
    flock -w 2 8 || die "the platform of this data folder is already running: $DATA"
    printf '%s\n' $$ >"$DATA/run.pid"
    rm -f "$DATA/ports.json"
}

stop_programs() {
    stop_process platform "$PLATFORM_STOP_SECONDS"
    stop_process venue "$VENUE_STOP_SECONDS"
}

stop_all() {
    trap '' INT TERM HUP EXIT
    stop_programs
    if [[ $own_postgres ]]; then "$ROOT/scripts/postgres.sh" stop 8>&-; fi
    rm -f "$DATA/run.pid"
}

stop_asked() {
    say "Stopping"
    stop_all
    say "Stopped"
    exit 0
}

# Names what failed and shows its last words; the rest is stopped at the exit.
fail() {
    say "error: $1 $2. The end of $DATA/log/$1.log:"
    tail -n 40 "$DATA/log/$1.log" >&2 || true
    exit 1
}

# In sessions of their own: a Ctrl-C is for this script alone, which stops them one after the other.
run_venue() { exec setsid "$ROOT/bin/papervenue" --port "$1" --data "$DATA/venue"; }
# The links in its letters lead back to it, unless people reach it by another address.
run_platform() {
    ASPNETCORE_URLS=http://localhost:$1 Platform__Mail__PublicUrl=${Platform__Mail__PublicUrl:-http://localhost:$1} \
        exec setsid "$ROOT/bin/platform"
}

# Waits until a program answers at its port. Fails when it ended first.
await_ready() {
    local name=$1 pid=$2 port=$3 path=$4
    for ((tick = 0; tick < READY_SECONDS * 10; tick++)); do
        is_alive "$pid" || return 1
        if listens "$pid" "$port" && http_ok "$port" "$path"; then return 0; fi
        sleep 0.1
    done
    fail "$name" "was not ready within $READY_SECONDS s"
}

# Starts NAME at the first free port from PORT on and prints that port. Another may take it between the look and the
# start: then the program ends, the port is in other hands, and the next one is tried.
launch() {
    local name=$1 port=$2 path=$3 pid
    : >"$DATA/log/$name.log"
    for _ in {1..10}; do
        port=$(next_free_port "$port")
        "run_$name" "$port" >>"$DATA/log/$name.log" 2>&1 </dev/null 8>&- &
        pid=$!
        remember_process "$name" "$pid"
        if await_ready "$name" "$pid" "$port" "$path"; then
            launched_port=$port
            return
        fi
        port_taken "$port" || break
    done
    fail "$name" "ended while it started"
}

start_postgres() {
    [[ $own_postgres ]] || return 0
    Platform__Postgres=$("$ROOT/scripts/postgres.sh" start 8>&-)
    export Platform__Postgres
}

start_venue() {
    launch venue "$VENUE_PORT" /api/v3/ping
    venue_port=$launched_port
    venue_key=$(json_value "$DATA/venue/api-key.json" apiKey)
    venue_secret=$(json_value "$DATA/venue/api-key.json" secretKey)
    export Platform__Venue__RestUrl=http://127.0.0.1:$venue_port Platform__Venue__StreamUrl=ws://127.0.0.1:$venue_port
    export Platform__Venue__KeyFile=$DATA/venue/api-key.json
    # What the paper venue takes of every account.
    export Platform__Venue__MakerRate=0.001 Platform__Venue__TakerRate=0.001
    local number
    for number in "${!MARKETS[@]}"; do export "Platform__Venue__Watch__$number=${MARKETS[number]}"; done
    declare_supplies
}

declare_supplies() {
    local asset supply today
    today=$(date -u +%FT00:00:00Z)
    for asset in "${!SUPPLIES[@]}"; do
        supply=Platform__Heatmap__Supplies__$asset
        export "${supply}__Circulating=${SUPPLIES[$asset]}" "${supply}__Source=invented for the paper venue" "${supply}__At=$today"
    done
}

# The demo user's password is made once and found again.
choose_demo_user() {
    local file=$DATA/demo.json
    if [[ ! -f $file ]]; then
        printf '{"email":"demo@platform.test","password":"%s"}\n' "$(random_text 20)" | write_file "$file" 600
    fi
    Platform__Demo__Email=$(json_value "$file" email)
    Platform__Demo__Password=$(json_value "$file" password)
    export Platform__Demo__Email Platform__Demo__Password
}

start_platform() {
    choose_demo_user
    export Platform__KeyFolder=$DATA/keys Platform__WebRoot=$ROOT/src/Web/dist
    launch platform "$PLATFORM_PORT" /health/ready
    platform_port=$launched_port
}

publish_ports() {
    local postgres_port
    postgres_port=$(sed -nE 's/.*[Pp]ort *= *([0-9]+).*/\1/p' <<<"$Platform__Postgres")
    printf '{"platform":%s,"venue":%s,"postgres":%s}\n' "$platform_port" "$venue_port" "${postgres_port:-5432}" |
        write_file "$DATA/ports.json"
}

greet() {
    cat <<GREETING

The platform is ready: http://localhost:$platform_port

Email:        $Platform__Demo__Email
Password:     $Platform__Demo__Password

Venue:        http://127.0.0.1:$venue_port
Venue key:    $venue_key
Venue secret: $venue_secret

Ctrl-C stops everything. Logs: $DATA/log
GREETING
}

# Nothing is started again behind the operator's back: what dies is named, and the rest is stopped.
watch() {
    local venue platform postgres=
    venue=$(remembered_process venue)
    platform=$(remembered_process platform)
    if [[ $own_postgres ]]; then postgres=$("$ROOT/scripts/postgres.sh" pid); fi
    while sleep 0.5; do
        is_alive "$platform" || fail platform "ended"
        is_alive "$venue" || fail venue "ended"
        [[ -z $postgres ]] || is_alive "$postgres" || fail postgres "ended"
    done
}

prepare_folders
claim_data_folder
make_key_encryption_key
trap stop_all EXIT
trap stop_asked INT TERM HUP
"$ROOT/scripts/build.sh" app 8>&-
stop_programs # What a crashed run left behind.
start_postgres
start_venue
start_platform
publish_ports
greet
watch
