"""Debian roots with a mail server in each, made once and kept: a base, and a copy of it per stack."""

import fcntl
import os
import shutil
import subprocess

PACKAGES = {
    "exim4-debian": ["exim4-daemon-light", "bind9-host"],
    "postfix-opendkim": ["postfix", "opendkim", "bind9-host"],
}
# Nothing may be started while packages are being installed.
NO_SERVICES = "#!/bin/sh\nexit 101\n"


def layer(cache, stack):
    """The root of that stack; made where it is not there yet."""
    os.makedirs(cache, exist_ok=True)
    with open(os.path.join(cache, "lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        base = _make(cache, "base", _make_base)
        return _make(cache, stack, lambda root: _make_stack(root, base, PACKAGES[stack]))


def _make(cache, name, make):
    root = os.path.join(cache, name)
    if not os.path.isdir(root):
        unfinished = root + ".unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        print(f"making the root {name} (once) ...", flush=True)
        make(unfinished)
        os.rename(unfinished, root)
    return root


def _debian_sources():
    """The sources of this machine that are Debian's, in the form of sources.list."""
    form = "deb $(SITE) $(RELEASE) $(COMPONENT) # $(ORIGIN)"
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", form, "Created-By: Packages"], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    lines = sorted({line.removesuffix(" # Debian") for line in listed if line.endswith(" # Debian")})
    return "\n".join(lines) + "\n" if lines else "deb http://deb.debian.org/debian bookworm main\n"


def _apt_options():
    """How this machine reaches its mirrors."""
    dump = subprocess.run(["apt-config", "dump", "Acquire"], check=True, capture_output=True, text=True).stdout
    return "".join(line + "\n" for line in dump.splitlines() if "::Proxy" in line or "::proxy" in line)


def _make_base(root):
    options = root + ".apt.conf"
    with open(options, "w", encoding="utf-8") as file:
        file.write(_apt_options())
    command = ["mmdebstrap", "--quiet", "--mode=root", "--variant=apt", f"--aptopt={options}", "bookworm", root, "-"]
    try:
        subprocess.run(command, check=True, input=_debian_sources(), text=True)
    finally:
        os.unlink(options)
    with open(os.path.join(root, "usr/sbin/policy-rc.d"), "w", encoding="ascii") as file:
        file.write(NO_SERVICES)
        os.fchmod(file.fileno(), 0o755)


def _make_stack(root, base, packages):
    subprocess.run(["cp", "-a", base, root], check=True)
    shutil.copy("/etc/resolv.conf", os.path.join(root, "etc/resolv.conf"))
    script = """
        mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" || exit 1
        chroot "$0" apt-get update -qq &&
        chroot "$0" apt-get install -y -qq --no-install-recommends "$@" >"$0.log" 2>&1 &&
        chroot "$0" apt-get clean"""
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive", LC_ALL="C.UTF-8")
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script, root, *packages]
    subprocess.run(command, check=True, env=environment)
