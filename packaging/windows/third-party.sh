#!/bin/sh
# third-party.sh [CACHE]: builds what Sealwright needs on Windows from Debian's source packages, once, into CACHE/prefix.
# A part is built again when its recipe below, the tools of all recipes, or the toolchain file changes. CACHE is
# $SEALWRIGHT_WINDOWS_CACHE or ~/.cache/sealwright/windows. third-party.sh --ready [CACHE] builds nothing; its exit code
# says whether all is there.
#   CACHE/sources       the source packages, to be offered beside the program
#   CACHE/prefix        headers and libraries, licences/PART/, and parts.tsv: part, version, licence, source
#   CACHE/log           one log a part
set -eu
here=$(cd "$(dirname "$0")" && pwd)
script=$here/third-party.sh
toolchain=$here/toolchain.cmake
asked=all
case ${1:-} in --*) asked=${1#--} && shift ;; esac # --ready, or --PART: one part, as this script calls itself
cache=${1:-${SEALWRIGHT_WINDOWS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sealwright/windows}}
prefix=$cache/prefix
work=$cache/work
jobs=$(nproc)
triple=x86_64-w64-mingw32
parts="qt openssl unbound cares curl libarchive unistring idn2 psl qtkeychain debian"

# ---- The recipes. Each runs in the unpacked source and says first what it is: source package and licence.

# Without the platforms that nobody uses on Windows; switching Direct2D off by its option breaks the one in use.
build_qt() {
    is qt6-base LGPL-3.0-only
    sed -i -E '/\((minimal|offscreen|direct2d)\)/d' src/plugins/platforms/CMakeLists.txt
    off="dbus icu glib zstd vulkan tabletevent androiddeployqt jpeg printsupport network sql xml pkg_config
         system_zlib system_pcre2 system_png system_freetype system_harfbuzz system_doubleconversion system_libb2"
    # shellcheck disable=SC2046,SC2086 # lists of words
    with_cmake -DCMAKE_INSTALL_PREFIX="$prefix/qt" -DBUILD_SHARED_LIBS=ON -DQT_BUILD_EXAMPLES=OFF -DQT_BUILD_TESTS=OFF \
        -DINPUT_opengl=no -DINPUT_openssl=no $(printf ' -DFEATURE_%s=OFF' $off)
    cmake --install build --strip
    licences LICENSES/*
    "$here/qtparts.py" . "$prefix/licences/qt6-base/parts" | sed "s/\$/\tqt6-base_$version/" >>"$work/parts"
}

# It names its own files relative to its folder, but would tell the options that we give it. The folders of Windows are
# given to make: Configure takes C:/ for relative, and any user of the computer where the program runs could create
# what comes of it and lay a configuration there.
build_openssl() {
    is openssl Apache-2.0
    perl Configure mingw64 shared no-tests no-engine no-module no-comp no-autoload-config \
        --cross-compile-prefix=$triple- --prefix="$prefix" --libdir=lib -Wl,--no-insert-timestamp
    for target in build_libs install_dev; do
        make -j"$jobs" $target OPENSSLDIR='C:/Program Files/Common Files/SSL' \
            ENGINESDIR='C:/Program Files/OpenSSL/engines' MODULESDIR='C:/Program Files/OpenSSL/modules'
    done
    licences LICENSE.txt
}

# libunbound uses no expat, but configure wants to see one. When a context goes, it would free an event twice (1.17.1).
build_unbound() {
    is unbound BSD-3-Clause
    sed -i 's/^\tub_winsock_unregister_wsaevent(tube->ev_listen);$/&\n\ttube->ev_listen = NULL;/' util/tube.c
    grep -q 'tube->ev_listen = NULL' util/tube.c
    mkdir -p no-expat/include
    : >no-expat/include/expat.h
    with_configure --with-libunbound-only --with-ssl="$prefix" --with-libexpat="$PWD/no-expat" --disable-flto \
        --disable-gost --disable-rpath --without-pthreads
    licences LICENSE
}

# Debian's mend of a flaw names a number as only Unix does.
build_cares() {
    is c-ares MIT
    sed -i 's/\bINADDRSZ\b/NS_INADDRSZ/' src/lib/inet_net_pton.c
    with_cmake -DCARES_STATIC=ON -DCARES_SHARED=OFF -DCARES_BUILD_TOOLS=OFF
    cmake --install build
    licences LICENSE.md
}

# What core/live speaks: HTTP, SMTP, IMAP, each with and without TLS.
build_curl() {
    is curl curl
    off="DICT FILE FTP GOPHER LDAP LDAPS MQTT POP3 RTSP SMB TELNET TFTP ALTSVC COOKIES HSTS PROXY"
    # shellcheck disable=SC2046,SC2086 # lists of words
    with_cmake -DBUILD_SHARED_LIBS=OFF -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DENABLE_MANUAL=OFF \
        -DCURL_USE_OPENSSL=ON -DOPENSSL_ROOT_DIR="$prefix" -DCURL_USE_LIBSSH2=OFF -DCURL_USE_LIBPSL=OFF -DUSE_LIBIDN2=OFF \
        -DUSE_WIN32_LDAP=OFF -DUSE_NGHTTP2=OFF -DCURL_ZLIB=OFF -DCURL_BROTLI=OFF -DCURL_ZSTD=OFF -DCURL_CA_PATH=none -DCURL_CA_BUNDLE=none \
        $(printf ' -DCURL_DISABLE_%s=ON' $off)
    cmake --install build
    licences COPYING
}

# The two answers about zlib are given because asking crashes CMake 3.25.
build_libarchive() {
    is libarchive BSD-2-Clause
    off="TEST TAR CPIO CAT WERROR BZip2 LZMA ZSTD LZ4 LIBXML2 EXPAT OPENSSL LIBB2 ICONV PCREPOSIX"
    # shellcheck disable=SC2046,SC2086 # lists of words
    with_cmake --target=archive_static -DZLIB_LIBRARY=/usr/$triple/lib/libz.a -DZLIB_INCLUDE_DIR=/usr/$triple/include \
        -DZLIB_WINAPI=OFF -DZLIB_WINAPI_WITH_LIB=/usr/$triple/lib/libz.a $(printf ' -DENABLE_%s=OFF' $off)
    install -D -m 644 build/libarchive/libarchive_static.a "$prefix/lib/libarchive.a"
    install -D -m 644 libarchive/archive.h libarchive/archive_entry.h -t "$prefix/include"
    licences COPYING
}

build_unistring() {
    is libunistring "LGPL-3.0-or-later OR GPL-2.0-or-later"
    with_configure --only=lib
    licences COPYING COPYING.LIB
}

build_idn2() {
    is libidn2 "LGPL-3.0-or-later OR GPL-2.0-or-later"
    with_configure --disable-doc --disable-nls --with-libunistring-prefix="$prefix"
    licences COPYING*
}

# Its own build wants the autotools for two files. Our names are ASCII (A-labels), so it needs to know no Unicode.
build_psl() {
    is libpsl MIT
    number=${version%%-*}
    patch=${number##*.}
    minor=${number#*.}
    python3 src/psl-make-dafsa --output-format=cxx+ /usr/share/publicsuffix/public_suffix_list.dat src/suffixes_dafsa.h
    sed -e "s/@LIBPSL_VERSION_MAJOR@/${number%%.*}/" -e "s/@LIBPSL_VERSION_MINOR@/${minor%%.*}/" \
        -e "s/@LIBPSL_VERSION_PATCH@/$patch/" -e "s/@LIBPSL_VERSION@/$number/" -e 's/@LIBPSL_VERSION_NUMBER@/0/' \
        include/libpsl.h.in >include/libpsl.h
    for file in psl lookup_string_in_fixed_set; do
        $triple-gcc-posix -O2 "-ffile-prefix-map=$PWD=." -Iinclude -Isrc -DENABLE_BUILTIN -DHAVE_UNISTD_H -DHAVE_STDINT_H \
            -DBUILDING_PSL -DPSL_STATIC -DPSL_DISTFILE='""' -DPACKAGE_VERSION="\"$number\"" -c src/$file.c
    done
    $triple-ar rcs libpsl.a psl.o lookup_string_in_fixed_set.o
    install -D -m 644 libpsl.a -t "$prefix/lib"
    install -D -m 644 include/libpsl.h -t "$prefix/include"
    licences COPYING
    of_package publicsuffix MPL-2.0
}

# Its CMake passes an option of Microsoft's compiler to every compiler for Windows.
build_qtkeychain() {
    is qtkeychain BSD-3-Clause
    sed -i 's|/utf-8||' qtkeychain/CMakeLists.txt
    # The headers of mingw still have what Windows XP took: 512 octets.
    sed -i 's|CRED_MAX_CREDENTIAL_BLOB_SIZE|(5 * 512)|g' qtkeychain/keychain_win.cpp
    with_cmake -DBUILD_WITH_QT6=ON -DBUILD_TRANSLATIONS=OFF -DBUILD_TEST_APPLICATION=OFF -DBUILD_TESTING=OFF
    cmake --install build --strip
    licences COPYING
}

# What Debian has ready: headers, zlib, and the compiler's runtime.
build_debian() {
    mkdir -p "$prefix/include" "$prefix/share/cmake"
    cp -r /usr/include/CLI /usr/include/tl /usr/include/kainjow "$prefix/include"
    cp -r /usr/share/cmake/CLI11 /usr/share/cmake/tl-expected "$prefix/share/cmake"
    of_package libcli11-dev BSD-3-Clause
    of_package libexpected-dev CC0-1.0
    of_package libkainjow-mustache-dev BSL-1.0
    of_package libz-mingw-w64-dev Zlib
    of_package gcc-mingw-w64-x86-64-posix-runtime "GPL-3.0-or-later WITH GCC-exception-3.1"
    of_package mingw-w64-x86-64-dev "ZPL-2.1 AND MIT"
    cmake -S /usr/src/googletest -B build -G Ninja -DCMAKE_TOOLCHAIN_FILE="$toolchain" -DWIN_PREFIX="$prefix" \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix/tests"
    ninja -j"$jobs" -C build install
}

# Debian's suite that a part comes from, if not this one.
suite_of() {
    case $1 in
        qtkeychain) echo trixie ;; # 0.13 of Debian 12 can't keep secrets longer than Windows takes in one piece.
        *) echo bookworm ;;
    esac
}

# ---- What the recipes are written in.

is() { # PACKAGE LICENCE: one of the source packages
    package=$1
    fetch "$package" "$(suite_of "$package")"
    record "$package" "$version" "$2" "source"
    cd "$work/source"
    SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -S Timestamp 2>/dev/null || echo 1)
    export SOURCE_DATE_EPOCH
}

of_package() { # PACKAGE LICENCE: a binary package of the system that builds
    # shellcheck disable=SC2016 # dpkg-query's own variables
    record "$1" "$(dpkg-query -W -f '${Version}' "$1")" "$2" \
        "$(dpkg-query -W -f '${source:Package}_${source:Version}' "$1")"
    install -D -m 644 "/usr/share/doc/$1/copyright" "$prefix/licences/$1/copyright"
}

record() { # PACKAGE VERSION LICENCE SOURCE
    printf '%s\t%s\t%s\t%s\n' "$@" >>"$work/parts"
}

licences() { # FILE...
    mkdir -p "$prefix/licences/$package"
    cp "$@" "$prefix/licences/$package"
    [ ! -e debian/copyright ] || cp debian/copyright "$prefix/licences/$package"
}

with_cmake() { # [--target=TARGET] OPTION...
    target=all
    case $1 in --target=*) target=${1#*=} && shift ;; esac
    cmake -S . -B build -G Ninja -DCMAKE_TOOLCHAIN_FILE="$toolchain" -DWIN_PREFIX="$prefix" -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_PREFIX_PATH="$prefix/qt;$prefix" -DCMAKE_INSTALL_PREFIX="$prefix" "$@"
    ninja -j"$jobs" -C build "$target"
}

with_configure() { # [--only=FOLDER] OPTION...
    only=.
    case $1 in --only=*) only=${1#*=} && shift ;; esac
    # Timestamps of patched files shall not ask for the autotools.
    find . -exec touch -d @1 {} +
    ./configure --host=$triple CC=$triple-gcc-posix --prefix="$prefix" --enable-static --disable-shared \
        CFLAGS="-O2 -ffile-prefix-map=$PWD=. -ffile-prefix-map=$prefix=." CPPFLAGS="-I$prefix/include" LDFLAGS="-L$prefix/lib" \
        PKG_CONFIG_LIBDIR="$prefix/lib/pkgconfig" "$@"
    make -C "$only" -j"$jobs"
    make -C "$only" install
}

# ---- Source packages. A mirror does not always have the newest that its list names.

with_lists() { # COMMAND SUITE [ARGUMENT...]: a tool of apt with lists of sources of its own, beside those of the system
    tool=$1
    lists=$cache/apt/$2
    shift 2
    "$tool" -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$lists/sources" -o Dir::State::Lists="$lists/lists" \
        -o Dir::Cache="$lists/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}

update_lists() { # SUITE
    lists=$cache/apt/$1
    mkdir -p "$lists/sources" "$lists/lists/partial" "$lists/cache/archives/partial"
    sed "s/SUITE/$1/g" >"$lists/sources/debian.sources" <<'end'
Types: deb-src
URIs: http://deb.debian.org/debian
Suites: SUITE SUITE-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb-src
URIs: http://deb.debian.org/debian-security
Suites: SUITE-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
end
    with_lists apt-get "$1" update -qq
}

fetch() { # PACKAGE SUITE: unpacks the newest version that downloads into $work/source and sets version
    [ -e "$cache/apt/$2/fresh" ] || { update_lists "$2" && touch "$cache/apt/$2/fresh"; }
    rm -rf "$cache/sources/$1" # of an older version
    mkdir -p "$cache/sources/$1"
    for version in $(with_lists apt-cache "$2" showsrc "$1" | sed -n 's/^Version: //p' | sort -rVu); do
        cd "$cache/sources/$1"
        if with_lists apt-get "$2" source --download-only -qq "$1=$version"; then
            dpkg-source --no-check -x "$1_${version#*:}.dsc" "$work/source"
            return
        fi
        # Of a package of Debian's, what upstream published is enough.
        if [ "$1" = qtkeychain ] && with_lists apt-get "$2" source --download-only --tar-only -qq "$1=$version"; then
            mkdir "$work/source"
            tar -xf "$1_${version%-*}".orig.tar.* -C "$work/source" --strip-components=1
            return
        fi
    done
    echo "No version of $1 in $2 could be downloaded." >&2
    return 1
}

# ---- Stamps.

key() { # PART
    {
        sed -n -e "/^build_$1()/,/^}/p" -e '/^# ---- What the recipes/,/^# ---- Source packages/p' "$script"
        suite_of "$1"
        cat "$toolchain"
        [ "$1" != qt ] || cat "$here/qtparts.py"
    } | sha256sum | cut -c 1-16
}

is_built() { # PART
    [ "$(cat "$cache/stamps/$1" 2>/dev/null)" = "$(key "$1")" ]
}

build() { # PART
    echo "Building $1 (log: $cache/log/$1.log) ..." >&2
    begin=$(date +%s)
    rm -rf "$work"
    mkdir -p "$work" "$cache/log" "$cache/stamps" "$cache/parts" "$prefix"
    if ! "$script" "--$1" "$cache" >"$cache/log/$1.log" 2>&1; then
        tail -n 30 "$cache/log/$1.log" >&2
        echo "Building $1 failed; the whole log is $cache/log/$1.log" >&2
        exit 1
    fi
    mv "$work/parts" "$cache/parts/$1"
    rm -rf "$work"
    key "$1" >"$cache/stamps/$1"
    echo "Built $1 in $(($(date +%s) - begin)) s." >&2
}

case $asked in
    all) ;;
    ready) # Something to build is not to be had from a look.
        for part in $parts; do
            is_built "$part" || exit 1
        done
        exit ;;
    *)
        set -x
        "build_$asked"
        exit ;;
esac

"$here/../linux/install-packages.sh" "$here/packages.txt"
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
prefix=$cache/prefix
work=$cache/work
rm -f "$cache"/apt/*/fresh
for part in $parts; do
    is_built "$part" || build "$part"
done
for part in $parts; do cat "$cache/parts/$part"; done | LC_ALL=C sort -u >"$prefix/parts.tsv"
