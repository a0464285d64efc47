"""A box that systemd runs, as most servers are: install.sh then speaks to the daemons through systemctl."""

import pathlib
import subprocess
import time

from box import SET_UP, SPACES, Box

# Nothing but what the scenario starts: no timers that come between, and no mail server before its admin set it up.
_QUIET = "systemctl stop '*.timer' exim4 postfix opendkim rspamd 2>/dev/null || true"

# Without /dev/pts no unit with PrivateDevices= starts, and Debian 13's exim4 is one.
_BOOT = r"""
mkdir "$root/dev/pts"
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
exec chroot "$root" /usr/bin/env -i container=sealwright-e2e PATH=/usr/sbin:/usr/bin /lib/systemd/systemd --show-status=false
"""
_IN_CGROUP = ["sh", "-c", 'echo $$ >"$0/cgroup.procs"; exec "$@"']


def on_systemd(server):
    """That server, run by systemd, which keeps notes of its own."""
    server.systemd = True
    server.restless = (*server.restless, "/var/lib/systemd/")
    return server


class SystemdBox(Box):
    """Ends with the thread that made it: the kernel then kills unshare, and with it all that is within."""

    def __init__(self, root: pathlib.Path, work: pathlib.Path) -> None:
        super().__init__(root, work)
        self._cgroups = work / "cgroup"

    def __enter__(self) -> "SystemdBox":
        self._make_cgroup()
        self._begin([*_IN_CGROUP, str(self._cgroup), "setpriv", "--pdeathsig", "KILL", "unshare", "--cgroup", *SPACES],
                    SET_UP + _BOOT)
        self._wait_until_up()
        self.sh(_QUIET)
        return self

    def __exit__(self, *_: object) -> None:
        self._unwire()
        self._first.kill()
        self._first.wait(timeout=30)
        self._remove_cgroup()

    @property
    def log(self) -> list[str]:
        return self.run("journalctl", "--no-pager", "--output=short-precise").stdout.splitlines()

    def _make_cgroup(self) -> None:
        """One of its own, so that the machine's are not systemd's to rule."""
        if not self._cgroups.is_dir():
            self._cgroups.mkdir()
            subprocess.run(["mount", "-t", "cgroup2", "cgroup2", self._cgroups], check=True)
        for left in self._cgroups.glob("sealwright-e2e-*"):  # of a run that was killed
            _remove(left)
        self._cgroup = self._cgroups / f"sealwright-e2e-{time.monotonic_ns()}"
        self._cgroup.mkdir()

    def _remove_cgroup(self) -> None:
        deadline = time.monotonic() + 30
        while not _remove(self._cgroup) and time.monotonic() < deadline:
            time.sleep(0.05)

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + 120
        while self.run("systemctl", "is-system-running").stdout.strip() not in ("running", "degraded"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"systemd does not come up: {self.run('systemctl', 'list-jobs').stdout}")
            time.sleep(0.1)


def _remove(cgroup: pathlib.Path) -> bool:
    """With all below it, unless a process is in it."""
    try:
        for folder in sorted((path for path in cgroup.rglob("*") if path.is_dir()), reverse=True):
            folder.rmdir()
        cgroup.rmdir()
    except OSError:
        return False
    return True
