#!/bin/sh
# Installs what is missing, builds Sealwright, and opens the wizard. Arguments go to sealwright-cli instead.
# For Debian 12, as root or as a user with sudo.
set -eu
cd "$(dirname "$0")/.."
caller=$OLDPWD

packaging/linux/install-packages.sh packaging/linux/build-packages.txt packaging/linux/run-packages.txt

# Called by "sudo packaging/run.sh": build and run as the user, whose keyring and screen they are.
if [ "$(id -u)" = 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
    uid=$(id -u "$SUDO_USER")
    home=$(getent passwd "$SUDO_USER" | cut -d: -f6)
    user=$SUDO_USER
    unset SUDO_USER
    cd "$caller"
    exec runuser -u "$user" -- env HOME="$home" XDG_RUNTIME_DIR="/run/user/$uid" \
        DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$uid/bus" "$OLDPWD/packaging/run.sh" "$@"
fi

build=$PWD/build/release
log=$build/build.log
mkdir -p "$build"
echo "Building Sealwright (a few minutes the first time) ..." >&2
if ! { cmake --preset release -DBUILD_TESTING=OFF && cmake --build --preset release; } >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "The build failed; the whole log is in $log" >&2
    exit 1
fi

if [ $# -gt 0 ]; then
    cd "$caller"
    exec "$build/app/cli/sealwright-cli" "$@"
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$build/app/gui/sealwright"
fi
echo "There is no display here, so the wizard can't be shown. This is the same job on the command line," >&2
echo "for the domain example.org. Nothing is asked of the DNS and nothing outside build/example is changed." >&2
exec packaging/linux/example.sh "$build/app/cli/sealwright-cli" build/example
