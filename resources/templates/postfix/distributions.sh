# Where the distributions have what we need. The bundle speaks of Debian's places; here they become this server's. Run on
# Debian only: what stands here was read in the packages of Fedora and Alpine, and in Arch's handbook of OpenDKIM.
distribution=
distribution_name() { sed -nE 's/^PRETTY_NAME="?([^"]*)"?$/\1/p' "$root/etc/os-release" 2>/dev/null; }
know_distribution() {
    for distribution in $(sed -nE 's/^(ID|ID_LIKE)="?([^"]*)"?$/\2/p' "$root/etc/os-release" 2>/dev/null) unknown; do
        case $distribution in
        debian | ubuntu) return ;;
        fedora | rhel | centos)
            add_command="dnf install"
            return
            ;;
        alpine | arch)
            add_command="apk add"
            if [ "$distribution" = arch ]; then add_command="pacman -S"; fi
            opendkim_conf=/etc/opendkim/opendkim.conf
            opendmarc_conf=/etc/opendmarc/opendmarc.conf
            return
            ;;
        esac
    done
}
opendkim_conf=/etc/opendkim.conf
opendmarc_conf=/etc/opendmarc.conf
know_server() {
    know_distribution
    # Alpine and Arch say rspamd.
    if [ -z "$(id_of passwd "$account")" ] && [ -n "$(id_of passwd "${account#_}")" ]; then account=${account#_}; fi
}
# Of the lines of a manifest: MODE OWNER …PATH, which has the path last for the files that are elsewhere.
as_here() { sed "s|:_rspamd |:$account |; s| /etc/opendkim\\.conf\$| $opendkim_conf|; s| /etc/opendmarc\\.conf\$| $opendmarc_conf|"; }
check_distribution() { # FILE that its package brings
    if [ "$distribution" = unknown ] && [ ! -e "$root$1" ]; then
        stop "this system ($(distribution_name)) is none that we know, and $1 is not there as on Debian."
        more "On Debian, Ubuntu, Fedora, Alpine and Arch this script knows where things are."
    elif [ "$distribution" = unknown ]; then
        note "this system ($(distribution_name)) is none that we know; $1 is there as on Debian, so it is treated as one"
    fi
}
# Debian starts what it installs, and with the system; others leave that to the admin.
check_start() { # SERVICE
    if [ -d /run/systemd/system ]; then
        systemctl is-enabled --quiet "$1" 2>/dev/null || note "$1 does not start with the system yet: systemctl enable $1"
    elif command -v rc-update >/dev/null; then
        rc-update show default 2>/dev/null | grep -q "^ *$1 " || note "$1 does not start with the system yet: rc-update add $1"
    fi
}
