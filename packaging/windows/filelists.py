#!/usr/bin/env python3
"""filelists.py FOLDER OUTPUT: writes OUTPUT/files.nsh, which installs what is in FOLDER, and OUTPUT/remove.nsh, which
takes away that and nothing else: who installs into a folder with files of his own shall find them again."""
import pathlib
import sys

folder, output = map(pathlib.Path, sys.argv[1:])
entries = sorted(entry.relative_to(folder) for entry in folder.rglob("*"))
files = [entry for entry in entries if (folder / entry).is_file()]
folders = [entry for entry in entries if (folder / entry).is_dir()]


def installed(entry):
    return '"$INSTDIR\\' + str(entry).replace("/", "\\") + '"'


put = []
for parent in [pathlib.Path("."), *folders]:
    put.append("SetOutPath " + (installed(parent) if parent.name else '"$INSTDIR"'))
    put += [f'File "{folder / entry}"' for entry in files if entry.parent == parent]
put.append('SetOutPath "$INSTDIR"')
remove = ["Delete " + installed(entry) for entry in files] + ["RMDir " + installed(entry) for entry in reversed(folders)]
(output / "files.nsh").write_text("\n".join(put) + "\n")
(output / "remove.nsh").write_text("\n".join(remove) + "\n")
