"""run.py SCENARIO [--debian 12|13] --cli PROGRAM --cache FOLDER: one end-to-end scenario, in namespaces of its own.
run.py roots [SERVER…] [--debian 12|13] --cache FOLDER: makes the roots of these servers, or of all, where they are missing.

Needs root with CAP_SYS_ADMIN (namespaces, overlay and proc mounts), CAP_NET_ADMIN and CAP_MKNOD: a plain machine, a
virtual machine, a chroot on one, or a privileged container. Ends with 77 where the machine can't do it, and says why.
"""

import argparse
import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
import namespaces

SKIPPED = 77


def obstacle() -> str:
    """Why nothing can be run here; empty: it can."""
    if os.geteuid() != 0:
        return "needs root (namespaces, mounts, servers)"
    release = pathlib.Path("/etc/os-release")
    if not release.exists() or "VERSION_CODENAME=bookworm" not in release.read_text():
        return "needs Debian 12: the servers are installed from the machine's own apt sources"
    programs = ["apt-config", "ip", "knotd", "mmdebstrap", "named-checkzone", "nsenter", "openssl", "opendkim-testmsg", "perl",
                "shellcheck", "unshare"]
    missing = [program for program in programs if not shutil.which(program)]
    missing += [module for module in ("dkim", "dns", "nacl") if not importlib.util.find_spec(module)]
    if subprocess.run(["perl", "-MMail::DKIM", "-e1"], stderr=subprocess.DEVNULL).returncode != 0:
        missing.append("Mail::DKIM")
    if missing:
        return f"{', '.join(missing)} not installed (tests/run.sh installs all; tests/e2e/packages.txt names the packages)"
    return namespaces.refusal()


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("scenario")
    options.add_argument("servers", nargs="*")
    options.add_argument("--debian", default="12", help="the release that the servers run")
    options.add_argument("--cli")
    options.add_argument("--cache", type=pathlib.Path, required=True)
    chosen = options.parse_args()
    cache = pathlib.Path(os.environ.get("SEALWRIGHT_E2E_CACHE") or chosen.cache).resolve()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup would hand on that it is ignored, and no shell can take that back
    if namespaces.are_inside():
        import scenarios
        return scenarios.run(chosen.scenario, chosen.cli, cache, chosen.debian)
    if why := obstacle():
        print(f"SKIPPED: {why}")
        return SKIPPED
    if chosen.scenario == "roots":
        import roots
        for server in chosen.servers or roots.PACKAGES:
            print(f"ok    {roots.ensure(cache, server, chosen.debian)}", flush=True)
        return 0
    namespaces.start_again_inside()


sys.exit(main())
