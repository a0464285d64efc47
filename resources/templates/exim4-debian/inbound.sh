# Mail that comes in, looked at by exim itself at the end of DATA.
our_acl=/etc/exim4/sealwright_data_acl
inbound_macro=/etc/exim4/conf.d/main/99_sealwright
acl_macro=CHECK_DATA_LOCAL_ACL_FILE

# Files in which the admin names an ACL of his own for that place, of those that are read in one of the two ways.
acl_macros() { # FILE...
    for path in "$@"; do
        path=${path#"$root"}
        case $path in "$our_macros" | "$inbound_macro" | *'/*') continue ;; esac
        [ ! -f "$root$path" ] || awk -v macro="$acl_macro" '/^# BEGIN Sealwright/ { ours = 1 }
            !ours && $0 ~ "^[ \t]*" macro "[ \t]*=" { sub(/^[^=]*==?[ \t]*/, ""); sub(/[ \t]*$/, ""); print }
            /^# END Sealwright/ { ours = 0 }' "$root$path"
    done
}
without_confdir() { sed 's|CONFDIR|/etc/exim4|'; } # Debian's macro for it
own_acls() { acl_macros "$local_macros" "$root"/etc/exim4/conf.d/main/* | without_confdir | sort -u; }

check_inbound() {
    if [ "$inbound" = unchanged ]; then
        tell_no_longer "$inbound_macro"
        return 0
    fi
    tell_what_is_checked
    if [ -n "$(acl_macros "$template")" ]; then
        stop "$template sets $acl_macro; move that line to $local_macros, then run this again"
    fi
    own_acls >"$work/acls"
    while read -r acl; do
        if [ "${acl#/}" != "$acl" ] && [ -f "$root$(real "$acl")" ]; then
            check_blocks "$acl"
            note "your own checks in $acl stay; our lines are put at their beginning"
        else
            stop "$acl_macro is \"$acl\", and there is no such file: correct that line, or take it out"
        fi
    done <"$work/acls"
}

plan_inbound() {
    own_acls >"$work/acls"
    if [ "$inbound" = results ]; then
        block=$here/files$our_acl
        plan_part 0644 root:root "$inbound_macro" "$here/files$inbound_macro"
        plan_part 0644 root:root "$our_acl" "$block"
    else
        block=/dev/null
        plan_former "$inbound_macro"
        plan_former "$our_acl"
    fi
    while read -r acl; do
        if [ "$inbound" = results ] || is_ours "$acl"; then
            staged=$work/stage/acl$(printf %s "$acl" | tr / _)
            { cat "$block" && without_block "$root$(real "$acl")"; } >"$staged"
            plan_part 0644 root:root "$acl" "$staged"
        fi
    done <"$work/acls"
}

show_inbound() {
    [ "$inbound" = results ] || return 0
    acl=$(in_root exim4 -bP macro $acl_macro 2>/dev/null | sed 's/^[^=]*=//' | without_confdir)
    if [ -n "$acl" ] && is_ours "$acl" && in_root exim4 -bP acl_smtp_data 2>/dev/null | grep -q 'acl_check_data$'; then
        ok "mail that comes in is checked: $acl"
    else
        stop "mail that comes in is not checked: exim does not read our lines ($acl_macro)"
    fi
}
