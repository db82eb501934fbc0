#!/usr/bin/env bash
# bin/platform, bin/audit and bin/papervenue are links to this file: it runs the program of that name, from any folder.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

declare -rA PROJECTS=([platform]=Api [audit]=Audit [papervenue]=PaperVenue)

# Where the platform of this checkout keeps its events and its keys. What the caller has set stands; a file can be
# verified with neither database nor keys, so that nothing has to be found.
find_events() {
    if [[ -z ${Platform__Postgres:-} && -f $DATA/ports.json && -f $DATA/postgres.password ]]; then
        Platform__Postgres="Host=127.0.0.1;Port=$(json_value "$DATA/ports.json" postgres);Username=platform"
        Platform__Postgres+=";Password=$(<"$DATA/postgres.password");Database=platform"
        export Platform__Postgres
    fi
    if [[ -z ${Platform__KeyFolder:-} && -d $DATA/keys ]]; then export Platform__KeyFolder=$DATA/keys; fi
}

name=$(basename "$0")
project=${PROJECTS[$name]:-}
[[ $project ]] || die "start me as one of: ${!PROJECTS[*]}"
program=$ROOT/src/$project/bin/Release/net10.0
# The auditor's tool, and what an operator asks of the platform: without a word it runs, by the settings it is given.
if [[ $name == audit || ($name == platform && $# -gt 0) ]]; then find_events; fi

# The program's settings lie beside it, whatever the folder it is called from.
export ASPNETCORE_CONTENTROOT=${ASPNETCORE_CONTENTROOT:-$program}
exec dotnet "$program/Platform.$project.dll" "$@"
