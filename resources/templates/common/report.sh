# What is told, and how: for people, or in lines of JSON.

stops=0
json=no
say() { # KIND TEXT
    if [ "$json" = yes ]; then
        printf '{"kind": "%s", "text": "%s"}\n' "$1" "$(printf %s "$2" | tr '\t\200-\377' ' ?' | tr -d '\000-\037' | sed 's/[\\"]/\\&/g')"
    else
        printf '%-7s %s\n' "$1" "$2"
    fi
}
ok() { say ok "$1"; }
note() { say note "$1"; }
stop() {
    say STOP "$1"
    stops=$((stops + 1))
}
more() {
    for words in "$@"; do
        if [ "$json" = yes ]; then say more "$words"; else printf '        %s\n' "$words"; fi
    done
}
# What is no result: for people on stderr; a script reads all of it in one place.
say_aside() { if [ "$json" = yes ]; then say "$@"; else say "$@" >&2; fi; }
fail() {
    say_aside STOP "$1"
    exit 1
}
# Lines as they are elsewhere, below what is said of them.
quote() { while IFS= read -r line; do more "  $line"; done; }
# The end of what a program said, for people.
said() { tail -n 8 "$1" | quote; }
