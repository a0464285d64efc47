"""Namespaces of their own for tests that are whole networks."""

import os
import subprocess
import sys
from typing import NoReturn

_INSIDE = "SEALWRIGHT_TEST_INSIDE"
_UNSHARE = ["unshare", "--mount", "--pid", "--net", "--uts", "--fork", "--kill-child", "--mount-proc"]


def unshare() -> list[str]:
    """In a chroot "/" is no mount point, and so can't be made private: there the mounts stay as they are shared."""
    private = subprocess.run(["unshare", "--mount", "true"], stderr=subprocess.DEVNULL).returncode == 0
    return _UNSHARE if private else [*_UNSHARE, "--propagation", "unchanged"]


def refusal() -> str:
    """Why the system does not let us; empty: it does."""
    tried = subprocess.run([*unshare(), "sh", "-c", "mount -t tmpfs tmpfs /mnt && umount /mnt"], capture_output=True, text=True)
    return f"the system refuses namespaces or mounts: {tried.stderr.strip()}" if tried.returncode != 0 else ""


def are_inside() -> bool:
    return bool(os.environ.get(_INSIDE))


def start_again_inside() -> NoReturn:
    """Replaces this program by itself, in new namespaces."""
    words = unshare()
    os.environ[_INSIDE] = "1"
    os.execvp(words[0], [*words, sys.executable, "-B", *sys.argv])
