# Mail that comes in, looked at by OpenDKIM and OpenDMARC.
dmarc_milter=inet:127.0.0.1:8893
dmarc_port=8893
if [ "$inbound" = results ]; then
    programs="$programs opendmarc"
    packages="$packages opendmarc"
fi

own_opendmarc_is_asked() {
    ! is_ours "$opendmarc_conf" &&
        { in_root postconf -xh smtpd_milters && in_root postconf -xP '*/*/smtpd_milters'; } 2>/dev/null | grep -qE "opendmarc|:$dmarc_port"
}
# Set up by the admin: Postfix asks it already, or its file says more than the package's.
opendmarc_is_set_up() {
    ! is_ours "$opendmarc_conf" || return 1
    own_opendmarc_is_asked ||
        grep -qsviE '^[[:space:]]*(#|$|(PidFile|PublicSuffixList|Syslog|UMask|UserID)[[:space:]]|Socket[[:space:]]+local:(/var)?/run/opendmarc/)' "$root$(real "$opendmarc_conf")"
}
# OpenDKIM's Mode where none is written: sv. Postfix asks it already if our milter would not be one more in its list.
verifies_now() {
    mode=$(sed -nE 's/^[[:space:]]*[Mm]ode[[:space:]]+([a-z]+).*/\1/p' "$root$(real "$opendkim_conf")" 2>/dev/null | tail -n 1)
    case ${mode:-sv} in *v*) ;; *) return 1 ;; esac
    asked=$(in_root postconf -xh smtpd_milters 2>/dev/null)
    [ -n "$asked" ] && [ "$(count "$(with_milter "$asked")")" = "$(count "$asked")" ]
}
count() { printf '%s\n' "$1" | tr -s ', \t' '\n' | grep -c .; }
check_verifying() {
    if own_opendmarc_is_asked; then
        note "OpenDKIM goes on verifying what comes in, because OpenDMARC goes by that"
    elif verifies_now && ! is_ours "$opendmarc_conf"; then
        note "OpenDKIM has verified what comes in until now; with this bundle it only signs, and writes nothing to that mail."
        more "To have it verified, choose in Sealwright that mail that comes in is checked, and export again."
    fi
}
check_inbound() {
    if [ "$inbound" = unchanged ]; then
        tell_no_longer "$opendmarc_conf"
        check_verifying
        return 0
    fi
    if opendmarc_is_set_up; then
        tell_inbound "DKIM"
        more "OpenDMARC stays as you have set it up."
    else
        tell_inbound "DKIM, SPF and DMARC"
        if [ -z "$root" ] && listens_on $dmarc_port && ! is_ours $opendmarc_conf; then
            stop "another program listens on port $dmarc_port, which OpenDMARC is to use"
        fi
    fi
    # OpenDKIM takes out every field that bears our name and came before it.
    if grep -qsiE '^[[:space:]]*Header_Type[[:space:]]*=[[:space:]]*AR' "$root/etc/postfix-policyd-spf-python/policyd-spf.conf"; then
        stop "policyd-spf writes into Authentication-Results, and OpenDKIM would take that out as forged:"
        more "set Header_Type = SPF in /etc/postfix-policyd-spf-python/policyd-spf.conf"
    fi
}
plan_inbound() {
    if [ "$inbound" = unchanged ]; then
        plan_former "$opendmarc_conf"
    elif ! opendmarc_is_set_up; then
        plan_part 0644 root:root "$opendmarc_conf" "$(fitted files/etc/opendmarc.conf)"
    fi
}
# The list $1 with OpenDMARC at its end, where it can read what OpenDKIM found; or without, where ours goes.
with_inbound_milter() {
    if [ "$inbound" = results ] && ! opendmarc_is_set_up; then
        case $1 in
        *"$dmarc_milter"*) printf '%s\n' "$1" ;;
        *) printf '%s, %s\n' "$1" "$dmarc_milter" ;;
        esac
    elif [ "$inbound" = unchanged ] && is_ours "$opendmarc_conf"; then
        printf '%s\n' "$1" | sed "s/,* *$dmarc_milter//; s/^, *//"
    else
        printf '%s\n' "$1"
    fi
}

inbound_running() { ! is_running opendmarc || echo opendmarc; }
activate_inbound() {
    if [ "$inbound" = results ] && is_ours "$opendmarc_conf"; then restart_and_wait opendmarc $dmarc_port OpenDMARC; fi
}
# When Postfix no longer asks it.
deactivate_inbound() {
    if [ -z "$root" ] && grep -q " $opendmarc_conf " "$work/plan" && ! is_ours "$opendmarc_conf"; then
        put_back_service opendmarc OpenDMARC "$base/original/running"
    fi
}
put_back_inbound() {
    if grep -q " $opendmarc_conf\$" "$pending/list"; then put_back_service opendmarc OpenDMARC "$pending/running"; fi
}
show_inbound() {
    [ "$inbound" = results ] || return 0
    case $(in_root postconf -xh smtpd_milters) in
    *"$dmarc_milter"*)
        if [ -n "$root" ] || listens_on $dmarc_port; then
            ok "mail that comes in is checked by OpenDKIM and OpenDMARC"
        else
            stop "OpenDMARC does not listen on port $dmarc_port: service opendmarc restart"
        fi
        ;;
    *) if opendmarc_is_set_up; then ok "mail that comes in is checked by OpenDKIM and your OpenDMARC"; else
        stop "mail that comes in is not checked: smtpd_milters has no $dmarc_milter"
    fi ;;
    esac
}
