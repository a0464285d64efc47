# Where the distributions have what we need. The bundle speaks of Debian's places; here they become this server's. Run on
# Debian only: what stands here of Fedora, Alpine and Arch was read in their packages.
distribution=
distribution_name() { sed -nE 's/^PRETTY_NAME="?([^"]*)"?$/\1/p' "$root/etc/os-release" 2>/dev/null; }
know_server() {
    for distribution in $(sed -nE 's/^(ID|ID_LIKE)="?([^"]*)"?$/\2/p' "$root/etc/os-release" 2>/dev/null) unknown; do
        case $distribution in
        debian | ubuntu) return ;;
        fedora | rhel | centos)
            add_command="dnf install"
            return
            ;;
        alpine)
            add_command="apk add"
            opendkim_conf=/etc/opendkim/opendkim.conf
            account=${account#_} # rspamd, not _rspamd
            return
            ;;
        arch)
            add_command="pacman -S"
            opendkim_conf=/etc/opendkim/opendkim.conf
            account=${account#_} # rspamd, not _rspamd
            return
            ;;
        esac
    done
}
opendkim_conf=/etc/opendkim.conf
# Of the lines of a manifest: MODE OWNER …PATH, which has the path last for the files that are elsewhere.
as_here() { sed "s|:_rspamd |:$account |; s| /etc/opendkim\\.conf\$| $opendkim_conf|"; }
check_distribution() { # FILE that its package brings
    if [ "$distribution" = unknown ] && [ ! -e "$root$1" ]; then
        stop "this system ($(distribution_name)) is none that we know, and $1 is not there as on Debian."
        more "On Debian, Ubuntu, Fedora, Alpine and Arch this script knows where things are."
    elif [ "$distribution" = unknown ]; then
        note "this system ($(distribution_name)) is none that we know; $1 is there as on Debian, so it is treated as one"
    fi
}
