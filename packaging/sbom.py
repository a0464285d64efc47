#!/usr/bin/python3
"""sbom.py VERSION DAY HOMEPAGE ARTEFACT[=PARTS]…: what is inside the files of a release, as SPDX 2.3 in JSON.

PARTS is the list that the build of an artefact makes of what it carries: parts.json of packaging/linux/carry.py, or parts.tsv
of packaging/windows/third-party.sh, whose columns are name, version, licence, and the source package where it has another name;
a name as qt6-base/zlib is of something that the source of the first holds of others.
A .deb carries nothing: what it depends on is read from it. Source: SPDX Specification 2.3, clauses 6, 7 and 11.
"""

import functools
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

OURS = "GPL-3.0-or-later"
# Compiled into the programs: they consist of headers.
HEADERS = {"libcli11-dev": "BSD-3-Clause", "libkainjow-mustache-dev": "BSL-1.0", "libexpected-dev": "CC0-1.0"}


def identifier(*words: str) -> str:
    return "SPDXRef-" + "-".join(re.sub(r"[^A-Za-z0-9.]+", "-", word).strip("-") for word in words)


def escaped(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def part(name: str, version: str, licence: str, source: str, architecture: str = "") -> dict:
    qualifiers = f"arch={architecture or of_dpkg('Architecture', name)}"
    return {
        "SPDXID": identifier("part", name, version),
        "name": name,
        "versionInfo": version,
        "supplier": "Organization: Debian",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": licence or "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "sourceInfo": f"Debian's source package {source}",
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": f"pkg:deb/debian/{escaped(name)}@{escaped(version)}?{qualifiers}",
        }],
    }


def artefact(file: pathlib.Path, version: str) -> dict:
    return {
        "SPDXID": identifier("artefact", file.name),
        "name": "sealwright",
        "packageFileName": file.name,
        "versionInfo": version,
        "supplier": "Organization: The Sealwright developers",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "checksums": [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(file.read_bytes()).hexdigest()}],
        "licenseConcluded": "NOASSERTION",  # of the whole, whose parts have licences of their own
        "licenseDeclared": OURS,
        "copyrightText": "2026 The Sealwright developers",
    }


def carried(parts: pathlib.Path) -> list[dict]:
    if parts.suffix == ".json":
        return [part(each["name"], each["version"], "", each["source"]) for each in json.loads(parts.read_text())]
    return [row(*line.split("\t")) for line in parts.read_text().splitlines()]


def row(name: str, version: str, licence: str, source: str) -> dict:
    """What is built from Debian's source, what is a package of the system, or what one of these holds of others."""
    if source == "source":
        return part(name, version, licence, name, "source")
    shown = part(name, version, licence, source.split("_")[0], "source" if "/" in name else "")
    if "/" in name:
        del shown["externalRefs"], shown["supplier"]
        if version == "-":
            del shown["versionInfo"]
    return shown


def depended(deb: pathlib.Path) -> list[dict]:
    field = subprocess.run(["dpkg-deb", "--field", deb, "Depends"], capture_output=True, text=True, check=True).stdout
    names = [re.split(r"[ (|:]", one.strip())[0] for one in field.split(",")]
    return [part(name, *installed(name)) for name in names]


def installed(package: str, licence: str = "") -> tuple[str, str, str]:
    """Its version, licence and source, as they were when the artefact was built."""
    return of_dpkg("Version", package), licence, of_dpkg("source:Package", package)


@functools.cache
def of_dpkg(field: str, package: str) -> str:
    shown = subprocess.run(["dpkg-query", "-W", f"-f=${{{field}}}\n", package], capture_output=True, text=True, check=True).stdout
    return shown.splitlines()[0]


def document(version: str, day: str, homepage: str, artefacts: list[tuple[pathlib.Path, pathlib.Path | None]]) -> dict:
    packages: dict[str, dict] = {}
    relations = []

    def relate(one: str, kind: str, other: dict) -> None:
        if packages.setdefault(other["SPDXID"], other)["name"] != other["name"]:
            raise ValueError(f"two parts get the identifier {other['SPDXID']}")
        relations.append({"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other["SPDXID"]})

    for file, parts in artefacts:
        ours = artefact(file, version)
        relate("SPDXRef-DOCUMENT", "DESCRIBES", ours)
        if file.name.endswith("-source.tar.xz"):
            continue
        for name, licence in HEADERS.items():
            relate(ours["SPDXID"], "STATIC_LINK", part(name, *installed(name, licence)))
        for each in carried(parts) if parts else []:
            relate(ours["SPDXID"], "CONTAINS", each)
        for each in depended(file) if file.suffix == ".deb" else []:
            relate(ours["SPDXID"], "DEPENDS_ON", each)
    content = json.dumps([packages, relations], sort_keys=True)
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"sealwright-{version}",
        "documentNamespace": f"{homepage}/spdx/sealwright-{version}-{hashlib.sha256(content.encode()).hexdigest()}",
        "creationInfo": {
            "created": f"{day}T00:00:00Z",
            "creators": ["Organization: The Sealwright developers", "Tool: packaging/sbom.py"],
        },
        "packages": sorted(packages.values(), key=lambda each: each["SPDXID"]),
        "relationships": relations,
    }


def main() -> None:
    version, day, homepage, *words = sys.argv[1:]
    artefacts = []
    for word in words:
        file, _, parts = word.partition("=")
        artefacts.append((pathlib.Path(file), pathlib.Path(parts) if parts else None))
    json.dump(document(version, day, homepage, artefacts), sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
