"""The servers' file systems: a small Debian per mail server and release, made once and kept."""

import fcntl
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

SUITES = {"12": "bookworm", "13": "trixie"}
OPTIONS = ["--variant=minbase", "--skip=cleanup/apt"]  # with apt's lists and packages, which every server can get

# iproute2 and procps are on every server (priority: important), though not in a minimal base.
PACKAGES = {
    "exim": ["exim4-daemon-light", "iproute2", "procps"],
    "postfix": ["postfix", "opendkim", "libsasl2-modules", "sasl2-bin", "iproute2", "procps"],
    "rspamd": ["postfix", "rspamd", "libsasl2-modules", "sasl2-bin", "iproute2", "procps"],
    # With other shells and tools than Debian's own, for install.sh to run in.
    "exim-shells": ["exim4-daemon-light", "busybox", "mksh", "iproute2", "procps"],
    "postfix-shells": ["postfix", "opendkim", "busybox", "mksh", "libsasl2-modules", "sasl2-bin", "iproute2", "procps"],
    "exim-heavy": ["exim4-daemon-heavy", "iproute2", "procps"],
    "postfix-opendmarc": ["postfix", "opendkim", "opendmarc", "libsasl2-modules", "sasl2-bin", "iproute2", "procps"],
}
# A computer with a desktop, for our packages (tests/packages): what every desktop has, but no program and no library of one.
PACKAGES["desktop"] = ["ca-certificates", "fontconfig-config", "fonts-dejavu-core", "libx11-data", "xkb-data", "xz-utils"]
PACKAGES |= {f"{server}-systemd": [*PACKAGES[server], "systemd-sysv"] for server in ("exim", "postfix", "rspamd")}


def ensure(cache: pathlib.Path, server: str, debian: str) -> pathlib.Path:
    """The root of that server; made first where it is not there. Safe to call from several processes at once."""
    cache.mkdir(mode=0o755, parents=True, exist_ok=True)
    recipe = " ".join([*OPTIONS, *PACKAGES[server]])
    name = f"{server}-debian{debian}"
    root = cache / f"{name}-{hashlib.sha256(recipe.encode()).hexdigest()[:12]}"
    with open(cache / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.is_dir():
            for old in cache.glob(f"{name}-*"):
                shutil.rmtree(old)
            half = cache / f"{name}-half"
            _bootstrap(half, debian, PACKAGES[server])
            half.rename(root)
    return root


def _bootstrap(target: pathlib.Path, debian: str, packages: list[str]) -> None:
    """Goes where the machine's own apt goes: its sources, keys, proxies and resolver."""
    with tempfile.TemporaryDirectory() as folder:
        options = pathlib.Path(folder) / "options.conf"
        options.write_text(subprocess.run(["apt-config", "dump", "Acquire"], check=True, capture_output=True, text=True).stdout)
        made = subprocess.run(
            ["mmdebstrap", "--mode=root", *OPTIONS, f"--include={','.join(packages)}", f"--aptopt={options}",
             SUITES[debian], str(target), *_sources(debian, pathlib.Path(folder))],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if made.returncode != 0:
        raise RuntimeError(f"mmdebstrap failed ({made.returncode}):\n{made.stdout[-4000:]}")


def _sources(debian: str, folder: pathlib.Path) -> list[str]:
    """Those of Debian itself among the machine's, for that release."""
    parts = pathlib.Path("/etc/apt/sources.list.d")
    files = [pathlib.Path("/etc/apt/sources.list"), *sorted(parts.glob("*.list")), *sorted(parts.glob("*.sources"))]
    sources = []
    for file in files:
        text = file.read_text() if file.is_file() else ""
        entries = text.split("\n\n") if file.suffix == ".sources" else text.splitlines()
        kept = [entry for entry in entries if re.search(r"^(?!#).*://\S+/debian(-security)?/?(\s|$)", entry, re.MULTILINE)]
        if kept:
            ours = folder / file.name
            ours.write_text("\n\n".join(kept).replace(SUITES["12"], SUITES[debian]) + "\n")
            sources.append(str(ours))
    return sources
