#!/bin/sh
# refresh.sh [BUILD]: takes over the pictures of each page that the test gui/keyring made in BUILD (build/dev).
# Needs Debian's imagemagick and optipng.
set -eu
cd "$(dirname "$0")"
build=$(cd "../../${1:-build/dev}" && pwd)
for picture in "$build"/tests/gui/keyring/[1-7]-*.png; do
    convert "$picture" -strip +dither -colors 200 "$(basename "$picture")"
done
optipng -quiet -o4 ./*.png
