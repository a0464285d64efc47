#!/bin/sh
# matrix.sh [BUILD]: every scenario on every Debian, one after the other, with the program in BUILD (build/dev). Writes
# the result into README.md beside it. As root; it takes hours, as the scenarios that end in "everywhere" kill install.sh in
# hundreds of steps.
set -eu
cd "$(dirname "$0")"
build=$(cd "../../${1:-build/dev}" && pwd)
logs=$build/tests/e2e/matrix
mkdir -p "$logs"
scenarios=$(sed -n 's/^    "\([a-z-]*\)": .*/\1/p' scenarios.py)
status=0

run() { # SCENARIO DEBIAN
    python3 -B run.py "$1" --debian "$2" --cli "$build/app/cli/sealwright-cli" --cache "$build/tests/e2e/roots" >"$logs/$1-$2" 2>&1
}
cell() { # SCENARIO DEBIAN
    if run "$1" "$2"; then
        sed -n 's/.*: \([0-9]*\) ok, 0 failed$/\1 ok/p' "$logs/$1-$2"
    else
        echo "FAILED"
    fi
}

table=$logs/table
printf '| Scenario | Debian 12 | Debian 13 |\n| --- | --- | --- |\n' >"$table"
for debian in 12 13; do run roots "$debian" || { cat "$logs/roots-$debian"; exit 1; }; done
for scenario in $scenarios; do
    old=$(cell "$scenario" 12)
    new=$(cell "$scenario" 13)
    case "$old $new" in *FAILED*) status=1 ;; esac
    printf '| %s | %s | %s |\n' "$scenario" "$old" "$new" | tee -a "$table"
done

awk -v table="$table" -v day="$(date +%Y-%m-%d)" '
    /^<!-- matrix -->/ { print; print "\nChecks that passed, on " day ":\n"; while ((getline line < table) > 0) print line; skipping = 1 }
    /^<!-- end -->/ { skipping = 0; print "" }
    !skipping { print }' README.md >"$logs/README.md"
cp "$logs/README.md" README.md
exit $status
