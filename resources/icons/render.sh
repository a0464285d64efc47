#!/bin/sh
# Renders the drawings to the PNGs that the program embeds and the desktop shows. Run it after changing an SVG.
# Needs Debian's librsvg2-bin and optipng; the program itself needs neither, nor QtSvg.
set -eu
cd "$(dirname "$0")"
mkdir -p png
render() { # DRAWING SIZE FILE
    rsvg-convert -w "$2" -h "$2" "$1.svg" -o "png/$3.png"
}
for drawing in state-*.svg; do
    name=${drawing%.svg}
    render "$name" 16 "$name"
    render "$name" 32 "$name@2x"
done
for drawing in page-*.svg; do
    name=${drawing%.svg}
    render "$name" 52 "$name"
    render "$name" 104 "$name@2x"
done
for size in 16 32; do
    render sealwright-small "$size" "sealwright-$size" # the large drawing turns to mud at these sizes
done
for size in 48 64 128 256; do
    render sealwright "$size" "sealwright-$size"
done
optipng -quiet -o2 png/*.png
