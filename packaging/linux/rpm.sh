#!/bin/sh
# rpm.sh [FOLDER]: builds sealwright-VERSION-1.x86_64.rpm for distributions with the glibc of Debian 12 or a newer one, into
# build/packages or FOLDER. Two builds give the same octets, as long as Debian's packages are the same. For Debian 12, as
# root or as a user with sudo.
#
# It carries what the portable archive does: Debian's libcurl, for one, has versions of its symbols that Fedora's lacks, and
# Qt's private ones differ from release to release. All of it is in /usr/lib/sealwright, which is the FHS's place for what
# is a package's own, by the same name on distributions with and without a lib64.
set -eu
out=${1:+$(realpath -m "$1")}
cd "$(dirname "$0")/../.."
. packaging/linux/build.sh
begin_package carried-packages.txt

tree=$work/tree
own=$tree/usr/lib/sealwright
mkdir -p "$tree/usr/lib" "$tree/usr/bin"
/usr/bin/python3 packaging/linux/carry.py build/package "$own"
mv "$own/share" "$tree/usr/share"
ln -s ../lib/sealwright/bin/sealwright ../lib/sealwright/bin/sealwright-cli "$tree/usr/bin" # $ORIGIN is where these lead to
gzip -9n "$tree"/usr/share/man/man1/*
mkdir -p "$tree/usr/share/licenses/sealwright"
cp LICENSE "$tree/usr/share/licenses/sealwright"
find "$tree" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +

# Folders too, where rpm distributions have them from a package that may not be there: any number of packages may own one.
(cd "$tree" && LC_ALL=C find usr -type d -printf '%%dir "/%p"\n' -o -printf '"/%p"\n') | LC_ALL=C sort |
    grep -vxE '%dir "/usr(/bin|/lib|/share(/doc|/man(/man1)?)?)?"' >"$work/files"
carried=$(cd "$own/lib" && printf '%s\n' * | sed 's/[.+]/\\\\&/g' | paste -sd '|')
sed -e "s/@VERSION@/$version/" -e "s|@HOMEPAGE@|$homepage|" -e "s|@TREE@|$tree|" -e "s|@LIST@|$work/files|" \
    -e "s/@CARRIED@/$(printf %s "$carried" | sed 's/[\\&/]/\\&/g')/" packaging/linux/rpm/sealwright.spec.in >"$work/sealwright.spec"

rpmbuild -bb --quiet --target x86_64 --define "_topdir $work/rpm" --define "_tmppath $work" "$work/sealwright.spec" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
}
package=sealwright-$version-1.x86_64.rpm
cp "$work/rpm/RPMS/x86_64/$package" "$out"
echo "$out/$package"
