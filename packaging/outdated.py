#!/usr/bin/python3
"""outdated.py PARTS…: whether Debian has newer versions of what the artefacts of a release carry. PARTS as for sbom.py.

Says which, and what to do; its exit code is 1 then, and also where apt's lists could not be fetched. It asks apt's sources of
this machine, into lists of its own: that needs neither root nor a recent apt-get update.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import defaultdict

import sbom

REMEDIES = {
    ".json": "Before the release is made again: apt-get update && apt-get upgrade",
    ".tsv": "Before the release is made again: apt-get update && apt-get upgrade, rm -r {folder}\nThey are built anew then, from the newest sources that can be downloaded.",
}
Versions = dict[str, set[str]]


def main() -> int:
    with tempfile.TemporaryDirectory() as lists:
        fetched = apt("apt-get", lists, "update", "-qq")
        if fetched.returncode != 0:
            say(f"{fetched.stderr}apt's lists could not be fetched: whether what is carried is Debian's newest is not known.")
            return 1
        binaries, sources = versions(apt("apt-cache", lists, "dumpavail").stdout)
    older = [look(pathlib.Path(word), binaries, sources) for word in sys.argv[1:]]
    return 1 if any(older) else 0


def say(text: str) -> None:
    print(text, file=sys.stderr)


def apt(tool: str, lists: str, *words: str) -> subprocess.CompletedProcess:
    settings = {"Dir::State::Lists": lists, "Dir::Cache::pkgcache": "", "Dir::Cache::srcpkgcache": "",
                "APT::Sandbox::User": "", "APT::Update::Error-Mode": "any"}  # else old lists are as good as new ones
    options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
    return subprocess.run([tool, *options, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def versions(paragraphs: str) -> tuple[Versions, Versions]:
    """Of the binary packages that apt would install, and of the source packages that these are from."""
    binaries, sources = defaultdict(set), defaultdict(set)
    for paragraph in paragraphs.split("\n\n"):
        fields = dict(re.findall(r"^(Package|Source|Version): (.*)$", paragraph, re.MULTILINE))
        if fields:
            source, _, version = fields.get("Source", fields["Package"]).partition(" ")  # Source: gcc-defaults (1.203)
            binaries[fields["Package"]].add(fields["Version"])
            sources[source].add(version.strip("()") or fields["Version"])
    return binaries, sources


def look(parts: pathlib.Path, binaries: Versions, sources: Versions) -> bool:
    carried = of_linux(parts, binaries) if parts.suffix == ".json" else of_windows(parts, binaries, sources)
    older = []
    for name, version, known in carried:
        older += [f"  {name} {version}, and there is {other}" for other in sorted(known) if is_newer(other, version)]
        if all(is_newer(version, other) for other in known):
            say(f"{name} {version} is not compared: it is of no Debian that apt has here.")
    say(f"Older than Debian's newest: {len(older)} of {len(carried)} packages in {parts}")
    if older:
        say("\n".join([*older, REMEDIES[parts.suffix].format(folder=parts.parents[1])]))
    return bool(older)


def is_newer(one: str, other: str) -> bool:
    return subprocess.run(["dpkg", "--compare-versions", one, "gt", other]).returncode == 0


def of_linux(parts: pathlib.Path, binaries: Versions) -> list[tuple[str, str, set[str]]]:
    carried = [(part["name"], part["version"]) for part in json.loads(parts.read_text())]
    carried += [(name, sbom.installed(name)[0]) for name in sbom.HEADERS]
    return [(name, version, binaries[name]) for name, version in carried]


def of_windows(parts: pathlib.Path, binaries: Versions, sources: Versions) -> list[tuple[str, str, set[str]]]:
    rows = [line.split("\t") for line in parts.read_text().splitlines()]
    return [(name, version, (sources if source == "source" else binaries)[name])
            for name, version, _, source in rows if "/" not in name]  # qt6-base/zlib is as old as qt6-base


if __name__ == "__main__":
    sys.exit(main())
