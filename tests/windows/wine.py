"""A Windows of a test's own, with Wine: what the trials of this folder share."""
import contextlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

USER = "jürgen ł"
PASSPHRASE = "geheim ü ł"
failures = []


def check(what, good, seen=""):
    print(("ok      " if good else "FAILED  ") + what, flush=True)
    if not good:
        failures.append(what)
        if seen:
            print(seen)


def waited(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


@contextlib.contextmanager
def screen():
    """The number of a display of our own, with a window manager on it."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as numbers:
        display = ":" + numbers.readline().strip()
    manager = subprocess.Popen(["openbox"], env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL)
    try:
        yield display
    finally:
        for process in manager, server:
            process.terminate()
            process.wait()


class Windows:
    """A new Wine prefix: Windows 10 with one user."""

    def __init__(self, folder, display, pictures):
        pictures.mkdir(parents=True, exist_ok=True)
        self.pictures = pictures
        self.prefix = folder / "wine"
        home = folder / "home"
        home.mkdir()
        self.env = os.environ | {
            "WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "DISPLAY": display, "HOME": str(home), "USER": USER, "LC_ALL": "C.UTF-8",
            "SEALWRIGHT_PASSPHRASE": PASSPHRASE}
        self.env.pop("XDG_CONFIG_HOME", None)
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")
        fonts = r"HKCU\Software\Wine\Fonts\Replacements" # Wine has no font of Windows, and takes one with serifs
        for font in "MS Shell Dlg", "MS Shell Dlg 2", "Segoe UI", "Tahoma":
            self.run("reg", "add", fonts, "/v", font, "/d", "Liberation Sans", "/f")
        self.drive = self.prefix / "drive_c"

    def run(self, *command, **options):
        return subprocess.run(["wine", *map(str, command)], env=self.env | options.pop("env", {}), timeout=300,
                              capture_output=True, **options)

    def start(self, *command, **options):
        return subprocess.Popen(["wine", *map(str, command)], env=self.env, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, **options)

    def windows_named(self, name):
        """The numbers of the windows that are to be seen."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", name], env=self.env, check=False,
                               capture_output=True)
        return found.stdout.split()

    def take_picture(self, name):
        """Its file, with all of the screen."""
        picture = self.pictures / f"{name}.png"
        without_time = ["-define", "png:exclude-chunks=date,time"]
        subprocess.run(["import", "-window", "root", *without_time, str(picture)], env=self.env, check=True)
        return picture

    def stop(self):
        subprocess.run(["wineserver", "-k"], env=self.env, check=False)
        subprocess.run(["wineserver", "-w"], env=self.env, check=False)

    def registered(self):
        """The registry's keys and values, as Wine writes them down when it ends."""
        self.stop()
        lines = set()
        for name in "system.reg", "user.reg", "userdef.reg":
            key = ""
            for line in (self.prefix / name).read_text(errors="replace").splitlines():
                if line.startswith("["):
                    key = name + " " + line[:line.rindex("]") + 1]
                    lines.add(key)
                elif line and not line.startswith(("#", ";", "WINE")):
                    lines.add(key + " " + line.split("=")[0])
        return lines

    def files(self):
        return {str(path.relative_to(self.drive)) for path in self.drive.rglob("*")}


# What any program leaves in Windows: where it looked, and the uninstaller's copy of itself until the next start.
PASSING = re.compile(r"users/[^/]*/(AppData/Local/Temp|Temp)\b|users/[^/]*/AppData/Local/Programs$"
                     r"|MuiCache|Software\\\\Wine\\\\|Explorer\\\\|SystemCertificates|CurrentVersion\\\\Themes"
                     r"|PendingFileRenameOperations"
                     r"|^user\.reg \[Software\\\\Classes\]$", re.IGNORECASE)  # the key itself, which every Windows has


def run(trial, pictures=None):
    """Calls the trial with a new Windows, a folder of its own and a function that takes a picture; ends the program."""
    with tempfile.TemporaryDirectory(prefix="sealwright-") as name, screen() as display:
        folder = pathlib.Path(name)
        windows = Windows(folder, display, pictures or folder / "pictures")
        try:
            trial(windows, folder)
        finally:
            windows.stop()
    print(f"{len(failures)} failed" if failures else "all is well")
    sys.exit(bool(failures))
