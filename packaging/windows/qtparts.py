#!/usr/bin/python3
"""qtparts.py SOURCE LICENCES: what of others qtbase holds that goes into Qt for Windows, one a line: name, version or -, licence (SPDX).

Copies their licences into the folder LICENCES. Source: the files qt_attribution.json, in which Qt's own documentation lists them.
"""

import json
import pathlib
import shutil
import sys

MODULES = {"qtcore", "qtgui", "qtwidgets"}
# Folders of what is for other systems, or left out by third-party.sh. What isn't known to be left out is listed.
ELSEWHERE = {"VulkanMemoryAllocator", "android", "cocoa", "forkfd", "gradle", "kernel", "libjpeg", "pixman", "vulkan", "wasm", "xcb"}
NO_SPDX_LICENCE = {"ICC License"}


def main() -> None:
    source, licences = map(pathlib.Path, sys.argv[1:])
    licences.mkdir(parents=True, exist_ok=True)
    files = [*source.glob("src/**/qt_attribution.json"), *source.glob("util/**/qt_attribution.json")]
    for file in sorted(files):
        if file.parent.name in ELSEWHERE:
            continue
        entries = json.loads(file.read_text(), strict=False)  # There are line ends in its strings.
        for entry in entries if isinstance(entries, list) else [entries]:
            if entry["QDocModule"] in MODULES:
                show(entry)
                keep_licence(entry, file.parent, licences)


def show(entry: dict) -> None:
    licence = entry.get("LicenseId", "").replace(" or ", " OR ")
    print(f"qt6-base/{entry['Id']}", entry.get("Version", "").split(" ")[-1] or "-",
          "NOASSERTION" if licence in {"", *NO_SPDX_LICENCE} else licence, sep="\t")


def keep_licence(entry: dict, folder: pathlib.Path, licences: pathlib.Path) -> None:
    """Where none is named the part is in the public domain."""
    for name in filter(None, entry.get("LicenseFiles", [entry.get("LicenseFile")])):
        shutil.copy(folder / name, licences / f"{entry['Id']}-{pathlib.Path(name).name}")


main()
