# shellcheck shell=sh disable=SC2034
# Read by the scripts that make packages, which stand in the repository then.
# version, homepage: of the project; SOURCE_DATE_EPOCH: the day of its release, for all that carries a time.

version=$(sed -n 's/^project(Sealwright VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
homepage=$(sed -n 's/.*HOMEPAGE_URL "\([^"]*\)".*/\1/p' CMakeLists.txt)
release_day=$(sed -n "s/^## $version . \([0-9-]*\)\$/\1/p" CHANGELOG.md)
SOURCE_DATE_EPOCH=$(date -u -d "${release_day:?CHANGELOG.md has no line for version $version}" +%s)
CCACHE_BASEDIR= # else ccache names our sources otherwise in what OpenSSL's macros compile into the programs
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC CCACHE_BASEDIR

# begin_package LIST: installs the Debian packages of LIST, builds what all packages hold, and makes the folder "work", which goes
# away with the script. "out" is where the package goes.
begin_package() {
    # shellcheck disable=SC1091 # of the system
    if [ "$(. /etc/os-release && echo "$ID $VERSION_ID") $(dpkg --print-architecture)" != "debian 12 amd64" ]; then
        echo "Packages are made on Debian 12, amd64: on others they would ask for other libraries than they say." >&2
        exit 1
    fi
    packaging/linux/install-packages.sh packaging/linux/build-packages.txt "packaging/linux/$1"
    out=${out:-build/packages}
    mkdir -p "$out"
    build_package
    case ${TMPDIR:-} in *[!A-Za-z0-9/._-]*) TMPDIR=/tmp ;; esac # rpmbuild takes no blanks
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    umask 022
}

build_package() {
    log=build/package/build.log
    mkdir -p build/package
    echo "Building Sealwright $version ..." >&2
    if ! { cmake --preset package && cmake --build --preset package; } >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        echo "The build failed; the whole log is in $log" >&2
        exit 1
    fi
}
