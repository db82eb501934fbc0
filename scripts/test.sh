#!/usr/bin/env bash
# Runs every test, after every set-up step that they need. Ends with the line "N passed, N failed".
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$ROOT"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# The tests start many short processes: what their code is like is not worth a look before it is compiled better.
export DOTNET_TieredPGO=0

readonly OUT=$ROOT/.out/test
readonly END_TO_END_DATA=$ROOT/.data/end-to-end
own_server=
end_to_end_run=
passed=0 failed=0 skipped=0
summary=
failures=

# Adds a suite's counts to the sum.
count() {
    local suite=$1
    summary+=$(printf '%-24s %5d passed %5d failed %5d skipped' "$suite" "$2" "$3" "$4")$'\n'
    passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

# A suite that cannot say what it ran has failed, and so has one that ended badly with no failed test.
count_or_fail() {
    local suite=$1 status=$2 counts=$3 p=0 f=0 s=0
    [[ $counts =~ ^([0-9]+)\ ([0-9]+)\ ([0-9]+)$ ]] && p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]} s=${BASH_REMATCH[3]}
    if ((f == 0 && (status != 0 || p + s == 0))); then f=1; fi
    count "$suite" "$p" "$f" "$s"
}

# Names what failed and the beginning of why, so that the end of a long log tells it.
name_failures() {
    local suite=$1 name
    while IFS= read -r name; do
        if [[ $name ]]; then failures+="failed: $suite: ${name:0:600}"$'\n'; fi
    done
}

# A failed test of ours a line: its name, and what is said of it down to the first line of its stack.
dotnet_failures() {
    awk '
        function flush() { if (line) print line; line = "" }
        /^failed .+ \([^()]+\)$/ { flush(); line = $0; sub(/^failed /, "", line); next }
        line && /^  from / { next }
        line && (/^    at / || !/^  /) { flush() }
        line { sub(/^ +/, " "); line = line $0 }
        END { flush() }' "$1"
}

# A suite that is one yes or no.
check() {
    local suite=$1
    shift
    say "== $suite"
    if "$@"; then count "$suite" 1 0 0; else count "$suite" 0 1 0; fi
}

start_server() {
    [[ -z ${PLATFORM_TEST_DB:-} ]] || return 0
    own_server=yes
    PLATFORM_TEST_DB=$(scripts/postgres.sh test-connection)
    export PLATFORM_TEST_DB
}

dotnet_count() { sed -nE "s/^ +$1: ([0-9]+).*/\1/p" "$2" | tail -n 1; }

dotnet_suite() {
    local suite=$1 status=0 log=$OUT/$1.log
    say "== $suite"
    dotnet test --project "tests/$suite" --configuration Release --no-build 2>&1 | tee "$log" >&2 || status=$?
    count_or_fail "$suite" "$status" \
        "$(dotnet_count succeeded "$log") $(dotnet_count failed "$log") $(dotnet_count skipped "$log")"
    name_failures "$suite" < <(dotnet_failures "$log")
}

# What an expression says of a test runner's JSON report "r". Nothing when there is no report.
in_report() { REPORT=$1 node -p "const r = require(process.env.REPORT); $2" || true; }

web_suite() {
    local status=0 report=$OUT/web.json
    say "== Web"
    (cd src/Web && npm test --silent -- --reporter=default --reporter=json --outputFile="$report") >&2 || status=$?
    count_or_fail Web "$status" "$(in_report "$report" \
        '[r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests].join(" ")')"
    name_failures Web < <(in_report "$report" \
        'r.testResults.flatMap(f => f.assertionResults).filter(t => t.status === "failed").map(t => `${t.fullName} ${t.failureMessages}`.replaceAll(/\s+/g, " ")).join("\n")')
}

# The browser is Debian's. Without root, the tests that need it report themselves as skipped.
find_chromium() {
    local command='apt-get install --yes --no-install-recommends chromium'
    if ! command -v chromium >/dev/null; then
        if ((EUID == 0)) && command -v apt-get >/dev/null; then
            apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive $command >&2 || return 1
        else
            say "The browser tests are skipped: they need Chromium, and installing it needs root. The command: sudo $command"
        fi
    fi
    CHROMIUM_PATH=$(command -v chromium || true)
    export CHROMIUM_PATH
}

# The spreadsheet test opens what was exported in LibreOffice, and HAProxy stands before the platform in another. Without
# root, or when they cannot be installed, these report themselves as skipped.
find_others() {
    local command='apt-get install --yes --no-install-recommends libreoffice-calc haproxy'
    if ! { command -v soffice && [[ -x /usr/sbin/haproxy ]]; } >/dev/null && ((EUID == 0)) && command -v apt-get >/dev/null; then
        apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive $command >&2 || say "LibreOffice and HAProxy could not be installed: $command"
    fi
}

# A platform, a venue and a PostgreSQL that live as long as these tests.
start_end_to_end_platform() {
    local data=$END_TO_END_DATA
    remove_end_to_end_platform
    make_folder "$data"
    env -u Platform__Postgres PLATFORM_DATA="$data" scripts/run.sh >"$OUT/end-to-end-platform.log" 2>&1 </dev/null &
    end_to_end_run=$!
    until [[ -f $data/ports.json ]]; do
        is_alive "$end_to_end_run" || {
            cat "$OUT/end-to-end-platform.log" >&2
            return 1
        }
        sleep 0.2
    done
    PLATFORM_URL=http://localhost:$(json_value "$data/ports.json" platform)
    VENUE_URL=http://127.0.0.1:$(json_value "$data/ports.json" venue)
    PLATFORM_EMAIL=$(json_value "$data/demo.json" email)
    PLATFORM_PASSWORD=$(json_value "$data/demo.json" password)
    VENUE_KEY=$(json_value "$data/venue/api-key.json" apiKey)
    VENUE_SECRET=$(json_value "$data/venue/api-key.json" secretKey)
    export PLATFORM_URL VENUE_URL PLATFORM_EMAIL PLATFORM_PASSWORD VENUE_KEY VENUE_SECRET
}

remove_end_to_end_platform() {
    PLATFORM_DATA=$END_TO_END_DATA scripts/stop.sh
    PLATFORM_DATA=$END_TO_END_DATA scripts/postgres.sh remove
    rm -rf "$END_TO_END_DATA"
}

end_to_end_suite() {
    local status=0 report=$OUT/end-to-end.json
    say "== EndToEnd"
    if find_chromium && start_end_to_end_platform; then
        (
            cd tests/EndToEnd
            PLATFORM_DATA=$END_TO_END_DATA PLAYWRIGHT_JSON_OUTPUT_FILE=$report npx playwright test --reporter=list,json
        ) >&2 || status=$?
    else
        status=1
    fi
    count_or_fail EndToEnd "$status" "$(in_report "$report" \
        '[r.stats.expected, r.stats.unexpected + r.stats.flaky, r.stats.skipped].join(" ")')"
    name_failures EndToEnd < <(in_report "$report" \
        'const all = s => [...(s.specs ?? []), ...(s.suites ?? []).flatMap(all)]; r.suites.flatMap(all).filter(s => s.tests.some(t => t.status !== "expected" && t.status !== "skipped")).map(s => `${s.file}: ${s.title} ${s.tests.flatMap(t => t.results).map(r => r.error?.message ?? "").join(" ")}`.replaceAll(/\x1b\[[0-9;]*m/g, "").replaceAll(/\s+/g, " ")).join("\n")')
}

cleanup() {
    if [[ $end_to_end_run ]]; then remove_end_to_end_platform; fi
    if [[ $own_server ]]; then scripts/postgres.sh remove test-postgres; fi
}

trap cleanup EXIT
trap 'exit 130' INT TERM HUP
rm -rf "$OUT" && mkdir -p "$OUT"
scripts/build.sh all >&2
start_server
find_others
for project in tests/*.Tests tests/Simulation; do dotnet_suite "$(basename "$project")"; done
if [[ -d src/Api/Internal/Generated ]]; then check "Generated code" scripts/codegen.sh check; fi
if [[ -f src/Web/package.json ]]; then
    check "Web types and lint" npm --prefix src/Web run --silent check
    web_suite
fi
if [[ -f tests/EndToEnd/package.json ]]; then end_to_end_suite; fi

printf '\n%s\n%s' "$summary" "$failures"
printf '%d passed, %d failed' "$passed" "$failed"
if ((skipped > 0)); then printf ', %d skipped' "$skipped"; fi
printf '\n'
((failed == 0))
