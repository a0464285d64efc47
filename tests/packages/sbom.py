#!/usr/bin/python3
"""sbom.py ARTEFACT…: the SPDX list of what is inside these files of a release, held against the files themselves, and against
what SPDX 2.3 and its JSON schema (schemas/spdx-schema.json) ask for. An installer for Windows lies where it was built."""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

SBOM = pathlib.Path(__file__).parents[2] / "packaging/sbom.py"
HEADERS = {"libcli11-dev", "libexpected-dev", "libkainjow-mustache-dev"}
NEEDED = {"spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"}  # clause 6
NEEDED_OF_PACKAGES = {"SPDXID", "name", "downloadLocation"}  # clause 7
# The schema takes no others; the rest of what it knows we don't use.
KNOWN_OF_PACKAGES = NEEDED_OF_PACKAGES | {"packageFileName", "versionInfo", "supplier", "filesAnalyzed", "checksums", "licenseConcluded",
                                          "licenseDeclared", "copyrightText", "sourceInfo", "externalRefs"}
LICENCE = r"[A-Za-z0-9.-]+( WITH [A-Za-z0-9.-]+)?"
PURL = r"pkg:deb/debian/[A-Za-z0-9.%-]+@[A-Za-z0-9._~%-]+\?arch=(amd64|all|source)"


def parts_of(artefact: pathlib.Path, work: pathlib.Path) -> pathlib.Path | None:
    """The list that the artefact itself has of what it carries."""
    if artefact.suffix == ".deb":
        return None
    if artefact.suffix == ".exe":
        return artefact.parent / "program/licences/parts.tsv"
    archive = artefact
    if artefact.suffix == ".rpm":
        archive = work / "rpm.tar.gz"
        with artefact.open("rb") as package, archive.open("wb") as made:
            subprocess.run(["rpm2archive", "-"], stdin=package, stdout=made, check=True)
    parts = work / artefact.suffix / "parts.json"
    parts.parent.mkdir()
    with tarfile.open(archive) as opened:
        [name] = [name for name in opened.getnames() if name.endswith("/parts.json")]
        parts.write_bytes(opened.extractfile(name).read())
    return parts


def names_in(parts: pathlib.Path) -> set[str]:
    text = parts.read_text()
    return {part["name"] for part in json.loads(text)} if parts.suffix == ".json" else {row.split("\t")[0] for row in text.splitlines()}


def check_packages(packages: list[dict]) -> None:
    assert len({package["SPDXID"] for package in packages}) == len(packages), "each has an identifier of its own"
    for package in packages:
        assert NEEDED_OF_PACKAGES <= package.keys() <= KNOWN_OF_PACKAGES, package
        assert re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", package["SPDXID"]), package["SPDXID"]  # clause 7.2
        assert package["filesAnalyzed"] is False, package  # else it would have to name them: clause 7.8
        assert re.fullmatch(f"{LICENCE}( (AND|OR) {LICENCE})*", package["licenseDeclared"]), package  # annex D
        for reference in package.get("externalRefs", []):
            assert reference["referenceCategory"] == "PACKAGE-MANAGER" and reference["referenceType"] == "purl", package  # annex F
            assert re.fullmatch(PURL, reference["referenceLocator"]), package


def check_document(document: dict) -> None:
    assert NEEDED | {"packages", "relationships"} == document.keys(), document.keys()
    assert document["spdxVersion"] == "SPDX-2.3" and document["dataLicense"] == "CC0-1.0", document
    assert re.fullmatch(r"https://[^#\s]+", document["documentNamespace"]), document["documentNamespace"]  # clause 6.5
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", document["creationInfo"]["created"]), document["creationInfo"]  # clause 6.9
    check_packages(document["packages"])
    known = {"SPDXRef-DOCUMENT", *(package["SPDXID"] for package in document["packages"])}
    for relation in document["relationships"]:
        assert relation.keys() == {"spdxElementId", "relationshipType", "relatedSpdxElement"}, relation
        assert {relation["spdxElementId"], relation["relatedSpdxElement"]} <= known, relation


def check_artefact(document: dict, artefact: pathlib.Path, parts: pathlib.Path | None) -> None:
    packages = {package["SPDXID"]: package for package in document["packages"]}
    [ours] = [package for package in packages.values() if package.get("packageFileName") == artefact.name]
    assert ours["checksums"] == [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(artefact.read_bytes()).hexdigest()}], ours
    related: dict[str, set[str]] = {}
    for relation in document["relationships"]:
        if relation["spdxElementId"] == ours["SPDXID"]:
            related.setdefault(relation["relationshipType"], set()).add(packages[relation["relatedSpdxElement"]]["name"])
    assert related.pop("STATIC_LINK") == HEADERS, artefact
    if parts:
        carried = related.pop("CONTAINS")
        assert carried == names_in(parts), carried ^ names_in(parts)
        assert carried >= ({"openssl", "qt6-base", "unbound"} if parts.suffix == ".tsv" else {"libssl3", "libqt6widgets6", "libunbound8"})
    else:
        assert related.pop("DEPENDS_ON") >= {"libqt6widgets6", "libunbound8", "libsecret-1-0"}
    assert not related, related


def main() -> None:
    artefacts = [pathlib.Path(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as work:
        parts = [parts_of(artefact, pathlib.Path(work)) for artefact in artefacts]
        words = [f"{artefact}={its}" if its else artefact for artefact, its in zip(artefacts, parts)]
        made = [subprocess.run([SBOM, "1.2.3", "2026-01-02", "https://sealwright.example", *words], check=True, capture_output=True,
                               text=True).stdout for _ in range(2)]
        assert made[0] == made[1], "the same twice"
        document = json.loads(made[0])
        check_document(document)
        for artefact, its in zip(artefacts, parts):
            check_artefact(document, artefact, its)
    described = [relation for relation in document["relationships"] if relation["relationshipType"] == "DESCRIBES"]
    assert len(described) == len(artefacts) > 0, described
    print(f"{len(artefacts)} artefacts, {len(document['packages'])} packages, {len(document['relationships'])} relationships")


main()
