#!/bin/sh
# Made by Sealwright. Run it as root on the mail server: "sh install.sh help" tells how.
# Only the line before the last does anything, so a script that was cut short does nothing.
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin:/usr/exim/bin
LC_ALL=C
export PATH LC_ALL
umask 077

title={{title}}
stack={{stackName}}
manifest_sha256={{manifest}}
# unchanged or results: what is to be done with mail that comes in.
inbound={{inboundName}}

usage() {
    cat <<'END'
sh install.sh check      look at this server and say what would change; changes nothing
sh install.sh install    back up, write, let the server check its configuration, reload; undone if anything fails
sh install.sh test       show with which key mail of each domain would be signed, and whether DNS has that key
sh install.sh status     show what is installed
sh install.sh rollback   put everything back as it was before the first install

  --root DIR                  work on the system in DIR (an image, a container); nothing is reloaded there
  --replace                   install: replace a DKIM set-up of your own that is in the way (it is backed up)
                              rollback: undo what you edited since as well (a copy is kept)
  --install-packages          install: let apt bring the programs that are missing
  --send ADDRESS              test: then send one real mail there from each domain
  --json                      report in lines of JSON, for scripts
  --no-smarthost-signing      exim: do not sign what goes out through a smarthost; later installs keep to it
  --smarthost-signing         exim: sign that after all
END
}

{{> report}}

# The system we work on: $root is empty for this one.
in_root() {
    if [ -n "$root" ]; then chroot "$root" "$@"; else "$@"; fi
}
# shellcheck disable=SC2016 # the inner shell expands it
have() { in_root sh -c 'command -v "$1" >/dev/null' sh "$1"; }
# shellcheck disable=SC2016
as_user() {
    account=$1
    shift
    if have runuser; then
        in_root runuser -u "$account" -- "$@"
    else # Alpine has it in a package of its own.
        in_root su -s /bin/sh -c 'exec "$@"' -- "$account" sh "$@"
    fi
}
# What we need ourselves; a small system has it from busybox, and a container may lack some.
check_tools() {
    lacking=
    for tool in awk cmp flock sed sha256sum stat; do
        command -v "$tool" >/dev/null || lacking="$lacking $tool"
    done
    [ -z "$lacking" ] ||
        fail "this script needs tools that are not here:$lacking (packages: gawk or mawk, diffutils, util-linux, sed, coreutils)"
}
id_of() { # passwd|group NAME
    if [ -n "$root" ] || ! command -v getent >/dev/null; then
        awk -F: -v name="$2" '$1 == name { print $3; exit }' "$root/etc/$1"
    else
        getent "$1" "$2" | cut -d: -f3
    fi
}
ids_of() { printf '%s:%s' "$(id_of passwd "${1%:*}")" "$(id_of group "${1#*:}")"; }
mode_and_ids() { stat -c '%a %u:%g' "$1"; }
inode() { stat -c %d:%i "$1"; }
beside() { printf '%s/.sealwright-%s.%s' "$(dirname "$2")" "$1" "$(basename "$2")"; }
# A link of the admin's stays one: we work on what it points to.
real() {
    if [ -L "$root$1" ]; then in_root readlink -f "$1"; else printf '%s\n' "$1"; fi
}

service_is() { # ACTION NAME: without systemd, "service" works where invoke-rc.d refuses, and hands our umask on
    if [ -d /run/systemd/system ]; then
        systemctl "$1" "$2"
    elif command -v rc-service >/dev/null; then
        (umask 022 && rc-service "$2" "$1")
    elif command -v service >/dev/null; then
        (umask 022 && service "$2" "$1")
    else
        (umask 022 && "/etc/init.d/$2" "$1")
    fi </dev/null >"$work/service" 2>&1 9>&-
}
is_running() { [ -z "$root" ] && service_is status "$1"; }

# A stack may put its own in the place of these.
# shellcheck disable=SC2317
{
    know_server() { :; }                      # which system this is
    as_here() { cat; }                        # the lines of the manifest with this system's users and places
    fitted() { printf '%s\n' "$here/$1"; } # a file of the bundle as it suits this system
    accepts_old() { :; }                      # whether the server's own check was content with what was there before us
}

{{> bundle}}

{{> block}}

{{> plan}}

{{> undo}}

{{> packages}}

{{> inbound}}

{{> verbs}}

is_address() {
    case $1 in
    -* | @* | *@ | *@*@* | *[!A-Za-z0-9@._+=-]*) return 1 ;;
    *@*) return 0 ;;
    *) return 1 ;;
    esac
}
main() {
    verb=
    root=
    replace=no
    install_packages=no
    send_to=
    smarthost_signing=
    case " $* " in *" --json "*) json=yes ;; esac
    while [ $# -gt 0 ]; do
        case $1 in
        --root)
            [ $# -gt 1 ] || fail "--root needs a folder"
            root=$(cd "$2" 2>/dev/null && pwd) || fail "there is no folder $2"
            [ "$root" != / ] || root=
            shift
            ;;
        --replace) replace=yes ;;
        --install-packages) install_packages=yes ;;
        --send)
            [ $# -gt 1 ] || fail "--send needs an address"
            send_to=$2
            is_address "$2" || fail "$2 is no address to send to"
            shift
            ;;
        --json) ;;
        --no-smarthost-signing) smarthost_signing=no ;;
        --smarthost-signing) smarthost_signing=yes ;;
        help | -h | --help)
            usage
            exit 0
            ;;
        check | install | test | status | rollback) verb="$verb$1" ;;
        *) verb=none ;;
        esac
        shift
    done
    case $verb in
    check | install | test | status | rollback) ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
    [ "$(id -u)" = 0 ] || fail "please run this as root: sudo sh install.sh $verb"
    here=$(cd "$(dirname "$0")" && pwd)
    script=$here/$(basename "$0")
    check_tools
    know_server
    base=$(base_of)
    recall_choice
    work=$(mktemp -d "$root/tmp/sealwright.XXXXXX") || fail "cannot write to $root/tmp"
    # All that follows is planned in there, and must not be cut short by a full disk.
    { dd if=/dev/zero of="$work/room" bs=65536 count=16 2>/dev/null && rm "$work/room"; } ||
        fail "there is no room in $root/tmp (1 MiB is needed); nothing was changed"
    chmod 0711 "$work" # The server's user reads a test message in it; all else is 0600.
    trap at_exit EXIT
    catch_signals
    # A rollback needs no bundle: it puts back what the server has kept.
    [ "$verb" = rollback ] || verify_bundle
    [ "$verb" = rollback ] || [ $verified = yes ] || exit 1
    "do_$verb"
}

{{> stack}}

{{> stackInbound}}
main "$@"
