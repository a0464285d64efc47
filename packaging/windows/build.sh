#!/bin/sh
# build.sh [FOLDER]: makes FOLDER/sealwright-VERSION-setup.exe for 64-bit Windows; FOLDER is build/windows if not given.
# FOLDER/program is what it installs. The libraries come from third-party.sh, which builds them the first time.
# SEALWRIGHT_WINDOWS_CACHE: their folder. SEALWRIGHT_SIGN: a program that is called with each .exe of ours to sign.
# For Debian 12, as root or as a user with sudo.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=${1:-$root/build/windows}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cache=${SEALWRIGHT_WINDOWS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sealwright/windows}
triple=x86_64-w64-mingw32

"$here/../linux/install-packages.sh" "$here/packages.txt"
"$here/third-party.sh" "$cache"
prefix=$(cd "$cache" && pwd)/prefix

# The same sources give the same octets, whenever and wherever.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 1)}
QT_RCC_SOURCE_DATE_OVERRIDE=1
CCACHE_BASEDIR= # see packaging/linux/build.sh
export SOURCE_DATE_EPOCH QT_RCC_SOURCE_DATE_OVERRIDE CCACHE_BASEDIR

build=$out/build
log=$out/build.log
echo "Building Sealwright for Windows (log: $log) ..." >&2
if ! { cmake -S "$root" -B "$build" -G Ninja -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DWIN_PREFIX="$prefix" \
    -DCMAKE_PREFIX_PATH="$prefix/qt;$prefix;$prefix/tests" -DOPENSSL_ROOT_DIR="$prefix" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" -DCMAKE_CROSSCOMPILING_EMULATOR=wine && ninja -C "$build" -j"$(nproc)" sealwright sealwright-cli; } >"$log" 2>&1; then
    grep -B1 -A12 -E 'error|FAILED' "$log" | head -n 60 >&2
    echo "The build failed; the whole log is in $log" >&2
    exit 1
fi
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")

# ---- What is installed

program=$out/program
rm -rf "$program"
mkdir -p "$program/plugins/platforms" "$program/plugins/styles" "$program/translations" "$program/licences"
cp "$build/app/gui/sealwright.exe" "$build/app/cli/sealwright-cli.exe" "$program"
cp "$prefix/qt/plugins/platforms/qwindows.dll" "$program/plugins/platforms"
cp "$prefix/qt/plugins/styles/qwindowsvistastyle.dll" "$program/plugins/styles"
cp /usr/share/qt6/translations/qtbase_*.qm "$program/translations"
cp "$here/qt.conf" "$program"
cp -r "$prefix/licences/." "$prefix/parts.tsv" "$program/licences"
cp "$root/LICENSE" "$program/licences/sealwright.txt"
cat >"$program/licences/README.txt" <<'end'
The libraries are Debian's. parts.tsv lists each with its version and licence; their texts are in the folders here. The sources
of those with "source" in the last column are in sealwright-VERSION-setup-sources.tar, which is published beside the installer.
The others are named there by their source package, SOURCE_VERSION: https://snapshot.debian.org/package/SOURCE/VERSION/
(gcc-mingw-w64 is made from gcc-12). Names as qt6-base/zlib are of what the source of the first holds of others.
end

# Windows' own libraries, of those that our programs and Qt name.
of_windows="authz advapi32 bcrypt comctl32 comdlg32 crypt32 d2d1 d3d11 d3d9 dwmapi dwrite dxgi gdi32 imm32 iphlpapi kernel32
    mpr msvcrt netapi32 ole32 oleaut32 rpcrt4 setupapi shcore shell32 shlwapi user32 userenv uxtheme version winmm
    winspool.drv ws2_32 wtsapi32"
runtime=$(dirname "$($triple-g++-posix -print-file-name=libstdc++-6.dll)")
copied=true
while $copied; do
    copied=false
    needed=$(find "$program" \( -name '*.exe' -o -name '*.dll' \) -exec "$triple-objdump" -p {} + |
        sed -n 's/.*DLL Name: //p' | sort -u)
    for dll in $needed; do
        [ ! -e "$program/$dll" ] || continue
        case $dll in api-ms-win-*) continue ;; esac
        lower=$(echo "$dll" | tr '[:upper:]' '[:lower:]')
        # shellcheck disable=SC2086 # a list of words
        ! printf '%s\n' $of_windows | grep -qx -e "$lower" -e "${lower%.dll}" || continue
        for folder in "$prefix/qt/bin" "$prefix/bin" "$runtime" "/usr/$triple/lib"; do
            if [ -e "$folder/$dll" ]; then
                cp "$folder/$dll" "$program"
                copied=true
                continue 2
            fi
        done
        echo "$dll is needed, and is neither ours nor known to be part of Windows." >&2
        exit 1
    done
done
find "$program" \( -name '*.exe' -o -name '*.dll' \) -exec "$triple-strip" --strip-unneeded {} +

sign() { # FILE...
    [ -n "${SEALWRIGHT_SIGN:-}" ] || return 0
    for file; do
        "$SEALWRIGHT_SIGN" "$file"
    done
}
sign "$program/sealwright.exe" "$program/sealwright-cli.exe"

# ---- The installer

work=$out/installer
rm -rf "$work"
mkdir -p "$work"
"$here/filelists.py" "$program" "$work"
convert -size 164x314 xc:'#e9eef6' "$root/resources/icons/png/sealwright-128.png" -gravity center -composite \
    -alpha off -type TrueColor "BMP3:$work/side.bmp"
find "$program" "$work" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + # the installer keeps the times of what it carries
setup=$out/sealwright-$version-setup.exe
echo "Packing $setup ..." >&2
if ! makensis -WX -NOCD -V2 -DVERSION="$version" -DVI_VERSION="$version.0" -DFOLDER="$program" -DWORK="$work" \
    -DSIZE="$(du -sk --apparent-size "$program" | cut -f 1)" -DICON="$build/sealwright.ico" -DOUTPUT="$setup" \
    -DSIGN="${SEALWRIGHT_SIGN:-}" "$here/installer.nsi" >"$work/log" 2>&1; then
    cat "$work/log" >&2
    exit 1
fi
sign "$setup"
(cd "$out" && sha256sum "$(basename "$setup")" | tee "$setup.sha256") >&2
