#!/usr/bin/env bash
# Writes the code that the bus runs on in Release, from the handlers as they are now.
#   codegen.sh          builds, writes
#   codegen.sh check    writes from what is built, and fails when anything changed: it was stale
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$ROOT"

readonly GENERATED=src/Api/Internal/Generated

# Development: in Production the platform does not start on code that is missing.
write_code() {
    ASPNETCORE_ENVIRONMENT=Development DOTNET_ENVIRONMENT=Development ASPNETCORE_CONTENTROOT=$ROOT/src/Api \
        bin/platform codegen write
}

contents() { find "$GENERATED" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; }

check() {
    local before after
    before=$(mktemp) after=$(mktemp)
    contents >"$before"
    rm -rf "$GENERATED"
    write_code
    contents >"$after"
    diff "$before" "$after" >&2 || die "$GENERATED was stale; it is written anew: build, look, commit"
}

case ${1:-write} in
    write) scripts/build.sh app && rm -rf "$GENERATED" && write_code && scripts/build.sh app ;;
    check) check ;;
    *) die "codegen.sh [check]" ;;
esac
