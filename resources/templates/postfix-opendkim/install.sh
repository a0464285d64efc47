programs="postconf opendkim"
packages="postfix opendkim"
signer=OpenDKIM
service=opendkim
account=opendkim
milter=inet:127.0.0.1:8891
port=8891
networks=/etc/opendkim/TrustedHosts
generated=

{{> distributions}}

{{> postfix}}

# OpenDKIM does not start with a trust anchor that is not there (which it needs to verify, not to sign), and other
# distributions have no list of public suffixes where Debian has it. An OpenDMARC of the admin's goes by what OpenDKIM has
# verified, and may refuse mail without it.
fitted() {
    case $1 in
    files/etc/opendkim.conf | files/etc/opendmarc.conf) ;;
    *)
        printf '%s\n' "$here/$1"
        return
        ;;
    esac
    {
        [ -e "$root/usr/share/dns/root.key" ] || echo '/^TrustAnchorFile /d'
        [ -e "$root/usr/share/publicsuffix/public_suffix_list.dat" ] || echo '/^PublicSuffixList /d'
        ! own_opendmarc_is_asked || echo '/^Mode /s/s$/sv/'
    } >"$work/stage/fit"
    sed -f "$work/stage/fit" "$here/$1" >"$work/stage/$(basename "$1")"
    printf '%s\n' "$work/stage/$(basename "$1")"
}

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
    # In a rollback that was cut short it may be our own OpenDKIM, whose file has gone back already.
    if [ -z "$root" ] && [ ! -e "$base/rolling-back" ] && listening && ! grep -qE '^[[:space:]]*Socket[[:space:]]+inet:8891' "$opendkim_conf"; then
        stop "another program listens on port 8891, which OpenDKIM is to use"
    fi
    # OpenDKIM refuses keys that others could replace, and then the domain's mail is turned away with 451.
    for path in / /etc /etc/dkimkeys; do
        if [ -d "$root$path" ] && [ -n "$(find "$root$path" -maxdepth 0 -perm /022)" ]; then
            stop "$path can be written by others than root, so OpenDKIM would refuse every key below it: chmod go-w $path"
        fi
    done
}
check_server() {
    check_programs || return
    version=$(in_root opendkim -V 2>/dev/null | sed -n 's/.*OpenDKIM Filter v\([^ ]*\).*/\1/p')
    ok "Postfix $(in_root postconf -h mail_version 2>/dev/null), OpenDKIM $version"
    check_distribution "$opendkim_conf"
    check_opendkim
    check_postfix
    check_inbound
    check_other_domains "$root/etc/opendkim/KeyTable" 's/^[^ ]* \([^:]*\):.*/\1/'
}

find_milter() { :; } # It is where our opendkim.conf says.
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
# One within { } has settings of the admin's: he knows where they belong.
check_milters() { # NAME OLD
    old_port=$(old_socket | sed -nE 's/^inet:([0-9]+).*/\1/p')
    case $2 in
    *"$milter"*) ;; # Ours stands there already: the old one went before, or was taken out.
    *'{'*opendkim* | *'{'*":${old_port:-8891}"*)
        stop "$1 names your old OpenDKIM within { }; take it out, then run this again:"
        more "$2"
        ;;
    esac
}

accepts_old() { postfix_is_content; }
check_signer() {
    in_root opendkim -n -x "$opendkim_conf" </dev/null >"$work/said" 2>&1 || {
        said "$work/said"
        fail "OpenDKIM does not accept the new configuration (opendkim -n)"
    }
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
