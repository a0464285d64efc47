#!/usr/bin/python3
"""sbom.py FOLDER: the SPDX list of the packages in FOLDER, held against the packages themselves, and against the clauses of
SPDX 2.3 that say what has to be there."""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

SBOM = pathlib.Path(__file__).parents[2] / "packaging/sbom.py"
NEEDED = {"spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"}  # clause 6
NEEDED_OF_PACKAGES = {"SPDXID", "name", "downloadLocation"}  # clause 7


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    deb, archive = next(folder.glob("*.deb")), next(folder.glob("*-linux-x86_64.tar.xz"))
    with tempfile.TemporaryDirectory() as work, tarfile.open(archive) as opened:
        parts = pathlib.Path(work) / "parts.json"
        parts.write_bytes(opened.extractfile(next(name for name in opened.getnames() if name.endswith("/parts.json"))).read())
        carried = {part["name"] for part in json.loads(parts.read_text())}
        made = [subprocess.run([SBOM, "1.2.3", "2026-01-02", "https://sealwright.example", deb, f"{archive}={parts}"],
                               check=True, capture_output=True, text=True).stdout for _ in range(2)]
    assert made[0] == made[1], "the same twice"
    document = json.loads(made[0])
    assert NEEDED <= document.keys(), NEEDED - document.keys()
    packages = {package["SPDXID"]: package for package in document["packages"]}
    assert len(packages) == len(document["packages"]), "each has an identifier of its own"
    for package in packages.values():
        assert NEEDED_OF_PACKAGES <= package.keys(), package
        assert re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", package["SPDXID"]), package["SPDXID"]  # clause 3.2

    def related(file: pathlib.Path, kind: str) -> set[str]:
        mine = next(package for package in packages.values() if package.get("packageFileName") == file.name)
        assert mine["checksums"][0]["checksumValue"] == hashlib.sha256(file.read_bytes()).hexdigest()
        return {packages[one["relatedSpdxElement"]]["name"] for one in document["relationships"]
                if one["spdxElementId"] == mine["SPDXID"] and one["relationshipType"] == kind}

    assert related(archive, "CONTAINS") == carried, "all that is carried, and nothing else"
    assert {"libqt6widgets6", "libssl3", "libunbound8"} <= carried, carried
    assert {"libqt6widgets6", "libunbound8", "libsecret-1-0"} <= related(deb, "DEPENDS_ON")
    assert related(deb, "STATIC_LINK") == {"libcli11-dev", "libexpected-dev", "libkainjow-mustache-dev"}
    print(f"{len(packages)} packages, {len(document['relationships'])} relationships")
    return 0


sys.exit(main())
