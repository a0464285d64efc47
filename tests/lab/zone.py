"""A zone as a row changes it, and as text that is served."""

import pathlib
import shlex
import subprocess
from typing import NamedTuple


def quoted(text: str) -> str:
    """A text as the strings of a TXT record, of at most 255 octets each (RFC 1035 section 3.3)."""
    return " ".join(f'"{text[at:at + 255]}"' for at in range(0, len(text), 255))


class Record(NamedTuple):
    owner: str  # relative to the zone, or ending in a dot
    type: str
    data: str


class Zone:
    def __init__(self, name: str, text: str) -> None:
        """A record a line: owner, type, data. Its end of authority is added when it is served."""
        self.name = name
        self.signed = True
        self.signatures_expired = False
        self.serial: int | None = None  # None: that of the publication
        self.records: list[Record] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            self.add(*line.split(maxsplit=2))

    def add(self, owner: str, type: str, *datas: str) -> None:
        self.records += [Record(owner, type, data) for data in datas]

    def remove(self, owner: str, type: str) -> None:
        """They have to be there: a row that changes nothing proves nothing."""
        kept = [record for record in self.records if (record.owner, record.type) != (owner, type)]
        if len(kept) == len(self.records):
            raise LookupError(f"{self.name} has no {owner} {type}")
        self.records = kept

    def set(self, owner: str, type: str, *datas: str) -> None:
        self.remove(owner, type)
        self.add(owner, type, *datas)

    def data(self, owner: str, type: str) -> str:
        """Of the only such record."""
        [found] = [record.data for record in self.records if (record.owner, record.type) == (owner, type)]
        return found

    def txt(self, owner: str) -> str:
        """What the strings of its only TXT record say together."""
        return "".join(shlex.split(self.data(owner, "TXT")))

    def edit_txt(self, owner: str, old: str, new: str) -> None:
        before = self.txt(owner)
        if old not in before:
            raise LookupError(f"{owner} TXT is {before}, without {old}")
        self.set(owner, "TXT", quoted(before.replace(old, new)))

    def text(self, serial: int) -> str:
        origin = self.name if self.name == "." else f"{self.name}."
        lines = [f"$ORIGIN {origin}", "$TTL 300",
                 f"@ SOA ns.nic.test. hostmaster.nic.test. {self.serial or serial} 3600 600 864000 60"]
        return "\n".join(lines + [" ".join(record) for record in self.records]) + "\n"


class Signer:
    """One key per zone, which signs keys and records alike."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._keys: dict[str, str] = {}

    def sign(self, zone: Zone, serial: int) -> str:
        if not zone.signed:
            return zone.text(serial)
        key = self._key(zone.name)
        plain = self._folder / "plain"
        plain.write_text(zone.text(serial) + (self._folder / f"{key}.key").read_text())
        when = ["-s", "now-864000", "-e", "now-86400"] if zone.signatures_expired else ["-s", "now-3600", "-e", "now+864000"]
        return self._run("dnssec-signzone", "-q", "-z", "-P", "-x", "-O", "full", "-f", "-", *when, "-o", zone.name, plain, key)

    def ds(self, zone: str) -> str:
        """What the parent publishes of the zone's key: the data of its DS record."""
        return self._run("dnssec-dsfromkey", "-2", f"{self._key(zone)}.key").split(" DS ")[1].strip()

    def _key(self, zone: str) -> str:
        if zone not in self._keys:
            self._keys[zone] = self._run("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", zone).strip()
        return self._keys[zone]

    def _run(self, *words: str | pathlib.Path) -> str:
        done = subprocess.run(words, cwd=self._folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stderr}")
        return done.stdout
