#!/bin/sh
# desktop.sh BUILD: what a desktop and man(1) make of the files that are installed.
set -eu
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
DESTDIR=$root cmake --install "$1" --prefix /usr >/dev/null
id=org.sealwright.Sealwright

desktop-file-validate "$root/usr/share/applications/$id.desktop"
appstreamcli validate --pedantic --no-net "$root/usr/share/metainfo/$id.metainfo.xml"

for page in "$root"/usr/share/man/man1/*.1; do
    warnings=$(man --warnings=all -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
    [ -z "$warnings" ] || { echo "$page: $warnings" >&2 && exit 1; }
    whatis=$(lexgrog "$page")
    echo "$whatis"
    grep -qE '^\.TH [^ ]+ 1 "[0-9]{4}-[0-9]{2}-[0-9]{2}" ' "$page" || { echo "$page has no day" >&2 && exit 1; }
    # CLI11's words for what nobody named.
    if grep -E '\\fI(TEXT|INT|UINT|FLOAT)' "$page" >&2; then exit 1; fi
done

# The entry names a program and an icon that are there.
for key in Exec TryExec; do
    program=$(sed -n "s/^$key=\([^ ]*\).*/\1/p" "$root/usr/share/applications/$id.desktop")
    [ -x "$root/usr/bin/$program" ] || { echo "$key=$program is not installed" >&2 && exit 1; }
done
for size in 16 32 48 64 128 256; do
    file "$root/usr/share/icons/hicolor/${size}x$size/apps/$id.png" | grep -q "$size x $size," || {
        echo "no icon of $size pixels" >&2 && exit 1
    }
done
[ -s "$root/usr/share/icons/hicolor/scalable/apps/$id.svg" ]

# The manual page of the wizard knows each of its options.
options=$("$root/usr/bin/sealwright" --help)
options=$(printf '%s\n' "$options" | sed -n 's/^  .*\(--[a-z-]*\).*/\1/p')
[ "$(printf '%s\n' "$options" | wc -l)" -ge 8 ] || { echo "--help names few options" >&2 && exit 1; }
for option in $options; do
    [ "$option" = --help-all ] || man -l -Tascii "$root/usr/share/man/man1/sealwright.1" | col -b | grep -q -e "$option" || {
        echo "sealwright(1) does not name $option" >&2 && exit 1
    }
done
