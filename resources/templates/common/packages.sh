# The programs that are needed: the stack's part names them in $programs, and Debian's packages in $packages.

add_command="apt install"
missing_programs() { for program in $programs; do have "$program" || printf '%s\n' "$program"; done; }
check_programs() {
    missing_programs >"$work/missing"
    [ -s "$work/missing" ] || return 0
    stop "$title needs programs that are not installed here: $(tr '\n' ' ' <"$work/missing")"
    more "Install them first: $add_command $packages"
    if have apt-get; then more "or let this script do it: install --install-packages"; fi
    return 1
}
add_packages() {
    [ "$install_packages" = yes ] && [ -n "$(missing_programs)" ] || return 0
    have apt-get || fail "--install-packages works with apt only; install them yourself: $add_command $packages"
    # shellcheck disable=SC2086 # a list of words
    in_root apt-get install --simulate --no-install-recommends $packages </dev/null >"$work/said" 2>&1 || {
        said "$work/said"
        fail "apt can't install $packages; nothing was changed"
    }
    grep '^Remv' "$work/said" | cut -d' ' -f2 >"$work/removed"
    if [ -s "$work/removed" ]; then
        quote <"$work/removed"
        fail "apt would remove these packages for $packages, which may stop your mail: install them yourself"
    fi
    note "apt installs $packages; a rollback leaves them"
    # shellcheck disable=SC2086
    in_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $packages </dev/null >"$work/said" 2>&1 9>&- || {
        said "$work/said"
        fail "apt could not install $packages"
    }
}
