#!/bin/sh
# install-packages.sh LIST...: installs the Debian packages that the lists name (one a line, # begins a comment) and
# that are not there yet. Needs root or sudo only if something is missing. Servers that come along stay off, now and at
# the next start of the computer: who needs one runs it himself.
set -eu

missing=""
for package in $(sed "s/#.*//" "$@"); do
    if ! dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
        missing="$missing $package"
    fi
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    command -v sudo >/dev/null || {
        echo "These packages are missing:$missing" >&2
        echo "Installing them needs root. Run this again as root, or install sudo." >&2
        exit 1
    }
fi
echo "Installing:$missing" >&2
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap '$as_root rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null

if [ -d /run/systemd/system ]; then
    for package in $missing; do
        dpkg-query -L "$package" | sed -n 's|^/lib/systemd/system/\([^/@]*\.service\)$|\1|p' |
            xargs -r $as_root systemctl disable --quiet 2>/dev/null || true
    done
fi
