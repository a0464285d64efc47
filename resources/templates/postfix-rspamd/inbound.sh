# Mail that comes in, looked at by rspamd.
actions_conf=/etc/rspamd/local.d/actions.conf
headers_conf=/etc/rspamd/local.d/milter_headers.conf

# Where Postfix asks rspamd already, or the admin has said something, what becomes of spam is his choice. After our first
# install it is, too: he may have taken away what that wrote.
comes_with_us() {
    [ ! -f "$base/original/list" ] && ! says_something $actions_conf &&
        ! in_root postconf -xh smtpd_milters non_smtpd_milters 2>/dev/null | grep -qE "rspamd|:(11332|$port)([^0-9]|\$)"
}
writes_results() { grep -qsE '^[^#]*authentication-results' "$root$1"; }
check_inbound() {
    if is_ours $actions_conf || comes_with_us; then
        note "rspamd also looks for spam in what comes in: it may mark it, and refuses nothing ($actions_conf)"
    fi
    if [ "$inbound" = unchanged ]; then
        tell_no_longer "$headers_conf"
        return 0
    fi
    tell_inbound "SPF, DKIM and DMARC"
    if is_ours $headers_conf || ! says_something $headers_conf; then return 0; fi
    if writes_results $headers_conf; then
        note "$headers_conf stays as you wrote it"
    elif [ "$replace" = yes ]; then
        note "\"install\" replaces your own $headers_conf; it is backed up"
    else
        stop "$headers_conf is yours, and does not write Authentication-Results."
        more "Add \"authentication-results\" to the list in its line \"use =\", or let \"install\" replace the file" \
            "(it is backed up): install --replace"
    fi
}
plan_inbound() {
    if comes_with_us; then plan_part 0644 root:root $actions_conf "$here/files$actions_conf"; fi
    if [ "$inbound" = unchanged ]; then
        plan_former $headers_conf
    elif is_ours $headers_conf || ! writes_results $headers_conf; then
        plan_part 0644 root:root $headers_conf "$here/files$headers_conf"
    fi
}
with_inbound_milter() { printf '%s\n' "$1"; }
inbound_running() { :; }
activate_inbound() { :; }
deactivate_inbound() { :; }
put_back_inbound() { :; }
show_inbound() {
    [ "$inbound" = results ] || return 0
    if writes_results $headers_conf; then
        ok "mail that comes in is checked by rspamd ($headers_conf)"
    else
        stop "mail that comes in is checked, but nothing is written to it: $headers_conf does not say so"
    fi
}
