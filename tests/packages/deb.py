#!/usr/bin/python3
"""deb.py PACKAGE [--debian 12|13] --cache FOLDER --out FOLDER: installs it with apt where nothing is that it needs, runs it,
removes it with all that came with it, and looks at what is left. Root only; elsewhere it says SKIPPED and why."""

import pathlib
import shlex
import subprocess
import sys
import tempfile

import trial
import walk
import wizard
from machine import HOME, Machine
from snapshot import difference, snapshot

# What the user made, and what fontconfig remembers of the system's fonts.
USERS = (f"{HOME}/bundle", f"{HOME}/cli", f"{HOME}/.local/share/sealwright/", f"{HOME}/.cache/fontconfig/")
PARENTS = {f"{HOME}/", f"{HOME}/.local/", f"{HOME}/.local/share/", f"{HOME}/.cache/"}
# What apt and dpkg keep of every package that ever was installed, and the caches that they make anew.
MANAGERS = ("/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/", "/var/log/", "/etc/ld.so.cache")
# Made by the scripts of other packages that came along, which leave it behind: not ours to remove.
OTHERS = ("/usr/share/mime/", "/usr/share/icons/", "/etc/", "/var/lib/", "/usr/share/fonts/")


def fetch(options) -> None:
    """The packages it depends on, for the machine has no network. `downloads` is a folder for them."""
    options.downloads = options.cache / f"deb-debian{options.debian}"
    options.downloads.mkdir(parents=True, exist_ok=True)
    listed = subprocess.run(
        ["apt-get", "-o", f"RootDir={options.root}", "-o", "Debug::NoLocking=1", "--print-uris", "--yes", "-qq",
         "--no-install-recommends", "install", options.package], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        address, file, _, checksum = shlex.split(line)
        if address.startswith("http") and not (options.downloads / file).exists():
            subprocess.run(["/usr/lib/apt/apt-helper", "download-file", address, options.downloads / file, checksum],
                           stdout=subprocess.DEVNULL, check=True)


def try_package(report, options) -> None:
    with trial.machine(options.root) as machine:
        bring(machine, options)
        before = snapshot(machine.root)
        install(report, machine, options)
        work(report, machine, options.out)
        remove(report, machine, before)


def bring(machine: Machine, options) -> None:
    for file in [options.package, *options.downloads.glob("*.deb")]:
        place = "/root/sealwright.deb" if file == options.package else f"/var/cache/apt/archives/{file.name}"
        machine.path(place).write_bytes(file.read_bytes())


def install(report, machine: Machine, options) -> None:
    done = apt(machine, "install", "--no-install-recommends", "/root/sealwright.deb")
    report.check("apt installs it, with what it needs", done.returncode == 0, done.stdout[-3000:])
    report.check("it asks nothing, and no script of its own runs",
                 not list(machine.path("/var/lib/dpkg/info").glob("sealwright.p*")) and not machine.path("/var/lib/dpkg/info/sealwright.config").exists())
    verified = machine.run("dpkg", "--verify", "sealwright", user=False)
    report.check("dpkg finds each file as it was packed", not verified.stdout, verified.stdout)
    once_more = apt(machine, "install", "--reinstall", "/root/sealwright.deb")
    report.check("it can be installed over itself", once_more.returncode == 0, once_more.stdout[-3000:])


def work(report, machine: Machine, out: pathlib.Path) -> None:
    version = machine.run("sealwright-cli", "--version")
    report.check(f"sealwright-cli starts ({version.stdout.strip()})", version.returncode == 0, version.stdout)
    wizard.run(machine, "sealwright", out)
    report.check("the wizard goes from the first page to an exported bundle, with the key in the keyring", True)
    cli = machine.run("sealwright-cli", "--offline", "--vault", f"file:{HOME}/cli.pem", "setup", "example.net", "--mail-host",
                      "mail.example.net", "--stack", "exim4-debian", "--out", f"{HOME}/cli.tar.gz", SEALWRIGHT_PASSPHRASE="horse")
    report.check("sealwright-cli makes a bundle", cli.returncode == 0, cli.stdout)
    walk.check_bundle(str(machine.path(f"{HOME}/cli.tar.gz")), "example.net")


def remove(report, machine: Machine, before) -> None:
    done = apt(machine, "purge", "--autoremove", "sealwright")
    report.check("apt removes it, with what it needed", done.returncode == 0, done.stdout[-3000:])
    left = difference(before, snapshot(machine.root), but=MANAGERS)
    for line in left:
        report.note(line)
    foreign = [line for line in left if not line.startswith((*USERS, *OTHERS)) and line.split(": ")[0] not in PARENTS]
    report.check("after its removal only what the user made is left on the system", left and not foreign, "\n".join(foreign))
    ours = [line for line in left if "sealwright" in line.lower() and not line.startswith(USERS)]
    report.check("nothing of it is left elsewhere", not ours, "\n".join(ours))


def apt(machine: Machine, *words: str):
    return machine.run("apt-get", "--yes", "-qq", "--no-download", "--allow-downgrades", *words, user=False, DEBIAN_FRONTEND="noninteractive")


if __name__ == "__main__":
    sys.exit(trial.main("deb", try_package, ["apt-get"], fetch))
