# What every signer beside Postfix needs. It is in $signer (for people), $service, $account, $milter, $port and $networks.
main_cf=/etc/postfix/main.cf

# As /proc/net/tcp has it.
listens_on() { grep -qE "^ *[0-9]+: [0-9A-F]+$(printf ':%04X' "$1") [0-9A-F]+:0000 0A " /proc/net/tcp /proc/net/tcp6 2>/dev/null; }
listening() { listens_on "$port"; }
postfix_is_running() { [ -z "$root" ] && postfix status </dev/null >/dev/null 2>&1; }

# Two of our bundles on one main.cf: the rollback of one would take away what the other wrote.
check_other_stack() {
    for other in "$root"/var/backups/sealwright/*/original/list; do
        if [ "$other" != "$base/original/list" ] && grep -qs " $main_cf\$" "$other"; then
            other=$(dirname "$(dirname "$other")")
            stop "the bundle for $(basename "$other") is installed here; run \"sh install.sh rollback\" in its folder first"
        fi
    done
}
# It signs whatever has our domain in From:, a stranger's forgery too (measured with 1.2.3), unless it is told of the mail
# that comes from outside.
check_dkimpy() {
    grep -qE '(^|/)(non_)?smtpd_milters = .*(:8892|dkimpy)' "$work/main" "$work/services" || return 0
    if grep -qs '^[[:space:]]*MacroListVerify' "$root/etc/dkimpy-milter/dkimpy-milter.conf" &&
        grep -q '/milter_macro_daemon_name = VERIFYING$' "$work/services"; then
        return 0
    fi
    note "dkimpy-milter is set up here. It signs every mail with your domain in From:, strangers' forgeries too."
    more "Take it out of smtpd_milters and non_smtpd_milters: $signer signs instead. Or let it verify what comes from"
    more "outside: set \"MacroListVerify daemon_name|VERIFYING\" in /etc/dkimpy-milter/dkimpy-milter.conf, and run"
    more "postconf -P smtp/inet/milter_macro_daemon_name=VERIFYING"
}
# What single services have in master.cf, one "SERVICE/TYPE/NAME = VALUE" a line, however it is written there.
know_services() {
    in_root postconf -xP '*/*/smtpd_milters' '*/*/receive_override_options' '*/*/milter_macro_daemon_name' \
        </dev/null >"$work/services" 2>/dev/null
}
check_services() {
    sed -n '/\/smtpd_milters =/p; /\/receive_override_options = .*no_milters/p' "$work/services" |
        grep -vF "$milter" >"$work/elsewhere" || return 0
    note "/etc/postfix/master.cf gives some services milters of their own (or none). Mail that comes in only there"
    more "is not signed until $milter is added to their smtpd_milters, and no_milters is taken out:"
    quote <"$work/elsewhere"
}
check_postfix() {
    in_root postconf -n </dev/null >"$work/main" 2>"$work/said" || {
        said "$work/said"
        stop "Postfix cannot read $main_cf"
        return
    }
    in_root postconf -M </dev/null >/dev/null 2>"$work/said" || {
        said "$work/said"
        stop "Postfix cannot read /etc/postfix/master.cf"
        return
    }
    know_services
    check_other_stack
    check_blocks "$networks"
    check_dkimpy
    check_services
    if grep -qE '^milter_default_action = ' "$work/main" && ! grep -qx 'milter_default_action = accept' "$work/main"; then
        note "$(grep '^milter_default_action' "$work/main") stays as you set it: while $signer is down, mail waits"
        more "(with \"accept\" it would go out unsigned instead)."
    fi
    check_clients
}
# Networks that Postfix relays for without a password, and that are not in our file yet. Only Postfix writes [ ].
check_clients() {
    sed 's/[[:space:]]*#.*//; s/[[:space:]]*$//; s/[][]//g; /^$/d' "$root$(real "$networks")" >"$work/clients" 2>/dev/null
    clients=$(in_root postconf -xh mynetworks 2>/dev/null | tr -s ', ' '\n' | tr -d '[]' |
        grep -vE '^(127\.|::1(/|$)|::ffff:127\.|$)' | grep -vxF -f "$work/clients" | tr '\n' ' ')
    [ -n "$clients" ] || return 0
    note "mail from these networks is relayed, but signed only if you add them to $networks:"
    more "$clients"
}

plan_main_cf() {
    grep -v '^#' "$here/files$main_cf" >"$work/settings"
    mkdir -p "$work/postfix" && cp "$root$(real $main_cf)" "$work/postfix/main.cf"
    : >"$work/postfix/master.cf"
    while IFS= read -r line; do
        name=${line%% =*}
        value=${line#*= }
        old=$(in_root postconf -h "$name" 2>/dev/null)
        case $name in
        *_milters)
            check_milters "$name" "$old"
            value=$(with_milter "$old")
            [ "$name" = non_smtpd_milters ] || value=$(with_inbound_milter "$value")
            ;;
        milter_default_action) if grep -q "^$name = " "$work/main"; then value=$old; fi ;;
        esac
        [ "$value" = "$old" ] || in_root postconf -c "${work#"$root"}/postfix" -e "$name = $value" || stop "postconf cannot set $name"
    done <"$work/settings"
    plan_part 0644 root:root $main_cf "$work/postfix/main.cf"
}
plan_networks() {
    old=$root$(real "$networks")
    if [ -e "$old" ]; then cp "$old" "$work/stage/old"; else : >"$work/stage/old"; fi
    with_block "$here/files$networks" "$work/stage/old" >"$work/stage/networks"
    plan_part 0644 root:root "$networks" "$work/stage/networks"
}
plan_parts() {
    plan_networks
    plan_inbound
    plan_main_cf # Last, because Postfix must not be told of a milter that is not there yet.
}

running_before() {
    ! is_running "$service" || echo "$service"
    inbound_running
}
restart_and_wait() { # SERVICE PORT NAME
    service_is restart "$1" || {
        said "$work/service"
        fail "$3 could not be restarted"
    }
    seconds=0
    until listens_on "$2"; do
        [ $seconds -lt 60 ] || fail "$3 does not listen on port $2 after $seconds seconds; see its log"
        sleep 1
        seconds=$((seconds + 1))
    done
    ok "$3 restarted; it listens on port $2"
}
activate() {
    [ $activated = no ] || return 0
    activated=yes
    check_signer
    while read -r _ _ _ key domain _; do
        as_user "$account" test -r "$key" || fail "$signer's user cannot read the key of $domain: $key"
    done <"$work/keys"
    if [ -n "$root" ]; then return 0; fi
    restart_and_wait "$service" "$port" "$signer"
    check_start "$service"
    activate_inbound
}
before() { if [ "$1" = $main_cf ]; then activate; fi; }
postfix_is_content() { in_root postfix check </dev/null >/dev/null 2>&1; }
validate() {
    activate
    in_root postfix check </dev/null >"$work/said" 2>&1 || {
        said "$work/said"
        fail "Postfix does not accept the new configuration (postfix check)"
    }
    ok "$signer and Postfix accept the configuration, and every key can be read"
}
reload_postfix() {
    if [ -n "$root" ]; then
        note "the servers in $root are not reloaded: their mail is signed from their next start on"
    elif postfix_is_running; then
        postfix reload </dev/null >"$work/service" 2>&1 9>&- || return 1
        ok "Postfix reloaded"
    else
        note "Postfix is not running; its mail is signed from its start on"
    fi
}
reload_new() {
    reload_postfix || { said "$work/service"; fail "Postfix could not be reloaded"; }
    deactivate_inbound
}
put_back_service() { # SERVICE NAME LIST: as it was when the list was made
    if grep -qx "$1" "$3" 2>/dev/null; then
        service_is restart "$1" || note "$2 could not be restarted: service $1 restart"
    else
        service_is stop "$1" || note "$2 could not be stopped: service $1 stop"
    fi
}
# Postfix first, so that it never asks a milter that is gone.
reload_old() {
    reload_postfix || note "Postfix could not be reloaded: postfix reload"
    [ -z "$root" ] || return 0
    put_back_service "$service" "$signer" "$pending/running"
    put_back_inbound
}

show_services() {
    if is_running "$service"; then ok "$signer is running"; else note "$signer is not running"; fi
    if postfix_is_running; then ok "Postfix is running"; else note "Postfix is not running"; fi
    show_inbound
}
test_server() {
    find_milter
    for name in smtpd_milters non_smtpd_milters; do
        case $(in_root postconf -xh $name) in
        *"$milter"*) ;;
        *) stop "Postfix does not ask $signer: $name has no $milter" ;;
        esac
    done
    [ -n "$root" ] || listening || stop "$signer does not listen on port $port: service $service restart"
    show_inbound
}
