#!/usr/bin/env bash
# Builds what has changed since it was last built, and nothing else.
#   build.sh app     what `make run` starts: platform, audit, paper venue, single-page app
#   build.sh all     the tests too
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$ROOT"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

BUILT=bin/.built
BUILD_FILES=(Directory.Build.props Directory.Packages.props global.json .editorconfig BannedSymbols.txt)
PROGRAMS=(src/Domain src/Projections src/Workers src/Api src/Audit src/PaperVenue "${BUILD_FILES[@]}")

# One line that differs when any source under these paths does; what a build makes is no source.
fingerprint() {
    {
        pwd
        find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name test-results -o -name contracts.json \) -prune \
            -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    } | sha256sum
}

# Runs "make_NAME OUTPUT" unless OUTPUT is there and was made from the sources as they are now.
step() {
    local name=$1 output=$2 now
    shift 2
    now=$(fingerprint "$@")
    if [[ -e $output && -f $BUILT/$name && $(<"$BUILT/$name") == "$now" ]]; then return; fi
    say "Building: $name"
    rm -f "$BUILT/$name"
    "make_${name//-/_}" "$output"
    printf '%s\n' "$now" >"$BUILT/$name"
}

node_packages() { (cd "$1" && npm ci --no-audit --no-fund --loglevel=error); }
make_web_packages() { node_packages src/Web; }
make_end_to_end_packages() { node_packages tests/EndToEnd; }
# A chain's node, and the contracts that tests deploy on it.
make_chain() { node_packages tests/Chain && npm --prefix tests/Chain run --silent build; }
make_web() { (cd src/Web && npm run --silent build); }

# One compiler process for all projects, whatever the environment says: it is warm after the first, and ends when nobody needs it.
compile() { dotnet build --configuration Release --nologo --verbosity quiet -p:UseSharedCompilation=true "$1"; }
make_programs() { for project in src/Api src/Audit src/PaperVenue; do compile "$project"; done; }
make_solution() { compile Platform.sln; }

make_launchers() {
    for name in platform audit papervenue; do ln -sfn ../scripts/launch.sh "bin/$name"; done
}

build_app() {
    if [[ -f src/Web/package.json ]]; then
        step web-packages src/Web/node_modules src/Web/package.json src/Web/package-lock.json
        step web src/Web/dist src/Web
    fi
    make_launchers
}

build_programs() { step programs src/Api/bin/Release "${PROGRAMS[@]}"; }

# In one go with the programs: while these wait for each other, the other cores have the tests.
build_solution() {
    local programs
    programs=$(fingerprint "${PROGRAMS[@]}")
    step solution tests/Simulation/bin/Release Platform.sln tests "${PROGRAMS[@]}"
    printf '%s\n' "$programs" >"$BUILT/programs"
}

# What the tests need of Node.
build_node() {
    step chain tests/Chain/contracts.json tests/Chain/package.json tests/Chain/package-lock.json tests/Chain/compile.mjs tests/Chain/contracts
    if [[ -f tests/EndToEnd/package.json ]]; then
        step end-to-end-packages tests/EndToEnd/node_modules tests/EndToEnd/package.json tests/EndToEnd/package-lock.json
    fi
}

# Node's packages and .NET's are waited for, and compiled, side by side.
build_all() {
    build_solution &
    build_app
    build_node
    wait $!
}

build() {
    mkdir -p "$BUILT"
    case ${1:-all} in
        app)
            build_app
            build_programs
            ;;
        all) build_all ;;
        *) die "build.sh app|all" ;;
    esac
}

make_folder "$ROOT/.data"
with_lock "$ROOT/.data/build.lock" build "$@"
