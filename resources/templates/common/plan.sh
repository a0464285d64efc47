# What would be written: $work/plan, one "dir|file|gone MODE UID:GID PATH SOURCE" a line.

# Folders above one of ours that a package would have brought here, outermost first.
plan_parents() { # PATH
    above=$(dirname "$1")
    if [ -d "$root$above" ] || cut -d' ' -f1,4 "$work/plan" | grep -qxF "dir $above"; then return 0; fi
    (plan_parents "$above")
    echo "dir 755 0:0 $above -" >>"$work/plan"
}
plan_folder() {
    plan_parents "$3"
    [ -d "$root$3" ] && [ "$(mode_and_ids "$root$3")" = "${1#0} $(ids_of "$2")" ] || echo "dir ${1#0} $(ids_of "$2") $3 -" >>"$work/plan"
}
plan_file() { # MODE UID:GID PATH SOURCE
    if [ -f "$root$3" ] && cmp -s "$root$3" "$4" && [ "$(mode_and_ids "$root$3")" = "$1 $2" ]; then
        echo "$3" >>"$work/same"
    else
        plan_parents "$3"
        echo "file $1 $2 $3 $4" >>"$work/plan"
    fi
}
# A file that is not ours keeps its owner and mode.
plan_part() { # MODE OWNER PATH SOURCE
    target=$(real "$3")
    if [ -e "$root$target" ]; then
        # shellcheck disable=SC2046 # two words
        plan_file $(mode_and_ids "$root$target") "$target" "$4"
    else
        plan_file "${1#0}" "$(ids_of "$2")" "$target" "$4"
    fi
}
make_plan() {
    : >"$work/plan"
    : >"$work/same"
    mkdir -p "$work/stage"
    while read -r mode owner path; do plan_folder "$mode" "$owner" "$path"; done <"$work/folders"
    while read -r mode owner from path _; do plan_file "${mode#0}" "$(ids_of "$owner")" "$path" "$here/$from"; done <"$work/keys"
    while read -r mode owner placement from path; do
        if [ "$placement" = whole ]; then
            plan_file "${mode#0}" "$(ids_of "$owner")" "$path" "$(fitted "$from")"
        fi
    done <"$work/files"
    plan_parts
}
# What is read-only (a disk, a file that is mounted or locked) is seen before anything is written.
check_writable() {
    [ -s "$work/plan" ] || return 0
    {
        cut -d' ' -f4 "$work/plan"
        for path in $generated "${base#"$root"}"; do printf '%s\n' "$path"; done
    } | while read -r path; do
        [ ! -e "$root$path" ] || [ -w "$root$path" ] || printf '%s\n' "$path"
        path=$(dirname "$path")
        until [ -d "$root$path" ]; do path=$(dirname "$path"); done
        [ -w "$root$path" ] || printf '%s\n' "$path"
    done | sort -u >"$work/read-only"
    while read -r path; do stop "cannot write to $path: it is read-only"; done <"$work/read-only"
}
show_plan() { # the words for what is to be written, and for what is there
    while read -r kind _ _ path _; do
        if [ "$kind" = dir ] && [ ! -d "$root$path" ]; then
            say "$1" "$path/"
        elif [ "$kind" = dir ]; then
            say rights "$path/"
        elif [ "$kind" = gone ]; then
            say remove "$path"
        elif [ -e "$root$path" ]; then
            say "$2" "$path"
        else
            say "$1" "$path"
        fi
    done <"$work/plan"
    while read -r path; do say "$3" "$path"; done <"$work/same"
}
