#!/usr/bin/env python3
"""filelists.py FOLDER OUTPUT: writes three lists of what is in FOLDER, for the installer. OUTPUT/unpack.nsh puts it into
${NEW}, OUTPUT/move.nsh moves it from there to $INSTDIR, and OUTPUT/remove.nsh takes away that and nothing else: who
installs into a folder with files of his own shall find them again."""
import pathlib
import sys

folder, output = map(pathlib.Path, sys.argv[1:])
entries = sorted(entry.relative_to(folder) for entry in folder.rglob("*"))
files = [entry for entry in entries if (folder / entry).is_file()]
folders = [entry for entry in entries if (folder / entry).is_dir()]


def inside(top, entry):
    return '"' + "\\".join([top, *entry.parts]) + '"'


unpack = []
for parent in [pathlib.Path("."), *folders]:
    unpack.append("SetOutPath " + inside("${NEW}", parent))
    unpack += [f'File "{folder / entry}"' for entry in files if entry.parent == parent]
move = ["CreateDirectory " + inside("$INSTDIR", entry) for entry in folders]
for entry in files:
    move += ["Delete " + inside("$INSTDIR", entry), f'Rename {inside("${NEW}", entry)} {inside("$INSTDIR", entry)}']
remove = ["Delete " + inside("$INSTDIR", entry) for entry in files]
remove += ["RMDir " + inside("$INSTDIR", entry) for entry in reversed(folders)]
for name, lines in ("unpack", unpack), ("move", move), ("remove", remove):
    (output / f"{name}.nsh").write_text("\n".join(lines) + "\n")
