#!/bin/sh
# portable.sh [FOLDER]: builds sealwright-VERSION-linux-x86_64.tar.xz, which carries Qt and runs on any distribution with
# the glibc of Debian 12 or a newer one, into build/packages or FOLDER. Two builds give the same octets, as long as
# Debian's packages are the same. For Debian 12, as root or as a user with sudo.
set -eu
out=${1:+$(realpath -m "$1")}
cd "$(dirname "$0")/../.."
. packaging/linux/build.sh
begin_package carried-packages.txt

name=sealwright-$version
/usr/bin/python3 packaging/linux/carry.py build/package "$work/$name"
cp "$work/$name/parts.json" build/package # for the list of what is inside a release
cp LICENSE packaging/linux/portable/menu.sh "$work/$name"
sed "s/@VERSION@/$version/" packaging/linux/portable/README.txt.in >"$work/$name/README.txt"

archive=$out/$name-linux-x86_64.tar.xz
# xz with one thread: with more, where it cuts depends on their number.
tar -C "$work" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$name" |
    xz -9 -T1 >"$archive"
echo "$archive"
