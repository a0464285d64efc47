#!/usr/bin/env python3
"""installer.py --setup SETUP.EXE [--pictures FOLDER]: what the installer does beside its silent way for one user: its
pages and the uninstaller's, an installation for all users, and one that fails over one that works."""
import argparse
import contextlib
import pathlib
import resource
import subprocess
import time

from wine import PASSING, check, run, waited

UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Sealwright"


def tree(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class Trial:
    def __init__(self, windows, setup):
        self.windows = windows
        self.setup = setup
        self.user = next(windows.drive.glob("users/*/AppData/Roaming")).parents[1]
        self.shown = None # the last picture
        self.home = self.user / "AppData/Local/Programs/Sealwright"
        self.data = self.user / "AppData/Roaming/sealwright"

    def registered(self, root):
        done = self.windows.run("reg", "query", rf"{root}\{UNINSTALL}")
        return done.stdout.decode(errors="replace") if done.returncode == 0 else ""

    def for_all_users(self):
        files, keys = self.windows.files(), self.windows.registered()
        home = self.windows.drive / "Program Files/Sealwright"
        for what in "installs for all users", "installs for all users over itself":
            done = self.windows.run(self.setup, "/S", "/ALLUSERS")
            check(what, done.returncode == 0 and (home / "sealwright.exe").exists())
        check("is on everybody's list of programs, and on no single user's",
              "/ALLUSERS /S" in self.registered("HKLM") and not self.registered("HKCU"))
        menu = "ProgramData/Microsoft/Windows/Start Menu/Programs/Sealwright.lnk"
        check("is in everybody's start menu", (self.windows.drive / menu).exists())
        (home / "sealwright-new").mkdir()
        (home / "sealwright-new/Qt6Core.dll").write_text("as an installer leaves it that was killed")
        self.windows.run(home / "uninstall.exe", "/ALLUSERS", "/S")
        check("uninstalls for all users", waited(lambda: not home.exists()))
        time.sleep(2) # its copy in Temp ends
        left = sorted(path for path in self.windows.files() - files if not PASSING.search(path))
        left += sorted(key for key in self.windows.registered() - keys if not PASSING.search(key))
        check("and leaves nothing", not left, "\n".join(left))

    def that_fails(self):
        self.windows.run(self.setup, "/S")
        before, listed = tree(self.home), self.registered("HKCU")
        check("installs for one user", "sealwright.exe" in before)

        def is_as_before():
            return tree(self.home) == before and self.registered("HKCU") == listed

        program = self.windows.start(self.home / "sealwright-cli.exe", "--offline", "key", "import", "example.org", "-",
                                     stdin=subprocess.PIPE)
        time.sleep(3)
        done = self.windows.run(self.setup, "/S")
        check(f"is refused while the program runs (exit {done.returncode})", done.returncode == 2 and is_as_before())
        program.communicate()

        # As on a disk that gets full: Python's processes are not ended by this limit, but told.
        limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000_000, 20_000_000)),
                 "restore_signals": False}
        done = self.windows.run(self.setup, "/S", **limit)
        check(f"that can't write all files leaves the older version (exit {done.returncode})",
              done.returncode == 2 and is_as_before(),
              str(tree(self.home).keys() ^ before.keys()))
        setup = self.windows.start(self.setup, **limit)
        for page in "1-welcome", "2-for-whom", "3-folder":
            self.leave(f"full-{page}", "Return")
        self.leave("full-4-why", "Return")
        self.leave("full-5-failed", "Return")
        self.leave("full-6-end", "Return")
        check("says so on its pages", self.ends(setup) and is_as_before())
        version = self.windows.run(self.home / "sealwright-cli.exe", "--version")
        check("which still works", version.returncode == 0)
        check("and is replaced once there is room", self.windows.run(self.setup, "/S").returncode == 0
              and tree(self.home) == before)

    def for_all_after_one(self):
        done = self.windows.run(self.setup, "/S", "/ALLUSERS")
        check("for all users takes the place of the user's own copy",
              done.returncode == 0 and not self.home.exists() and not self.registered("HKCU") and self.registered("HKLM") != "")
        self.windows.run(self.windows.drive / "Program Files/Sealwright/uninstall.exe", "/ALLUSERS", "/S")
        check("and goes again", waited(lambda: not self.registered("HKLM")))

    def pages(self):
        """An administrator as any user of Wine is one, so that the choice for all users asks for no rights."""
        setup = self.windows.start(self.setup)
        self.leave("setup-1-welcome", "Return")
        self.leave("setup-2-for-whom", "Return")
        self.leave("setup-3-folder", "Return")
        finished = waited(lambda: (self.home / "uninstall.exe").exists()) # before the installer goes on by itself
        self.leave("setup-4-finish", "space", "Tab", "Return") # without opening the program
        check("its pages install it", finished and self.ends(setup))

        program = self.windows.start(self.home / "sealwright-cli.exe", "--offline", "key", "import", "example.org", "-",
                                     stdin=subprocess.PIPE)
        time.sleep(2)
        setup = self.windows.start(self.setup)
        for page in "5-welcome", "6-for-whom", "7-folder":
            self.leave(f"setup-{page}", "Return")
        self.leave("setup-8-in-use", "Escape")
        check("its pages refuse while the program runs", self.ends(setup))
        program.communicate()

    def removal_of_all(self):
        self.windows.run(self.home / "sealwright-cli.exe", "--offline", "domain", "add", "example.org")
        profile, key = self.data / "profiles/example.org.json", self.data / "mine.pem"
        check("keeps a domain", profile.exists())
        key.write_text("a key")
        removal = self.windows.start(self.home / "uninstall.exe")
        self.leave("removal-1-confirm", "Return")
        self.leave("removal-2-domains", "alt+a")
        self.leave("removal-3-chosen", "alt+u")
        check("uninstalls by its pages", waited(lambda: not self.home.exists()),
              str(list(self.home.rglob("*"))))
        self.leave("removal-4-done", "Return")
        check("removes the saved domains when told to, and no key", not profile.exists() and key.exists())
        self.ends(removal)

    def leave(self, name, *keys):
        """A page, once it stands still: takes its picture, and goes on by these keys."""
        before, self.shown = self.shown, None
        def stands_still():
            last, self.shown = self.shown, self.windows.take_picture(name).read_bytes()
            time.sleep(1)
            return self.shown == last != before
        check(f"shows {name}", waited(stands_still))
        subprocess.run(["xdotool", "key", "--delay", "200", *keys], env=self.windows.env, check=True)

    @staticmethod
    def ends(process):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        return process.poll() is not None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--setup", required=True, type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path, help="where the screenshots go")
    options = parser.parse_args()

    def trial(windows, _):
        it = Trial(windows, options.setup.resolve())
        it.for_all_users()
        it.that_fails()
        it.for_all_after_one()
        it.pages()
        it.removal_of_all()

    run(trial, options.pictures)


if __name__ == "__main__":
    main()
