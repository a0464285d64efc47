#!/usr/bin/python3
"""carry.py BUILD FOLDER: installs BUILD into FOLDER together with Qt and every library that is needed, so that the
programs start on other distributions, wherever FOLDER lies.

    bin/        the programs, and qt.conf, which tells Qt where the rest is
    lib/ plugins/ translations/
    share/      as below /usr
    licences/   the licences of all parts; parts.json tells which files are whose
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
LIBRARIES = pathlib.Path("/usr/lib/x86_64-linux-gnu")
PLUGINS = LIBRARIES / "qt6/plugins"
TRANSLATIONS = pathlib.Path("/usr/share/qt6/translations")
COMMON_LICENSES = pathlib.Path("/usr/share/common-licenses")
LICENCES = """The libraries are those of Debian 12, unchanged but for the place where they look for each other. ../parts.json says which
file is of which package and version; here are the terms of each, and in common/ what these call /usr/share/common-licenses.
The sources of each are at https://snapshot.debian.org/package/SOURCE/VERSION/, with "source" and "sourceVersion" of parts.json.
"""
QT_CONF = "[Paths]\nPrefix=..\nPlugins=plugins\nTranslations=translations\n"

# X11 and Wayland without OpenGL, which no window of ours uses; dead keys and input methods; in a sandbox, the dialogs of
# the desktop outside. Not GTK's look, whose plugin would bring its whole toolkit along.
CARRIED_PLUGINS = ["platforms/libqxcb.so", "platforms/libqwayland-generic.so", "wayland-shell-integration/libxdg-shell.so",
                   "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
                   "platforminputcontexts/libibusplatforminputcontextplugin.so", "platformthemes/libqxdgdesktopportal.so"]

# Loaded by name: by QtKeychain, to reach the keyring, and by Qt's xcb plugin, for the pointer of the user's theme.
# The system's own would want a younger glib than the one that Qt has brought along.
LOADED_BY_NAME = ["libsecret-1.so.0", "libXcursor.so.1"]

# From the system: what has to fit its kernel, its users and its locales (glibc, in one version with the loader), and what
# every desktop has in a version at least as young as its glibc, and any library of the system that glibc loads into our
# process (for users' names) may want in its own (libstdc++, libgcc_s). AppImages also leave out libGL, fontconfig,
# freetype, X11 and Wayland. OpenGL has to be the graphics driver's: here nothing draws with it, and its libraries are
# carried only because libQt6Gui names them. The others are a set that was built together, read files whose formats are
# stable, and may be missing on a system without a desktop of that kind.
SYSTEM = {"ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "libresolv.so.2", "librt.so.1",
          "libutil.so.1", "libgcc_s.so.1", "libstdc++.so.6"}


def output(*words: object) -> str:
    return subprocess.run([str(word) for word in words], check=True, stdout=subprocess.PIPE, text=True).stdout


def needed(program: pathlib.Path) -> list[str]:
    return output("patchelf", "--print-needed", program).split()


class Tree:
    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.sources: dict[str, pathlib.Path] = {}  # a carried file, relative to the tree -> where Debian has it

    def install(self, build: str) -> None:
        subprocess.run(["cmake", "--install", build, "--prefix", self.folder.resolve(), "--strip"], check=True, stdout=subprocess.DEVNULL)
        (self.folder / "bin/qt.conf").write_text(QT_CONF)

    def copy(self, source: pathlib.Path, inside: str) -> pathlib.Path:
        target = self.folder / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)  # what a symbolic link leads to
        self.sources[inside] = source
        return target

    def add_libraries(self) -> None:
        """The plugins, and all that they and the programs need, each found by $ORIGIN: no variable is set that a program
        started by ours, such as a browser, would inherit."""
        programs = [self.folder / "bin" / name for name in ("sealwright", "sealwright-cli")]
        plugins = [self.copy(PLUGINS / name, f"plugins/{name}") for name in CARRIED_PLUGINS]
        wanted, seen = list(LOADED_BY_NAME), set(SYSTEM)
        for each in programs + plugins:
            wanted += needed(each)
        while wanted:
            name = wanted.pop()
            if name not in seen:
                seen.add(name)
                library = self.copy(LIBRARIES / name, f"lib/{name}")
                wanted += needed(library)
                self._look_in(library, "$ORIGIN")
        for each in programs:
            self._look_in(each, "$ORIGIN/../lib")
        for each in plugins:
            self._look_in(each, "$ORIGIN/../../lib")

    @staticmethod
    def _look_in(file: pathlib.Path, folder: str) -> None:
        subprocess.run(["patchelf", "--set-rpath", folder, file], check=True)

    def add_translations(self) -> None:
        for source in sorted(TRANSLATIONS.glob("qtbase_*.qm")):
            self.copy(source, f"translations/{source.name}")

    def add_licences(self) -> None:
        parts = {}
        for file, package in zip(self.sources, owners(list(self.sources.values()))):
            parts.setdefault(package, []).append(file)
        texts = [self._licence(HERE / "debian/copyright", "sealwright")]
        described = []
        for package, files in sorted(parts.items()):
            texts.append(self._licence(pathlib.Path(f"/usr/share/doc/{package}/copyright"), package))
            described.append(description(package, [f"licences/{package}.txt"], sorted(files)))
        named = {name for text in texts for name in re.findall(r"/common-licenses/([A-Za-z0-9.-]*[A-Za-z0-9])", text)}
        for name in sorted(name for name in named if (COMMON_LICENSES / name).exists()):  # some have slips of the pen
            self._licence(COMMON_LICENSES / name, f"common/{name}")
        (self.folder / "licences/README.txt").write_text(LICENCES)
        (self.folder / "parts.json").write_text(json.dumps(described, indent=1) + "\n")

    def _licence(self, source: pathlib.Path, name: str) -> str:
        target = self.folder / f"licences/{name}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(errors="surrogateescape")
        target.write_text(text, errors="surrogateescape")
        return text

    def set_modes(self) -> None:
        for path in [self.folder, *self.folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" and path.suffix == "" else 0o644)


def owners(files: list[pathlib.Path]) -> list[str]:
    """The Debian package that each file is of. Debian 12 still lists some files without the /usr that they are below."""
    real = [str(file.resolve()) for file in files]
    found = subprocess.run(["dpkg-query", "-S", *real, *(name.removeprefix("/usr") for name in real)], stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, text=True).stdout
    of = {}
    for line in found.splitlines():
        package, _, path = line.rpartition(": ")
        of["/usr" + path.removeprefix("/usr")] = package.split(":")[0]
    return [of[name] for name in real]


def description(package: str, licences: list[str], files: list[str]) -> dict:
    installed = output("dpkg-query", "-W", "-f=${Architecture} ${Version} ${source:Package} ${source:Version}\\n", package)
    version, source, source_version = re.search(r"^(?:amd64|all) (\S+) (\S+) (\S+)$", installed, re.MULTILINE).groups()
    return {"name": package, "version": version, "source": source, "sourceVersion": source_version, "supplier": "Debian",
            "licenceFiles": licences, "files": files}


def main() -> None:
    build, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    tree = Tree(folder)
    tree.install(build)
    tree.add_libraries()
    tree.add_translations()
    tree.add_licences()
    tree.set_modes()


main()
