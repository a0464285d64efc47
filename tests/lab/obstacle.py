"""Why the laboratory can't be run here."""

import importlib.util
import os
import shutil

import namespaces

SKIPPED = 77


def obstacle() -> str:
    """Why nothing can be run here; empty: it can."""
    if os.geteuid() != 0:
        return "needs root (namespaces, mounts, ports below 1024)"
    programs = ["dnssec-signzone", "dovecot", "ip", "knotd", "named", "nsd", "nsenter", "rndc", "unshare"]
    missing = [program for program in programs if not shutil.which(program)]
    missing += [module for module in ("cryptography", "dns") if not importlib.util.find_spec(module)]
    if missing:
        return f"{', '.join(missing)} not installed (tests/run.sh installs all; tests/lab/packages.txt names the packages)"
    return namespaces.refusal()
