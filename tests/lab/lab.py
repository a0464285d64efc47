"""The little internet as a whole: it is started once, and then changed and restored."""

import contextlib
import copy
import json
import os
import pathlib
import shlex
import subprocess
import time
from dataclasses import dataclass

import certificates
import internet
import places
from background import Background
from front import Fronts
from mailbox import Mailbox
from mailhost import MailHost
from nameservers import Authority, Knot, Nsd, Resolver
from network import Network
from website import Website
from zone import Signer, Zone

_PASSPHRASE = "correct horse"


@dataclass
class Checked:
    findings: list[dict]
    seconds: float
    errors: str

    def codes(self, *severities: str) -> set[str]:
        return {finding["code"] for finding in self.findings if not severities or finding["severity"] in severities}


@dataclass
class Zones:
    """What a row edits. `at_ns2` is ns2's own copy of the domain, where it differs from that of ns1."""

    top: dict[str, Zone]
    domain: Zone
    at_ns2: Zone | None = None

    def differing_at_ns2(self) -> Zone:
        self.at_ns2 = copy.deepcopy(self.domain)
        return self.at_ns2


class Lab(contextlib.ExitStack):
    def __init__(self, folder: pathlib.Path, cli: str) -> None:
        super().__init__()
        self._folder, self._cli = folder, cli
        self._serial = 1
        self.options: list[str] = []  # further words of the command line
        self.caches_remember = False

    def __enter__(self) -> "Lab":
        super().__enter__()
        self.network = self.enter_context(Network(self._folder))
        self._background = self.enter_context(Background())
        self._make_zones()
        self._start_name_servers()
        self._start_others()
        self._set_up_domain()
        return self

    @property
    def domain(self) -> Zone:
        return self.zones.domain

    @property
    def parent(self) -> Zone:
        return self.zones.top["test"]

    def publish(self) -> None:
        """Makes the world what the row has changed; what differs is signed, loaded (everywhere under one serial) and
        forgotten by the resolvers.
        """
        self._serial += 1
        changed = {zone.name for server, zones in self._served() for zone in zones if not server.has(zone)}
        for server, zones in self._served():
            new = [zone for zone in zones if zone.name in changed]
            for zone in new:
                server.write(zone, self._serial)
            server.reload([zone.name for zone in new])
            for zone in new:
                server.wait_for(zone.name, zone.serial or self._serial)
        self._background.run(self.mail.open())
        if not self.caches_remember:
            for resolver in self.resolvers:
                resolver.flush()

    def have_remembered(self, owner: str, kind: str) -> None:
        """What the domain has there by now stays in the resolvers' caches, whatever it is changed to."""
        self.publish()
        for resolver in self.resolvers:
            resolver.ask(f"{owner}.{places.DOMAIN}", kind)
        self.caches_remember = True

    def restore(self) -> None:
        self.zones = copy.deepcopy(self._sound)
        self.options = []
        self.caches_remember = False
        self.network.restore()
        self.fronts.restore()
        self.mail.restore()
        self.website.restore()

    def check(self, *words: str) -> Checked:
        began = time.monotonic()
        done = self.run("check", places.DOMAIN, *words, *self.options)
        if done.returncode not in (0, 1, 3) or not done.stdout:
            raise RuntimeError(f"check ended with {done.returncode}: {done.stderr}")
        return Checked(json.loads(done.stdout)["findings"], time.monotonic() - began, done.stderr)

    def run(self, *words: str) -> subprocess.CompletedProcess:
        """The program under test, on the desk."""
        return subprocess.run(self.network.on_desk(*self.command(*words)), capture_output=True, text=True, timeout=120,
                              env=self._environment())

    def command(self, *words: str) -> list[str]:
        return [self._cli, "--json", *self.settings(), *words]

    def settings(self) -> list[str]:
        """Options that the wizard knows too."""
        return ["--data-dir", str(self._folder / "data"), "--vault", f"file:{self._folder}/vault",
                "--trust-anchor", str(self._folder / "anchor"), "--ca-file", str(self.authority.trusted)]

    def start_mailbox(self) -> Mailbox:
        """At the mail host, beside port 25: for tests that send a message and read it back."""
        mailbox = Mailbox(self._folder / "mailbox", self.authority)
        mailbox.start()
        self.callback(mailbox.stop)
        self._background.run(mailbox.open_submission())
        return mailbox

    def shell(self) -> None:
        """For whoever wants to look around on the desk."""
        print(shlex.join(self.command("check", places.DOMAIN)))
        subprocess.run(self.network.on_desk(os.environ.get("SHELL", "sh")), env=self._environment())

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "SEALWRIGHT_PASSPHRASE": _PASSPHRASE, "LC_ALL": "C.UTF-8"}

    def _make_zones(self) -> None:
        self.signer = Signer(self._folder / "keys")
        self.zones = Zones({zone.name: zone for zone in internet.top_zones(self.signer)}, internet.domain())

    def _start_name_servers(self) -> None:
        anchor = self.signer.ds(".")
        (self._folder / "anchor").write_text(f". IN DS {anchor}\n")
        self._top = Knot(self._folder / "top", places.BEHIND_TOP, self.signer)
        self._ns1 = Knot(self._folder / "ns1", places.BEHIND_NS1, self.signer)
        self._ns2 = Nsd(self._folder / "ns2", places.BEHIND_NS2, self.signer)
        self.fronts = Fronts()
        self._background.run(self.fronts.open())
        for server, zones in self._served():
            for zone in zones:
                server.write(zone, self._serial)
            server.start()
            self.callback(server.stop)
        self.resolvers = [Resolver(self._folder / "resolver", places.BEHIND_RESOLVER, anchor),
                          Resolver(self._folder / "public", places.BEHIND_PUBLIC, anchor)]
        for resolver in self.resolvers:
            resolver.start()
            self.callback(resolver.stop)
        for server, zones in self._served():
            for zone in zones:
                server.wait_for(zone.name, self._serial)
        for resolver in self.resolvers:
            resolver.wait_for(places.DOMAIN)

    def _served(self) -> list[tuple[Authority, list[Zone]]]:
        return [(self._top, list(self.zones.top.values())), (self._ns1, [self.domain]),
                (self._ns2, [self.zones.at_ns2 or self.domain])]

    def _start_others(self) -> None:
        self.authority = certificates.Authority(self._folder / "authority")
        self.strange_authority = certificates.Authority(self._folder / "strange", "Nobody's")
        self.mail = MailHost(places.MAIL, self.authority.context(places.MAIL_HOST))
        self.website = Website(self.authority.context(places.WEB_HOST))
        self._background.run(self.mail.open())
        self._background.run(self.website.open())

    def _set_up_domain(self) -> None:
        """As a user does: sets the domain up, and publishes what Sealwright asks for."""
        done = self.run("setup", places.DOMAIN, "--stack", "postfix-opendkim", "--mail-host", places.MAIL_HOST,
                        "--selector", "s1", "--policy", "quarantine", "--mta-sts", "enforce",
                        "--certificate", str(self.authority.file(places.MAIL_HOST)), "--out", str(self._folder / "bundle"))
        if done.returncode not in (0, 1):
            raise RuntimeError(f"setup ended with {done.returncode}: {done.stderr}")
        for record in json.loads(done.stdout)["records"]:
            if record["state"] != "present":
                self.domain.add(_relative(record["name"]), record["type"], _data(record))
        [policy] = (self._folder / "bundle").rglob("mta-sts.txt")
        self.website.publish(policy.read_bytes().decode())
        self._sound = copy.deepcopy(self.zones)
        self.publish()


def _relative(name: str) -> str:
    return "@" if name == places.DOMAIN else name.removesuffix(f".{places.DOMAIN}")


def _data(record: dict) -> str:
    """As a zone file has it."""
    return " ".join(f'"{string}"' for string in record["strings"]) or record["value"]
