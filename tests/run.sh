#!/bin/sh
# Installs what the tests need, builds everything and runs all tests. Arguments go to ctest: tests/run.sh -L unit
# For Debian 12, as root or as a user with sudo. Without root the end-to-end tests are skipped, and say so.
set -eu
cd "$(dirname "$0")/.."

packaging/linux/install-packages.sh packaging/linux/*-packages.txt tests/packages.txt tests/*/packages.txt

log=build/dev/build.log
mkdir -p build/dev
echo "Building (log: $log) ..."
if ! { cmake --preset dev && cmake --build --preset dev; } >"$log" 2>&1; then
    grep -B1 -A12 -E 'error|FAILED' "$log" | head -n 60
    echo "The build failed; the whole log is in $log" >&2
    exit 1
fi

grep '^-- No tests for Windows' "$log" || true

status=0
results=build/dev/results.xml
ctest --preset dev --no-tests=error -j2 --output-junit "$PWD/$results" "$@" || status=$?
if [ "${CI:-}" = true ] && [ -f "$results" ] && grep -q '<skipped' "$results"; then
    echo "Some tests were skipped, and in CI none may be:" >&2
    grep -B1 '<skipped' "$results" | sed -n 's/.*testcase name="\([^"]*\)".*/  \1/p' >&2
    status=1
fi
exit $status
