"""A computer that a package is tried on: a root of e2e/roots.py under an overlay, with a user's home, and thrown away afterwards.

Only inside namespaces of our own (support/namespaces.py). Its processes and its network, which is loopback, are those of the test.
"""

import pathlib
import subprocess
import tempfile

UID = 65534  # nobody: D-Bus speaks only to users that are known where it runs, and that is outside
HOME = "/home/user"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

_SET_UP = r"""
set -e
lower=$1 top=$2
root=$top/root
mkdir "$top/upper" "$top/work" "$root"
mount -t overlay -o "lowerdir=$lower,upperdir=$top/upper,workdir=$top/work" overlay "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 run "$root/run"
mount -t tmpfs -o mode=755 dev "$root/dev"
mkdir -m 1777 "$root/dev/shm"
for node in "null 3" "zero 5" "full 7" "random 8" "urandom 9"; do
    mknod -m 666 "$root/dev/${node% *}" c 1 "${node#* }"
done
ln -s /proc/self/fd "$root/dev/fd"
ip link set lo up
mkdir -m 700 "$root$4"
chown "$3:$3" "$root$4"
"""


class Machine:
    def __init__(self, lower: pathlib.Path, work: pathlib.Path) -> None:
        """`lower` stays as it is; `work` takes what changes, and must not be on an overlay."""
        self._lower, self._work = lower, work

    def __enter__(self) -> "Machine":
        self._top = pathlib.Path(tempfile.mkdtemp(dir=self._work))
        self._top.chmod(0o755)
        self.root = self._top / "root"
        subprocess.run(["sh", "-c", _SET_UP, "machine", self._lower, self._top, str(UID), HOME], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--recursive", "--lazy", self.root], check=True)
        subprocess.run(["rm", "-rf", "--one-file-system", self._top], check=True)

    def path(self, inside: str) -> pathlib.Path:
        """A file of it as we see it. Do not follow absolute symbolic links with it."""
        return self.root / inside.lstrip("/")

    def command(self, *words: str, user: bool = True, environment: dict[str, str] | None = None) -> list[str]:
        """What runs these words on it; the process keeps its number."""
        identity = [f"--userspec={UID}:{UID}", "--groups="] if user else []
        home = HOME if user else "/root"
        settings = {"PATH": PATH, "HOME": home, "LANG": "C.UTF-8", **(environment or {})}
        # chroot leads to /, as a user's shell would not.
        return ["chroot", *identity, str(self.root), "env", "-i", f"--chdir={home}",
                *(f"{name}={value}" for name, value in settings.items()), *words]

    def run(self, *words: str, user: bool = True, timeout: float = 300, **environment: str) -> subprocess.CompletedProcess:
        """stdout is what it wrote to both, as text."""
        return subprocess.run(self.command(*words, user=user, environment=environment), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=timeout)

    def sh(self, script: str, user: bool = True, **environment: str) -> str:
        """A script that has to work."""
        done = self.run("sh", "-ec", script, user=user, **environment)
        if done.returncode != 0:
            raise RuntimeError(f"on the machine: {script}\n{done.stdout}")
        return done.stdout
