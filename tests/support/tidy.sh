#!/bin/sh
# tidy.sh SOURCE-FOLDER BUILD-FOLDER: clang-tidy over core and app. It cannot read the precompiled headers of GCC, so it
# gets the same commands without them.
set -eu
source=$1
build=$2
mkdir -p "$build/tidy"
sed -E 's/ -Winvalid-pch//; s/ -include [^ ]*cmake_pch\.hxx//; s/ -fpch-preprocess//' \
    "$build/compile_commands.json" >"$build/tidy/compile_commands.json"
exec run-clang-tidy -quiet -j2 -p "$build/tidy" "^$source/(core|app)/"
