"""All files of a system before and after, so that "nothing is left of the package" is a comparison."""

import os
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1] / "e2e"))
import picture


def snapshot(root: str | os.PathLike) -> picture.Picture:
    """Type, mode, owner and content of each path below `root`. What is mounted there is left out."""
    root, entries = os.fspath(root), {}
    for place, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not os.path.ismount(os.path.join(place, name))]
        for path in [place, *(os.path.join(place, name) for name in files + folders)]:
            entries[path[len(root):] or "/"] = picture.entry(path)
    return entries


def difference(before: picture.Picture, after: picture.Picture, but: tuple[str, ...] = ()) -> list[str]:
    """One line per path that came, went or changed. `but`: beginnings of paths that are left out."""
    return picture.difference(before, after, times=False, but=but).splitlines()
