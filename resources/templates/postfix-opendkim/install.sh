programs="postconf opendkim"
packages="postfix opendkim"
generated=
main_cf=/etc/postfix/main.cf
opendkim_conf=/etc/opendkim.conf
milter=inet:127.0.0.1:8891
port=:22BB # 8891, as /proc/net/tcp has it

listening() { grep -qE "^ *[0-9]+: [0-9A-F]+$port [0-9A-F]+:0000 0A " /proc/net/tcp /proc/net/tcp6 2>/dev/null; }
postfix_is_running() { [ -z "$root" ] && postfix status </dev/null >/dev/null 2>&1; }

# Debian's own file, as the package brought it, or one that never signed: nothing is lost with it.
opendkim_conf_is_free() {
    [ -f "$root$opendkim_conf" ] || return 0
    ! grep -q '^# Made by Sealwright' "$root$opendkim_conf" || return 0
    ! grep -qiE '^[[:space:]]*(KeyTable|SigningTable|KeyFile|Domain)[[:space:]]' "$root$opendkim_conf"
}
check_opendkim() {
    if ! opendkim_conf_is_free; then
        if [ "$replace" = yes ]; then
            note "\"install\" replaces your own OpenDKIM set-up ($opendkim_conf); it is backed up"
        else
            stop "OpenDKIM is already set up to sign here ($opendkim_conf):"
            grep -iE '^[[:space:]]*(KeyTable|SigningTable|KeyFile|Domain|Selector|Socket)[[:space:]]' "$root$opendkim_conf" | quote
            more "To let \"install\" replace it (it is backed up): install --replace"
        fi
    fi
    if [ -z "$root" ] && listening && ! grep -qE '^[[:space:]]*Socket[[:space:]]+inet:8891' "$opendkim_conf"; then
        stop "another program listens on port 8891, which OpenDKIM is to use"
    fi
    # OpenDKIM refuses keys that others could replace, and then the domain's mail is turned away with 451.
    for path in / /etc /etc/dkimkeys; do
        if [ -n "$(find "$root$path" -maxdepth 0 -perm /022)" ]; then
            stop "$path can be written by others than root, so OpenDKIM would refuse every key below it: chmod go-w $path"
        fi
    done
}
check_postfix() {
    in_root postconf -n </dev/null >"$work/main" 2>"$work/said" || {
        said "$work/said"
        stop "Postfix cannot read $main_cf"
        return
    }
    if grep -qE '^[[:space:]]*-o[[:space:]]*(smtpd_milters[[:space:]]*=|receive_override_options[[:space:]]*=.*no_milters)' "$root/etc/postfix/master.cf"; then
        note "/etc/postfix/master.cf gives some services milters of their own (or none). Mail that comes in only there"
        more "is not signed until $milter is added to those lines:"
        grep -nE '^[[:space:]]*-o[[:space:]]*(smtpd_milters|receive_override_options)' "$root/etc/postfix/master.cf" | quote
    fi
    if grep -qE '^milter_default_action = ' "$work/main" && ! grep -qx 'milter_default_action = accept' "$work/main"; then
        note "$(grep '^milter_default_action' "$work/main") stays as you set it: while OpenDKIM is down, mail waits"
        more "(with \"accept\" it would go out unsigned instead)."
    fi
    clients=$(in_root postconf -xh mynetworks 2>/dev/null | tr -s ', ' '\n' |
        grep -vE '^(127\.|\[::1\]|\[::ffff:127\.|$)' | tr '\n' ' ')
    if [ -n "$clients" ]; then
        note "mail from these networks is relayed, but signed only if you add them to /etc/opendkim/TrustedHosts:"
        more "$clients"
    fi
}
check_server() {
    check_programs || return
    version=$(in_root opendkim -V 2>/dev/null | sed -n 's/.*OpenDKIM Filter v\([^ ]*\).*/\1/p')
    ok "Postfix $(in_root postconf -h mail_version 2>/dev/null), OpenDKIM $version"
    check_opendkim
    check_postfix
    check_other_domains "$root/etc/opendkim/KeyTable" 's/^[^ ]* \([^:]*\):.*/\1/'
}

# Where the OpenDKIM that was set up before listens: "inet:12301@localhost", "local:/run/opendkim/opendkim.sock". Its
# own file counts before Debian's.
old_socket() {
    {
        sed -nE 's/^[[:space:]]*[Ss]ocket[[:space:]]+//p' "$root$opendkim_conf"
        sed -nE 's/^[[:space:]]*SOCKET=//p' "$root/etc/default/opendkim"
    } 2>/dev/null | tr -d "\"' \t" | sed -n 1p
}
# The list $1 with our milter in it: in the place of an older OpenDKIM, before OpenDMARC (which reads what OpenDKIM
# found), or at the end.
with_milter() {
    # shellcheck disable=SC2016 # as it stands in main.cf
    case "$1" in
    *"$milter"* | *'$smtpd_milters'*) printf '%s\n' "$1" ;;
    *'{'*) printf '%s, %s\n' "$1" "$milter" ;;
    *)
        printf '%s\n' "$1" | tr -s ', \t' '\n' | awk -v ours="$milter" -v socket="$(old_socket)" '
            function put(entry) { list = list (list == "" ? "" : ", ") entry }
            # Postfix names a port as inet:HOST:PORT, and a socket within its own folder without that folder.
            function is_old(entry) {
                if (entry ~ /opendkim/ || entry ~ /^inet:localhost:8891$/) return 1
                if (socket ~ /^inet:[0-9]+/) {
                    split(socket, part, /[:@]/)
                    return entry ~ "^inet:(localhost|127[.]0[.]0[.]1|\\[?::1\\]?):" part[2] "$"
                }
                path = entry
                return sub(/^(unix|local):\/*/, "", path) && path != "" && length(socket) >= length(path) &&
                    substr(socket, length(socket) - length(path) + 1) == path
            }
            $0 == "" { next }
            is_old($0) { if (!done) put(ours); done = 1; next }
            /opendmarc/ || /:8893$/ { if (!done) put(ours); done = 1 }
            { put($0) }
            END { if (!done) put(ours); print list }'
        ;;
    esac
}
plan_main_cf() { # SETTINGS
    mkdir -p "$work/postfix" && cp "$root$(real $main_cf)" "$work/postfix/main.cf"
    : >"$work/postfix/master.cf"
    old_port=$(old_socket | sed -nE 's/^inet:([0-9]+).*/\1/p')
    old_port=${old_port:-8891}
    while IFS= read -r line; do
        name=${line%% =*}
        value=${line#*= }
        old=$(in_root postconf -h "$name" 2>/dev/null)
        case $name in
        *_milters)
            value=$(with_milter "$old")
            case $old in
            *"$milter"*) ;; # Ours stands there already: the old one went before, or was taken out.
            *'{'*opendkim* | *'{'*":$old_port"*)
                stop "$name names your old OpenDKIM within { }; take it out, then run this again:"
                more "$old"
                ;;
            esac
            ;;
        milter_default_action) if grep -q "^$name = " "$work/main"; then value=$old; fi ;;
        esac
        [ "$value" = "$old" ] || in_root postconf -c "${work#"$root"}/postfix" -e "$name = $value" || stop "postconf cannot set $name"
    done <"$work/settings"
    plan_part 0644 root:root $main_cf "$work/postfix/main.cf"
}
plan_parts() {
    hosts=/etc/opendkim/TrustedHosts
    if [ -e "$root$hosts" ]; then cp "$root$hosts" "$work/stage/old"; else : >"$work/stage/old"; fi
    with_block "$here/files$hosts" "$work/stage/old" >"$work/stage/TrustedHosts"
    plan_part 0644 root:root "$hosts" "$work/stage/TrustedHosts"
    # Last, because Postfix must not be told of a milter that is not there yet.
    grep -v '^#' "$here/files$main_cf" >"$work/settings"
    plan_main_cf
}

running_before() { ! is_running opendkim || echo opendkim; }
activate() {
    [ $activated = no ] || return 0
    activated=yes
    in_root opendkim -n -x "$opendkim_conf" </dev/null >"$work/said" 2>&1 || {
        said "$work/said"
        fail "OpenDKIM does not accept the new configuration (opendkim -n)"
    }
    while read -r _ _ _ key domain _; do
        as_user opendkim test -r "$key" || fail "OpenDKIM's user cannot read the key of $domain: $key"
    done <"$work/keys"
    if [ -n "$root" ]; then return 0; fi
    service_is restart opendkim || {
        said "$work/service"
        fail "OpenDKIM could not be restarted"
    }
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        if listening; then
            ok "OpenDKIM restarted; it listens on 127.0.0.1 port 8891"
            return 0
        fi
        sleep 1
    done
    fail "OpenDKIM does not listen on port 8891 after 30 seconds; see the mail log"
}
before() { if [ "$1" = $main_cf ]; then activate; fi; }
validate() {
    activate
    in_root postfix check </dev/null >"$work/said" 2>&1 || {
        said "$work/said"
        fail "Postfix does not accept the new configuration (postfix check)"
    }
    ok "OpenDKIM and Postfix accept the configuration, and every key can be read"
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
reload_new() { reload_postfix || { said "$work/service"; fail "Postfix could not be reloaded"; }; }
# Postfix first, so that it never asks a milter that is gone.
reload_old() {
    reload_postfix || note "Postfix could not be reloaded: postfix reload"
    [ -z "$root" ] || return 0
    if grep -q opendkim "$pending/running" 2>/dev/null; then
        service_is restart opendkim || note "OpenDKIM could not be restarted: service opendkim restart"
    else
        service_is stop opendkim || note "OpenDKIM could not be stopped: service opendkim stop"
    fi
}

# The first line of the table that fits counts, as for OpenDKIM.
signing_selectors() {
    name=$(awk -v from="*@$1" '$1 == from { print $2; exit }' "$root/etc/opendkim/SigningTable") && [ -n "$name" ] || return 1
    entry=$(awk -v name="$name" '$1 == name { print $2; exit }' "$root/etc/opendkim/KeyTable")
    file=${entry#*:*:}
    as_user opendkim test -r "$file" || return 1
    selector=${entry#*:}
    printf '%s\n' "${selector%%:*}"
}
show_services() {
    if is_running opendkim; then ok "OpenDKIM is running"; else note "OpenDKIM is not running"; fi
    if postfix_is_running; then ok "Postfix is running"; else note "Postfix is not running"; fi
}
test_server() {
    for name in smtpd_milters non_smtpd_milters; do
        case $(in_root postconf -xh $name) in
        *"$milter"*) ;;
        *) stop "Postfix does not ask OpenDKIM: $name has no $milter" ;;
        esac
    done
    [ -n "$root" ] || listening || stop "OpenDKIM does not listen on port 8891: service opendkim restart"
}
