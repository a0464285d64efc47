"""The three domains of the bundle, and the way Sealwright makes it."""

import dataclasses
import os
import pathlib
import subprocess

import net


@dataclasses.dataclass(frozen=True)
class MailDomain:
    typed: str     # as the user types it
    name: str      # as it stands in a From: field and in the DNS
    selector: str


DOMAINS = [MailDomain("example.test", "example.test", "r2026"),
           MailDomain("shop.test", "shop.test", "s2026"),
           MailDomain("müller.test", "xn--mller-kva.test", "m2026")]
NAMES = [domain.name for domain in DOMAINS]


class Cli:
    """sealwright-cli with a vault and profiles of its own."""

    def __init__(self, program: str, work: pathlib.Path) -> None:
        self._words = [program, "--data-dir", str(work / "data"), "--vault", f"file:{work / 'vault'}", "--offline"]

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run([*self._words, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              stdin=subprocess.DEVNULL, timeout=120,
                              env={**os.environ, "SEALWRIGHT_PASSPHRASE": "end to end", "LC_ALL": "C.UTF-8"})
        if done.returncode != 0:
            raise RuntimeError(f"sealwright-cli {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


def make_bundle(cli: Cli, stack: str, work: pathlib.Path, algorithms: list[str]) -> pathlib.Path:
    """Each domain set up by itself, then one bundle for all: as the admin of a server with several domains does."""
    for domain in DOMAINS:
        cli("setup", domain.typed, "--stack", stack, "--mail-host", net.SERVER_NAME, "--selector", domain.selector,
            *(word for algorithm in algorithms for word in ("--algorithm", algorithm)),
            "--out", str(work / f"only-{domain.name}"))
    target = work / "bundle"
    cli("export", *(domain.typed for domain in DOMAINS), "--stack", stack, "--out", str(target))
    return target
