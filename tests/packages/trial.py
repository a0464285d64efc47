"""What the trials of the packages have in common: where they can run, and the machine that each gets."""

import argparse
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent / name) for name in ("support", "gui", "e2e")]  # both have a nameserver: gui's is meant
import desktop
import namespaces
import picture
import roots
import walk
import wizard
from machine import HOME, Machine
from report import Report
from snapshot import difference, snapshot

SKIPPED = 77
# libstdc++, libgcc_s and glibc, with the modules by which it looks up users and names.
SYSTEM = ("/ld-linux-x86-64.so.2", "/libc.so.6", "/libm.so.6", "/libdl.so.2", "/libpthread.so.0", "/libresolv.so.2", "/librt.so.1",
          "/libutil.so.1", "/libgcc_s.so.1", "/libstdc++.so.6.", "/libnss_")
# Made by the program for its user: the bundles, its data, and what fontconfig remembers of the system's fonts.
USERS = (f"{HOME}/bundle", f"{HOME}/cli", f"{HOME}/.local/share/sealwright", f"{HOME}/.cache/fontconfig")
PARENTS = {f"{HOME}/.local", f"{HOME}/.local/share", f"{HOME}/.cache"}


def obstacle(programs: list[str]) -> str:
    """Why nothing can be tried here; empty: it can."""
    if os.geteuid() != 0:
        return "needs root (namespaces, mounts)"
    release = pathlib.Path("/etc/os-release")
    if not release.exists() or "VERSION_CODENAME=bookworm" not in release.read_text():
        return "needs Debian 12: the packages are made on it, and the machines from its apt sources"
    missing = [program for program in ("apt-config", "ip", "mmdebstrap", "openssl", "unshare", *programs) if not shutil.which(program)]
    missing += desktop.missing()
    if missing:
        return f"{', '.join(missing)} not installed (tests/run.sh installs all; tests/*/packages.txt name the packages)"
    return namespaces.refusal()


def main(name: str, trial: Callable[[Report, argparse.Namespace], None], programs: list[str],
         prepare: Callable[[argparse.Namespace], None] = lambda options: None) -> int:
    """Runs trial(report, options) in namespaces of its own; options.root is that of a computer with a desktop. `prepare` runs
    before, where there is a network."""
    parser = argparse.ArgumentParser()
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("--debian", default="12")
    parser.add_argument("--with-recommends", action="store_true", help="as apt does unless it is told not to; for the .deb")
    parser.add_argument("--cache", type=pathlib.Path, required=True, help="where the machines' roots are kept")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="a folder for pictures")
    options = parser.parse_args()
    cache = options.cache = pathlib.Path(os.environ.get("SEALWRIGHT_E2E_CACHE") or options.cache).resolve()
    if not namespaces.are_inside():
        if why := obstacle(programs):
            print(f"SKIPPED: {why}")
            return SKIPPED
        options.root = roots.ensure(cache, "desktop", options.debian)
        prepare(options)
        namespaces.start_again_inside()
    options.root = roots.ensure(cache, "desktop", options.debian)
    options.package, options.out = options.package.resolve(), options.out.resolve()
    report = Report(f"{name} on Debian {options.debian}")
    trial(report, options)
    return report.summary()


@contextlib.contextmanager
def machine(root: pathlib.Path) -> Iterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="sealwright-machine-") as work:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "machine", work], check=True)
        try:
            with Machine(root, pathlib.Path(work)) as made:
                yield made
        finally:
            subprocess.run(["umount", "--lazy", work], check=True)


def expect_own_libraries(report: Report, machine: Machine, folder: str, pid: int) -> None:
    """Of the system a process has only what SYSTEM names; and it hands on nothing by which others would load ours."""
    lines = pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines()
    mapped = {line.split(maxsplit=5)[5].removeprefix(str(machine.root)) for line in lines if "/" in line}
    loaded = {path for path in mapped if ".so" in path}
    own = {path for path in loaded if path.startswith(f"{folder}/")}
    foreign = {path for path in loaded - own if not any(name in path for name in SYSTEM)}
    report.check(f"it runs with {len(own)} libraries of its own and the system's C and C++ ones", own and not foreign, foreign)
    environment = pathlib.Path(f"/proc/{pid}/environ").read_text().split("\0")
    handed = [each for each in environment if each.startswith(("LD_", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN"))]
    report.check("and sets no variable that programs it starts would inherit", not handed, handed)


def use(report: Report, machine: Machine, folder: str, out: pathlib.Path, look: Callable[[int], None] = lambda pid: None) -> None:
    """The programs in `folder`, as a script and as a person use them."""
    cli = f"{folder}/sealwright-cli"
    version = machine.run(cli, "--version")
    report.check(f"sealwright-cli starts ({version.stdout.strip()})", version.returncode == 0, version.stdout)
    made = machine.run(cli, "--offline", "--vault", f"file:{HOME}/cli.pem", "setup", "example.net", "--mail-host", "mail.example.net",
                       "--stack", "postfix-opendkim", "--out", f"{HOME}/cli.tar.gz", SEALWRIGHT_PASSPHRASE="horse")
    report.check("and makes a bundle", made.returncode == 0, made.stdout)
    walk.check_bundle(str(machine.path(f"{HOME}/cli.tar.gz")), "example.net")
    wizard.run(machine, f"{folder}/sealwright", out, look)
    report.check("the wizard goes from the first page to an exported bundle, with the key in the keyring", True)


def expect_users_files_only(report: Report, machine: Machine, before: picture.Picture, but: tuple[str, ...] = ()) -> None:
    left = difference(before, snapshot(machine.root), but=but)
    for line in left:
        report.note(line)
    foreign = [line for line in left if not line.startswith(USERS) and line.split(": ")[0] not in PARENTS]
    report.check("after its removal only what the user made is left on the system", left and not foreign, "\n".join(foreign))
