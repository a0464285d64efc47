#!/bin/sh
# unit.sh [FOLDER]: builds the unit tests as Windows programs and runs them with Wine. FOLDER is where
# packaging/windows/build.sh has built; build/windows if not given.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=${1:-$root/build/windows}
build=$out/build
"$root/packaging/linux/install-packages.sh" "$here/wine-packages.txt"

log=$out/unit.log
echo "Building the tests (log: $log) ..." >&2
if ! ninja -C "$build" -j"$(nproc)" >"$log" 2>&1; then
    grep -B1 -A12 -E 'error|FAILED' "$log" | head -n 60 >&2
    exit 1
fi

WINEPREFIX=$(mktemp -d)
WINEDEBUG=-all
WINEDLLOVERRIDES='mscoree,mshtml='
export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES
unset DISPLAY
trap 'wineserver -k || true; wineserver -w || true; rm -rf "$WINEPREFIX"' EXIT
trap 'exit 1' HUP INT TERM
{ wineserver -p && wine wineboot -i && wine winecfg -v win10; } >>"$log" 2>&1

prefix=$(sed -n 's/^WIN_PREFIX:[A-Z]*=//p' "$build/CMakeCache.txt")
triple=x86_64-w64-mingw32
WINEPATH=
for folder in "$prefix/qt/bin" "$prefix/bin" "$(dirname "$($triple-g++-posix -print-file-name=libstdc++-6.dll)")" \
    "/usr/$triple/lib"; do
    WINEPATH="$WINEPATH$(wine winepath -w "$folder" 2>/dev/null | tr -d '\r');"
done
export WINEPATH
ctest --test-dir "$build" -L unit -E unit/includes -j2 --output-on-failure --no-tests=error
