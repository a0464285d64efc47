#!/bin/sh
# rounds.sh [SECONDS [NAME...]]: builds the fuzzers and runs each for that long (60), two at a time. What they find is
# left in build/fuzz/findings, the inputs that reached something new in build/fuzz/corpus.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# = 0 ] || shift

command -v clang++-19 >/dev/null || {
    echo "SKIPPED: there is no clang++-19 (tests/fuzz/packages.txt)"
    exit 77
}
out=build/fuzz
mkdir -p "$out"
if ! { cmake --preset fuzz && cmake --build --preset fuzz; } >"$out/build.log" 2>&1; then
    grep -B1 -A12 -E 'error|FAILED' "$out/build.log" | head -n 60
    echo "The fuzzers do not build; the whole log is in $out/build.log" >&2
    exit 1
fi

# shellcheck disable=SC2046 # a list of words
[ $# -gt 0 ] || set -- $(ls tests/fuzz/corpus)
rm -rf "$out/findings"
mkdir -p "$out/findings" "$out/logs"
# Names in the stacks, where llvm's tools are installed; libFuzzer does not look for them itself.
symbolizer=$(command -v llvm-symbolizer || true)
[ -z "$symbolizer" ] || export ASAN_OPTIONS=external_symbolizer_path="$symbolizer"

# shellcheck disable=SC2016 # the inner shell expands it
printf '%s\n' "$@" | xargs -P 2 -I '{}' sh -c '
    name=$1 seconds=$2 out=$3
    mkdir -p "$out/corpus/$name"
    options=
    [ ! -f "tests/fuzz/dictionaries/$name" ] || options="-dict=tests/fuzz/dictionaries/$name"
    "$out/tests/fuzz/fuzz_$name" $options -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 \
        -print_final_stats=1 -artifact_prefix="$out/findings/$name-" "$out/corpus/$name" "tests/fuzz/corpus/$name" \
        >"$out/logs/$name" 2>&1 || echo "$name" >>"$out/findings/failed"
    printf "%s: " "$name"
    grep -o "^Done .*" "$out/logs/$name" || echo "FAILED"
' sh '{}' "$seconds" "$out"

[ -s "$out/findings/failed" ] || exit 0
while read -r name; do
    echo
    echo "== $name: see $out/logs/$name. The input, for build/fuzz/tests/fuzz/fuzz_$name FILE:"
    find "$out/findings" -name "$name-*"
    grep -m 3 -E 'ERROR|does not hold|runtime error' "$out/logs/$name" || tail -n 5 "$out/logs/$name"
done <"$out/findings/failed"
exit 1
