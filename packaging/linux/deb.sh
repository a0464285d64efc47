#!/bin/sh
# deb.sh [FOLDER]: builds sealwright_VERSION_amd64.deb for Debian 12 and what comes after it, into build/packages or
# FOLDER. Two builds are made to give the same octets. For Debian 12, as root or as a user with sudo.
set -eu
out=${1:+$(realpath -m "$1")}
cd "$(dirname "$0")/../.."
. packaging/linux/build.sh
begin_package deb-packages.txt

tree=$work/tree
mkdir "$tree"
DESTDIR=$tree cmake --install build/package --prefix /usr --strip >/dev/null
mv "$tree/usr/share/zsh/site-functions" "$tree/usr/share/zsh/vendor-completions" # where Debian's zsh looks
doc=$tree/usr/share/doc/sealwright
cp packaging/linux/debian/copyright "$doc/copyright"
maintainer=$(sed -n 's/^Maintainer: //p' packaging/linux/debian/control.in)
awk -v MAINTAINER="$maintainer" -f packaging/linux/debian/changelog.awk "$doc/CHANGELOG.md" >"$doc/changelog"
rm "$doc/CHANGELOG.md"
gzip -9n "$doc/changelog" "$tree"/usr/share/man/man1/*

# dpkg-shlibdeps wants to stand in a source package: it is shown an empty one.
source=$work/source
mkdir -p "$source/debian"
printf 'Source: sealwright\n' >"$source/debian/control"
libraries=$(cd "$source" && dpkg-shlibdeps --warnings=1 -O "$tree/usr/bin/sealwright" "$tree/usr/bin/sealwright-cli" 2>"$work/log") || {
    cat "$work/log" >&2
    exit 1
}
libraries=${libraries#shlibs:Depends=}
mkdir "$tree/DEBIAN"
(cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
size=$(find "$tree/usr" -type f -printf '%s\n' | awk '{ size += int(($1 + 1023) / 1024) } END { print size }')
sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$size/" -e "s/@LIBRARIES@/$libraries/" -e "s|@HOMEPAGE@|$homepage|" \
    packaging/linux/debian/control.in >"$tree/DEBIAN/control"

find "$tree" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +

dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/sealwright_${version}_amd64.deb" >/dev/null
echo "$out/sealwright_${version}_amd64.deb"
