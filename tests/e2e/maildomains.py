"""The three domains of the bundle, and the way Sealwright makes it."""

import dataclasses
import json
import os
import pathlib
import subprocess

import net


@dataclasses.dataclass(frozen=True)
class MailDomain:
    typed: str     # as the user types it
    name: str      # as it stands in a From: field and in the DNS
    selector: str  # of the RSA key


DOMAINS = [MailDomain("example.test", "example.test", "r2026"),
           MailDomain("shop.test", "shop.test", "s2026"),
           MailDomain("müller.test", "xn--mller-kva.test", "m2026")]
NAMES = [domain.name for domain in DOMAINS]


def some_rsa_key() -> str:
    """PEM, as an admin has made it by himself."""
    return subprocess.run(["openssl", "genrsa", "2048"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


class Cli:
    """sealwright-cli with a vault and profiles of its own."""

    def __init__(self, program: str, work: pathlib.Path) -> None:
        self.work = work
        self._words = [program, "--data-dir", str(work / "data"), "--vault", f"file:{work / 'vault'}", "--offline"]

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([*self._words, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              stdin=subprocess.DEVNULL, timeout=120,
                              env={**os.environ, "SEALWRIGHT_PASSPHRASE": "end to end", "LC_ALL": "C.UTF-8"})

    def __call__(self, *arguments: str) -> str:
        done = self.run(*arguments)
        if done.returncode != 0:
            raise RuntimeError(f"sealwright-cli {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


class Bundle:
    """For all domains, each set up by itself before: as the admin of a server with several domains does."""

    def __init__(self, cli: Cli, stack: str, key_types: list[str], work: pathlib.Path, domains: list[MailDomain],
                 inbound: str = "unchanged") -> None:
        for domain in domains:
            cli("setup", domain.typed, "--stack", stack, "--inbound", inbound, "--mail-host", net.SERVER_NAME, "--ip", net.SERVER,
                "--selector", domain.selector, *(word for kind in key_types for word in ("--algorithm", kind)),
                "--out", str(work / f"{stack}-{domain.name}"))
        self.one_domain = work / f"{stack}-{domains[0].name}"
        self.folder = work / f"{stack}-{inbound}"
        cli("export", *(domain.typed for domain in domains), "--stack", stack, "--out", str(self.folder))
        self.zones = {domain.name: (self.folder / "dns" / f"{domain.name}.zone").read_text() for domain in domains}
        self.shown = {domain.name: cli("records", domain.typed, "--format", "zone") for domain in domains}
        manifest = json.loads((self.folder / "manifest.json").read_text())
        # (domain, selector, a=)
        self.keys = {(key["domain"], key["selector"], f"{key['type']}-sha256") for key in manifest["keys"]}

    def keys_of(self, domain: str) -> set[tuple[str, str, str]]:
        return {key for key in self.keys if key[0] == domain}
