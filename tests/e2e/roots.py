"""The servers' file systems: a small Debian 12 per mail server, made once and kept."""

import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

SUITE = "bookworm"

# iproute2 and procps are on every server (priority: important), though not in a minimal base.
PACKAGES = {
    "exim": ["exim4-daemon-light", "iproute2", "procps"],
    "postfix": ["postfix", "opendkim", "libsasl2-modules", "sasl2-bin", "iproute2", "procps"],
    "rspamd": ["postfix", "rspamd", "libsasl2-modules", "sasl2-bin", "iproute2", "procps"],
}


def path_of(cache: pathlib.Path, server: str) -> pathlib.Path:
    recipe = " ".join([SUITE, *PACKAGES[server]])
    return cache / f"{server}-{hashlib.sha256(recipe.encode()).hexdigest()[:12]}"


def ensure(cache: pathlib.Path, server: str) -> pathlib.Path:
    """The root of that server; made first where it is not there. Safe to call from several processes at once."""
    cache.mkdir(mode=0o755, parents=True, exist_ok=True)
    root = path_of(cache, server)
    with open(cache / f"{server}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.is_dir():
            for old in cache.glob(f"{server}-*"):
                shutil.rmtree(old)
            half = cache / f"{server}-half"
            _bootstrap(half, PACKAGES[server])
            half.rename(root)
    return root


def _bootstrap(target: pathlib.Path, packages: list[str]) -> None:
    """Goes where the machine's own apt goes: its sources, keys, proxies and resolver."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as options:
        options.write(subprocess.run(["apt-config", "dump", "Acquire"], check=True, capture_output=True, text=True).stdout)
        options.flush()
        made = subprocess.run(
            ["mmdebstrap", "--mode=root", "--variant=minbase", f"--include={','.join(packages)}",
             f"--aptopt={options.name}", SUITE, str(target), *_sources()],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if made.returncode != 0:
        raise RuntimeError(f"mmdebstrap failed ({made.returncode}):\n{made.stdout[-4000:]}")


def _sources() -> list[str]:
    parts = pathlib.Path("/etc/apt/sources.list.d")
    files = [pathlib.Path("/etc/apt/sources.list"), *sorted(parts.glob("*.list")), *sorted(parts.glob("*.sources"))]
    return [str(file) for file in files if file.is_file() and file.stat().st_size > 0]
