#!/usr/bin/python3
"""deb.py PACKAGE [--debian 12|13] [--with-recommends] --cache FOLDER --out FOLDER: installs it with apt where nothing is that it
needs, runs it, removes it with all that came with it, and looks at what is left. Root only; elsewhere it says SKIPPED and why.

With what it recommends there come a keyring's daemon and system services, which leave users and files of their own behind. So
only what is of the package is looked for then."""

import pathlib
import subprocess
import sys

import trial
from machine import Machine
from snapshot import snapshot

# What apt and dpkg keep of every package that ever was installed, and the caches that they make anew.
MANAGERS = ("/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/", "/var/log/", "/etc/ld.so.cache")


def downloads(options) -> pathlib.Path:
    return options.cache / f"deb{'-recommends' * options.with_recommends}-debian{options.debian}"


def wanted(options) -> list[str]:
    return [] if options.with_recommends else ["--no-install-recommends"]


def fetch(options) -> None:
    """The packages it depends on or recommends, for the machine has no network."""
    root = {"Dir::State": "var/lib/apt", "Dir::State::status": "var/lib/dpkg/status", "Dir::Etc": "etc/apt"}
    settings = [f"{name}={options.root}/{place}" for name, place in root.items()]
    settings += [f"Dir::Cache::archives={downloads(options)}", "Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache=",
                 "APT::Sandbox::User=root"]
    (downloads(options) / "partial").mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", *(word for setting in settings for word in ("-o", setting)), "--download-only", "--yes", "-qq",
                    *wanted(options), "install", options.package.resolve()], stdout=subprocess.DEVNULL, check=True)


def try_package(report, options) -> None:
    with trial.machine(options.root) as machine:
        bring(machine, options)
        before = snapshot(machine.root)
        install(report, machine, options)
        trial.use(report, machine, "/usr/bin", options.out)
        if options.with_recommends:
            remove_alone(report, machine)
        else:
            remove(report, machine, before)


def bring(machine: Machine, options) -> None:
    for file in [options.package, *downloads(options).glob("*.deb")]:
        place = "/root/sealwright_amd64.deb" if file == options.package else f"/var/cache/apt/archives/{file.name}"
        machine.path(place).write_bytes(file.read_bytes())


def install(report, machine: Machine, options) -> None:
    done = apt(machine, "install", *wanted(options), "/root/sealwright_amd64.deb")
    report.check("apt installs it, with what it needs", done.returncode == 0, done.stdout[-3000:])
    report.check("it asks nothing, and no script of its own runs",
                 not list(machine.path("/var/lib/dpkg/info").glob("sealwright.p*")) and not machine.path("/var/lib/dpkg/info/sealwright.config").exists())
    verified = machine.run("dpkg", "--verify", "sealwright", user=False)
    report.check("dpkg finds each file as it was packed", not verified.stdout, verified.stdout)
    if options.with_recommends:
        expect_recommended(report, machine)
    once_more = apt(machine, "install", "--reinstall", "/root/sealwright_amd64.deb")
    report.check("it can be installed over itself", once_more.returncode == 0, once_more.stdout[-3000:])


def expect_recommended(report, machine: Machine) -> None:
    """Of alternatives the first, which is what apt takes where none is there."""
    field = machine.run("dpkg-query", "-W", "-f=${Recommends}", "sealwright", user=False).stdout
    names = [alternatives.split("|")[0].strip() for alternatives in field.split(",")]
    states = {name: machine.run("dpkg-query", "-W", "-f=${db:Status-Status}", name, user=False).stdout for name in names}
    report.check(f"with it come {', '.join(names)}", names and set(states.values()) == {"installed"}, states)


def remove_alone(report, machine: Machine) -> None:
    files = [path for path in machine.run("dpkg-query", "-L", "sealwright", user=False).stdout.splitlines() if machine.path(path).is_file()]
    done = apt(machine, "purge", "sealwright")
    report.check("apt removes it", done.returncode == 0, done.stdout[-3000:])
    left = [path for path in files if machine.path(path).exists()]
    report.check(f"and no file of it is left ({len(files)} were there)", files and not left, left)


def remove(report, machine: Machine, before) -> None:
    # Else apt keeps what came along where any package recommends it too.
    done = apt(machine, "-o", "APT::AutoRemove::RecommendsImportant=false", "-o", "APT::AutoRemove::SuggestsImportant=false",
               "purge", "--autoremove", "sealwright")
    report.check("apt removes it, with what it needed", done.returncode == 0, done.stdout[-3000:])
    trial.expect_users_files_only(report, machine, before, but=MANAGERS)


def apt(machine: Machine, *words: str):
    return machine.run("apt-get", "--yes", "-qq", "-o", "Dpkg::Use-Pty=0", *words, user=False, DEBIAN_FRONTEND="noninteractive")


if __name__ == "__main__":
    sys.exit(trial.main("deb", try_package, ["apt-get"], fetch))
