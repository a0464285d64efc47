# Mail that comes in, looked at by exim itself at the end of DATA: in the ACL that its configuration has for that.

# Right behind the name of that ACL.
our_results() {
    [ -n "$config" ] && awk -v acl="$(value acl_smtp_data)" 'named && /^# BEGIN Sealwright/ { ours = 1 }
        { named = $0 ~ "^[ \t]*" acl "[ \t]*:[ \t\r]*$" }
        END { exit !ours }' "$root$(real "$config")"
}
check_inbound() {
    if [ "$inbound" = unchanged ]; then
        if our_results; then say_no_longer; fi
        return 0
    fi
    tell_what_is_checked
    acl=$(value acl_smtp_data)
    case $acl in
    '') stop "$config has no acl_smtp_data, where incoming mail is checked. Add one, or export the bundle without that check." ;;
    *[!A-Za-z0-9_-]*)
        stop "acl_smtp_data in $config is no plain name (\"$acl\"), so \"install\" can't find the place for our lines."
        more "Export the bundle without the check of incoming mail."
        ;;
    esac
}
# Right behind the name of the ACL, and with the hostlist that is there.
with_acl() { # FILE
    if [ "$inbound" = unchanged ]; then
        cat "$1"
        return
    fi
    if [ -n "$relays" ]; then
        sed "s/+relay_from_hosts/+$relays/" "$here/files/exim.conf/acl"
    else
        sed 's/ : +relay_from_hosts/ :/' "$here/files/exim.conf/acl"
    fi >"$work/acl"
    awk -v block="$work/acl" -v acl="$acl" '
        /^[ \t]*begin[ \t]/ { part = $2; sub(/\r$/, "", part) }
        { print }
        part == "acl" && $0 ~ "^[ \t]*" acl "[ \t]*:[ \t\r]*$" {
            while ((getline line < block) > 0) print line
            close(block)
            placed = 1
        }
        END { exit !placed }' "$1" ||
        echo "$acl is not in $config itself: put the lines of the bundle's files/exim.conf/acl there by hand" >"$work/no_acl"
}
show_inbound() {
    [ "$inbound" = results ] || return 0
    if our_results; then
        ok "mail that comes in is checked in $(value acl_smtp_data)"
    else
        stop "mail that comes in is not checked: our lines are not in $config"
    fi
}
