programs="postconf rspamadm"
packages="postfix rspamd"
signer=rspamd
service=rspamd
account=_rspamd
milter=inet:127.0.0.1:11332
port=11332
networks=/etc/rspamd/local.d/sign_networks.map
generated=
signing_conf=/etc/rspamd/local.d/dkim_signing.conf

{{> distributions}}

{{> postfix}}

says_something() { grep -qsE '^[[:space:]]*[^#[:space:]]' "$root$(real "$1")"; }
# Where the admin has put the milter of rspamd, if he has: "*:11332", "/run/rspamd/milter.sock mode=0660".
own_socket() {
    sed -nE 's/^[[:space:]]*bind_socket[[:space:]]*=[[:space:]]*"?([^";]*).*/\1/p' \
        "$root/etc/rspamd/local.d/worker-proxy.inc" "$root/etc/rspamd/override.d/worker-proxy.inc" 2>/dev/null | tail -n 1
}
# The name by which Postfix asks that milter already: it stays.
known_milter() {
    in_root postconf -xh smtpd_milters 2>/dev/null | tr -s ',{} \t' '\n' |
        grep -E "^inet:(localhost|127\.0\.0\.1|\[::1\]):$port\$" | sed -n 1p
}
find_milter() {
    case $(own_socket) in
    *:*[0-9]) port=$(own_socket | sed 's/.*://') ;;
    esac
    milter=$(known_milter)
    milter=${milter:-inet:127.0.0.1:$port}
}
check_socket() {
    socket=$(own_socket)
    case $socket in
    '' | *:*[0-9]) ;;
    *)
        stop "rspamd's milter listens on a local socket ($socket), which \"install\" can't hand to Postfix."
        more "Give it a port in worker-proxy.inc, for example: bind_socket = \"localhost:11332\";"
        ;;
    esac
    if [ -z "$root" ] && listening && ! is_running rspamd; then
        stop "another program listens on port $port, which rspamd is to use"
    fi
}
check_rspamd() {
    if [ ! -d "$root/etc/rspamd/local.d" ]; then
        stop "/etc/rspamd/local.d is not there: rspamd is only half installed"
    fi
    if says_something $signing_conf && ! grep -q '^# Made by Sealwright' "$root$signing_conf"; then
        if [ "$replace" = yes ]; then
            note "\"install\" replaces your own $signing_conf; it is backed up"
        else
            stop "rspamd is already set up to sign here ($signing_conf)."
            more "To let \"install\" replace it (it is backed up): install --replace"
        fi
    fi
    for file in /etc/rspamd/override.d/dkim_signing.conf /var/lib/rspamd/dynamic/dkim_signing.conf; do
        if says_something "$file"; then
            stop "$file counts more than what \"install\" writes: empty it, then run this again"
        fi
    done
    if grep -qsiE '^[[:space:]]*(KeyTable|SigningTable|KeyFile|Domain)[[:space:]]' "$root/etc/opendkim.conf"; then
        note "OpenDKIM is set up to sign here too. Two signatures of a kind do no harm; to end it, take OpenDKIM out of"
        more "smtpd_milters and non_smtpd_milters when this is installed."
    fi
}
check_server() {
    check_programs || return
    ok "Postfix $(in_root postconf -h mail_version 2>/dev/null), $(in_root rspamd --version 2>/dev/null | sed -n 1p)"
    check_distribution /etc/rspamd
    check_rspamd
    find_milter
    check_socket
    check_postfix
    check_inbound
    check_other_domains "$root$signing_conf" 's/^  "\([^"]*\)" {$/\1/; t; d'
}

# Behind the others, which may change the mail.
check_milters() { :; }
with_milter() {
    # shellcheck disable=SC2016 # as it stands in main.cf
    case "$1" in
    *"$milter"* | *'$smtpd_milters'*) printf '%s\n' "$1" ;;
    '') printf '%s\n' "$milter" ;;
    *) printf '%s, %s\n' "$1" "$milter" ;;
    esac
}

# As its own user, who has to read what the test leaves behind in /var/lib/rspamd.
configtest() { as_user "$account" rspamadm configtest </dev/null >"$work/said" 2>&1; }
accepts_old() { postfix_is_content && configtest; }
check_signer() {
    configtest || {
        said "$work/said"
        fail "rspamd does not accept the new configuration (rspamadm configtest)"
    }
}

# What rspamd does with a mail of this server.
scan() { # DOMAIN
    printf 'From: postmaster@%s\nTo: postmaster@%s\nSubject: test\n\ntest\n' "$1" "$1" >"$work/message"
    rspamc --json --ip 127.0.0.1 --from "postmaster@$1" <"$work/message" >"$work/answer" 2>/dev/null
}
signing_selectors() { # DOMAIN
    if [ -z "$root" ] && scan "$1"; then
        grep -F " d=$1;" "$work/answer" | sed -nE 's/.*(\\t|; )s=([^;]+);.*/\2/p'
        return 0
    fi
    awk -v domain="\"$1\"" '$2 == "{" { ours = $1 == domain } ours && /selector = / { gsub(/[";]/, ""); print $4, $7 }' \
        "$root$signing_conf" >"$work/selectors"
    while read -r selector file; do
        if as_user "$account" test -r "$file"; then printf '%s\n' "$selector"; fi
    done <"$work/selectors"
}
