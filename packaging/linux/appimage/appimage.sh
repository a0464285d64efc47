#!/bin/sh
# UNTESTED in its last step: appimagetool is in no Debian package. The folder that it is given is tried by
# tests/packages/portable.py.
#
# appimage.sh ARCHIVE FOLDER: from the portable archive into FOLDER/Sealwright.AppDir, and where appimagetool (or the
# program that APPIMAGETOOL names) is there, into FOLDER/sealwright-VERSION-x86_64.AppImage.
set -eu
archive=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
mkdir -p "$2"
cd "$2"
tool=${APPIMAGETOOL:-appimagetool}

id=org.sealwright.Sealwright
dir=Sealwright.AppDir
rm -rf "$dir"
mkdir "$dir"
tar -xf "$archive" -C "$dir" --strip-components=1
rm "$dir/menu.sh" "$dir/README.txt"
install -m 755 "$here/AppRun" "$dir/AppRun"
# Where appimagetool and the desktops look for what share/ has.
cp "$dir/share/applications/$id.desktop" "$dir"
cp "$dir/share/icons/hicolor/256x256/apps/$id.png" "$dir"
ln -s "$id.png" "$dir/.DirIcon"
mkdir "$dir/usr"
ln -s ../share "$dir/usr/share"

if command -v "$tool" >/dev/null; then
    version=$(basename "$archive" | sed 's/^sealwright-\([0-9.]*\)-.*/\1/')
    ARCH=x86_64 "$tool" "$dir" "sealwright-$version-x86_64.AppImage"
else
    echo "$2/$dir is ready; there is no appimagetool to pack it" >&2
fi
