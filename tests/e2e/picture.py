"""What stands on a server's disk: so that "nothing changed" is a comparison and not an impression."""

import hashlib
import os
import stat

from box import Box

FOLDERS = ["/etc", "/usr", "/opt", "/root", "/home", "/srv", "/boot", "/var/backups", "/var/lib", "/var/local"]
Entry = tuple[str, int, int, int, str, int]  # type, mode, uid, gid, what is in it, time of change (ns)
Picture = dict[str, Entry]
_sums: dict[tuple[int, ...], str] = {}


def take(box: Box) -> Picture:
    entries: Picture = {}
    root = str(box.path("/"))
    for folder in FOLDERS:
        for place, folders, files in os.walk(os.path.join(root, folder.lstrip("/"))):
            entries[place[len(root):] + "/"] = entry(place)
            for name in [*files, *(name for name in folders if os.path.islink(os.path.join(place, name)))]:
                entries[os.path.join(place, name)[len(root):]] = entry(os.path.join(place, name))
    return entries


def difference(before: Picture, after: Picture, times: bool = True, but: tuple[str, ...] = ()) -> str:
    """One line per path that differs; empty: the same. `but`: beginnings of paths that are left out."""
    end = None if times else -1
    lines = []
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        same = old is not None and new is not None and old[:end] == new[:end]
        if not same and not path.startswith(but):
            lines.append(f"{path}: {_show(old)} -> {_show(new)}")
    return "\n".join(lines)


def entry(path: str) -> Entry:
    status = os.lstat(path)
    kind = stat.S_IFMT(status.st_mode)
    inside = ""
    if stat.S_ISREG(kind):
        inside = _sum(path, status)
    elif stat.S_ISLNK(kind):
        inside = os.readlink(path)
    # A folder's time changes with a temporary file that was there for a moment; what is in it is compared anyway.
    changed = 0 if stat.S_ISDIR(kind) else status.st_mtime_ns
    return (f"{kind:o}", stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, inside, changed)


def _sum(path: str, status: os.stat_result) -> str:
    """Read again only where the kernel saw a change (nobody can set the ctime)."""
    key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    if key not in _sums:
        with open(path, "rb") as file:
            _sums[key] = hashlib.file_digest(file, "sha256").hexdigest()
    return _sums[key]


def _show(entry: Entry | None) -> str:
    return "absent" if entry is None else f"{entry[1]:04o} {entry[2]}:{entry[3]} {entry[4][:12]} {entry[5]}"
