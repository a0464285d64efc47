"""A server in a box: its own mount, process, network and host name spaces over a root that stays as it is.

The box lives as long as the pipe to its first process. Whatever ends us, kill -9 included, closes the pipe: the kernel
then ends every process of the box, and its mounts and network go with it.
"""

import itertools
import pathlib
import socket
import subprocess
import threading
from collections.abc import Sequence

import net

_numbers = itertools.count(1)

# /proc/self/stat still is that of the outside here, so it tells the number by which nsenter finds us.
SET_UP = r"""
set -e
read -r pid rest </proc/self/stat
lower=$1 top=$2 name=$3
root=$top/root
mkdir -p "$top/upper" "$top/work" "$root"
mount -t overlay -o "lowerdir=$lower,upperdir=$top/upper,workdir=$top/work" overlay "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 run "$root/run"
mkdir -m 1777 "$root/run/lock"
mount -t tmpfs -o mode=755 dev "$root/dev"
mkdir -m 1777 "$root/dev/shm"
for node in "null 3" "zero 5" "full 7" "random 8" "urandom 9"; do
    mknod -m 666 "$root/dev/${node% *}" c 1 "${node#* }"
done
mknod -m 666 "$root/dev/tty" c 5 0
ln -s /proc/self/fd "$root/dev/fd"
ip link set lo up
echo "$name" >/proc/sys/kernel/hostname
rm -f "$root/etc/resolv.conf"
echo "nameserver $4" >"$root/etc/resolv.conf"
echo "$name" >"$root/etc/hostname"
printf '127.0.0.1 localhost\n%s %s %s\n' "$5" "$name" "${name%%.*}" >"$root/etc/hosts"
echo "$pid"
"""
# CHLD is ignored so that the kernel reaps daemons: a zombie would look to start-stop-daemon as if it still ran. (sh does
# not hand that on to what it executes; perl is in every Debian.)
_WAIT = r"""exec chroot "$root" /usr/bin/perl -e '$SIG{CHLD} = "IGNORE"; 1 while <STDIN>'"""
SPACES = ["--mount", "--pid", "--fork", "--kill-child", "--net", "--uts", "--propagation", "unchanged"]


class Box:
    def __init__(self, root: pathlib.Path, work: pathlib.Path) -> None:
        self._number = next(_numbers)
        self._top = work / f"box{self._number}"
        self._lower = root
        self._log: list[str] = []

    def __enter__(self) -> "Box":
        self._begin(["unshare", *SPACES], SET_UP + _WAIT)
        self._listen_to_syslog()
        return self

    def __exit__(self, *_: object) -> None:
        self._unwire()
        self._first.stdin.close()
        self._first.wait(timeout=30)
        self._syslog.close()

    def _begin(self, unshare: list[str], script: str) -> None:
        self._first = subprocess.Popen(
            [*unshare, "sh", "-c", script, "box", self._lower, self._top, net.SERVER_NAME, net.NAMESERVER, net.SERVER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self._first.stdout.readline()
        if not line:
            raise RuntimeError("the box could not be made; the reason stands above")
        self._pid = int(line)
        self._wire()

    @property
    def log(self) -> list[str]:
        """What its daemons told syslog."""
        return self._log

    def path(self, inside: str) -> pathlib.Path:
        """A file of the box as we see it. Do not follow absolute symbolic links with it."""
        return pathlib.Path(f"/proc/{self._pid}/root") / inside.lstrip("/")

    def run(self, *command: str, input: str | bytes | None = None, timeout: float = 120) -> subprocess.CompletedProcess:
        """Runs a command in the box; stdout is what it wrote to both, as text."""
        return self._enter(["--mount", "--pid", "--net", "--uts", "--root", "--wd"],
                           ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C", *command], input, timeout)

    def run_in_network(self, *command: str, input: bytes | None = None) -> subprocess.CompletedProcess:
        """Runs a program of ours where the box has its network, so that 127.0.0.1 is the server's."""
        return self._enter(["--net"], command, input, 120)

    def _enter(self, spaces: list[str], command: Sequence[str], input: str | bytes | None, timeout: float) -> subprocess.CompletedProcess:
        octets = input.encode() if isinstance(input, str) else input
        done = subprocess.run(["nsenter", "-t", str(self._pid), *spaces, *command],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout,
                              **({"stdin": subprocess.DEVNULL} if octets is None else {"input": octets}))
        return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(errors="replace"))

    def sh(self, script: str) -> str:
        """A script that has to work: the preparations of an admin."""
        done = self.run("sh", "-ec", script)
        if done.returncode != 0:
            raise RuntimeError(f"in the box: {script}\n{done.stdout}")
        return done.stdout

    def write(self, path: str, content: str) -> None:
        """As an admin's editor does: owner and mode of an existing file stay."""
        self.path(path).write_text(content)

    def _wire(self) -> None:
        out = f"out{self._number}"

        def ip(*words: str, inside: bool = False) -> None:
            enter = ["nsenter", "-t", str(self._pid), "--net"] if inside else []
            subprocess.run([*enter, "ip", *words], check=True)

        ip("link", "add", out, "type", "veth", "peer", "name", "eth0", "netns", str(self._pid))
        ip("link", "set", out, "up")
        ip("route", "replace", f"{net.SERVER}/32", "dev", out, "src", net.NEXT_HOP)
        ip("address", "add", f"{net.SERVER}/24", "dev", "eth0", inside=True)
        ip("link", "set", "eth0", "up", inside=True)
        ip("route", "add", "default", "via", net.NEXT_HOP, inside=True)

    def _unwire(self) -> None:
        subprocess.run(["ip", "link", "del", f"out{self._number}"], check=False, stderr=subprocess.DEVNULL)

    def _listen_to_syslog(self) -> None:
        self._syslog = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._syslog.bind(str(self.path("/dev/log")))
        self.path("/dev/log").chmod(0o666)

        def listen() -> None:
            while True:
                try:
                    self._log.append(self._syslog.recv(8192).decode(errors="replace").strip("\0\n"))
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
