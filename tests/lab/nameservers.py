"""The real name servers behind the fronts: Knot for the root and the top, and as ns1; NSD as ns2; BIND as resolvers."""

import pathlib
import shutil
import subprocess
import time

import dns.exception
import dns.message
import dns.query
import dns.rdatatype

import places
from zone import Signer, Zone


class Authority:
    """A server of zone files. The base of two kinds: what differs is how they are told."""

    def __init__(self, folder: pathlib.Path, port: int, signer: Signer) -> None:
        folder.mkdir()
        self._folder, self._port, self._signer = folder, port, signer
        self._served: dict[str, tuple[str, bool, bool]] = {}

    def has(self, zone: Zone) -> bool:
        return self._served.get(zone.name) == _content(zone)

    def write(self, zone: Zone, serial: int) -> None:
        self._served[zone.name] = _content(zone)
        self._file(zone.name).write_text(self._signer.sign(zone, serial))

    def start(self) -> None:
        raise NotImplementedError

    def reload(self, zones: list[str]) -> None:
        raise NotImplementedError

    def wait_for(self, zone: str, serial: int) -> None:
        question = dns.message.make_query(zone, "SOA")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                answer = dns.query.udp(question, "127.0.0.1", timeout=0.5, port=self._port).answer
                if answer and answer[0][0].serial == serial:
                    return
            except (OSError, dns.exception.DNSException):
                pass
            time.sleep(0.005)
        raise RuntimeError(f"{self._folder.name} does not serve {zone} {serial}; its log:\n{self.log()}")

    def log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)

    def _run(self, *words: str | pathlib.Path) -> None:
        self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=(self._folder / "log").open("w"),
                                         stderr=subprocess.STDOUT)

    def _file(self, zone: str) -> pathlib.Path:
        return self._folder / f"{zone.strip('.') or 'root'}.zone"


def _content(zone: Zone) -> tuple[str, bool, bool]:
    """All but the serial that it gets when it is published."""
    return zone.text(0), zone.signed, zone.signatures_expired


class Knot(Authority):
    def start(self) -> None:
        zones = "".join(f"  - domain: {zone}\n    file: {self._file(zone)}\n" for zone in self._served)
        config = self._folder / "knot.conf"
        config.write_text(f"server:\n    rundir: {self._folder}\n    listen: 127.0.0.1@{self._port}\n    udp-workers: 1\n"
                          "    tcp-workers: 1\n    background-workers: 1\n"
                          f"database:\n    storage: {self._folder}\nlog:\n  - target: stderr\n    any: warning\n"
                          f"control:\n    listen: {self._folder}/control\n"
                          f"template:\n  - id: default\n    zonefile-sync: -1\n    journal-content: none\n"
                          f"    storage: {self._folder}\nzone:\n{zones}")
        self._run("knotd", "-c", config)

    def reload(self, zones: list[str]) -> None:
        if zones:
            subprocess.run(["knotc", "-b", "-s", self._folder / "control", "zone-reload", *zones], check=True, capture_output=True)


class Nsd(Authority):
    def start(self) -> None:
        zones = "".join(f"zone:\n    name: {zone}\n    zonefile: {self._file(zone)}\n" for zone in self._served)
        (self._folder / "nsd.conf").write_text(
            f"server:\n    ip-address: 127.0.0.1@{self._port}\n    username: \"\"\n    database: \"\"\n"
            f"    zonesdir: {self._folder}\n    pidfile: \"\"\n    xfrdir: {self._folder}\n    xfrdfile: \"\"\n"
            f"    zonelistfile: {self._folder}/list\n    server-count: 1\n    rrl-ratelimit: 0\n"
            f"remote-control:\n    control-enable: yes\n    control-interface: {self._folder}/control\n{zones}")
        self._run("nsd", "-d", "-c", self._folder / "nsd.conf")

    def reload(self, zones: list[str]) -> None:
        for zone in zones:
            subprocess.run(["nsd-control", "-c", self._folder / "nsd.conf", "reload", zone], check=True, capture_output=True)


class Resolver:
    """A validating recursive resolver that begins at the root."""

    def __init__(self, folder: pathlib.Path, port: int, anchor: str) -> None:
        folder.mkdir()
        self._folder, self._port, self._anchor = folder, port, anchor
        self._control = port + 1000

    def start(self) -> None:
        (self._folder / "hints").write_text(f". 3600000 NS a.root-servers.net.\na.root-servers.net. 3600000 A {places.ROOT[0]}\n")
        key = 'key "control" { algorithm hmac-sha256; secret "bGFi"; };\n'
        (self._folder / "rndc.conf").write_text(
            f"{key}options {{ default-server 127.0.0.1; default-port {self._control}; default-key \"control\"; }};\n")
        numbers, digest = self._anchor.rsplit(maxsplit=1)
        (self._folder / "named.conf").write_text(
            f"{key}controls {{ inet 127.0.0.1 port {self._control} allow {{ any; }} keys {{ \"control\"; }}; }};\n"
            f"trust-anchors {{ . static-ds {numbers} \"{digest}\"; }};\n"
            f"options {{ directory \"{self._folder}\"; pid-file none; session-keyfile none;\n"
            f"  recursion yes; allow-query {{ any; }};\n"
            f"  listen-on port {self._port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }}; dnssec-validation yes;\n"
            f"  empty-zones-enable no; servfail-ttl 0; lame-ttl 0; }};\n"
            f"zone \".\" {{ type hint; file \"{self._folder}/hints\"; }};\n")
        # A copy: AppArmor lets the one in its place read nothing of ours.
        named = shutil.copy(shutil.which("named"), self._folder / "resolver")
        self._process = subprocess.Popen([named, "-f", "-n", "1", "-c", self._folder / "named.conf"], stdin=subprocess.DEVNULL,
                                         stdout=(self._folder / "log").open("w"), stderr=subprocess.STDOUT)

    def wait_for(self, name: str) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if self.ask(name, "SOA").answer:
                    return
            except (OSError, dns.exception.DNSException):
                pass
            time.sleep(0.02)
        raise RuntimeError(f"the resolver does not find {name}:\n{(self._folder / 'log').read_text()}")

    def ask(self, name: str, kind: str) -> dns.message.Message:
        question = dns.message.make_query(name, dns.rdatatype.from_text(kind))
        return dns.query.udp(question, "127.0.0.1", timeout=2, port=self._port)

    def flush(self) -> None:
        subprocess.run(["rndc", "-c", self._folder / "rndc.conf", "flush"], check=True, capture_output=True)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)
