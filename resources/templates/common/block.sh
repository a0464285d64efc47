# Our lines in files that are the admin's: between "# BEGIN Sealwright" and "# END Sealwright".

is_ours() { grep -qs '^# \(Made by\|BEGIN\) Sealwright' "$root$(real "$1")"; }
# With one of the two lines gone, nobody can tell which lines are ours: all behind it would be lost.
check_blocks() { # PATH...
    for path in "$@"; do
        [ -f "$root$(real "$path")" ] || continue
        awk '/^# BEGIN Sealwright/ { if (open) bad = 1; open = 1 } /^# END Sealwright/ { if (!open) bad = 1; open = 0 }
            END { exit bad || open }' "$root$(real "$path")" ||
            stop "in $path a line \"BEGIN Sealwright\" has no \"END Sealwright\", or the other way round: mend that first"
    done
}
without_block() { awk '/^# BEGIN Sealwright/ { ours = 1 } !ours { print } /^# END Sealwright/ { ours = 0 }' "$1"; }
# The block of ours in $1 instead of the one in file $2, or behind its last line.
with_block() {
    awk -v block="$1" '
        function put() { while ((getline line < block) > 0) print line; done = 1 }
        /^# BEGIN Sealwright/ { ours = 1; if (!done) put() }
        !ours { print }
        /^# END Sealwright/ { ours = 0 }
        END { if (!done) put() }' "$2"
}
