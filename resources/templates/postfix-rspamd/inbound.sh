# Mail that comes in, looked at by rspamd.
actions_conf=/etc/rspamd/local.d/actions.conf
headers_conf=/etc/rspamd/local.d/milter_headers.conf

# Where Postfix asks rspamd already, or the admin has said something, what becomes of spam is his choice. After our first
# install it is, too: he may have taken away what that wrote.
comes_with_us() {
    [ ! -f "$base/original/list" ] && ! says_something $actions_conf &&
        ! in_root postconf -xh smtpd_milters non_smtpd_milters 2>/dev/null | grep -qE "rspamd|:(11332|$port)([^0-9]|\$)"
}
# The admin's own files of that name; the first counts most.
own_headers() {
    for file in /etc/rspamd/override.d/milter_headers.conf /var/lib/rspamd/dynamic/milter_headers.conf $headers_conf; do
        if says_something "$file" && ! is_ours "$file"; then printf '%s\n' "$file"; fi
    done
}
overrules() { [ "$1" != $headers_conf ] && grep -qsE '^([^#]*[[:space:];{,])?"?use"?[[:space:]]*[]=:"[]' "$root$(real "$1")"; }
# rspamd itself tells what its files come to. It keeps patterns in /var/lib/rspamd then, so only where the admin has such files.
writes_results() {
    if [ -z "$(own_headers)" ]; then
        is_ours $headers_conf
        return
    fi
    as_user "$account" rspamadm configdump --json milter_headers </dev/null 2>/dev/null | awk '
        /^    "/ { use = $1 == "\"use\":" }
        use && /"authentication-results"/ { found = 1 }
        END { exit !found }'
}
check_inbound() {
    if is_ours $actions_conf || comes_with_us; then
        note "rspamd also looks for spam in what comes in: it may mark it, and refuses nothing ($actions_conf)"
    fi
    if [ "$inbound" = unchanged ]; then
        tell_no_longer "$headers_conf"
        return 0
    fi
    tell_inbound "SPF, DKIM and DMARC"
    own=$(own_headers | sed -n 1p)
    if [ -z "$own" ]; then return 0; fi
    if writes_results; then
        note "$own stays as you wrote it"
    elif overrules "$own"; then
        stop "$own is yours, counts more than what \"install\" writes, and does not write Authentication-Results."
        more "Add \"authentication-results\" to the list in its line \"use =\", then run this again."
    elif is_ours $headers_conf || ! says_something $headers_conf; then
        return 0
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
    elif is_ours $headers_conf || ! writes_results; then
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
    if writes_results; then
        ok "mail that comes in is checked by rspamd, and the results are written to it"
    else
        stop "mail that comes in is checked, but nothing is written to it: rspamd's milter_headers.conf has no"
        more "\"authentication-results\" in its line \"use =\""
    fi
}
