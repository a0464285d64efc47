# Mail that comes in: checked where $inbound says "results". The stack's part does it; here is what all have in common.

# A file that only an earlier bundle wanted is again as it was before the first install.
plan_former() { # PATH
    is_ours "$1" || return 0
    former=$(awk -v path="$1" '$4 == path { print $1, $2; exit }' "$base/original/list" 2>/dev/null)
    case $former in
    nofile*) echo "gone - - $1 -" >>"$work/plan" ;;
    file*)
        former=$base/original/data/${former#file }
        # shellcheck disable=SC2046 # two words
        plan_file $(mode_and_ids "$former") "$1" "$former"
        ;;
    esac
}
# For a bundle that leaves incoming mail alone; $1 is the file by which an earlier one had it checked.
tell_no_longer() {
    if is_ours "$1"; then say_no_longer; fi
}
say_no_longer() { note "mail that comes in is no longer checked by what an earlier bundle set up"; }
tell_inbound() { # WHAT IS CHECKED
    note "mail that comes in is checked for $1"
    more "The results are written to its Authentication-Results, and nothing is refused because of them."
}
