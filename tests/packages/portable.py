#!/usr/bin/python3
"""portable.py ARCHIVE [--debian 12|13] --cache FOLDER --out FOLDER: unpacks it where nothing is that it needs, runs it, takes
it away, and looks at what is left. Root only; elsewhere it says SKIPPED and why."""

import json
import os
import subprocess
import sys
import tarfile

import trial
import authorities
from machine import HOME, Machine
from snapshot import difference, snapshot

APPIMAGE = trial.HERE.parents[1] / "packaging/linux/appimage/appimage.sh"


def try_archive(report, options) -> None:
    with trial.machine(options.root) as machine:
        before = snapshot(machine.root)
        folder = unpack(report, machine, options.package)
        menu(report, machine, folder)
        trial.use(report, machine, f"{folder}/bin", options.out,
                  lambda pid: trial.expect_own_libraries(report, machine, folder, pid))
        machine.sh(f"rm -rf '{folder}'")
        trial.expect_users_files_only(report, machine, before)
    with trial.machine(options.root) as machine:
        app_folder(report, machine, options.package)
        folder = unpack(report, machine, options.package)
        for distribution, stranger, friend in authorities.judgements(machine, f"{folder}/bin/sealwright-cli"):
            report.check(f"{distribution}: a server with a certificate of nobody's is not trusted", "unknown ca" in stranger, stranger)
            report.check(f"{distribution}: with one of the system's authorities it is", friend == "EHLO", friend)


def unpack(report, machine: Machine, archive) -> str:
    """As a user does; the folder's path."""
    with tarfile.open(archive) as opened:
        folder = opened.getnames()[0]
        report.check("all of it is below one folder", all(name.split("/")[0] == folder for name in opened.getnames()))
        report.check("nobody else can write to it", not any(member.mode & 0o022 for member in opened), opened.getnames())
    machine.path(f"{HOME}/downloaded").write_bytes(archive.read_bytes())
    machine.sh(f"tar -xf downloaded && rm downloaded && mv {folder} 'my programs'")
    parts = json.loads(machine.path(f"{HOME}/my programs/parts.json").read_text())
    named = {file for part in parts for file in part["files"]}
    there = {str(path.relative_to(machine.path(f"{HOME}/my programs"))) for name in ("lib", "plugins", "translations")
             for path in machine.path(f"{HOME}/my programs/{name}").rglob("*") if path.is_file()}
    report.check(f"parts.json names every file that is carried ({len(there)} of {len(parts)} packages)", named == there, named ^ there)
    lacking = [name for part in parts for name in part["licenceFiles"] if not machine.path(f"{HOME}/my programs/{name}").stat().st_size]
    report.check("and the licence of each is there", not lacking, lacking)
    return f"{HOME}/my programs"


def menu(report, machine: Machine, folder: str) -> None:
    machine.sh("mkdir -p .local/share")  # as every desktop does
    before = snapshot(machine.root)
    for times in ("once", "twice"):
        machine.sh(f"'{folder}/menu.sh' add")
        entry = machine.path(f"{HOME}/.local/share/applications/org.sealwright.Sealwright.desktop")
        checked = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True).stdout
        report.check(f"added {times}, the menu's entry is valid", not checked, checked)
    report.check("it names the program and a mail as its file", f'Exec="{folder}/bin/sealwright" %f\n' in entry.read_text(), entry.read_text())
    icons = list(machine.path(f"{HOME}/.local/share/icons").rglob("*.*"))
    report.check("its icons are there", len(icons) == 7, icons)
    machine.sh(f"mv '{folder}' elsewhere")
    refused = machine.run("sh", "-c", "elsewhere/menu.sh remove")
    report.check("from a folder that is not the entry's it is left alone", refused.returncode == 1 and entry.exists(), refused.stdout)
    machine.sh(f"mv elsewhere '{folder}'; '{folder}/menu.sh' remove")
    left = difference(before, snapshot(machine.root))
    report.check("removed, nothing is left of it", not left, "\n".join(left))


def app_folder(report, machine: Machine, archive) -> None:
    """What appimagetool would be given; there is none to be had, so that AppRun is called as the AppImage would call it."""
    subprocess.run([APPIMAGE, archive, machine.path("/opt")], check=True, stderr=subprocess.DEVNULL,
                   env={"PATH": os.environ["PATH"], "APPIMAGETOOL": "/nonexistent"})
    top = sorted(path.name for path in machine.path("/opt/Sealwright.AppDir").iterdir() if path.name.endswith((".desktop", ".png", "AppRun", "DirIcon")))
    report.check("the folder for an AppImage has what is looked for at its top", top == [
        ".DirIcon", "AppRun", "org.sealwright.Sealwright.desktop", "org.sealwright.Sealwright.png"], top)
    for name, first in (("Sealwright.AppImage", "Usage: "), ("/bin/sealwright-cli", "Sets up SPF, DKIM and DMARC for people")):
        started = machine.run("/opt/Sealwright.AppDir/AppRun", "--help", ARGV0=name)
        report.check(f"called as {name} it starts the program that is meant", started.stdout.startswith(first), started.stdout)


if __name__ == "__main__":
    sys.exit(trial.main("portable", try_archive, ["desktop-file-validate"]))
