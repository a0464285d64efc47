#!/usr/bin/python3
"""outdated.py: what packaging/outdated.py says of libraries that are old, new, and unknown, with an archive of our own for apt."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

OUTDATED = pathlib.Path(__file__).parents[2] / "packaging/outdated.py"
sys.path.insert(0, str(OUTDATED.parent))  # before the sbom.py beside this
sys.dont_write_bytecode = True
import sbom

PACKAGES = "".join(f"Package: {name}\nArchitecture: amd64\nVersion: {version}\n{source}\n" for name, version, source in [
    ("libssl3", "3.0.22-1", "Source: openssl\n"), ("libcurl4", "7.88.1-10+b1", "Source: curl (7.88.1-10)\n"),
    ("libqt6keychain1", "0.13.2-5", "Source: qtkeychain\n"), *((name, sbom.installed(name)[0], "") for name in sbom.HEADERS)])


class Archive:
    def __init__(self, work: pathlib.Path) -> None:
        self.work = work
        self._offer("http://127.0.0.1:1/")  # where nobody answers: apt calls that a warning
        (work / "status").touch()
        (work / "apt.conf").write_text(f'Dir::Etc::SourceList "{work}/parts.list"; Dir::Etc::SourceParts "/dev/null"; '
                                       f'Dir::State::status "{work}/status";')

    def _offer(self, place: str) -> None:
        (self.work / "parts.list").write_text(f"deb [trusted=yes] {place} ./\n")

    def publish(self) -> None:
        self._offer(f"file:{self.work}/archive")
        (self.work / "archive").mkdir()
        (self.work / "archive/Packages").write_text(PACKAGES)

    def asked(self, *parts: pathlib.Path) -> tuple[int, str]:
        done = subprocess.run([OUTDATED, *parts], stderr=subprocess.PIPE, text=True, env={**os.environ, "APT_CONFIG": self.work / "apt.conf"})
        return done.returncode, done.stderr

    def linux(self, **versions: str) -> pathlib.Path:
        file = self.work / "parts.json"
        file.write_text(json.dumps([{"name": name, "version": version} for name, version in versions.items()]))
        return file

    def windows(self, *rows: str) -> pathlib.Path:
        file = self.work / "windows/prefix/parts.tsv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(row.replace(" ", "\t") + "\n" for row in rows))
        return file


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        archive = Archive(pathlib.Path(work))
        newest = archive.linux(libssl3="3.0.22-1", libcurl4="7.88.1-10+b1")
        code, said = archive.asked(newest)
        assert code == 1 and "could not be fetched" in said, said
        archive.publish()
        code, said = archive.asked(newest, archive.windows("openssl 3.0.22-1 Apache-2.0 source", "curl 7.88.1-10 curl source",
                                                           "libssl3 3.0.22-1 Apache-2.0 openssl_3.0.22-1", "curl/md4 - X curl_7.88.1-10"))
        assert code == 0 and "0 of 5 packages" in said and "0 of 3 packages" in said and "not compared" not in said, said
        code, said = archive.asked(archive.linux(libssl3="3.0.9-1", libcurl4="7.88.1-10"))
        assert code == 1 and "libssl3 3.0.9-1, and there is 3.0.22-1" in said and "libcurl4 7.88.1-10, and there is 7.88.1-10+b1" in said, said
        assert "apt-get upgrade" in said, said
        code, said = archive.asked(archive.linux(), archive.windows("openssl 3.0.22~rc1-1 Apache-2.0 source"))
        assert code == 1 and "openssl 3.0.22~rc1-1, and there is 3.0.22-1" in said and f"rm -r {work}/windows" in said, said
        code, said = archive.asked(archive.windows("qtkeychain 0.15.0-1 BSD-3-Clause source", "unheard 1 MIT source"))
        assert code == 0 and "qtkeychain 0.15.0-1 is not compared" in said and "unheard 1 is not compared" in said, said


main()
