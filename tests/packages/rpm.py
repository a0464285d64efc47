#!/usr/bin/python3
"""rpm.py PACKAGE [--debian 12|13] --cache FOLDER --out FOLDER: installs the .rpm with rpm, runs it, erases it, and looks at
what is left. Root only; elsewhere it says SKIPPED and why.

There is no rpm distribution to be had from Debian's mirrors. The machine is a bare Debian whose rpm database knows one
package: the C and C++ libraries that lie there, with what rpm itself reads from these files that they provide.
"""

import pathlib
import subprocess
import sys
import tempfile

import trial
from machine import HOME, Machine
from snapshot import difference, snapshot

DATABASE = "/var/lib/rpm"
LIBRARIES = ("ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "libresolv.so.2", "librt.so.1",
             "libutil.so.1", "libgcc_s.so.1", "libstdc++.so.6")
# rtld(GNU_HASH): what glibc's own package says by hand of a loader that reads DT_GNU_HASH, as all since 2.5 do.
SPEC = """Name: system
Version: 1
Release: 1
Summary: The C and C++ libraries of this machine
License: none
Provides: rtld(GNU_HASH)
AutoReq: no
%define debug_package %{{nil}}
%define __os_install_post %{{nil}}
%define _build_id_links none
%description
%install
mkdir -p %{{buildroot}}/lib64
cp -L {files} %{{buildroot}}/lib64
%files
/lib64/*
"""


def rpm(machine: Machine, *words: object) -> subprocess.CompletedProcess:
    return subprocess.run(["rpm", "--root", machine.root, "--dbpath", DATABASE, *map(str, words)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def lines(machine: Machine, *words: object) -> list[str]:
    return rpm(machine, "-q", "-p", *words).stdout.splitlines()


def make_known(machine: Machine) -> None:
    """The machine's own libraries to its rpm."""
    folder = machine.path("/usr/lib/x86_64-linux-gnu")
    with tempfile.TemporaryDirectory() as work:
        spec = pathlib.Path(work) / "system.spec"
        spec.write_text(SPEC.format(files=" ".join(str(folder / name) for name in LIBRARIES)))
        subprocess.run(["rpmbuild", "-bb", "--quiet", "--define", f"_topdir {work}", spec], check=True, capture_output=True)
        [package] = pathlib.Path(work).glob("RPMS/*/*.rpm")
        done = rpm(machine, "--install", "--justdb", package)
        assert done.returncode == 0, done.stdout


def try_package(report, options) -> None:
    package = options.package
    with trial.machine(options.root) as machine:
        machine.sh(f"mkdir -p {DATABASE}", user=False)
        assert rpm(machine, "--initdb").returncode == 0
        refused = rpm(machine, "--install", package)
        report.check("without the C library of Debian 12 it is not installed", "libc.so.6(GLIBC_2.3" in refused.stdout, refused.stdout)
        make_known(machine)
        wanted = lines(machine, "--requires", package)
        strange = [each for each in wanted if not each.startswith((*LIBRARIES, "rtld(", "rpmlib("))]
        report.check(f"it requires nothing but the C and C++ libraries ({len(wanted)} versions and features)", not strange, strange)
        offered = lines(machine, "--provides", package)
        report.check("it provides nothing but itself", all(each.startswith("sealwright") for each in offered), offered)
        report.check("it has no scripts", not lines(machine, "--scripts", package), lines(machine, "--scripts", package))

        before = snapshot(machine.root)
        installed = rpm(machine, "--install", package)
        report.check("rpm installs it", installed.returncode == 0, installed.stdout)
        trial.use(report, machine, "/usr/bin", options.out,
                  lambda pid: trial.expect_own_libraries(report, machine, "/usr/lib/sealwright", pid))
        verified = rpm(machine, "--verify", "sealwright")
        report.check("rpm --verify finds nothing", verified.returncode == 0 and not verified.stdout, verified.stdout)
        again = rpm(machine, "--upgrade", "--replacepkgs", package)
        report.check("installed again over itself it is whole", again.returncode == 0 and rpm(machine, "--verify", "sealwright").returncode == 0, again.stdout)
        erased = rpm(machine, "--erase", "sealwright")
        report.check("rpm erases it", erased.returncode == 0, erased.stdout)
        left = difference(before, snapshot(machine.root), but=(f"{DATABASE}/", f"{HOME}/"))
        report.check("and no file and no folder of it is left", not left, "\n".join(left))


if __name__ == "__main__":
    sys.exit(trial.main("rpm", try_package, ["rpm", "rpmbuild"]))
