#!/bin/sh
# refresh.sh [BUILD]: takes over the pictures of each page that the test gui/keyring made in BUILD (build/dev), and makes
# those of the Verify page in the laboratory, as root. Needs Debian's imagemagick and optipng.
set -eu
cd "$(dirname "$0")"
build=$(cd "../../${1:-build/dev}" && pwd)
/usr/bin/python3 -B ../../tests/lab/pictures.py --program "$build/app/gui/sealwright" --cli "$build/app/cli/sealwright-cli" \
    "$build/tests/lab/pictures" sound broken propagating offline
for picture in "$build"/tests/gui/keyring/[1-7]-*.png "$build"/tests/lab/pictures/verify-*.png; do
    convert "$picture" -strip +dither -colors 200 "$(basename "$picture")"
done
optipng -quiet -o4 ./*.png
